import type { Aws } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { parseArn } from '../../names/arn.js'
import { mergeVerdicts } from '../decide/combine.js'
import { isRecord, statementsIn } from '../policy/parse-policy.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { CheckedDecision } from './decide-requirements.js'
import { isSettledByProbe } from './probe-scope.js'
import type { SecondOpinion } from './second-opinion.js'
import { mayBeDeniedByOrganization } from './simulate.js'

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
): Promise<SecondOpinion> {
  const asRole = await becomeRole(sources, aws)
  if ('skipped' in asRole) return { decisions, skipped: asRole.skipped }
  const heedsDryRun = { value: true }
  const ask = (decision: CheckedDecision) => probe(decision, sources.role.arn, asRole.aws, heedsDryRun)
  const makesGrant = ({ action }: CheckedDecision) => action === 'kms:CreateGrant'
  const answers = new Map<CheckedDecision, Answer>()
  // Grants come last: an endpoint that has done any of the others in earnest would make one.
  for (const group of [decisions.filter((decision) => !makesGrant(decision)), decisions.filter(makesGrant)])
    await Promise.all(group.map(async (decision) => void answers.set(decision, await ask(decision))))
  return {
    decisions: decisions.map((decision) => {
      const answer = answers.get(decision) ?? 'inconclusive'
      return answer === 'inconclusive' ? decision : withAnswer(decision, answer, sources)
    }),
    ...(!heedsDryRun.value && { skipped: 'KMS was not probed in full: this endpoint does not heed DryRun' }),
  }
}

/** Tells whether the caller already is a session of the role. */
function isSessionOf({ caller, role }: PermissionSources): boolean {
  const arn = parseArn(caller?.arn ?? '')
  return (
    arn?.service === 'sts' &&
    arn.account === role.account &&
    arn.resource.startsWith(`assumed-role/${role.name}/`)
  )
}

async function becomeRole(
  sources: PermissionSources,
  aws: Aws,
): Promise<{ readonly aws: Aws } | { readonly skipped: string }> {
  if (isSessionOf(sources)) return { aws }
  try {
    const { Credentials: credentials } = await retryPassing(aws, () =>
      aws.call('sts:AssumeRole', {
        RoleArn: sources.role.arn,
        RoleSessionName: 'gt-ensure-permissions',
        DurationSeconds: 900,
      }),
    )
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    } = credentials ?? {}
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
      return { skipped: 'KMS was not probed: sts:AssumeRole gave no credentials' }
    return { aws: aws.with({ credentials: { accessKeyId, secretAccessKey, sessionToken } }) }
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'aborted')) throw thrown
    // Roles for SageMaker mostly trust nobody else; that is no fault, and the trust policy is not ours to change.
    if (isLabelingJobError(thrown))
      return {
        skipped: `KMS was not probed: ${sources.caller?.arn ?? 'the caller'} is not a session of the role and cannot assume it: ${thrown.why}`,
      }
    throw thrown
  }
}

async function probe(
  { action, keyArn }: CheckedDecision,
  roleArn: string,
  aws: Aws,
  heedsDryRun: { value: boolean },
): Promise<Answer> {
  if (action === 'kms:CreateGrant' && !heedsDryRun.value) return 'inconclusive'
  let done: unknown
  try {
    done = await retryPassing(aws, () => dryRun(action, keyArn, roleArn, aws))
  } catch (thrown) {
    if (isAwsError(thrown, 'DryRunOperationException')) return 'allowed'
    if (isLabelingJobError(thrown, 'aborted')) throw thrown
    return isAccessDenied(thrown) ? 'refused' : 'inconclusive'
  }
  if (action === 'kms:DescribeKey') return 'allowed'
  heedsDryRun.value = false
  if (action === 'kms:CreateGrant') await revoke(done, keyArn, aws)
  return 'inconclusive'
}

/** A check leaves nothing behind, whatever an endpoint made of its question. */
async function revoke(answer: unknown, KeyId: string, aws: Aws): Promise<void> {
  const { GrantId } = Object(answer) as { readonly GrantId?: string }
  if (GrantId !== undefined) await retryPassing(aws, () => aws.call('kms:RevokeGrant', { KeyId, GrantId }))
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
  const paths = decision.paths.map((path) =>
    path.name !== 'direct' || (answer === 'refused' && path.verdict === 'denied')
      ? path
      : { name: path.name, verdict: direct as 'allowed' | 'missing' },
  )
  const verdict = mergeVerdicts(paths.map((path) => path.verdict))
  return {
    ...decision,
    verdict,
    basis: 'probed',
    paths,
    evidence,
    unknownBecause:
      verdict !== 'unknown'
        ? []
        : [
            { kind: 'paths-differ', paths },
            ...decision.unknownBecause.filter(({ kind }) => kind !== 'paths-differ'),
          ],
  }
}

/** Our session and our request are not the job's: where an answer depends on what differs, a probe proves nothing. */
function provesNothing(decision: CheckedDecision, answer: Answer, sources: PermissionSources): boolean {
  // What the simulator found out stands: it knows more of the organization than one call shows.
  if (mayBeDeniedByOrganization(decision)) return true
  if (!decision.unknownBecause.every(isSettledByProbe)) return true
  if (answer === 'allowed') return false
  // A refused ReEncrypt does not say which of its two actions was refused.
  if (/^kms:ReEncrypt/.test(decision.action)) return true
  return decision.action === 'kms:CreateGrant' && hasConditionOnGrants(sources, decision.keyArn)
}

function hasConditionOnGrants({ keys, role }: PermissionSources, keyArn: string): boolean {
  const policies = [
    ...keys
      .filter(({ key }) => key.arn === keyArn)
      .flatMap(({ policy, sharedPolicy }) => [policy, sharedPolicy]),
    ...role.identityPolicies.map(({ policy }) => policy),
    role.boundary?.policy,
  ]
  // What cannot be read as a policy may hold a condition.
  return policies.some((policy) => {
    if (policy === undefined || policy === null) return false
    const statements = statementsIn(policy)
    return (
      statements?.every((statement) => isRecord(statement) && statement['Condition'] === undefined) !== true
    )
  })
}
