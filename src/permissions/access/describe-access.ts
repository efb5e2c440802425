import { parseArn } from '../../names/arn.js'
import type { Owner } from '../../show/owner.js'
import { describeReason, factsToGive } from '../check/describe-decision.js'
import type { Evidence } from '../decide/decision.js'
import { type PolicySource, parsePolicySource } from '../policy/policy-source.js'
import type { Access, DecidedAccess } from './access.js'
import { ENCRYPTION_KEY } from './job-accesses.js'

/** What a decision on an access means for people. */
export interface AccessWords {
  readonly what: string
  readonly why: string
  /** Empty when nothing has to be done. */
  readonly fix: string
  /** Who must act; whoever runs the job where a read was refused. */
  readonly owner: Owner
}

/** Says what an access is, why it is or is not allowed, what to do and who must do it. */
export function describeAccess(decided: DecidedAccess): AccessWords {
  const { access, decision } = decided
  const owner = ownerOf(decided)
  const what = `${WHO[access.who]} ${VERBS[decision.verdict]} ${access.action} on ${nameOf(access)}`
  switch (decision.verdict) {
    case 'allowed':
      return { what, why: cited(decision.evidence, 'Allow') || access.why, fix: '', owner }
    case 'denied':
      return {
        what,
        why: cited(decision.evidence, 'Deny') || 'a Deny of its policies',
        fix: `Have that Deny spare ${shortNameOf(decision.roleArn)}: no Allow outweighs it`,
        owner,
      }
    case 'missing':
      return {
        what,
        why: `${access.why}, and nothing allows it: no Allow in ${sidesOf(decided)}`,
        fix: fixOfMissing(decided),
        owner,
      }
    case 'unknown':
      if (isAllowedAsDocumented(decided)) return describeDocumented(decided)
      return {
        what,
        why: decision.unknownBecause.map(describeReason).join('; '),
        fix: fixOfUnknown(decided),
        owner,
      }
  }
}

/** Tells whether the request is certainly allowed in the form that AWS documents, and perhaps not in another. */
export function isAllowedAsDocumented({ decision }: DecidedAccess): boolean {
  return (
    decision.verdict === 'unknown' && decision.paths.length > 1 && decision.paths[0]?.verdict === 'allowed'
  )
}

function describeDocumented({ access, decision }: DecidedAccess): AccessWords {
  const [documented, other] = decision.paths
  const namesKey = access.forms?.[0]?.context[ENCRYPTION_KEY] !== undefined
  const statements = namesOf(decision.evidence, ({ effect }) => effect === 'Deny') || 'the Allow'
  return {
    what: `${WHO[access.who]} may do ${access.action} on ${nameOf(access)} ${documented?.name}, as AWS documents it; ${other?.name} it ${other?.verdict === 'unknown' ? 'perhaps may not' : 'may not'}`,
    why: namesKey
      ? `${statements} asks for the key; AWS says that a job writes under the key that it names, and no page says that every upload names it`
      : `${statements} asks for encryption; AWS says that a job writes with SSE-KMS, and what one without a key sends was never observed`,
    fix: namesKey
      ? 'Go by what AWS documents, or run a job of one object first, which settles it'
      : 'Name a key in .output(); or run a job of one object first, which settles it',
    owner: 'you',
  }
}

const WHO = { role: 'The execution role', caller: 'The caller', reader: 'Whoever reads the labels' } as const

const WHOSE = { role: "the role's", caller: "the caller's", reader: "the reader's" } as const

const VERBS = {
  allowed: 'may do',
  denied: 'is denied',
  missing: 'is not allowed',
  unknown: 'may or may not do',
} as const

/** The ARN, or a pattern of what it stands for. */
export function nameOf({ resourceArn, goesOn, word }: Access): string {
  if (goesOn !== true) return resourceArn
  return word === undefined ? `${resourceArn}*` : `${resourceArn}*${word}*`
}

function shortNameOf(arn: string): string {
  return arn === '' ? 'the caller' : arn
}

function sidesOf({ access, decision }: DecidedAccess): string {
  return decision.missingIn.map((side) => nameOfSide(side, access)).join(', and none in ') || 'any policy'
}

function nameOfSide(side: string, access: Access): string {
  switch (side) {
    case 'key-policy':
      return 'the key policy'
    case 'resource-policy':
      return `the ${policyNoun(access)}`
    case 'boundary':
      return 'the permissions boundary'
    case 'scp':
      return 'the service control policies'
    default:
      return `${WHOSE[access.who]} IAM policies`
  }
}

function policyNoun({ action }: Access): string {
  if (action.startsWith('s3:')) return 'bucket policy'
  if (action.startsWith('lambda:')) return 'policy of the Lambda function'
  return action.startsWith('sns:') ? 'policy of the topic' : 'key policy'
}

