/** One thing that AWS does and moto 5.2.1 does otherwise. */
export interface KnownDifference {
  /** What is done, as a fact to be observed. */
  readonly doing: string
  /** What AWS answers. */
  readonly aws: string
  /** What moto answers. */
  readonly moto: string
  /** Why moto does, and what that means for the suite. */
  readonly why: string
}

/**
 * Where moto differs from AWS. Every row is observed on every double: a row fails once moto changes. None of them is in
 * the way of the suite, which never relies on AWS refusing.
 */
export const KNOWN_DIFFERENCES = {
  orphan: {
    doing: 'PutKeyPolicy with the id of a deleted role',
    aws: 'MalformedPolicyDocumentException',
    moto: 'accepted',
    why: 'moto does not look principals up',
  },
  unparsable: {
    doing: 'PutKeyPolicy with text that is not JSON',
    aws: 'MalformedPolicyDocumentException',
    moto: 'accepted',
    why: 'moto stores the text as it comes',
  },
  long: {
    doing: 'PutKeyPolicy with more than 32,768 bytes',
    aws: 'LimitExceededException',
    moto: 'accepted',
    why: 'moto knows no quota on key policies',
  },
  lockOut: {
    doing: 'PutKeyPolicy that leaves the caller without kms:PutKeyPolicy',
    aws: 'MalformedPolicyDocumentException',
    moto: 'accepted',
    why: 'moto has no lock-out check',
  },
  policyName: {
    doing: 'GetKeyPolicy without a PolicyName',
    aws: 'accepted',
    moto: 'NotFoundException',
    why: 'moto knows the policy by its name only; the library always sends it',
  },
  awsManaged: {
    doing: 'DescribeKey of alias/aws/s3',
    aws: 'managed by AWS',
    moto: 'managed by CUSTOMER',
    why: 'moto makes the keys of services as it makes any; the library refuses such aliases before it asks',
  },
  dryRunGrant: {
    doing: 'CreateGrant as a dry run',
    aws: 'DryRunOperationException, grants: 0',
    moto: 'accepted, grants: 1',
    why: 'moto ignores DryRun, so a probe would leave a grant behind',
  },
  dryRun: {
    doing: 'Encrypt as a dry run',
    aws: 'DryRunOperationException',
    moto: 'accepted',
    why: 'moto ignores DryRun, so no probe proves anything on it',
  },
  enforcement: {
    doing: 'Encrypt as a role that nothing allows',
    aws: 'AccessDeniedException',
    moto: 'accepted',
    why: 'moto enforces no policies: that a verdict holds is shown on the fake',
  },
  trust: {
    doing: 'AssumeRole of a role that trusts SageMaker only',
    aws: 'AccessDenied',
    moto: 'accepted',
    why: 'moto does not enforce trust policies',
  },
  grantee: {
    doing: 'ListGrants of one grantee on a key with grants of two',
    aws: 'grants: 1',
    moto: 'grants: 2',
    why: 'moto ignores GranteePrincipal: the library compares the grantee itself',
  },
  grantPages: {
    doing: 'ListGrants on a key with 60 grants',
    aws: 'pages of 50, 10',
    moto: 'pages of 60',
    why: 'moto gives everything at once: that pages are followed is shown on the fake',
  },
  policyPages: {
    doing: 'ListRolePolicies of a role with 104 policies',
    aws: 'pages of 100, 4',
    moto: 'pages of 104',
    why: 'moto gives everything at once: that pages are followed is shown on the fake',
  },
  grantName: {
    doing: 'CreateGrant twice with the same name and content',
    aws: 'grants: 1',
    moto: 'grants: 2',
    why: 'moto has no idempotency by name: the library looks for its grant before it makes one',
  },
  inlineQuota: {
    doing: 'PutRolePolicy beyond 10,240 characters in all',
    aws: 'LimitExceededException',
    moto: 'accepted',
    why: 'moto knows no quota on inline policies',
  },
  simulator: {
    doing: 'SimulatePrincipalPolicy',
    aws: 'accepted',
    moto: 'UnknownError',
    why: 'moto has no simulator and answers without naming an error: the second opinion is shown on the fake',
  },
  copyRace: {
    doing: 'CopyObject of an object that changed since it was looked at',
    aws: 'PreconditionFailed',
    moto: 'accepted',
    why: 'moto ignores CopySourceIfMatch: that a repair leaves such objects alone is shown on the fake',
  },
  customerKey: {
    doing: 'HeadObject of an object under a key of its writer (SSE-C), without that key',
    aws: '400',
    moto: 'accepted',
    why: 'moto does not keep that a customer brought a key: that such objects are not taken for plain is shown on the fake',
  },
  updateEncryption: {
    doing: 'UpdateObjectEncryption of an object under SSE-S3',
    aws: 'accepted, then aws:kms on the same object',
    moto: 'accepted, then nothing on another object',
    why: 'moto does not know the call, and takes it for a PutObject: repairs are shown on the fake',
  },
} as const satisfies Readonly<Record<string, KnownDifference>>

export type DifferenceName = keyof typeof KNOWN_DIFFERENCES
