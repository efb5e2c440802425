import type { Aws } from '../../aws/aws.js'
import type { ObjectHead } from '../../aws/s3-calls.js'
import type { S3UriText } from '../../names/s3-uri.js'
import { askHead } from './ask-head.js'
import type { ListedObject } from './list-objects.js'
import type { ProvenObject } from './proof.js'
import { type Encryption, type KnownKeys, readEncryption, unreadable } from './read-encryption.js'

/** An object that was looked at; `why` says what stood in the way. */
export interface LookedAtObject {
  readonly object: ProvenObject
  readonly why?: string
  /** The status of S3's refusal: 400 and 403 may also mean that the credentials have run out. */
  readonly status?: number
}

/**
 * Asks S3 what one object is encrypted with.
 *
 * @throws LabelingJobError `network`, `credentials`, `client-missing`, `aborted`: they say nothing of this object.
 */
export async function lookAtObject(
  bucket: string,
  { key, versionId, bytes }: ListedObject,
  aws: Aws,
  keys: KnownKeys,
  options: Parameters<typeof askHead>[2],
): Promise<LookedAtObject> {
  const uri: S3UriText = `s3://${bucket}/${key}`
  const answer = await askHead({ bucket, key, versionId }, aws, options)
  if (answer.head !== undefined)
    return proven(uri, answer.head, versionId, bytes, readEncryption(answer.head, keys))
  const { why, status } = answer
  return { ...proven(uri, {}, versionId, bytes, unreadable(why)), ...(status !== undefined && { status }) }
}

function proven(
  uri: S3UriText,
  { ETag = '', ContentLength, VersionId }: ObjectHead,
  listedVersion: string | undefined,
  listedBytes: number,
  { encryption, keyArn, standing, why }: Encryption,
): LookedAtObject {
  const versionId = listedVersion ?? VersionId
  const object: ProvenObject = {
    uri,
    ...(versionId !== undefined && { versionId }),
    etag: ETag,
    bytes: ContentLength ?? listedBytes,
    encryption,
    ...(keyArn !== undefined && { keyArn }),
    standing,
  }
  return why === undefined ? { object } : { object, why }
}