function fixOfMissing(decided: DecidedAccess): string {
  const { access, decision } = decided
  const sides: readonly string[] = decision.missingIn
  if (sides.includes('boundary')) return `Allow ${access.action} in the permissions boundary as well`
  if (sides.includes('scp')) return `Have the organization allow ${access.action}`
  const who = access.who === 'caller' ? 'the caller' : shortNameOf(decision.roleArn)
  const ofWho = isKeptByAws(decision.roleArn)
    ? `the permission set of IAM Identity Center behind ${who}`
    : `an IAM policy of ${who}`
  const policies = [
    ...(sides.includes('identity') ? [ofWho] : []),
    ...(sides.includes('resource-policy') || sides.includes('key-policy')
      ? [`the ${policyNoun(access)}`]
      : []),
  ]
  return `Allow ${access.action} on ${nameOf(access)} in ${policies.join(' and in ') || ofWho}`
}

function fixOfUnknown({ access, decision }: DecidedAccess): string {
  const { unknownBecause: reasons, evidence, roleArn } = decision
  const permissions = reasons.flatMap((reason) =>
    reason.kind === 'unreadable' ? [reason.permissionNeeded] : [],
  )
  if (permissions.length > 0) {
    // IAM shows policies in their own account alone.
    const account = permissions.some((one) => one.startsWith('iam:')) ? parseArn(roleArn)?.account : undefined
    const who = account === undefined ? 'somebody' : `somebody of account ${account}`
    return `Check as ${who} who is allowed ${[...new Set(permissions.flatMap((one) => one.split(', ')))].join(', ')}`
  }
  if (reasons.some(({ kind }) => kind === 'evaluators-disagree'))
    return 'Have whoever looks after the organization show its service control policies: they bind whoever creates the job'
  const { given, isAll } = factsToGive(reasons)
  if (isAll) return `Needed: ${given.join(', and ')}`
  const trial = access.who === 'role' ? 'run a job of one object first' : 'try with one object'
  const denies = namesOf(evidence, ({ effect }) => effect === 'Deny')
  // The ARN of the role is the one thing that every request of it brings, so that this settles any condition.
  if (denies !== '' && reasons.every(({ kind }) => kind === 'condition'))
    return `Have ${denies} spare ${shortNameOf(roleArn)}, which "ArnNotEquals": {"aws:PrincipalArn": "${roleArn}"} among its conditions does: nothing of the statement then binds it; or ${trial}`
  return `Ask whoever owns that policy, or ${trial}`
}

/** Roles of single sign-on cannot be changed in IAM (IAM Identity Center user guide, "Referencing permission sets"). */
export function isKeptByAws(roleArn: string): boolean {
  return roleArn.includes(':role/aws-reserved/')
}

const OWNERS_OF_POLICIES: Readonly<Partial<Record<PolicySource['kind'], Owner>>> = {
  'key-policy': 'key',
  'bucket-policy': 'bucket',
  'function-policy': 'lambda',
  'topic-policy': 'topic',
}

/** Who must act: the owner of the policy that denies, or of the side without an Allow. */
export function ownerOf({ access, decision }: DecidedAccess): Owner {
  const ofRole = access.who === 'caller' || access.who === 'reader' ? 'you' : 'role'
  if (decision.verdict === 'allowed') return 'you'
  if (decision.verdict === 'unknown') {
    if (decision.unknownBecause.some(({ kind }) => kind === 'unreadable')) return 'you'
    const policies = decision.unknownBecause.flatMap((reason) => ('policy' in reason ? [reason.policy] : []))
    return policies.length === 0 ? 'you' : ownerOfPolicy(policies[0] ?? '', ofRole)
  }
  if (decision.verdict === 'denied') {
    const [deny] = decision.evidence.filter(({ effect }) => effect === 'Deny')
    return deny === undefined ? ofRole : ownerOfPolicy(deny.policy, ofRole)
  }
  const sides: readonly string[] = decision.missingIn
  if (sides.includes('identity') || sides.includes('boundary') || sides.includes('scp')) return ofRole
  return ownerOfPolicy(policyNameOf(access), ofRole)
}

function ownerOfPolicy(policy: string, otherwise: Owner): Owner {
  return OWNERS_OF_POLICIES[parsePolicySource(policy).kind] ?? otherwise
}

/** Gives the name by which evidence goes of the policy of what is accessed. */
export function policyNameOf({ action }: Access): string {
  if (action.startsWith('s3:')) return 'bucket-policy'
  if (action.startsWith('lambda:')) return 'function-policy'
  return action.startsWith('sns:') ? 'topic-policy' : 'key-policy'
}

function cited(evidence: readonly Evidence[], wanted: 'Allow' | 'Deny'): string {
  return namesOf(evidence, ({ effect, certain }) => effect === wanted && certain)
}

function namesOf(evidence: readonly Evidence[], isMeant: (one: Evidence) => boolean): string {
  const names = evidence.filter(isMeant).map(({ policy, statement }) => `${policy} ${statement}`)
  return [...new Set(names)].join(', ')
}
