import type { PermissionChange } from '../plan/permission-change.js'
import type { PolicyStatement } from '../policy/policy-document.js'

/** All that `undo()` needs; plain JSON, to be kept in a file or a log. */
export interface UndoInfo {
  readonly region: string
  /** When the changes were made, in ISO 8601. */
  readonly at: string
  /** The ARN of whoever made them. */
  readonly caller: string
  /** In the order they were made. */
  readonly entries: readonly UndoEntry[]
}

/** What takes one change back. */
export type UndoEntry =
  | {
      readonly kind: 'key-policy'
      readonly keyArn: string
      readonly sid: string
      readonly written: PolicyStatement
      /** The statement of the same Sid that stood there before. */
      readonly previousOwnStatement: PolicyStatement | null
      readonly before: string
      readonly after: string
    }
  | {
      readonly kind: 'role-policy'
      readonly roleArn: string
      readonly roleName: string
      readonly policyName: string
      readonly written: string
      /** The document of that name before. */
      readonly previous: string | null
    }
  | { readonly kind: 'grant'; readonly keyArn: string; readonly grantId: string }

/** One change of a plan, made. */
export interface DoneChange {
  readonly change: PermissionChange
  /**
   * `verified`: AWS gives it back as written, three times running, or lists it, if it is a grant. `propagating`: it was
   * written, and AWS still gave the old text after five minutes, or did not list the grant after fifteen seconds.
   * `already-there`: nothing had to be written.
   */
  readonly status: 'verified' | 'propagating' | 'already-there'
}

/** What was done, and what takes it back. */
export interface AppliedPlan {
  readonly done: readonly DoneChange[]
  readonly undo: UndoInfo
}
