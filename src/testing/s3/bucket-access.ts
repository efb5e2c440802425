import type { ExtraContext } from '../authorize/authorize.js'
import { authorizeResource, type Guarded } from '../authorize/authorize-resource.js'
import { AwsFault } from '../world/aws-fault.js'
import { parseDocument } from '../world/policy-document.js'
import type { Call, FakeBucket, World } from '../world/world.js'

/** What an S3 call names. */
export interface ObjectAddress {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
}

/** Finds the bucket a call names. */
export function bucketNamed(world: World, name: string | undefined): FakeBucket {
  const bucket = world.buckets.get(name ?? '')
  if (bucket === undefined) throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404)
  return bucket
}

/** Refuses a call that its caller may not make on a bucket. */
export function authorizeBucket(
  world: World,
  call: Call,
  action: string,
  bucket: FakeBucket,
  extra: ExtraContext = {},
): void {
  authorizeResource(world, call, action, guarded(bucket, bucketArn(world, bucket)), extra)
}

/** Refuses a call that its caller may not make on an object. */
export function authorizeObject(
  world: World,
  call: Call,
  action: string,
  bucket: FakeBucket,
  key: string,
  extra: ExtraContext = {},
): void {
  authorizeResource(world, call, action, guarded(bucket, objectArn(world, bucket, key)), extra)
}

/** A bucket or one of its objects under the policy of the bucket. */
export function guarded({ account, region, policy }: FakeBucket, arn: string): Guarded {
  return { arn, account, region, policy: policy === undefined ? undefined : parseDocument(policy) }
}

/** The condition keys of the headers by which a write says how it wants to be encrypted. */
export function encryptionContext({
  ServerSideEncryption,
  SSEKMSKeyId,
}: {
  readonly ServerSideEncryption?: string | undefined
  readonly SSEKMSKeyId?: string | undefined
}): ExtraContext {
  return {
    ...(ServerSideEncryption !== undefined && { 's3:x-amz-server-side-encryption': ServerSideEncryption }),
    ...(SSEKMSKeyId !== undefined && { 's3:x-amz-server-side-encryption-aws-kms-key-id': SSEKMSKeyId }),
  }
}

/** Whether the caller is told which objects there are. */
export function mayList(world: World, call: Call, bucket: FakeBucket): boolean {
  try {
    authorizeBucket(world, call, 's3:ListBucket', bucket)
    return true
  } catch (thrown) {
    if (thrown instanceof AwsFault) return false
    throw thrown
  }
}

function bucketArn(world: World, bucket: FakeBucket): string {
  return `arn:${world.partition}:s3:::${bucket.name}`
}

export function objectArn(world: World, bucket: FakeBucket, key: string): string {
  return `${bucketArn(world, bucket)}/${key}`
}

/** The condition keys of a list. */
export function listContext({
  Prefix,
  Delimiter,
}: {
  readonly Prefix?: string | undefined
  readonly Delimiter?: string | undefined
}): ExtraContext {
  return {
    ...(Prefix !== undefined && { 's3:prefix': Prefix }),
    ...(Delimiter !== undefined && { 's3:delimiter': Delimiter }),
  }
}
