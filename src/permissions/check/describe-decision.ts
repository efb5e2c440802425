import { parseArn } from '../../names/arn.js'
import type { Evidence } from '../decide/decision.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import { parsePolicySource } from '../policy/policy-source.js'
import type { CheckedDecision } from './decide-requirements.js'
import { isSettledByProbe } from './probe-scope.js'

/** Names the statement or grant that decides, in a few words. */
export function decidedBy(decision: CheckedDecision): string {
  const { verdict, evidence, unknownBecause, possibleDeny } = decision
  if (verdict === 'missing') {
    const denies = cited(possibleDeny)
    return `no Allow in ${sides(decision)}${denies && `; ${denies} may deny it as well`}`
  }
  if (verdict === 'unknown') {
    const refusal = isRefusedByKms(decision) ? ["KMS refused the role's dry run"] : []
    const reasons = unknownBecause.map((reason) => {
      const by = reason.kind === 'paths-differ' ? cited(evidence.filter(({ certain }) => !certain)) : ''
      return `${describeReason(reason)}${by && ` (${by})`}`
    })
    return [...refusal, ...reasons].join('; ')
  }
  const wanted = verdict === 'denied' ? 'Deny' : 'Allow'
  return cited(evidence.filter(({ effect, certain }) => effect === wanted && certain))
}

/** Says what is needed for a verdict to become `allowed`; empty when it is. */
export function whatIsNeeded(decision: CheckedDecision): string {
  const { verdict, missingIn, keyArn, roleArn, boundary } = decision
  if (verdict === 'allowed') return ''
  if (verdict === 'denied') return `${decidedBy(decision)} taken away, as no Allow outweighs a Deny`
  if (verdict === 'unknown') return neededToKnow(decision)
  if (missingIn.length === 0) return 'a key of the partition that the role is in'
  if (missingIn.includes('boundary')) return `an Allow in ${boundaryName(boundary)}`
  if (missingIn.includes('scp')) return 'an Allow by the service control policies of the organization'
  const key = parseArn(keyArn)?.account
  const statement = 'a statement in the key policy that allows the role'
  const policy = 'an Allow in an IAM policy of the role'
  if (key !== parseArn(roleArn)?.account)
    return missingIn.includes('identity')
      ? `${policy}, and ${statement}, in account ${key}`
      : `${statement}, in account ${key}`
  return missingIn.includes('key-policy') ? statement : policy
}

/** Names the actions of some decisions on a key, or says that it is all of them. */
export function namedActions(decisions: readonly CheckedDecision[], all: readonly CheckedDecision[]): string {
  const [first] = decisions
  const ofKey = all.filter(({ keyArn }) => keyArn === first?.keyArn)
  return decisions.length > 1 && decisions.length === ofKey.length
    ? `all ${decisions.length} actions`
    : decisions.map(({ action }) => action).join(', ')
}

/** Puts together what the same words are to be said of, in the order of the first of each. */
export function bySameWords<Item>(
  items: readonly Item[],
  wordsOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(wordsOf(item), [...(groups.get(wordsOf(item)) ?? []), item])
  return groups
}

const SOURCES: Readonly<Record<string, string>> = {
  'key-policy': 'the key policy',
  'key-policy:AWS_RAM': 'the key policy of AWS RAM',
  grants: 'the grants on the key',
  'bucket-policy': 'the bucket policy',
  'function-policy': 'the policy of the Lambda function',
  'topic-policy': 'the policy of the topic',
  'identity-policies': 'the policies of the role',
  'user-policies': 'the policies of the user',
  'inline:*': 'the inline policies of the role',
  'managed:*': 'the policies attached to the role',
  boundary: 'the permissions boundary of the role',
}

/**
 * Says in words why a verdict is `unknown`.
 *
 * @example
 * for (const { action, unknownBecause } of (await checkPermissions(job, aws)).decisions) {
 *   for (const reason of unknownBecause) console.log(action, describeReason(reason))
 * }
 */
export function describeReason(reason: UnknownReason): string {
  switch (reason.kind) {
    case 'condition':
      return `${reason.statement === '*' ? reason.policy : `${reason.policy} ${reason.statement}`} depends on ${reason.key} (${reason.operator})${reason.detail === undefined ? '' : `: ${reason.detail}`}`
    case 'unreadable':
      return `${SOURCES[reason.source] ?? reason.source} cannot be read (${reason.permissionNeeded})`
    case 'session-name':
      return `${reason.policy} ${reason.statement} names a session, and SageMaker's session name is not documented`
    case 'principal':
    case 'resource':
    case 'malformed':
      return `${reason.policy} ${reason.statement}: ${reason.detail}`
    case 'paths-differ':
      return `the call paths to KMS differ: ${reason.paths.map(({ name, verdict }) => `${name} ${verdict}`).join(', ')}`
    case 'requests-differ':
      return `it depends on the form of the request, which is not certain: ${reason.requests.map(({ name, verdict }) => `${name} ${verdict}`).join(', ')}`
    case 'undocumented':
      return `not documented: ${reason.topic}`
    case 'unknown-operator':
      return `${reason.policy} ${reason.statement} uses the unknown operator ${reason.name}`
    case 'propagating':
      return `changed at ${reason.since}, and does not take effect everywhere yet`
    case 'evaluators-disagree':
      return reason.detail
  }
}

