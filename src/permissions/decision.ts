/** A policy document as JSON: strings or lists, one statement or several, as AWS accepts them. */
export interface PolicyDocument {
  readonly Version?: string
  readonly Id?: string
  readonly Statement?: PolicyStatement | readonly PolicyStatement[]
}

/** One statement of a policy, in the shapes AWS accepts. */
export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect?: string
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>
  readonly NotPrincipal?: string | Readonly<Record<string, string | readonly string[]>>
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly NotResource?: string | readonly string[]
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>>
  >
}

/** A value in a condition; AWS takes booleans and numbers bare or as text. */
export type ConditionValue = string | number | boolean

/** Stands for a source that could not be read; what depends on it is `unknown`, never allowed. */
export type Unreadable = 'UNREADABLE'

/** What is asked: may this role do this action on this key, as far as these sources show? */
export interface PermissionQuestion {
  /** The execution role, with its path, as GetRole gives it. */
  readonly roleArn: string
  /** The role's unique id (`AROA…`). */
  readonly roleId?: string | null
  readonly keyArn: string
  /** One action, for instance `kms:Decrypt`; never a pattern. */
  readonly action: string
  readonly keyPolicy: PolicyDocument | string | Unreadable
  readonly identityPolicies: readonly NamedPolicy[] | Unreadable
  readonly boundary?: PolicyDocument | NamedPolicy | Unreadable | null
  readonly grants?: readonly KeyGrant[] | Unreadable | null
  /** Organization levels, each a list of policies; absent when not visible. */
  readonly scps?: readonly (readonly (NamedPolicy | PolicyDocument)[])[] | null
  readonly rcps?: readonly (readonly (NamedPolicy | PolicyDocument)[])[] | null
  /** Condition keys whose value is known. */
  readonly context?: ConditionContext
  /** Condition keys certainly not in the request. */
  readonly absentKeys?: readonly string[]
  /** Condition keys known to take one of these values (`null`: absent). */
  readonly domains?: Readonly<Record<string, readonly (string | readonly string[] | null)[]>>
  /** The ways the job may call KMS; every one must agree. Default: direct, S3, SageMaker, EC2. */
  readonly legs?: readonly CallPath[]
}

/** Known condition keys. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>

/** A policy with the name it goes by in the evidence, for instance `inline:Base`. */
export interface NamedPolicy {
  readonly name: string
  readonly policy: PolicyDocument | string
}

/** A grant as ListGrants gives it. */
export interface KeyGrant {
  readonly GrantId?: string
  readonly GranteePrincipal?: string
  readonly GranteeServicePrincipal?: string
  readonly IssuingAccount?: string
  readonly Operations?: readonly string[]
  readonly Constraints?: {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>
    readonly SourceArn?: string
  }
}

/** One way a labeling job may reach KMS. */
export interface CallPath {
  readonly name: string
  readonly context: ConditionContext
  readonly absent?: readonly string[]
}

/** `allowed` and `denied` are certain, `missing` is certainly not allowed, `unknown` is said as unknown. */
export type Verdict = 'allowed' | 'denied' | 'missing' | 'unknown'

/** The answer to a question, with what decided it. */
export interface Decision {
  readonly action: string
  readonly roleArn: string
  readonly keyArn: string
  readonly verdict: Verdict
  readonly basis: 'static' | 'simulated' | 'probed'
  readonly legs: readonly { readonly name: string; readonly verdict: Verdict }[]
  /** The statements that decided, or that stopped us. */
  readonly evidence: readonly Evidence[]
  /** Filled with `unknown` only. */
  readonly unknownBecause: readonly UnknownReason[]
  /** A Deny that may apply as well; filled with `missing`. */
  readonly possibleDeny: readonly Evidence[]
  /** With `missing`: which side gives no Allow. */
  readonly lacks: readonly ('key-policy' | 'identity' | 'boundary' | 'scp')[]
  /**
   * Whether the key policy certainly hands this action to the role's IAM policies: in the same account by naming
   * the account, across accounts by naming the role or its account.
   */
  readonly delegated: boolean
  readonly notCovered: readonly ('scp' | 'rcp' | 'session-policy' | 'vpc-endpoint-policy')[]
}

/** One statement or grant that bears on a decision. */
export interface Evidence {
  /** `key-policy`, `inline:NAME`, `managed:ARN@vN`, `boundary:…`, `grant:ID`, `scp:NAME`, `rcp:NAME` or `probe`. */
  readonly policy: string
  /** The statement's Sid, or its place as `#0`. */
  readonly statement: string
  readonly effect: 'Allow' | 'Deny'
  readonly via: 'role' | 'account' | 'any' | 'session' | 'identity' | 'boundary' | 'grant' | 'organization'
  /** Whether the statement certainly applies. */
  readonly certain: boolean
}

/** Why a verdict is `unknown`. */
export type UnknownReason =
  | {
      readonly kind: 'condition'
      readonly key: string
      readonly operator: string
      readonly policy: string
      readonly statement: string
    }
  | { readonly kind: 'unreadable'; readonly source: string; readonly permissionNeeded: string }
  | { readonly kind: 'session-name'; readonly policy: string; readonly statement: string }
  | {
      readonly kind: 'principal'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | {
      readonly kind: 'resource'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | {
      readonly kind: 'legs-differ'
      readonly legs: readonly { readonly name: string; readonly verdict: Verdict }[]
    }
  | { readonly kind: 'undocumented'; readonly topic: string }
  | {
      readonly kind: 'unknown-operator'
      readonly name: string
      readonly policy: string
      readonly statement: string
    }
  | {
      readonly kind: 'malformed'
      readonly policy: string
      readonly statement: string
      readonly detail: string
    }
  | { readonly kind: 'propagating'; readonly since: string }
  | { readonly kind: 'evaluators-disagree'; readonly detail: string }
