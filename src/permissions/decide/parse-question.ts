import { type KeyIdentity, keyIdentity, roleIdentity } from '../evaluate/identity.js'
import type { Caller } from '../evaluate/match-principal.js'
import type { CallPath, PermissionQuestion } from '../evaluate/question.js'
import { type Lookup, lookupsFor } from '../evaluate/request-context.js'
import { isRecord, type ReadPolicy, readPolicy } from '../policy/parse-policy.js'
import { callPathsIn } from './call-paths.js'

/** A question with everything read once that every statement needs. */
export interface ReadQuestion {
  /** In lower case, with its service. */
  readonly action: string
  readonly key: KeyIdentity
  readonly caller: Caller
  readonly sameAccount: boolean
  readonly paths: readonly CallPath[]
  /** One for each path. */
  readonly lookups: readonly Lookup[]
  readonly keyPolicy: ReadPolicy
  readonly identityPolicies: readonly ReadPolicy[]
  readonly boundary: ReadPolicy | undefined
  readonly grants: readonly unknown[] | 'unreadable'
  /** Organization levels that are visible. */
  readonly serviceControl: readonly ServiceControlLevel[]
  readonly resourceControl: readonly ReadPolicy[]
}

/** One level of an organization; each must allow. */
export interface ServiceControlLevel {
  readonly policies: readonly ReadPolicy[]
  /** Whether it is known which policies stand on the same level. */
  readonly understood: boolean
}

/** Reads a question; the text of what is wrong when role or key is not given by its ARN. */
export function readQuestion(question: PermissionQuestion): ReadQuestion | { readonly wrong: string } {
  const role = roleIdentity(String(question.roleArn))
  const key = keyIdentity(String(question.keyArn))
  if (!role) return { wrong: `${String(question.roleArn)} is not the ARN of a role` }
  if (!key) return { wrong: `${String(question.keyArn)} is not the ARN of a key` }
  if (/[*?]/.test(String(question.action)))
    return { wrong: `${question.action} is a pattern, not one action` }
  const legs: unknown = question.legs ?? []
  if (!Array.isArray(legs) || !legs.every(isRecord)) return { wrong: 'legs is not a list of call paths' }
  const paths = legs.length > 0 ? (legs as unknown as readonly CallPath[]) : callPathsIn(key.region)
  const boundary = named(question.boundary, 'boundary')
  const action = String(question.action).toLowerCase()
  return {
    action: action.includes(':') ? action : `kms:${action}`,
    key,
    caller: {
      role,
      roleId: question.roleId || undefined,
      boundary: !boundary ? 'none' : boundary.obstacle === 'unreadable' ? 'unreadable' : 'present',
    },
    sameAccount: role.account === key.account,
    paths,
    lookups: lookupsFor(question, paths, role, key),
    keyPolicy: readPolicy(question.keyPolicy ?? 'UNREADABLE', 'key-policy'),
    identityPolicies: identityPolicies(question.identityPolicies),
    boundary,
    grants: grantList(question.grants),
    serviceControl: role.serviceLinked ? [] : serviceControlLevels(question.scps),
    // Retiring a grant is exempt from resource control policies.
    resourceControl: action === 'kms:retiregrant' ? [] : resourceControlPolicies(question.rcps),
  }
}

function identityPolicies(source: unknown): readonly ReadPolicy[] {
  if (source === null || source === undefined) return []
  if (!Array.isArray(source)) return [readPolicy(source, 'identity-policies')]
  return source.map((entry: unknown, index) => named(entry, `identity-policy#${index}`) ?? nothing(index))
}

function nothing(index: number): ReadPolicy {
  return readPolicy(undefined, `identity-policy#${index}`)
}

function named(source: unknown, fallback: string): ReadPolicy | undefined {
  if (source === null || source === undefined) return undefined
  if (!isRecord(source) || !('policy' in source)) return readPolicy(source, fallback)
  const name = source['name']
  return readPolicy(source['policy'], typeof name === 'string' && name !== '' ? name : fallback)
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

function resourceControlPolicies(source: unknown): readonly ReadPolicy[] {
  return Array.isArray(source) ? organizationPolicies(source.flat(), 'rcp') : []
}

function organizationPolicies(policies: readonly unknown[], kind: 'scp' | 'rcp'): readonly ReadPolicy[] {
  return policies.map((entry) => {
    const policy = named(entry, kind) ?? readPolicy(entry, kind)
    return policy.name === kind ? policy : renamed(policy, `${kind}:${policy.name}`)
  })
}

function renamed(policy: ReadPolicy, name: string): ReadPolicy {
  return {
    ...policy,
    name,
    statements: policy.statements.map((statement) => ({ ...statement, policy: name })),
  }
}
