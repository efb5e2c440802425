/** The IAM action that an operation of S3 needs: S3 has no action for each, and names in a refusal the operation alone. */
export const S3_ACTIONS: Readonly<Record<string, string>> = {
  PutObject: 's3:PutObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  HeadBucket: 's3:ListBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  GetBucketCors: 's3:GetBucketCORS',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
}

/** Tells the IAM action that a call of this library needs: its own name, but for some of S3's and batches for a topic. */
export function iamActionOf(call: string): string {
  if (call === 'sns:PublishBatch') return 'sns:Publish'
  const [service, operation = ''] = call.split(':')
  return (service === 's3' ? S3_ACTIONS[operation] : undefined) ?? call
}
