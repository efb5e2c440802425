import type { Grant } from '../../aws/kms-calls.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import type { Unreadable } from '../policy/policy-document.js'
import { listGrants } from './list-grants.js'
import { everyPage, hasName, isName, type Reader } from './reader.js'

/** What KMS says of one key. */
export interface KeySources {
  readonly key: ResolvedKey
  readonly purposes: readonly KeyPurpose[]
  /** The text of the key policy, byte for byte. */
  readonly policy: string | Unreadable
  /** The second key policy, which AWS RAM writes when a key is shared; `null` when there is none. */
  readonly sharedPolicy: string | Unreadable | null
  readonly grants: readonly Grant[] | Unreadable
  /** Read only when a condition asks for them; absent while it is not known which of them KMS heeds. */
  readonly aliases?: readonly string[]
  /** Why it is not known which aliases KMS heeds, in words. */
  readonly aliasDoubt?: string
  /** Read only when a condition asks for them. */
  readonly tags?: Readonly<Record<string, string>>
}

// KMS reads the policy of a key in its own account only, and words its refusal in several ways.
const ELSEWHERE = ['NotFoundException', 'InvalidArnException', 'ValidationException']

/** Reads key policies and grants. Needs `kms:GetKeyPolicy`, `kms:ListKeyPolicies` and `kms:ListGrants` on the key. */
export async function readKey(
  key: ResolvedKey,
  purposes: readonly KeyPurpose[],
  roleArn: string,
  reader: Reader,
): Promise<KeySources> {
  const { partition = 'aws', account = '' } = parseArn(roleArn) ?? {}
  const [policy, sharedPolicy, ofRole, ofAccount] = await Promise.all([
    readPolicy(key.arn, 'default', `the key policy of ${key.arn}`, reader),
    readSharedPolicy(key.arn, reader),
    readGrants(key.arn, roleArn, reader),
    readGrants(key.arn, `arn:${partition}:iam::${account}:root`, reader),
  ])
  return {
    key,
    purposes,
    policy,
    sharedPolicy,
    grants: ofRole === undefined || ofAccount === undefined ? 'UNREADABLE' : [...ofRole, ...ofAccount],
  }
}

async function readPolicy(
  keyArn: string,
  PolicyName: 'default' | 'AWS_RAM',
  source: string,
  reader: Reader,
): Promise<string | Unreadable> {
  const answer = await reader.read('kms:GetKeyPolicy', { KeyId: keyArn, PolicyName }, source, ELSEWHERE)
  if (answer === undefined) return 'UNREADABLE'
  if (typeof answer.Policy === 'string') return answer.Policy
  reader.noteNotWhole('kms:GetKeyPolicy', source)
  return 'UNREADABLE'
}

/** A key that is shared through AWS RAM has a policy `AWS_RAM` beside its own; only RAM writes it. */
async function readSharedPolicy(keyArn: string, reader: Reader): Promise<string | Unreadable | null> {
  const source = `the names of the key policies of ${keyArn}`
  const names = await everyPage(
    (marker) =>
      reader.read(
        'kms:ListKeyPolicies',
        { KeyId: keyArn, ...(marker !== undefined && { Marker: marker }) },
        source,
        ELSEWHERE,
      ),
    ({ PolicyNames }) => PolicyNames,
    isName,
    ({ Truncated, NextMarker }) => ({ isTruncated: Truncated, marker: NextMarker }),
    () => reader.noteNotWhole('kms:ListKeyPolicies', source),
  )
  if (names === undefined) return 'UNREADABLE'
  return names.includes('AWS_RAM')
    ? readPolicy(keyArn, 'AWS_RAM', `the key policy AWS_RAM of ${keyArn}`, reader)
    : null
}

function readGrants(keyArn: string, grantee: string, reader: Reader): Promise<readonly Grant[] | undefined> {
  const source = `the grants on ${keyArn}`
  return listGrants(
    keyArn,
    grantee,
    (input) => reader.read('kms:ListGrants', input, source, ['InvalidArnException']),
    () => reader.noteNotWhole('kms:ListGrants', source),
  )
}

/** KMS allows nothing by aliases on a key that has more (KMS developer guide, "Quotas": aliases per KMS key). */
const MOST_ALIASES = 50
/** How long KMS may go by the aliases that a key had before (KMS developer guide, "ABAC for AWS KMS"). */
const ALIASES_TAKE_EFFECT = 300_000

/**
 * Adds the aliases of a key, unless it is not known which of them KMS heeds: for five minutes after a change, and when
 * there are more than it counts. Needs `kms:ListAliases`.
 */
export async function withAliases(sources: KeySources, readAt: Date, reader: Reader): Promise<KeySources> {
  const { arn } = sources.key
  const source = `the aliases of ${arn}`
  const aliases = await everyPage(
    (marker) =>
      reader.read('kms:ListAliases', { KeyId: arn, ...(marker !== undefined && { Marker: marker }) }, source),
    ({ Aliases }) => Aliases,
    hasName('AliasName'),
    ({ Truncated, NextMarker }) => ({ isTruncated: Truncated, marker: NextMarker }),
    () => reader.noteNotWhole('kms:ListAliases', source),
  )
  if (aliases === undefined) return sources
  const aliasDoubt = doubtOf(aliases, readAt)
  if (aliasDoubt !== undefined) return { ...sources, aliasDoubt }
  return { ...sources, aliases: aliases.map(({ AliasName = '' }) => AliasName) }
}

function doubtOf(
  aliases: readonly { readonly CreationDate?: Date; readonly LastUpdatedDate?: Date }[],
  readAt: Date,
): string | undefined {
  if (aliases.length > MOST_ALIASES)
    return `it has ${aliases.length} aliases, and KMS allows nothing by aliases on a key with more than ${MOST_ALIASES}`
  const changed = aliases.flatMap(({ CreationDate, LastUpdatedDate }) => [CreationDate, LastUpdatedDate])
  const isRecent = changed.some((date) => readAt.getTime() - (date?.getTime() ?? 0) < ALIASES_TAKE_EFFECT)
  return isRecent ? 'one of its aliases changed, and KMS heeds that after up to five minutes' : undefined
}

/** Adds the tags of a key. Needs `kms:ListResourceTags`. */
export async function withTags(sources: KeySources, reader: Reader): Promise<KeySources> {
  const { arn } = sources.key
  const source = `the tags of ${arn}`
  const tags = await everyPage(
    (marker) =>
      reader.read(
        'kms:ListResourceTags',
        { KeyId: arn, ...(marker !== undefined && { Marker: marker }) },
        source,
      ),
    ({ Tags }) => Tags,
    hasName('TagKey'),
    ({ Truncated, NextMarker }) => ({ isTruncated: Truncated, marker: NextMarker }),
    () => reader.noteNotWhole('kms:ListResourceTags', source),
  )
  if (tags === undefined) return sources
  return {
    ...sources,
    tags: Object.fromEntries(tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
  }
}
