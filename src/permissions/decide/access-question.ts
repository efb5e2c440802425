import type { PolicyDocument, Unreadable } from '../policy/policy-document.js'
import type { Decision } from './decision.js'
import type { RoleSideQuestion } from './parse-question.js'
import type { ResourceKind } from './resource-rules.js'

/** What is asked: may this role do this action on this bucket, object, Lambda, topic or role, as far as these sources show? */
export interface AccessQuestion extends RoleSideQuestion {
  readonly kind: Exclude<ResourceKind, 'key'>
  /** One action with its service, for instance `s3:GetObject`; a permission, not a call (`s3:HeadObject` is none). */
  readonly action: string
  readonly resourceArn: string
  /** Whether the ARN goes on after its text, in a way that is not known: any object under a folder. Default: no. */
  readonly resourceGoesOn?: boolean
  /** A word that is certainly in what comes: `GroundTruth` in the name of a queue. */
  readonly resourceWord?: string | undefined
  /** Whose it is. Absent: not known, and both accounts are tried. */
  readonly resourceAccount?: string | undefined
  readonly resourceRegion?: string | undefined
  /** `null`: there is none. */
  readonly resourcePolicy: PolicyDocument | string | Unreadable | null
}

/** The answer to a question about something else than a key. */
export interface AccessDecision
  extends Omit<Decision, 'keyArn' | 'missingIn' | 'delegatesToIam' | 'notCovered'> {
  readonly kind: AccessQuestion['kind']
  readonly resourceArn: string
  /** With `missing`: which side gives no Allow. In one account either policy is enough, and `identity` stands for both. */
  readonly missingIn: readonly ('resource-policy' | 'identity' | 'boundary' | 'scp')[]
  /** `acl`: what access control lists of S3 give, and objects that another account owns. */
  readonly notCovered: readonly (Decision['notCovered'][number] | 'acl')[]
}
