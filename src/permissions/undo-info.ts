import type { PolicyStatement } from './decision.js'

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
      readonly beforeHash: string
      readonly afterHash: string
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
