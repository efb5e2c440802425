import type { Truth } from '../evaluate/truth.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import type { Evidence } from './decision.js'

/** What a statement, a grant or an unreadable source counts for. */
export type Side =
  | 'deny'
  // How an Allow of the key policy reaches the role.
  | 'any'
  | 'session'
  | 'role'
  | 'account'
  | 'identity'
  | 'boundary'
  | 'ownGrant'
  | 'otherGrant'
  | 'organization'

/** One thing that bears on the decision, with its weight on each call path. */
export interface Match {
  readonly side: Side
  /** The organization level, for `organization`. */
  readonly level: number
  readonly truths: readonly Truth[]
  /** Absent for an Allow of a source that could not be read. */
  readonly evidence: Omit<Evidence, 'certain'> | undefined
  /** Gives the reasons why it is unknown on a call path. */
  readonly explain: (path: number) => readonly UnknownReason[]
}
