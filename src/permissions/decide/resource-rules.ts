/** What a role wants to do something with. */
export type ResourceKind = 'key' | 'bucket' | 'function' | 'topic' | 'identity-only'

/** What is particular to how AWS guards one kind of resource; everything else is the same for all. */
export interface ResourceRules {
  /** The name that the policy of the resource goes by. */
  readonly policyName: 'key-policy' | 'bucket-policy' | 'function-policy' | 'topic-policy' | 'resource-policy'
  /**
   * Whether IAM policies count in the account of the resource only where the policy of the resource names the account;
   * otherwise either of the two is enough there. Across accounts both are needed, whatever the resource.
   */
  readonly mustDelegate: boolean
  /** Whether a statement without actions or resources is taken and has no effect. */
  readonly takesIdleStatements: boolean
  /** Whether a policy that is open to everybody may be closed to other accounts by a setting beside it. */
  readonly hasPublicAccessBlock: boolean
  /** Whether accounts may be named by their canonical user id. */
  readonly takesCanonicalUsers: boolean
  /** Whether resource control policies are known to bind it. */
  readonly underResourceControl: boolean
}

const PLAIN: ResourceRules = {
  policyName: 'resource-policy',
  mustDelegate: false,
  takesIdleStatements: false,
  hasPublicAccessBlock: false,
  takesCanonicalUsers: false,
  underResourceControl: false,
}

/**
 * The table. IAM user guide, "Policy evaluation logic" (one account: either policy; KMS excepted; two accounts: both);
 * S3 user guide, "Blocking public access" and "Bucket policies"; Organizations user guide, "Resource control policies".
 */
export const RESOURCE_RULES: Readonly<Record<ResourceKind, ResourceRules>> = {
  key: {
    ...PLAIN,
    policyName: 'key-policy',
    mustDelegate: true,
    takesIdleStatements: true,
    underResourceControl: true,
  },
  bucket: {
    ...PLAIN,
    policyName: 'bucket-policy',
    hasPublicAccessBlock: true,
    takesCanonicalUsers: true,
    underResourceControl: true,
  },
  function: { ...PLAIN, policyName: 'function-policy' },
  topic: { ...PLAIN, policyName: 'topic-policy' },
  // A role to be passed, a job to be made: only what the IAM policies of whoever does it say.
  'identity-only': PLAIN,
}
