import type { NamedPolicy, Policy, PolicyDocument, Unreadable } from '../policy/policy-document.js'

/** What is asked: may this role do this action on this key, as far as these sources show? */
export interface PermissionQuestion {
  /** The execution role, with its path, as GetRole gives it. */
  readonly roleArn: string
  /** The role's unique id (`AROA…`). */
  readonly roleId?: string | null
  readonly keyArn: string
  /** One action, for instance `kms:Decrypt`; never a pattern. */
  readonly action: string
  readonly keyPolicy: Policy
  /** The second policy, `AWS_RAM`, of a key that is shared through AWS RAM. Absent or `null`: there is none. */
  readonly sharedKeyPolicy?: Policy | null
  readonly identityPolicies: readonly NamedPolicy[] | Unreadable
  readonly boundary?: Policy | NamedPolicy | null
  readonly grants?: readonly KeyGrant[] | Unreadable | null
  /** Organization levels, each a list of policies; absent when not visible. */
  readonly scps?: readonly (readonly (NamedPolicy | PolicyDocument)[])[] | null
  readonly rcps?: readonly (readonly (NamedPolicy | PolicyDocument)[])[] | null
  /**
   * Condition keys whose value is known. A value is taken for what KMS sees; a tag or alias that was changed counts
   * after up to five minutes only, so until then give both values in `possibleValues`.
   */
  readonly context?: ContextValues
  /** Condition keys certainly not in the request. */
  readonly absentContextKeys?: readonly string[]
  /** Condition keys known to take one of these values (`null`: absent). */
  readonly possibleValues?: Readonly<Record<string, readonly (string | readonly string[] | null)[]>>
  /** The ways the job may call KMS; every one must agree. Default: direct, S3, SageMaker, EC2. */
  readonly paths?: readonly CallPath[]
}

/** Known condition keys. */
export type ContextValues = Readonly<Record<string, string | readonly string[]>>

/** A grant as ListGrants gives it, `undefined` where the SDK writes so. */
export interface KeyGrant {
  /** ARN or id; a grant on another key counts for nothing. Absent: it is on the key that is asked about. */
  readonly KeyId?: string | undefined
  readonly GrantId?: string | undefined
  readonly Name?: string | undefined
  readonly CreationDate?: Date | string | undefined
  readonly GranteePrincipal?: string | undefined
  readonly GranteeServicePrincipal?: string | undefined
  readonly RetiringPrincipal?: string | undefined
  readonly RetiringServicePrincipal?: string | undefined
  readonly IssuingAccount?: string | undefined
  readonly Operations?: readonly string[] | undefined
  readonly Constraints?:
    | {
        readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined
        readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined
        readonly SourceArn?: string | undefined
      }
    | undefined
  readonly GrantToken?: string | undefined
}

/** One way a labeling job may reach KMS. */
export interface CallPath {
  readonly name: string
  readonly context: ContextValues
  readonly absentContextKeys?: readonly string[]
}
