import type { Aws } from '../aws/aws.js'
import { isKmsKeyArn } from '../names/kms-key.js'
import { InvalidNameError } from '../names/name.js'
import { parseS3Uri, type S3Uri, type S3UriText, s3Uri } from '../names/s3-uri.js'
import type { LabelCategories } from './category-file.js'

/** Where label categories go, and under which key. */
export interface WriteLabelCategoriesOptions {
  /** The object to write, for instance `s3://acme-gt/ui/labels.json`. */
  readonly uri: S3UriText
  /** The ARN of the key to encrypt it under; the job's role has to be able to decrypt with it. */
  readonly key: string
  readonly aws: Aws
}

/**
 * Writes label categories to S3, encrypted under a key of yours (SSE-KMS), and gives the address for the `labels`
 * of a task.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, `kms:GenerateDataKey` on the key.
 *
 * @throws InvalidNameError for an address without an object, and for a key that is not named by its ARN.
 * @throws AwsCallError when S3 refuses.
 */
export async function writeLabelCategories(
  categories: LabelCategories,
  { uri, key, aws }: WriteLabelCategoriesOptions,
): Promise<S3Uri> {
  const address: S3Uri = s3Uri<string>(uri)
  const { bucket, key: objectKey } = parseS3Uri(address)
  if (objectKey === '' || objectKey.endsWith('/')) {
    throw new InvalidNameError(
      { kind: 'the address of label categories', received: uri, expected: 's3://bucket/path/labels.json' },
      'Name the object to write, not the bucket or folder it goes to',
    )
  }
  if (!isKmsKeyArn(key)) {
    throw new InvalidNameError(
      { kind: 'the key of label categories', received: key, expected: 'the ARN of a key' },
      'Take it from a resolved job (resolved.keys.output.arn) or from resolveKey()',
    )
  }
  await aws.call(
    's3:PutObject',
    {
      Bucket: bucket,
      Key: objectKey,
      Body: String(categories),
      ContentType: 'application/json',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: key,
    },
    { asked: `Cannot write the label categories to ${uri}` },
  )
  return address
}
