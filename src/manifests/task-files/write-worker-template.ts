import type { Aws } from '../../aws/aws.js'
import { givenNo } from '../../errors/refused-call.js'
import type { S3Uri, S3UriText } from '../../names/s3-uri.js'
import { preparePut, type WriteOptions } from '../write/prepare-put.js'

/**
 * Writes a worker page to S3, as `workerTemplate()` makes it or one of your own, and gives the address for the
 * `template` of a task.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and with a key `kms:DescribeKey` and
 * `kms:GenerateDataKey` on it.
 *
 * @throws LabelingJobError `invalid-name` for an address without an object.
 * @throws LabelingJobError `key-…` for a key that cannot encrypt the page.
 * @throws LabelingJobError `access-denied` and the other codes of AWS when S3 refuses.
 *
 * @example
 * const page = { task: 'bounding-box', header: 'Box every sign' } as const
 * const html = workerTemplate({ ...page, shortInstructions: 'One box a sign', fullInstructions: 'As tight as you can' })
 * const template = await writeWorkerTemplate(html, 's3://acme-gt/ui/box.liquid.html', aws)
 */
export async function writeWorkerTemplate(
  html: string,
  uri: S3UriText,
  aws: Aws,
  options: WriteOptions = {},
): Promise<S3Uri> {
  if (typeof html !== 'string' || html === '') {
    throw givenNo(PAGE.call, 'page: give what workerTemplate() makes, or HTML of your own', html)
  }
  const put = await preparePut(PAGE, uri, aws, options)
  return put(html)
}

const PAGE = { call: 'writeWorkerTemplate', kind: 'the worker page', contentType: 'text/html' } as const
