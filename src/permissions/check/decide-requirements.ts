import { parseArn } from '../../names/arn.js'
import { callPathsIn } from '../decide/call-paths.js'
import { decideOnKey } from '../decide/decide-permission.js'
import { decideRoleSide } from '../decide/decide-role-side.js'
import type { Decision } from '../decide/decision.js'
import type { CallPath, ContextValues, PermissionQuestion } from '../evaluate/question.js'
import type { Verdict } from '../evaluate/unknown-reason.js'
import { isRecord, makePolicyParser, statementsIn, textList } from '../policy/parse-policy.js'
import { organizationFacts } from '../read/organization.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { RoleSources } from '../read/read-role.js'
import type { KeyRequirement } from '../requirements/key-requirements.js'

/** The answer for one required action on one key. */
export interface CheckedDecision extends Decision {
  readonly requirement: KeyRequirement
  /** The permissions boundary of the role, by the name it goes by in evidence. */
  readonly boundary: string | null
  /** For a key of another account: what the role's own policies say, which its account needs beside the key policy. */
  readonly identityVerdict?: Verdict
}

/** Decides on every required action by the sources as they are given. Pure. */
export function decideRequirements(sources: PermissionSources): readonly CheckedDecision[] {
  const parse = makePolicyParser()
  const ask = questionsOn(sources)
  return sources.requirements.map((requirement) => {
    const question = ask(requirement)
    const isElsewhere = parseArn(requirement.keyArn)?.account !== sources.role.account
    return {
      ...decideOnKey(question, parse),
      requirement,
      boundary: sources.role.boundary?.name ?? null,
      ...(isElsewhere && { identityVerdict: decideRoleSide(question, parse) }),
    }
  })
}

type AskedOf = Pick<KeyRequirement, 'keyArn' | 'action' | 'purposes'>
type KnownSources = Pick<PermissionSources, 'role' | 'keys' | 'readAt' | 'runsUntil' | 'organization'>

/** Puts one requirement as a question, with all that is known of role, key and time. Pure. */
export function questionFor(requirement: AskedOf, sources: KnownSources): PermissionQuestion {
  return questionsOn(sources)(requirement)
}

/** Puts requirements as questions about the same sources, whose policies are searched for tags once. */
function questionsOn(sources: KnownSources): (requirement: AskedOf) => PermissionQuestion {
  const policies = JSON.stringify(policiesOf(sources))
  const tags = sessionTags(sources.role, policies)
  return (requirement) => putQuestion(requirement, sources, tags, policies)
}

function putQuestion(
  requirement: AskedOf,
  sources: KnownSources,
  tags: ReturnType<typeof sessionTags>,
  policies: string,
): PermissionQuestion {
  const { role, keys, readAt, runsUntil } = sources
  const key = keys.find(({ key }) => key.arn === requirement.keyArn)
  const organization = organizationFacts(
    sources.organization,
    parseArn(requirement.keyArn)?.account === role.account,
  )
  const context: ContextValues = { ...organization.context, ...tags.context, ...keyContext(key) }
  return {
    roleArn: role.arn,
    roleId: role.roleId ?? null,
    keyArn: requirement.keyArn,
    action: requirement.action,
    keyPolicy: key?.policy ?? 'UNREADABLE',
    sharedKeyPolicy: sharedPolicyOf(key),
    identityPolicies: role.identityPolicies,
    boundary: role.boundary,
    grants: key?.grants ?? 'UNREADABLE',
    context,
    absentContextKeys: [...organization.absent, ...tags.absent, ...absentKeyFacts(policies, key)],
    possibleValues: { 'aws:CurrentTime': [iso(readAt), iso(runsUntil)] },
    paths: callPathsFor(requirement),
  }
}

/** That a second policy cannot be read says nothing new where the first cannot. */
function sharedPolicyOf(key: KeySources | undefined): string | null {
  if (key === undefined || key.sharedPolicy === null) return null
  return key.policy === 'UNREADABLE' && key.sharedPolicy === 'UNREADABLE' ? null : key.sharedPolicy
}

/** Only the volume of a machine reaches its key through EC2. */
function callPathsFor({
  keyArn,
  purposes,
}: Pick<KeyRequirement, 'keyArn' | 'purposes'>): readonly CallPath[] {
  const paths = callPathsIn(parseArn(keyArn)?.region ?? '')
  return purposes.includes('volume') ? paths : paths.filter(({ name }) => name !== 'via-ec2')
}

function keyContext(key: KeySources | undefined): ContextValues {
  if (key === undefined) return {}
  const tags = Object.entries(key.tags ?? {}).map(([name, value]) => [`aws:ResourceTag/${name}`, value])
  return {
    // Only keys that passed these gates are looked at (src/keys/check-key.ts).
    'kms:KeySpec': 'SYMMETRIC_DEFAULT',
    'kms:KeyUsage': 'ENCRYPT_DECRYPT',
    ...(key.key.origin !== 'unknown' && { 'kms:KeyOrigin': key.key.origin }),
    'kms:MultiRegion': String(key.key.multiRegion),
    ...(key.aliases && key.aliases.length > 0 && { 'kms:ResourceAliases': key.aliases }),
    ...Object.fromEntries(tags),
  }
}

function absentKeyFacts(policies: string, key: KeySources | undefined): readonly string[] {
  const tags = key?.tags
  return [
    ...(key?.aliases?.length === 0 ? ['kms:ResourceAliases'] : []),
    ...(tags === undefined
      ? []
      : mentioned(policies, 'aws:ResourceTag/').filter((name) => !has(tags, name.slice(16)))),
  ]
}

/**
 * The role's tags, and those that policies mention and it has not; a session can override them only if the trust policy
 * lets tags be passed. The policies are given as JSON.
 */
export function sessionTags(
  { trustPolicy, tags, presence }: RoleSources,
  policies: string,
): { readonly context: ContextValues; readonly absent: readonly string[] } {
  if (presence !== 'found' || trustPolicy === 'UNREADABLE' || mayTagSessions(trustPolicy))
    return { context: {}, absent: [] }
  return {
    context: Object.fromEntries(
      Object.entries(tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value]),
    ),
    absent: mentioned(policies, 'aws:PrincipalTag/').filter((name) => !has(tags, name.slice(17))),
  }
}

/** Tag keys are compared without regard to case, as all condition keys are. */
function has(tags: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(tags).some((tag) => tag.toLowerCase() === name.toLowerCase())
}

function policiesOf({ role, keys }: Pick<PermissionSources, 'role' | 'keys'>): unknown {
  return [
    role.identityPolicies,
    role.boundary,
    keys.map(({ policy, sharedPolicy }) => [policy, sharedPolicy]),
  ]
}

function mentioned(policies: string, prefix: string): readonly string[] {
  const names = policies.matchAll(new RegExp(`${prefix}[\\w+=.@:/ -]+`, 'gi'))
  return [...new Set([...names].map(([name]) => name))]
}

function iso(moment: Date): string {
  return moment.toISOString()
}

/** Whether any statement of a trust policy may let tags be passed; what cannot be read may. */
function mayTagSessions(trustPolicy: string): boolean {
  const statements = statementsIn(trustPolicy)
  if (statements === undefined) return true
  return statements.some((statement) => {
    if (!isRecord(statement)) return true
    if (statement['Effect'] === 'Deny') return false
    const patterns = textList(statement['Action'])
    return patterns === undefined || patterns.some(mayBeTagSession)
  })
}

function mayBeTagSession(pattern: string): boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split(/[*?]/)
  return rest.length === 0 ? head === 'sts:tagsession' : 'sts:tagsession'.startsWith(head)
}
