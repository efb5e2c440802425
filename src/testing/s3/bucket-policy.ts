import type { GetBucketPolicyCommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { authorizeBucket, bucketNamed } from './bucket-access.js'

/** Shows the policy of a bucket, in the account of the bucket only. */
export function getBucketPolicy(world: World, call: Call, input: GetBucketPolicyCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  authorizeBucket(world, call, 's3:GetBucketPolicy', bucket)
  if (bucket.account !== call.caller.account)
    throw new AwsFault('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405)
  if (bucket.policy === undefined)
    throw new AwsFault('NoSuchBucketPolicy', 'The bucket policy does not exist', 404)
  return { Policy: bucket.policy }
}
