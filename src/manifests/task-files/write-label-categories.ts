import type { Aws } from '../../aws/aws.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'
import { isObject } from '../../json/json.js'
import type { S3Uri, S3UriText } from '../../names/s3-uri.js'
import { preparePut, type WriteOptions } from '../write/prepare-put.js'
import type { LabelCategories } from './label-categories-file.js'

/**
 * Writes label categories to S3 and gives the address for the `labels` of a task.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and with a key `kms:DescribeKey` and
 * `kms:GenerateDataKey` on it.
 *
 * @throws LabelingJobError `invalid-name` for an address without an object.
 * @throws LabelingJobError `key-…` for a key that cannot encrypt the file.
 * @throws LabelingJobError `access-denied` and the other codes of AWS when S3 refuses.
 *
 * @example
 * const file = labelCategories({ labels: ['stop', 'yield'], task: 'bounding-box' })
 * const labels = await writeLabelCategories(file, 's3://acme-gt/ui/labels.json', aws)
 */
export async function writeLabelCategories(
  categories: LabelCategories,
  uri: S3UriText,
  aws: Aws,
  options: WriteOptions = {},
): Promise<S3Uri> {
  const { form } = (categories ?? {}) as { readonly form?: unknown }
  if (typeof form !== 'string' && typeof categories !== 'string') {
    throw givenNo(CATEGORIES.call, 'label categories: give what labelCategories() makes', categories)
  }
  if (typeof categories === 'string' && !isJsonObject(categories))
    throw refusedCall(CATEGORIES.call, 'the string is no JSON object: give what labelCategories() makes')
  const put = await preparePut(CATEGORIES, uri, aws, options)
  return put(String(categories))
}

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text))
  } catch {
    return false
  }
}

const CATEGORIES = {
  call: 'writeLabelCategories',
  kind: 'the label categories',
  contentType: 'application/json',
} as const
