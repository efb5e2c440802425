import type { PermissionQuestion } from '../evaluate/question.js'
import { isRecord, type ParsedPolicy, type ParsePolicy } from '../policy/parse-policy.js'
import { printPolicySource } from '../policy/policy-source.js'
import type { Decision } from './decision.js'

/** One level of an organization; each must allow. */
export interface ServiceControlLevel {
  readonly policies: readonly ParsedPolicy[]
  /** Why it is not known which policies are on the level. */
  readonly doubt: string | undefined
}

/** Reads the policies of a role; what is not an array counts as one policy that cannot be read. */
export function parseIdentityPolicies(source: unknown, parse: ParsePolicy): readonly ParsedPolicy[] {
  if (!Array.isArray(source)) return [parse(source, 'identity-policies')]
  return [...source].map((entry: unknown, index) => {
    const name = `identity-policy#${index}`
    return parseNamed(entry, name, parse) ?? parse(undefined, name)
  })
}

/** Reads a policy with or without a name; `undefined` for none. */
export function parseNamed(source: unknown, fallback: string, parse: ParsePolicy): ParsedPolicy | undefined {
  if (source === null || source === undefined) return undefined
  if (!isRecord(source) || !('policy' in source)) return parse(source, fallback)
  const name = source['name']
  return parse(source['policy'], typeof name === 'string' && name !== '' ? name : fallback)
}

/** Policies that are not put into levels may be on one, or each on its own. */
export function parseServiceControl(source: unknown, parse: ParsePolicy): readonly ServiceControlLevel[] {
  if (!Array.isArray(source)) return []
  const given: readonly unknown[] = [...source]
  const levels = given.filter((level) => Array.isArray(level))
  const loose = given.filter((level) => !Array.isArray(level))
  const doubt = loose.length > 1 ? 'which policies stand on the same level is not said' : undefined
  return [
    ...levels.map((level) => ({ policies: parseOrganization(level, 'scp', parse), doubt: undefined })),
    ...(loose.length > 0 ? [{ policies: parseOrganization(loose, 'scp', parse), doubt }] : []),
  ]
}

/** Reads resource control policies, whatever level they stand on. */
export function parseResourceControl(source: unknown, parse: ParsePolicy): readonly ParsedPolicy[] {
  return Array.isArray(source) ? parseOrganization([...source].flatMap(policiesOf), 'rcp', parse) : []
}

/** Copies the policies of a level, as an array may have holes, or takes a policy that stands in no level. */
function policiesOf(level: unknown): readonly unknown[] {
  return Array.isArray(level) ? [...level] : [level]
}

function parseOrganization(
  policies: readonly unknown[],
  kind: 'scp' | 'rcp',
  parse: ParsePolicy,
): readonly ParsedPolicy[] {
  return [...policies].map((entry) => {
    if (!isRecord(entry) || !('policy' in entry)) return parse(entry, kind)
    const name = entry['name']
    const source = typeof name === 'string' && name !== '' ? { kind, name } : { kind }
    return parse(entry['policy'], printPolicySource(source))
  })
}

/** Says what no verdict on a question covers. */
export function notCovered({
  scps,
  rcps,
}: Pick<PermissionQuestion, 'scps' | 'rcps'>): Decision['notCovered'] {
  const isVisible = (levels: unknown) => Array.isArray(levels) && levels.length > 0
  return [
    ...(isVisible(scps) ? [] : (['scp'] as const)),
    ...(isVisible(rcps) ? [] : (['rcp'] as const)),
    'session-policy',
    'vpc-endpoint-policy',
  ]
}
