import { AwsFault } from '../world/aws-fault.js'
import type { Call, Operations, World } from '../world/world.js'
import { authorizeBucket, bucketNamed } from './bucket-access.js'

/** What S3 says of the settings of a bucket. */
export const BUCKET_SETTINGS: Operations = {
  HeadBucket: headBucket,
  GetBucketLocation: getBucketLocation,
  GetBucketEncryption: getBucketEncryption,
  GetBucketCors: getBucketCors,
}

interface BucketInput {
  readonly Bucket?: string
}

function headBucket(world: World, call: Call, { Bucket }: BucketInput) {
  const bucket = bucketNamed(world, Bucket)
  authorizeBucket(world, call, 's3:ListBucket', bucket)
  return { BucketRegion: bucket.region, AccessPointAlias: false }
}

function getBucketLocation(world: World, call: Call, { Bucket }: BucketInput) {
  const bucket = bucketNamed(world, Bucket)
  authorizeBucket(world, call, 's3:GetBucketLocation', bucket)
  // The first region has no name here.
  return bucket.region === 'us-east-1' ? {} : { LocationConstraint: bucket.region }
}

function getBucketEncryption(world: World, call: Call, { Bucket }: BucketInput) {
  const bucket = bucketNamed(world, Bucket)
  authorizeBucket(world, call, 's3:GetEncryptionConfiguration', bucket)
  const { defaultKeyArn } = bucket
  const byDefault =
    defaultKeyArn === undefined
      ? { SSEAlgorithm: 'AES256' }
      : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: defaultKeyArn }
  return {
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: false }],
    },
  }
}

function getBucketCors(world: World, call: Call, { Bucket }: BucketInput) {
  const bucket = bucketNamed(world, Bucket)
  authorizeBucket(world, call, 's3:GetBucketCORS', bucket)
  if (bucket.cors.length === 0)
    throw new AwsFault('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404)
  return { CORSRules: bucket.cors.map((rule) => ({ ...rule })) }
}
