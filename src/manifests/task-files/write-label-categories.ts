import type { Aws } from '../../aws/aws.js'
import { type S3Uri, type S3UriText, s3Uri } from '../../names/s3-uri.js'
import { preparePut } from '../write/prepare-put.js'
import type { LabelCategories } from './label-categories-file.js'

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
  // Without a key the file would lie under the bucket's: an unset variable must not mean that.
  const put = preparePut('label categories', address, { key: String(key), aws })
  await put(String(categories), 'application/json')
  return address
}
