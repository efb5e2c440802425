import type { Truth } from '../evaluate/truth.js'
import type { Note } from '../evaluate/unknown-reason.js'
import type { Evidence } from './decision.js'

/** What a statement, a grant or an unreadable source speaks for. */
export type Side =
  | 'deny'
  | 'any'
  | 'session'
  | 'named'
  | 'delegated'
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
  /** Absent for a source that could not be read. */
  readonly evidence: Omit<Evidence, 'certain'> | undefined
  /** Says why it is unknown on a call path. */
  readonly explain: (path: number, note: Note) => void
}
