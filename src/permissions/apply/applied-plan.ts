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

/** What takes one change back. It is followed only as far as it is about what this library wrote. */
export type UndoEntry = KeyPolicyUndo | RolePolicyUndo | GrantUndo

interface Checked {
  /** Over the rest of the entry: one that was altered is not followed. */
  readonly checksum?: string
}

/** Takes the library's own statement out of a key policy. */
export interface KeyPolicyUndo extends Checked {
  readonly kind: 'key-policy'
  readonly keyArn: string
  readonly sid: string
  readonly written: PolicyStatement
  /** The statement of the same Sid that stood there before. */
  readonly previousOwnStatement: PolicyStatement | null
  readonly before: string
  readonly after: string
}

/** Takes the library's own inline policy off a role, or the actions that were added to it. */
export interface RolePolicyUndo extends Checked {
  readonly kind: 'role-policy'
  readonly keyArn: string
  readonly roleArn: string
  readonly roleName: string
  readonly policyName: string
  readonly written: string
  /** The document of that name before. */
  readonly previous: string | null
}

/** Revokes the library's own grant. */
export interface GrantUndo extends Checked {
  readonly kind: 'grant'
  readonly keyArn: string
  readonly roleArn: string
  readonly name: string
  readonly operations: readonly string[]
  /** `null` in what is handed over before the grant is made. */
  readonly grantId: string | null
}

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