function neededToKnow(decision: CheckedDecision): string {
  const { unknownBecause, evidence, keyArn, roleArn, identityVerdict } = decision
  const unreadable = unknownBecause.flatMap((reason) => (reason.kind === 'unreadable' ? [reason] : []))
  const account = parseArn(keyArn)?.account
  const roleAccount = parseArn(roleArn)?.account
  // KMS shows a key policy in the account of the key only, whatever the policy says.
  if (account !== roleAccount && unreadable.some(({ source }) => source === 'key-policy')) {
    const look = `a look at the key policy in account ${account}`
    return identityVerdict === 'missing'
      ? `an Allow in an IAM policy of the role (planned with { addDocumentedStatement: true }), and ${look}`
      : look
  }
  if (unreadable.length > 0) {
    const permissions = unreadable.flatMap(({ permissionNeeded }) => permissionNeeded.split(', '))
    const inRole = permissions.some((permission) => permission.startsWith('iam:'))
    return `a caller of account ${inRole ? roleAccount : account} that is allowed ${[...new Set(permissions)].join(', ')}`
  }
  if (unknownBecause.some(({ kind }) => kind === 'propagating')) return 'some minutes of waiting'
  if (isRefusedByKms(decision))
    return 'the Deny that KMS heeds and no policy that was read shows: look at service and resource control policies, and at VPC endpoint policies'
  if (unknownBecause.some(({ kind }) => kind === 'evaluators-disagree'))
    return "a look at the policies of the organization, of which IAM's simulator sees more"
  const { given, isAll } = factsToGive(unknownBecause)
  const denies = cited(evidence.filter(({ effect, policy }) => effect === 'Deny' && policy !== 'probe'))
  const change =
    denies === ''
      ? 'the statement of the guide, with { addDocumentedStatement: true }'
      : `${denies} changed so that it certainly spares the role, as no Allow outweighs a Deny`
  if (isAll) return given.join(', and ')
  return [...given, ...(canBeProbed(decision) ? ['{ probe: true } as the role'] : []), change].join('; or ')
}

/** Gives, in words, the options of a check that settle some reasons, and whether they settle all of them. */
export function factsToGive(reasons: readonly UnknownReason[]): {
  readonly given: readonly string[]
  readonly isAll: boolean
} {
  const facts = OPTIONS.filter(([keys]) => reasons.some((reason) => isOn(reason, keys)))
  const isAll = reasons.every(
    (reason) => /-differ$/.test(reason.kind) || facts.some(([keys]) => isOn(reason, keys)),
  )
  return { given: facts.map(([, words]) => words), isAll: facts.length > 0 && isAll }
}

/** The options of a check that settle conditions on these keys. */
const OPTIONS: readonly (readonly [keys: RegExp, words: string])[] = [
  [
    /^aws:(?:Principal|Resource)Org(?:ID|Paths)$/i,
    "the organization, given as { organization: { id: 'o-…' } }",
  ],
  [/^aws:(?:CurrentTime|EpochTime)$/i, 'the latest end of the job, given as { runsUntil }'],
]

function isOn(reason: UnknownReason, keys: RegExp): boolean {
  return reason.kind === 'condition' && keys.test(reason.key)
}

/** A probe settles direct calls only, so it is worth having where the other ways are settled. */
function canBeProbed({ paths, basis, unknownBecause }: CheckedDecision): boolean {
  const isUnknownDirectlyOnly = ({ name, verdict }: CheckedDecision['paths'][number]) =>
    verdict === (name === 'direct' ? 'unknown' : 'allowed')
  return basis === 'static' && paths.every(isUnknownDirectlyOnly) && unknownBecause.every(isSettledByProbe)
}

function isRefusedByKms({ basis, evidence }: CheckedDecision): boolean {
  return basis === 'probed' && evidence.some(({ policy, effect }) => policy === 'probe' && effect === 'Deny')
}

/** What the simulator shows of an organization is neither a Deny for certain nor the lack of an Allow. */
function isOrganization({ policy, statement }: Evidence): boolean {
  return policy === 'scp' && statement === '*'
}

function boundaryName(boundary: string | null): string {
  const { name = '' } = parsePolicySource(boundary ?? 'boundary')
  return `the permissions boundary ${name}`.trimEnd()
}

function cited(evidence: readonly Evidence[]): string {
  return [...new Set(evidence.map(cite))].join(', ')
}

function cite(evidence: Evidence): string {
  const { policy, statement } = evidence
  if (isOrganization(evidence)) return 'the policies of the organization'
  if (statement === '*') return `${SOURCES[policy] ?? policy} (not readable)`
  return parsePolicySource(policy).kind === 'grant' ? policy : `${policy} ${statement}`
}

function sides({ missingIn, boundary }: CheckedDecision): string {
  const names = {
    'key-policy': 'key policy',
    identity: "the role's IAM policies",
    boundary: boundaryName(boundary),
    scp: 'an SCP',
  }
  return missingIn.length === 0 ? 'any policy' : missingIn.map((side) => names[side]).join(', ')
}
