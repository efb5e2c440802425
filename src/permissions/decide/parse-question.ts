import { type KeyIdentity, keyIdentity, roleIdentity } from '../evaluate/identity.js'
import type { Principal } from '../evaluate/match-principal.js'
import type { CallPath, PermissionQuestion } from '../evaluate/question.js'
import { type RequestContext, requestContexts } from '../evaluate/request-context.js'
import { isRecord, type ParsedPolicy, parsePolicy } from '../policy/parse-policy.js'
import { callPathsIn } from './call-paths.js'

/** A question with everything read once that every statement needs. */
export interface ParsedQuestion {
  /** In lower case, with its service. */
  readonly action: string
  readonly key: KeyIdentity
  readonly caller: Principal
  readonly sameAccount: boolean
  readonly paths: readonly CallPath[]
  /** One for each path. */
  readonly lookups: readonly RequestContext[]
  readonly keyPolicy: ParsedPolicy
  readonly identityPolicies: readonly ParsedPolicy[]
  readonly boundary: ParsedPolicy | undefined
  readonly grants: readonly unknown[] | 'unreadable'
  /** Organization levels that are visible. */
  readonly serviceControl: readonly ServiceControlLevel[]
  readonly resourceControl: readonly ParsedPolicy[]
}

/** One level of an organization; each must allow. */
interface ServiceControlLevel {
  readonly policies: readonly ParsedPolicy[]
  /** Whether it is known which policies stand on the same level. */
  readonly understood: boolean
}

/** Reads a question; the text of what is wrong when role or key is not given by its ARN. */
export function parseQuestion(question: PermissionQuestion): ParsedQuestion | { readonly wrong: string } {
  const role = roleIdentity(String(question.roleArn))
  const key = keyIdentity(String(question.keyArn))
  if (!role) return { wrong: `${String(question.roleArn)} is not the ARN of a role` }
  if (!key) return { wrong: `${String(question.keyArn)} is not the ARN of a key` }
  if (/[*?]/.test(String(question.action)))
    return { wrong: `${question.action} is a pattern, not one action` }
  const given: unknown = question.paths ?? []
  if (!Array.isArray(given) || !given.every(isRecord)) return { wrong: 'paths is not a list of call paths' }
  const paths = given.length > 0 ? (given as unknown as readonly CallPath[]) : callPathsIn(key.region)
  const boundary = named(question.boundary, 'boundary')
  const action = String(question.action).toLowerCase()
  return {
    action: action.includes(':') ? action : `kms:${action}`,
    key,
    caller: {
      role,
      roleId: question.roleId || undefined,
      boundary: !boundary ? 'none' : boundary.why === 'unreadable' ? 'unreadable' : 'present',
    },
    sameAccount: role.account === key.account,
    paths,
    lookups: requestContexts(question, paths, role, key),
    keyPolicy: parsePolicy(question.keyPolicy ?? 'UNREADABLE', 'key-policy'),
    identityPolicies: identityPolicies(question.identityPolicies),
    boundary,
    grants: grantList(question.grants),
    serviceControl: role.serviceLinked ? [] : serviceControlLevels(question.scps),
    // Retiring a grant is exempt from resource control policies.
    resourceControl: action === 'kms:retiregrant' ? [] : resourceControlPolicies(question.rcps),
  }
}

function identityPolicies(source: unknown): readonly ParsedPolicy[] {
  if (source === null || source === undefined) return []
  if (!Array.isArray(source)) return [parsePolicy(source, 'identity-policies')]
  return source.map((entry: unknown, index) => named(entry, `identity-policy#${index}`) ?? nothing(index))
}

function nothing(index: number): ParsedPolicy {
  return parsePolicy(undefined, `identity-policy#${index}`)
}

function named(source: unknown, fallback: string): ParsedPolicy | undefined {
  if (source === null || source === undefined) return undefined
  if (!isRecord(source) || !('policy' in source)) return parsePolicy(source, fallback)
  const name = source['name']
  return parsePolicy(source['policy'], typeof name === 'string' && name !== '' ? name : fallback)
}

function grantList(source: unknown): readonly unknown[] | 'unreadable' {
  if (source === null || source === undefined) return []
  return Array.isArray(source) ? source : 'unreadable'
}

function serviceControlLevels(source: unknown): readonly ServiceControlLevel[] {
  if (!Array.isArray(source)) return []
  const levels: ServiceControlLevel[] = []
  const loose: unknown[] = []
  for (const level of source) {
    if (Array.isArray(level)) levels.push({ policies: organizationPolicies(level, 'scp'), understood: true })
    else loose.push(level)
  }
  if (loose.length === 0) return levels
  return [...levels, { policies: organizationPolicies(loose, 'scp'), understood: loose.length === 1 }]
}

function resourceControlPolicies(source: unknown): readonly ParsedPolicy[] {
  return Array.isArray(source) ? organizationPolicies(source.flat(), 'rcp') : []
}

function organizationPolicies(policies: readonly unknown[], kind: 'scp' | 'rcp'): readonly ParsedPolicy[] {
  return policies.map((entry) => {
    const policy = named(entry, kind) ?? parsePolicy(entry, kind)
    return policy.name === kind ? policy : renamed(policy, `${kind}:${policy.name}`)
  })
}

function renamed(policy: ParsedPolicy, name: string): ParsedPolicy {
  return {
    ...policy,
    name,
    statements: policy.statements.map((statement) => ({ ...statement, policy: name })),
  }
}
