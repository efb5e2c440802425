import type { Aws } from '../aws/aws.js'
import { isAccessDenied, isAwsError } from '../aws/aws-error.js'
import { parseArn } from '../names/arn.js'
import { patiently } from './aws-reader.js'
import type { UnknownReason } from './decision.js'
import type { CheckedDecision } from './judge-requirements.js'
import { isRecord, statementsIn } from './policy.js'
import type { PermissionSources } from './read-permissions.js'
import { mergeVerdicts } from './tally.js'

/** What KMS answered to a dry run: it would have worked, it is not permitted, or nothing that settles it. */
type Answer = 'allowed' | 'refused' | 'inconclusive'

/**
 * Asks KMS itself with dry runs, as the role: with the caller's own credentials when the caller is a session of the
 * role, else with a session of 15 minutes when the trust policy allows one. A probe proves calls made directly, from
 * this session, and nothing about calls through S3, SageMaker or EC2. Needs `sts:AssumeRole` on the role, or nothing.
 */
export async function withProbe(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
): Promise<readonly CheckedDecision[]> {
  const asRole = await becomeRole(sources, aws)
  if (asRole === undefined) return decisions
  return Promise.all(
    decisions.map(async (decision) => {
      const answer = await probe(decision, sources.role.arn, asRole)
      return answer === 'inconclusive' ? decision : withAnswer(decision, answer, sources)
    }),
  )
}

/** Tells whether the caller already is a session of the role. */
export function isSessionOf({ callerArn, role }: PermissionSources): boolean {
  const caller = parseArn(callerArn)
  return (
    caller?.service === 'sts' &&
    caller.account === role.account &&
    caller.resource.startsWith(`assumed-role/${role.name}/`)
  )
}

async function becomeRole(sources: PermissionSources, aws: Aws): Promise<Aws | undefined> {
  if (isSessionOf(sources)) return aws
  try {
    const { Credentials: credentials } = await aws.call('sts:AssumeRole', {
      RoleArn: sources.role.arn,
      RoleSessionName: 'gt-ensure-permissions',
      DurationSeconds: 900,
    })
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    } = credentials ?? {}
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
      return undefined
    return aws.with({ credentials: { accessKeyId, secretAccessKey, sessionToken } })
  } catch (thrown) {
    // Roles for SageMaker mostly trust nobody else; that is no fault, and the trust policy is not ours to change.
    if (isAwsError(thrown)) return undefined
    throw thrown
  }
}

async function probe({ action, keyArn }: CheckedDecision, roleArn: string, aws: Aws): Promise<Answer> {
  try {
    await patiently(aws, () => dryRun(action, keyArn, roleArn, aws))
    return action === 'kms:DescribeKey' ? 'allowed' : 'inconclusive'
  } catch (thrown) {
    if (isAwsError(thrown, 'DryRunOperationException')) return 'allowed'
    return isAccessDenied(thrown) ? 'refused' : 'inconclusive'
  }
}

async function dryRun(action: string, KeyId: string, roleArn: string, aws: Aws): Promise<unknown> {
  const unread = { DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] as ['IGNORE_CIPHERTEXT'] } as const
  switch (action) {
    case 'kms:DescribeKey':
      return aws.call('kms:DescribeKey', { KeyId })
    case 'kms:Encrypt':
      return aws.call('kms:Encrypt', { KeyId, Plaintext: new Uint8Array(1), DryRun: true })
    case 'kms:Decrypt':
      return aws.call('kms:Decrypt', { KeyId, ...unread })
    case 'kms:ReEncryptFrom':
    case 'kms:ReEncryptTo':
      return aws.call('kms:ReEncrypt', { SourceKeyId: KeyId, DestinationKeyId: KeyId, ...unread })
    case 'kms:GenerateDataKey':
    case 'kms:GenerateDataKeyWithoutPlaintext':
      return aws.call(action, { KeyId, KeySpec: 'AES_256', DryRun: true })
    case 'kms:GenerateDataKeyPair':
    case 'kms:GenerateDataKeyPairWithoutPlaintext':
      return aws.call(action, { KeyId, KeyPairSpec: 'ECC_NIST_P256', DryRun: true })
    default:
      return aws.call('kms:CreateGrant', {
        KeyId,
        GranteePrincipal: roleArn,
        Operations: ['Decrypt'],
        DryRun: true,
      })
  }
}

function withAnswer(
  decision: CheckedDecision,
  answer: 'allowed' | 'refused',
  sources: PermissionSources,
): CheckedDecision {
  const evidence = [
    ...decision.evidence,
    {
      policy: 'probe',
      statement: decision.action,
      effect: answer === 'allowed' ? ('Allow' as const) : ('Deny' as const),
      via: 'session' as const,
      certain: true,
    },
  ]
  if (provesNothing(decision, answer, sources)) return { ...decision, evidence }
  const direct = answer === 'allowed' ? 'allowed' : 'missing'
  const legs = decision.legs.map((leg) =>
    leg.name !== 'direct' || (answer === 'refused' && leg.verdict === 'denied')
      ? leg
      : { name: leg.name, verdict: direct as 'allowed' | 'missing' },
  )
  const verdict = mergeVerdicts(legs.map((leg) => leg.verdict))
  return {
    ...decision,
    verdict,
    basis: 'probed',
    legs,
    evidence,
    unknownBecause:
      verdict !== 'unknown'
        ? []
        : decision.verdict === 'unknown'
          ? decision.unknownBecause
          : [{ kind: 'legs-differ', legs }],
  }
}

/** Our session is not the job's: where they differ in what a statement asks for, and for grants under conditions. */
function provesNothing(decision: CheckedDecision, answer: Answer, sources: PermissionSources): boolean {
  if (decision.unknownBecause.some(differsBetweenSessions)) return true
  if (answer === 'allowed') return false
  // A refused ReEncrypt does not say which of its two actions was refused.
  if (/^kms:ReEncrypt/.test(decision.action)) return true
  return decision.action === 'kms:CreateGrant' && hasConditionOnGrants(sources, decision.keyArn)
}

const SESSION_KEYS =
  /^aws:(?:SourceIp|SourceVpc|SourceVpce|VpcSourceIp|userid|MultiFactorAuth.*|SourceIdentity|TokenIssueTime|UserAgent|PrincipalTag\/.*|RoleSessionName)$/i

function differsBetweenSessions(reason: UnknownReason): boolean {
  return (
    reason.kind === 'session-name' ||
    (reason.kind === 'principal' && /session/i.test(reason.detail)) ||
    (reason.kind === 'condition' && SESSION_KEYS.test(reason.key))
  )
}

function hasConditionOnGrants({ keys, role }: PermissionSources, keyArn: string): boolean {
  const policies = [
    keys.find(({ key }) => key.arn === keyArn)?.policy,
    ...role.identityPolicies.map(({ policy }) => policy),
    role.boundary?.policy,
  ]
  // What cannot be read as a policy may hold a condition.
  return policies.some((policy) => {
    if (policy === undefined) return false
    const statements = statementsIn(policy)
    return statements?.every((one) => isRecord(one) && one['Condition'] === undefined) !== true
  })
}
