import type { Aws } from '../../aws/aws.js'
import type { S3Uri, S3UriText } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import { endOnAbort } from '../read/end-on-abort.js'
import { GrowingBytes } from './growing-bytes.js'
import { MANIFEST_OPTIONS, type ManifestCounts, startManifestCheck } from './manifest-check.js'
import type { ManifestObject, ManifestOptions, Objects } from './manifest-object.js'
import { preparePut, type WhatToPut, type WriteOptions } from './prepare-put.js'

/** A manifest in S3. */
export interface WrittenManifest extends ManifestCounts {
  /** Where it lies, for `.input()`. */
  readonly uri: S3Uri
  readonly bytes: number
}

/** How a manifest is checked and written. */
export interface WriteManifestOptions<Name extends TaskName> extends ManifestOptions<Name>, WriteOptions {}

/**
 * Checks an input manifest and writes it to S3 in one PutObject, over what may be there. Nothing is written when an
 * object breaks a rule.
 *
 * IAM actions of the caller: `s3:PutObject` on the object, and with a key `kms:DescribeKey` and
 * `kms:GenerateDataKey` on it.
 *
 * @throws LabelingJobError `manifest-invalid` with the first 100 broken rules and how many there are.
 * @throws LabelingJobError `invalid-name` for an address without an object.
 * @throws LabelingJobError `key-…` for a key that cannot encrypt the manifest.
 * @throws LabelingJobError `access-denied` and the other codes of AWS when S3 refuses.
 *
 * @example
 * const objects = [{ 'source-ref': 's3://acme-gt/in/0001.jpg' }]
 * const key = outputKey('alias/gt-output')
 * const { uri } = await writeManifest(objects, 's3://acme-gt/in/dataset.manifest', aws, { task: 'bounding-box', key })
 * labelingJob('street-signs').input(uri)
 */
export async function writeManifest<Name extends TaskName, Line extends ManifestObject<Name>>(
  objects: Objects<Line>,
  uri: S3UriText,
  aws: Aws,
  options: WriteManifestOptions<Name>,
): Promise<WrittenManifest> {
  const put = await preparePut(MANIFEST, uri, aws, options)
  const { key: _, signal, ...rest } = options
  const check = startManifestCheck('writeManifest', objects, rest)
  const body = new GrowingBytes()
  for await (const object of endOnAbort(objects, signal, `Cannot write the manifest to ${uri}`)) {
    body.append(check.add(object))
  }
  const counts = check.end()
  const written = await put(body.whole())
  return Object.freeze({ uri: written, bytes: body.length, ...counts })
}

const MANIFEST = {
  call: 'writeManifest',
  kind: 'the manifest',
  contentType: 'application/jsonlines',
  options: MANIFEST_OPTIONS,
} as const satisfies WhatToPut
