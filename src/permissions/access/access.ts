import type { AccessDecision } from '../decide/access-question.js'
import type { Decision } from '../decide/decision.js'
import type { CallPath } from '../evaluate/question.js'

/** What an access is for. */
export type AccessPurpose =
  | 'bucket'
  | 'manifest'
  | 'label-categories'
  | 'template'
  | 'input-object'
  | 'input-key'
  | 'output'
  | 'lambda'
  | 'topic'
  | 'topic-key'
  | 'input-topic'
  | 'queue'
  | 'pass-role'
  | 'create-job'
  | 'read-labels'

/** One thing that somebody must be allowed for a job to run, or for its labels to be read. */
export interface Access {
  /** The execution role, whoever creates the job, or whoever reads the labels. */
  readonly who: 'role' | 'caller' | 'reader'
  /** A permission with its service: that of a HEAD is `s3:GetObject`. */
  readonly action: string
  readonly resourceArn: string
  /** Whether the ARN goes on after its text in a way that is not known: any object under a folder. */
  readonly goesOn?: boolean
  /** A word that is certainly in what comes. */
  readonly word?: string
  /** The forms that the request may have, with what each says of condition keys: first the one that AWS documents. All must agree. */
  readonly forms?: readonly CallPath[]
  readonly purpose: AccessPurpose
  readonly why: string
}

/** The answer for one access. */
export interface DecidedAccess {
  readonly access: Access
  readonly decision: AccessDecision | Decision
}
