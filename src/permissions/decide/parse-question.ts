import { type KeyIdentity, keyIdentity, roleIdentity } from '../evaluate/identity.js'
import { type ParsedGrant, parseGrant } from '../evaluate/match-grant.js'
import type { Principal } from '../evaluate/match-principal.js'
import type { CallPath, PermissionQuestion } from '../evaluate/question.js'
import { keysOfPaths, type RequestContext, requestContexts } from '../evaluate/request-context.js'
import { isRecord, type ParsedPolicy, parsePolicy } from '../policy/parse-policy.js'
import { printPolicySource } from '../policy/policy-source.js'
import { callPathsIn } from './call-paths.js'
import type { Decision } from './decision.js'
import { fullAction } from './question-defect.js'

/** A question with everything read once that every statement needs. */
export interface ParsedQuestion {
  readonly asked: Pick<PermissionQuestion, 'action' | 'roleArn' | 'keyArn'>
  /** In lower case, with its service. */
  readonly action: string
  readonly key: KeyIdentity
  readonly principal: Principal
  readonly sameAccount: boolean
  readonly paths: readonly CallPath[]
  /** One for each path. */
  readonly contexts: readonly RequestContext[]
  /** The condition keys, in lower case, that the paths differ by. */
  readonly pathKeys: ReadonlySet<string>
  readonly keyPolicy: ParsedPolicy
  /** The second one, of a key that is shared through AWS RAM. */
  readonly sharedKeyPolicy: ParsedPolicy | undefined
  readonly identityPolicies: readonly ParsedPolicy[]
  readonly boundary: ParsedPolicy | undefined
  readonly grants: readonly (ParsedGrant | undefined)[] | 'unreadable'
  /** Organization levels that are visible. */
  readonly serviceControl: readonly ServiceControlLevel[]
  readonly resourceControl: readonly ParsedPolicy[]
  readonly notCovered: Decision['notCovered']
}

/** One level of an organization; each must allow. */
interface ServiceControlLevel {
  readonly policies: readonly ParsedPolicy[]
  /** Why it is not known which policies are on the level. */
  readonly doubt: string | undefined
}

/** Reads a question that has no defect. */
export function parseQuestion(question: PermissionQuestion): ParsedQuestion {
  const role = roleIdentity(question.roleArn)
  const key = keyIdentity(question.keyArn)
  const action = fullAction(question.action)
  const paths = parsePaths(question.paths ?? [], key.region)
  const boundary = parseNamed(question.boundary, 'boundary')
  return {
    asked: { action: question.action, roleArn: question.roleArn, keyArn: question.keyArn },
    action,
    key,
    notCovered: notCovered(question),
    principal: { role, roleId: question.roleId || undefined, boundary: presenceOf(boundary) },
    sameAccount: role.account === key.account,
    paths,
    contexts: requestContexts(question, paths, { action, role, key }),
    pathKeys: keysOfPaths(paths),
    keyPolicy: parsePolicy(question.keyPolicy ?? 'UNREADABLE', 'key-policy'),
    sharedKeyPolicy: parseNamed(question.sharedKeyPolicy, 'key-policy:AWS_RAM'),
    identityPolicies: parseIdentityPolicies(question.identityPolicies),
    boundary,
    grants: parseGrants(question.grants),
    serviceControl: role.serviceLinked ? [] : parseServiceControl(question.scps),
    // Retiring a grant is exempt from resource control policies.
    resourceControl: action === 'kms:retiregrant' ? [] : parseResourceControl(question.rcps),
  }
}

function parsePaths(paths: readonly CallPath[], region: string): readonly CallPath[] {
  const named = paths.map((path, index) => ({
    ...path,
    name: typeof path.name === 'string' && path.name !== '' ? path.name : `#${index}`,
  }))
  return named.length > 0 ? named : callPathsIn(region)
}

function presenceOf(boundary: ParsedPolicy | undefined): Principal['boundary'] {
  if (boundary === undefined) return 'none'
  return boundary.why === 'unreadable' ? 'unreadable' : 'present'
}

function parseIdentityPolicies(source: unknown): readonly ParsedPolicy[] {
  if (!Array.isArray(source)) return [parsePolicy(source, 'identity-policies')]
  return [...source].map((entry: unknown, index) => {
    const name = `identity-policy#${index}`
    return parseNamed(entry, name) ?? parsePolicy(undefined, name)
  })
}

/** Reads a policy with or without a name; `undefined` for none. */
function parseNamed(source: unknown, fallback: string): ParsedPolicy | undefined {
  if (source === null || source === undefined) return undefined
  if (!isRecord(source) || !('policy' in source)) return parsePolicy(source, fallback)
  const name = source['name']
  return parsePolicy(source['policy'], typeof name === 'string' && name !== '' ? name : fallback)
}

function parseGrants(source: unknown): ParsedQuestion['grants'] {
  if (source === null || source === undefined) return []
  return Array.isArray(source) ? [...source].map(parseGrant) : 'unreadable'
}

/** Policies that are not put into levels may be on one, or each on its own. */
function parseServiceControl(source: unknown): readonly ServiceControlLevel[] {
  if (!Array.isArray(source)) return []
  const given: readonly unknown[] = [...source]
  const levels = given.filter((level) => Array.isArray(level))
  const loose = given.filter((level) => !Array.isArray(level))
  const doubt = loose.length > 1 ? 'which policies stand on the same level is not said' : undefined
  return [
    ...levels.map((level) => ({ policies: parseOrganization(level, 'scp'), doubt: undefined })),
    ...(loose.length > 0 ? [{ policies: parseOrganization(loose, 'scp'), doubt }] : []),
  ]
}

function parseResourceControl(source: unknown): readonly ParsedPolicy[] {
  return Array.isArray(source) ? parseOrganization([...source].flatMap(policiesOf), 'rcp') : []
}

/** Copies the policies of a level, as an array may have holes, or takes a policy that stands in no level. */
function policiesOf(level: unknown): readonly unknown[] {
  return Array.isArray(level) ? [...level] : [level]
}

function parseOrganization(policies: readonly unknown[], kind: 'scp' | 'rcp'): readonly ParsedPolicy[] {
  return [...policies].map((entry) => {
    if (!isRecord(entry) || !('policy' in entry)) return parsePolicy(entry, kind)
    const name = entry['name']
    const source = typeof name === 'string' && name !== '' ? { kind, name } : { kind }
    return parsePolicy(entry['policy'], printPolicySource(source))
  })
}

function notCovered({ scps, rcps }: PermissionQuestion): Decision['notCovered'] {
  const isVisible = (levels: unknown) => Array.isArray(levels) && levels.length > 0
  return [
    ...(isVisible(scps) ? [] : (['scp'] as const)),
    ...(isVisible(rcps) ? [] : (['rcp'] as const)),
    'session-policy',
    'vpc-endpoint-policy',
  ]
}
