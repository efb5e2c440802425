import type { CorsRule } from '../aws/s3-calls.js'
import { parseS3Uri } from '../names/s3-uri.js'
import { refuseUnknownFields, refuseUnknownValue } from './refuse-setup.js'
import type { BucketSetup, ObjectSetup } from './setup.js'
import { defaultEncryption, encryptionOf } from './world/encryption-setup.js'
import { ObjectStore } from './world/object-store.js'
import { documentText } from './world/policy-document.js'
import type { FakeBucket, World } from './world/world.js'

/** Adds a bucket; one of the same name is replaced. */
export function addBucket(world: World, name: string, setup: BucketSetup = {}): FakeBucket {
  const {
    region = world.region,
    account = world.account,
    defaultKey,
    versions = false,
    cors = [],
    policy,
  } = setup
  if (defaultKey !== undefined && !world.keys.has(defaultKey)) {
    throw new TypeError(`There is no key ${defaultKey}: set it up with key(), and give its ARN`)
  }
  const bucket: FakeBucket = {
    name,
    region,
    account,
    cors: typeof cors === 'string' ? CORS[cors] : cors.map((rule) => ({ ...rule })),
    hasVersions: versions,
    ...(defaultKey !== undefined && { defaultKeyArn: defaultKey }),
    ...(policy !== undefined && { policy: documentText(policy) }),
    objects: new ObjectStore(versions),
  }
  world.buckets.set(name, bucket)
  return bucket
}

/** The rules that AWS's pages give. */
const CORS: Readonly<Record<'images' | 'frames', readonly CorsRule[]>> = {
  images: [
    { AllowedOrigins: ['*'], AllowedMethods: ['GET'], ExposeHeaders: ['Access-Control-Allow-Origin'] },
  ],
  frames: [
    {
      AllowedOrigins: ['*'],
      AllowedMethods: ['GET', 'HEAD', 'PUT'],
      AllowedHeaders: ['*'],
      ExposeHeaders: ['Access-Control-Allow-Origin'],
    },
  ],
}

/** Puts an object; its bucket comes into being when it is missing. */
export function addObject(
  world: World,
  uri: string,
  content: string | Uint8Array,
  setup: ObjectSetup = {},
): void {
  const { bucket: name, key } = parseS3Uri(uri)
  const bucket = world.buckets.get(name) ?? addBucket(world, name)
  const { lock, size, contentType, storageClass, lastModified = world.clock.now() } = setup
  if (lock !== undefined) checkLock(bucket, lock)
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
    throw new TypeError(`The size of an object is a whole number of bytes, not ${size}`)
  }
  bucket.objects.put(key, {
    content: typeof content === 'string' ? content : content.slice(),
    encryption: encryptionOf(setup) ?? defaultEncryption(bucket),
    lastModified,
    ...(contentType !== undefined && { contentType }),
    ...(storageClass !== undefined && { storageClass }),
    ...(size !== undefined && { size }),
    ...(lock !== undefined && { lock }),
  })
}

function checkLock(bucket: FakeBucket, lock: NonNullable<ObjectSetup['lock']>): void {
  refuseUnknownFields('lock of object()', lock, ['mode', 'until', 'legalHold'])
  if (lock.mode !== undefined) refuseUnknownValue('mode of a lock', lock.mode, ['governance', 'compliance'])
  if ((lock.mode === undefined) !== (lock.until === undefined)) {
    throw new TypeError('A retention has a mode and a date: give a lock both or neither')
  }
  if (!bucket.hasVersions) {
    throw new TypeError(
      `Object Lock takes a bucket with versions: bucket('${bucket.name}', { versions: true })`,
    )
  }
}
