import type { NamedPolicy, PermissionQuestion, PolicyDocument } from '../../src/permissions/index.js'

/** The fields of the form, as text. */
export type PermissionFields = Readonly<Record<(typeof PERMISSION_FIELDS)[number], string>>

export const PERMISSION_FIELDS = [
  'roleArn',
  'keyArn',
  'action',
  'keyPolicy',
  'identityPolicies',
  'boundary',
  'grants',
  'more',
] as const

/** What was read from a form, or what keeps each field from being read. */
export type ReadForm<Value> =
  | { readonly value: Value }
  | { readonly unread: Readonly<Record<string, string>> }

/** Reads a question from the fields. */
export function readQuestion(fields: PermissionFields): ReadForm<PermissionQuestion> {
  const unread: Record<string, string> = {}
  const parse = (name: keyof PermissionFields): unknown => {
    const read = readJson(fields[name])
    if ('value' in read) return read.value
    unread[name] = read.why
    return undefined
  }
  const policies = parse('identityPolicies')
  const grants = parse('grants')
  const more = parse('more')
  if (more !== undefined && (typeof more !== 'object' || more === null || Array.isArray(more)))
    unread['more'] = 'it is no JSON object'
  const question = {
    roleArn: fields.roleArn.trim(),
    keyArn: fields.keyArn.trim(),
    action: fields.action.trim(),
    keyPolicy: (parse('keyPolicy') ?? 'UNREADABLE') as PolicyDocument,
    identityPolicies: policies === 'UNREADABLE' ? policies : listOf(policies).map(namedPolicy),
    boundary: (parse('boundary') ?? null) as PolicyDocument | null,
    grants: grantsIn(grants) as PermissionQuestion['grants'],
    ...(more as object | undefined),
  }
  return Object.keys(unread).length > 0 ? { unread } : { value: question as PermissionQuestion }
}

/** Reads a request body. */
export function readBody(text: string): ReadForm<object> {
  const read = readJson(text)
  if (!('value' in read)) return { unread: { body: read.why } }
  if (typeof read.value !== 'object' || read.value === null)
    return { unread: { body: 'it is no JSON object: paste the body of a CreateLabelingJob request' } }
  return { value: read.value }
}

function readJson(text: string): { readonly value: unknown } | { readonly why: string } {
  const trimmed = text.trim()
  if (trimmed === '') return { value: undefined }
  if (trimmed === 'UNREADABLE') return { value: 'UNREADABLE' }
  try {
    return { value: JSON.parse(trimmed) }
  } catch (thrown) {
    return { why: `it is no JSON: ${(thrown as Error).message}` }
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** Policies come as documents, or as IAM and this library name them. */
function namedPolicy(value: unknown, index: number): NamedPolicy {
  const { name, policy, PolicyName, PolicyDocument } = Object(value)
  return {
    name: name ?? PolicyName ?? `inline:policy-${index + 1}`,
    policy: policy ?? PolicyDocument ?? value,
  }
}

function grantsIn(value: unknown): unknown {
  if (value === undefined) return []
  const { Grants } = Object(value)
  return Grants ?? value
}
