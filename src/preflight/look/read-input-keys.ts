import { isKeyError } from '../../keys/key-error.js'
import { lookUpKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { parseArn } from '../../names/arn.js'
import { keyForm } from '../../names/kms-key.js'
import { type KeySources, readKey } from '../../permissions/read/read-key.js'
import type { Reader } from '../../permissions/read/reader.js'
import type { Address } from './address.js'
import { asLook, type Look, look } from './look.js'
import type { Subject } from './subject.js'

/** A key that files or objects of the input are under, and what stands in the way of using or reading it. */
export interface UnusableKey {
  readonly arn: string
  readonly error: NonNullable<Look<never>['error']>
}

/** The keys that files and objects are under, as HEAD shows them, with their policies. */
export async function readInputKeys(
  subject: Subject,
  sample: Promise<readonly Address[]>,
  reader: Reader,
): Promise<{
  readonly inputKeys: readonly KeySources[]
  readonly unusableKeys: readonly UnusableKey[]
  readonly namelessKeys: readonly string[]
}> {
  const { manifest, categories, template } = subject
  const files = [manifest, categories, template].filter((file) => file !== undefined)
  const keys = await Promise.all([
    keysUnder(subject, files),
    sample.then((objects) => keysUnder(subject, objects)),
  ])
  const names = [...new Set(keys.flat())]
  const arns = names.filter((name) => keyForm(name) === 'key-arn')
  const read = await Promise.all(arns.map((arn) => readInputKey(arn, subject, reader)))
  return {
    inputKeys: read.flatMap(({ found }) => (found === undefined ? [] : [found])),
    unusableKeys: read.flatMap(({ arn, error }) => (error === undefined ? [] : [{ arn, error }])),
    namelessKeys: names.filter((name) => !arns.includes(name)),
  }
}

/** In these states KMS decrypts for nobody. Otherwise a key that cannot be looked up still has its ARN. */
const USELESS = ['key-disabled', 'key-pending-deletion', 'key-not-ready', 'key-not-found']

async function readInputKey(
  arn: string,
  subject: Subject,
  reader: Reader,
): Promise<Look<KeySources> & { readonly arn: string }> {
  const { found, error } = await asLook(() => lookUpKey(arn, subject.aws))
  if (isKeyError(error) && USELESS.includes(error.code)) return { arn, error }
  const key = found ?? keyFromArn(arn)
  return { arn, ...(await asLook(() => readKey(key, [], subject.text('RoleArn') ?? '', reader))) }
}

async function keysUnder(subject: Subject, objects: readonly Address[]): Promise<readonly string[]> {
  const heads = await Promise.all(
    objects.map(({ bucket, key, uri }) =>
      look(subject, 's3:HeadObject', { Bucket: bucket, Key: key }, `Cannot look at ${uri}`),
    ),
  )
  return heads.flatMap(({ found }) =>
    found?.ServerSideEncryption?.startsWith('aws:kms') === true || found?.SSEKMSKeyId !== undefined
      ? [found.SSEKMSKeyId ?? '']
      : [],
  )
}

/** What the ARN of a key tells of it. */
export function keyFromArn(arn: string): ResolvedKey {
  const { account = '', region = '', resource = '' } = parseArn(arn) ?? {}
  const keyId = resource.slice('key/'.length)
  return {
    given: arn,
    arn: arn as ResolvedKey['arn'],
    keyId,
    account,
    region,
    multiRegion: keyId.startsWith('mrk-'),
    // Nothing is guessed of it: a policy may ask.
    origin: 'unknown',
  }
}
