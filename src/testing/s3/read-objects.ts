import { Readable } from 'node:stream'
import type { GetObjectCommandInput, HeadObjectCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { checkCustomerKey, customerKeyMd5 } from './customer-key.js'
import { type FoundVersion, findVersion, readAction } from './find-version.js'
import { useKeyOf } from './key-access.js'
import { objectHeaders } from './object-headers.js'
import { checkEtag } from './preconditions.js'

export function getObject(world: World, call: Call, input: GetObjectCommandInput) {
  const found = findVersion(world, call, input, [readAction(input)])
  checkEtag(found.object, input.IfMatch)
  openObject(world, call, found, customerKeyMd5(input))
  if (found.object.isArchived) {
    throw new AwsFault('InvalidObjectState', "The operation is not valid for the object's storage class", 403)
  }
  const headers = objectHeaders(found.bucket, found.object)
  const whole = found.object.body()
  const range = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/.exec(input.Range ?? '')
  if (range === null) return { ...headers, Body: streamOf(whole) }
  const [, from, to, last] = range
  const start = from === undefined ? Math.max(whole.length - Number(last), 0) : Number(from)
  const end = to ? Math.min(Number(to), whole.length - 1) : whole.length - 1
  if (start >= whole.length) {
    throw new AwsFault('InvalidRange', 'The requested range is not satisfiable', 416)
  }
  const part = whole.subarray(start, end + 1)
  return {
    ...headers,
    ContentLength: part.length,
    ContentRange: `bytes ${start}-${end}/${whole.length}`,
    Body: streamOf(part),
  }
}

/** Tells of an object without its content: no key of KMS is needed, unless a checksum is asked for. */
export function headObject(world: World, call: Call, input: HeadObjectCommandInput) {
  const found = findVersion(world, call, input, [readAction(input)])
  checkEtag(found.object, input.IfMatch)
  if (input.ChecksumMode === 'ENABLED') openObject(world, call, found, customerKeyMd5(input))
  else checkCustomerKey(found.object, customerKeyMd5(input))
  return objectHeaders(found.bucket, found.object)
}

/** Refuses to decrypt an object for a caller who may not use its key. */
export function openObject(
  world: World,
  call: Call,
  { bucket, key, object }: FoundVersion,
  customerKey: string | undefined,
): void {
  checkCustomerKey(object, customerKey)
  const { encryption } = object
  if (encryption.kind !== 'kms' && encryption.kind !== 'dsse') return
  useKeyOf(world, call, bucket, { arn: encryption.keyArn, object: key, actions: ['kms:Decrypt'] })
}

/** Small pieces, so that readers meet lines and letters cut in two. */
const PIECE = 16 * 1_024

function streamOf(bytes: Uint8Array) {
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, index) =>
    bytes.subarray(index * PIECE, (index + 1) * PIECE),
  )
  return Object.assign(Readable.from(pieces, { objectMode: false }), {
    transformToString: async (encoding?: BufferEncoding) => Buffer.from(bytes).toString(encoding ?? 'utf8'),
    transformToByteArray: async () => bytes.slice(),
    transformToWebStream: () => new Blob([bytes.slice()]).stream(),
  })
}
