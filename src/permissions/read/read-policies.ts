import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName } from '../../aws/calls.js'
import type { NamedPolicy, Unreadable } from '../policy/policy-document.js'
import { everyPage, hasName, isName, type Reader } from './reader.js'

const UNREADABLE: Unreadable = 'UNREADABLE'
const NOT_THERE = ['NoSuchEntity', 'NoSuchEntityException'] as const

/** A page of a list of IAM. */
interface Page {
  readonly IsTruncated?: boolean
  readonly Marker?: string
}

/** Where to go on in a list. */
interface From {
  readonly Marker?: string
}

/** How to read the inline policies of a role, a user or a group. */
export interface InlineCalls {
  /** Whose they are, for instance `the role GtExec`. */
  readonly of: string
  /** What stands before the name of a policy in evidence, `inline:` aside. */
  readonly prefix?: string
  /** The name of what cannot be read. */
  readonly unreadable: string
  readonly calls: { readonly list: AwsCallName; readonly get: AwsCallName }
  readonly list: (
    from: From,
    source: string,
  ) => Promise<(Page & { readonly PolicyNames?: readonly string[] }) | undefined>
  readonly get: (
    policyName: string,
    source: string,
  ) => Promise<{ readonly PolicyDocument?: string } | undefined>
}

/** Reads inline policies; one that was deleted since it was listed is none. */
export async function readInlinePolicies(
  { of, prefix = '', unreadable: hidden, calls, list, get }: InlineCalls,
  reader: Reader,
): Promise<readonly NamedPolicy[] | 'not-found'> {
  const source = `the inline policies of ${of}`
  const names = await readList(
    (from) => list(from, source),
    ({ PolicyNames }) => PolicyNames,
    isName,
    () => reader.noteNotWhole(calls.list, source),
  )
  if (names === 'not-found') return names
  if (names === undefined) return [unreadable(hidden)]
  const policies = await Promise.all(
    names.map(async (name): Promise<readonly NamedPolicy[]> => {
      const one = `the inline policy ${name} of ${of}`
      const answer = await orWhenAbsent(get(name, one), null)
      if (answer === null) return []
      const policy = decoded(answer?.PolicyDocument)
      if (answer !== undefined && policy === undefined) reader.noteNotWhole(calls.get, one)
      if (policy !== undefined) return [{ name: `inline:${prefix}${name}`, policy }]
      return [unreadable(hidden === 'inline:*' ? `inline:${name}` : hidden)]
    }),
  )
  return policies.flat()
}

/** How to read the managed policies that are attached to a role, a user or a group. */
export interface AttachedCalls {
  readonly of: string
  readonly unreadable: string
  readonly call: AwsCallName
  readonly list: (
    from: From,
    source: string,
  ) => Promise<
    (Page & { readonly AttachedPolicies?: readonly { readonly PolicyArn?: string }[] }) | undefined
  >
}

/** Reads attached policies. */
export async function readAttachedPolicies(
  { of, unreadable: hidden, call, list }: AttachedCalls,
  reader: Reader,
): Promise<readonly NamedPolicy[] | 'not-found'> {
  const source = `the policies attached to ${of}`
  const attached = await readList(
    (from) => list(from, source),
    ({ AttachedPolicies }) => AttachedPolicies,
    hasName('PolicyArn'),
    () => reader.noteNotWhole(call, source),
  )
  if (attached === 'not-found') return attached
  if (attached === undefined) return [unreadable(hidden)]
  return Promise.all(attached.map(({ PolicyArn = '' }) => readManaged('managed', PolicyArn, reader)))
}

/** Reads the permissions boundary of a role or a user as GetRole or GetUser gives it. */
export async function readBoundary(
  given: { readonly PermissionsBoundaryArn?: string } | null | undefined,
  call: AwsCallName,
  of: string,
  reader: Reader,
): Promise<NamedPolicy | null> {
  if (given === undefined || given === null) return null
  const { PermissionsBoundaryArn: arn } = given
  if (arn !== undefined && isName(arn)) return readManaged('boundary', arn, reader)
  reader.noteNotWhole(call, `the permissions boundary of ${of}`)
  return unreadable('boundary')
}

async function readManaged(kind: 'managed' | 'boundary', arn: string, reader: Reader): Promise<NamedPolicy> {
  const source = `the policy ${arn}`
  const found = await orWhenAbsent(reader.read('iam:GetPolicy', { PolicyArn: arn }, source), undefined)
  const version = found?.Policy?.DefaultVersionId
  if (found !== undefined && version === undefined) reader.noteNotWhole('iam:GetPolicy', source)
  if (version === undefined) return unreadable(`${kind}:${arn}`)
  const answer = await orWhenAbsent(
    reader.read('iam:GetPolicyVersion', { PolicyArn: arn, VersionId: version }, source),
    undefined,
  )
  const policy = decoded(answer?.PolicyVersion?.Document)
  if (answer !== undefined && policy === undefined) reader.noteNotWhole('iam:GetPolicyVersion', source)
  return { name: `${kind}:${arn}@${version}`, policy: policy ?? UNREADABLE }
}

/** What stands for policies that cannot be read. */
export function unreadable(name: string): NamedPolicy {
  return { name, policy: UNREADABLE }
}

/** Gives a policy document of IAM as JSON text: IAM hands documents out URL-encoded. `undefined` when it is none. */
export function decoded(document: string | undefined): string | undefined {
  if (typeof document !== 'string') return undefined
  if (!document.startsWith('%')) return document
  try {
    return decodeURIComponent(document)
  } catch {
    return undefined
  }
}

/** Gives what a read finds, or `otherwise` when IAM has no such thing. */
export async function orWhenAbsent<Found, Otherwise>(
  reading: Promise<Found>,
  otherwise: Otherwise,
): Promise<Found | Otherwise> {
  try {
    return await reading
  } catch (thrown) {
    if (isAwsError(thrown, ...NOT_THERE)) return otherwise
    throw thrown
  }
}

/** Reads a list of IAM to its end; `undefined` when a part of it was refused, or is not whole. */
export function readList<Answer extends Page, Item>(
  list: (from: From) => Promise<Answer | undefined>,
  itemsOf: (page: Answer) => readonly Item[] | undefined,
  isWhole: (item: unknown) => boolean,
  noteNotWhole: () => void,
): Promise<readonly Item[] | 'not-found' | undefined> {
  const pages = everyPage(
    (marker) => list(marker === undefined ? {} : { Marker: marker }),
    itemsOf,
    isWhole,
    ({ IsTruncated, Marker }) => ({ isTruncated: IsTruncated, marker: Marker }),
    noteNotWhole,
  )
  return orWhenAbsent(pages, 'not-found' as const)
}
