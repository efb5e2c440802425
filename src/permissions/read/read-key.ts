import type { Grant } from '../../aws/calls.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import type { Unreadable } from '../policy/policy-document.js'
import { listGrants } from './list-grants.js'
import { everyPage, type Reader } from './reader.js'

/** What KMS says of one key. */
export interface KeySources {
  readonly key: ResolvedKey
  readonly purposes: readonly KeyPurpose[]
  /** The text of the key policy, byte for byte. */
  readonly policy: string | Unreadable
  readonly grants: readonly Grant[] | Unreadable
  /** Read only when a condition asks for them. */
  readonly aliases?: readonly string[]
  /** Read only when a condition asks for them. */
  readonly tags?: Readonly<Record<string, string>>
}

// KMS reads the policy of a key in its own account only, and words its refusal in several ways.
const ELSEWHERE = ['NotFoundException', 'InvalidArnException', 'ValidationException']

/** Reads key policy and grants. Needs `kms:GetKeyPolicy` and `kms:ListGrants` on the key. */
export async function readKey(
  key: ResolvedKey,
  purposes: readonly KeyPurpose[],
  roleArn: string,
  reader: Reader,
): Promise<KeySources> {
  const { partition = 'aws', account = '' } = parseArn(roleArn) ?? {}
  const [policy, ofRole, ofAccount] = await Promise.all([
    reader.read(
      'kms:GetKeyPolicy',
      { KeyId: key.arn, PolicyName: 'default' },
      `the key policy of ${key.arn}`,
      ELSEWHERE,
    ),
    readGrants(key.arn, roleArn, reader),
    readGrants(key.arn, `arn:${partition}:iam::${account}:root`, reader),
  ])
  return {
    key,
    purposes,
    policy: policy?.Policy ?? 'UNREADABLE',
    grants: ofRole === undefined || ofAccount === undefined ? 'UNREADABLE' : [...ofRole, ...ofAccount],
  }
}

function readGrants(keyArn: string, grantee: string, reader: Reader): Promise<readonly Grant[] | undefined> {
  return listGrants(keyArn, grantee, (input) =>
    reader.read('kms:ListGrants', input, `the grants on ${keyArn}`, ['InvalidArnException']),
  )
}

/** Adds the aliases of a key. Needs `kms:ListAliases`. */
export async function withAliases(sources: KeySources, reader: Reader): Promise<KeySources> {
  const { arn } = sources.key
  const aliases = await everyPage(
    (marker) =>
      reader.read(
        'kms:ListAliases',
        { KeyId: arn, ...(marker !== undefined && { Marker: marker }) },
        `the aliases of ${arn}`,
      ),
    ({ Aliases }) => Aliases?.map(({ AliasName = '' }) => AliasName),
    ({ Truncated, NextMarker }) => (Truncated ? NextMarker : undefined),
  )
  return aliases === undefined ? sources : { ...sources, aliases }
}

/** Adds the tags of a key. Needs `kms:ListResourceTags`. */
export async function withTags(sources: KeySources, reader: Reader): Promise<KeySources> {
  const { arn } = sources.key
  const tags = await everyPage(
    (marker) =>
      reader.read(
        'kms:ListResourceTags',
        { KeyId: arn, ...(marker !== undefined && { Marker: marker }) },
        `the tags of ${arn}`,
      ),
    ({ Tags }) => Tags,
    ({ Truncated, NextMarker }) => (Truncated ? NextMarker : undefined),
  )
  if (tags === undefined) return sources
  return {
    ...sources,
    tags: Object.fromEntries(tags.map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue])),
  }
}
