import { parseArn } from '../names/arn.js'
import type { Evidence, UnknownReason } from './decision.js'
import type { CheckedDecision } from './judge-requirements.js'

/** Names the statement or grant that decides, in a few words. */
export function decidedBy(decision: CheckedDecision): string {
  const { verdict, evidence, unknownBecause, possibleDeny } = decision
  if (verdict === 'missing') {
    const denies = cited(possibleDeny)
    return `no Allow in ${sides(decision)}${denies && `; ${denies} may deny it as well`}`
  }
  if (verdict === 'unknown') {
    const reasons = unknownBecause.map((reason) => {
      const by = reason.kind === 'legs-differ' ? cited(evidence.filter(({ certain }) => !certain)) : ''
      return `${describeReason(reason)}${by && ` (${by})`}`
    })
    return reasons.join('; ')
  }
  const wanted = verdict === 'denied' ? 'Deny' : 'Allow'
  return cited(evidence.filter(({ effect, certain }) => effect === wanted && certain))
}

/** Says what is needed for a verdict to become `allowed`; empty when it is. */
export function whatIsNeeded(decision: CheckedDecision): string {
  const { verdict, lacks, keyArn, roleArn, boundary } = decision
  if (verdict === 'allowed') return ''
  if (verdict === 'denied') return 'the Deny taken away, as no Allow outweighs it'
  if (verdict === 'unknown') return neededToKnow(decision)
  if (lacks.length === 0) return 'a key of the partition that the role is in'
  if (lacks.includes('boundary')) return `an Allow in the permissions boundary ${boundary ?? ''}`.trimEnd()
  if (lacks.includes('scp')) return 'an Allow by the service control policies of the organization'
  const key = parseArn(keyArn)?.account
  const statement = 'a statement in the key policy that allows the role'
  const policy = 'an Allow in an IAM policy of the role'
  if (key !== parseArn(roleArn)?.account)
    return lacks.includes('identity')
      ? `${policy}, and ${statement}, in account ${key}`
      : `${statement}, in account ${key}`
  return lacks.includes('key-policy') ? statement : policy
}

/** Names the actions of some decisions on a key, or says that it is all of them. */
export function namedActions(some: readonly CheckedDecision[], all: readonly CheckedDecision[]): string {
  const [first] = some
  const ofKey = all.filter(({ keyArn }) => keyArn === first?.keyArn)
  return some.length > 1 && some.length === ofKey.length
    ? `all ${some.length} actions`
    : some.map(({ action }) => action).join(', ')
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
  grants: 'the grants on the key',
  'identity-policies': 'the policies of the role',
  'inline:*': 'the inline policies of the role',
  'managed:*': 'the policies attached to the role',
  boundary: 'the permissions boundary of the role',
}

/** Says in words why a verdict is `unknown`. */
export function describeReason(reason: UnknownReason): string {
  switch (reason.kind) {
    case 'condition':
      return `${reason.policy} ${reason.statement} depends on ${reason.key} (${reason.operator})`
    case 'unreadable':
      return `${SOURCES[reason.source] ?? reason.source} cannot be read (${reason.permissionNeeded})`
    case 'session-name':
      return `${reason.policy} ${reason.statement} names a session, and SageMaker's session name is not documented`
    case 'principal':
    case 'resource':
    case 'malformed':
      return `${reason.policy} ${reason.statement}: ${reason.detail}`
    case 'legs-differ':
      return `the ways to call KMS differ: ${reason.legs.map(({ name, verdict }) => `${name} ${verdict}`).join(', ')}`
    case 'undocumented':
      return `not documented: ${reason.topic}`
    case 'unknown-operator':
      return `${reason.policy} ${reason.statement} uses the unknown operator ${reason.name}`
    case 'propagating':
      return `changed at ${reason.since}, and not in force everywhere yet`
    case 'evaluators-disagree':
      return reason.detail
  }
}

function neededToKnow({ unknownBecause, evidence, basis, keyArn, roleArn }: CheckedDecision): string {
  const unreadable = unknownBecause.flatMap((reason) => (reason.kind === 'unreadable' ? [reason] : []))
  const account = parseArn(keyArn)?.account
  const roleAccount = parseArn(roleArn)?.account
  // KMS shows a key policy in the account of the key only, whatever the policy says.
  if (account !== roleAccount && unreadable.some(({ source }) => source === 'key-policy'))
    return `a look at the key policy in account ${account}, or { probe: true } as the role`
  if (unreadable.length > 0) {
    const permissions = unreadable.flatMap(({ permissionNeeded }) => permissionNeeded.split(', '))
    const inRole = permissions.some((permission) => permission.startsWith('iam:'))
    return `a caller of account ${inRole ? roleAccount : account} that may ${[...new Set(permissions)].join(', ')}`
  }
  if (unknownBecause.some(({ kind }) => kind === 'propagating')) return 'some minutes of waiting'
  const probe = basis === 'probed' ? '' : '{ probe: true } as the role'
  const denies = cited(evidence.filter(({ effect, policy }) => effect === 'Deny' && policy !== 'probe'))
  if (denies !== '')
    return `${denies} changed so that it certainly spares the role, as no Allow outweighs a Deny${probe && `; or ${probe}`}`
  return `the statement of the guide, with { addDocumentedStatement: true }${probe && `; or ${probe}`}`
}

function cited(evidence: readonly Evidence[]): string {
  return [...new Set(evidence.map(cite))].join(', ')
}

function cite({ policy, statement }: Evidence): string {
  return policy.startsWith('grant:') ? policy : `${policy} ${statement}`
}

function sides({ lacks, boundary }: CheckedDecision): string {
  const names = {
    'key-policy': 'key policy',
    identity: "the role's IAM policies",
    boundary: `the permissions boundary ${boundary ?? ''}`.trimEnd(),
    scp: 'an SCP',
  }
  return lacks.length === 0 ? 'any policy' : lacks.map((side) => names[side]).join(', ')
}
