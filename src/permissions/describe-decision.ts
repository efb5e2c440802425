import type { Evidence, UnknownReason } from './decision.js'
import type { CheckedDecision } from './judge-requirements.js'

/** Names the statement or grant that decides, in a few words. */
export function decidedBy(decision: CheckedDecision): string {
  const { verdict, evidence, lacks, unknownBecause } = decision
  if (verdict === 'missing') return `no Allow in ${sides(lacks)}`
  if (verdict === 'unknown') return unknownBecause.map(describeReason).join('; ') || 'the call paths differ'
  const wanted = verdict === 'denied' ? 'Deny' : 'Allow'
  const deciding = evidence.filter(({ effect, certain }) => effect === wanted && certain)
  return [...new Set(deciding.map(cite))].join(', ')
}

/** Says what would turn a verdict into `allowed`; empty when it is. */
export function whatWouldMend(decision: CheckedDecision): string {
  const { verdict, lacks, delegated, action } = decision
  if (verdict === 'allowed') return ''
  if (verdict === 'denied') return 'take the Deny away: no Allow outweighs it'
  if (verdict === 'unknown') return mendOfUnknown(decision.unknownBecause)
  if (lacks.length === 0) return 'a key of the partition that the role is in'
  if (lacks.includes('boundary')) return `the permissions boundary must allow ${action}`
  if (lacks.includes('scp')) return `the organization must allow ${action}`
  if (delegated) return `an IAM policy of the role that allows ${action}`
  return `a statement in the key policy that allows the role ${action}`
}

/** Says in words why a verdict is `unknown`. */
export function describeReason(reason: UnknownReason): string {
  switch (reason.kind) {
    case 'condition':
      return `${reason.policy} ${reason.statement} hangs on ${reason.key} (${reason.operator})`
    case 'unreadable':
      return `${reason.source} cannot be read (${reason.permissionNeeded})`
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

function mendOfUnknown(reasons: readonly UnknownReason[]): string {
  const needed = reasons.flatMap((reason) => (reason.kind === 'unreadable' ? [reason.permissionNeeded] : []))
  if (needed.length > 0) return `let the caller ${[...new Set(needed)].join(', ')}, and check again`
  if (reasons.some(({ kind }) => kind === 'propagating')) return 'wait some minutes, and check again'
  return "check with { probe: true }, or add the guide's statement with { addDocumentedStatement: true }"
}

function cite({ policy, statement }: Evidence): string {
  return policy.startsWith('grant:') ? policy : `${policy} ${statement}`
}

function sides(lacks: CheckedDecision['lacks']): string {
  const names = {
    'key-policy': 'key policy',
    identity: "the role's IAM policies",
    boundary: 'the boundary',
    scp: 'an SCP',
  }
  return lacks.length === 0 ? 'any policy' : lacks.map((side) => names[side]).join(', ')
}
