import { authorize } from '../authorize/authorize.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import type { Call, FakeBucket, World } from '../world/world.js'

/** What an S3 call names. */
export interface ObjectAddress {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
  readonly VersionId?: string | undefined
}

/** Finds the bucket a call names; those of other accounts are closed. */
export function bucketNamed(world: World, call: Call, name: string | undefined): FakeBucket {
  const bucket = world.buckets.get(name ?? '')
  if (bucket === undefined) throw new AwsFault('NoSuchBucket', 'The specified bucket does not exist', 404)
  if (bucket.account !== call.caller.account) throw accessDenied('s3', 'Access Denied')
  return bucket
}

/** Refuses a call that its caller may not make on a bucket. */
export function authorizeBucket(world: World, call: Call, action: string, bucket: FakeBucket): void {
  authorize(world, call, action, bucketArn(world, bucket))
}

/** Refuses a call that its caller may not make on an object. */
export function authorizeObject(
  world: World,
  call: Call,
  action: string,
  bucket: FakeBucket,
  key: string,
): void {
  authorize(world, call, action, objectArn(world, bucket, key))
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

export function bucketArn(world: World, bucket: FakeBucket): string {
  return `arn:${world.partition}:s3:::${bucket.name}`
}

export function objectArn(world: World, bucket: FakeBucket, key: string): string {
  return `${bucketArn(world, bucket)}/${key}`
}
