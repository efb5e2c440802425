import type { PolicyStatement } from '../policy/policy-document.js'

/** What a required permission is for. */
export type RequirementPurpose =
  | 'output-key'
  | 'volume-key'
  | 'topic-key'
  | 'input-key'
  | 'trust'
  | 'automated-labeling'
  | 'custom-lambda'
  | 'storage'
  | 'logs'
  | 'stream'
  | 'create-job'

/** One permission a labeling job needs. */
export interface Requirement {
  /** Who needs it: the execution role, whoever creates the job, or SageMaker itself (the trust policy). */
  readonly who: 'role' | 'caller' | 'sagemaker'
  /** One action; never a pattern. */
  readonly action: string
  /** An ARN, a pattern of ARNs, `*`, or in angle brackets what the request does not name. */
  readonly resource: string
  readonly condition?: NonNullable<PolicyStatement['Condition']>
  readonly purpose: RequirementPurpose
  /** Whether a known call depends on it; the others stand in the guide's text only. */
  readonly essential: boolean
  readonly why: string
  /** The AWS page it comes from, or `inferred` and from what. */
  readonly source: string
}
