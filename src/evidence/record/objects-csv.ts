import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { eachAsItComes } from '../../aws/each-as-it-comes.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { parseArn } from '../../names/arn.js'
import { askPatiently } from '../declared/ask-patiently.js'
import { readDeclaredKeys } from '../declared/declared-keys.js'
import type { ExpectedKeys } from '../declared/expected-keys.js'
import { findAwsKey } from '../proof/aws-key.js'
import { expectedKeyOf } from '../proof/known-keys.js'
import { listObjects } from '../proof/list-objects.js'
import { lookAtObject } from '../proof/look-at-object.js'
import { outputFolder } from '../proof/output-folder.js'
import { evidenceLine } from './record-csv.js'

const TOGETHER = 16
const COLUMNS = ['job', 'uri', 'versionId', 'bytes', 'etag', 'encryption', 'key', 'standing', 'why', 'at']

/** Which objects are written: those of which jobs, and what is expected of them. */
export interface ObjectsCsvOptions {
  /** With the reason, a job that could not be read. */
  readonly jobs: readonly { readonly name: string; readonly why?: string }[]
  readonly expected: ExpectedKeys
  readonly versions: boolean
}

/** Gives every object of some jobs, a line of CSV each, asked of AWS as the lines are taken. */
export async function* objectsAsCsv(
  { jobs, expected, versions }: ObjectsCsvOptions,
  aws: Aws,
  { signal }: CallOptions = {},
): AsyncGenerator<string, void> {
  const options = signal ? { signal } : {}
  yield evidenceLine(COLUMNS)
  for (const { name, why } of jobs) {
    if (why !== undefined) {
      yield unreadableLine(name, why)
      continue
    }
    const description = await askPatiently(aws, options, (request) =>
      aws.call('sagemaker:DescribeLabelingJob', { LabelingJobName: name }, request),
    )
    yield* linesOfJob(description, { expected, versions }, aws, options)
  }
}

function unreadableLine(name: string, why: string, where = ''): string {
  return evidenceLine([name, where, '', '', '', '', '', 'unreadable', why])
}

async function* linesOfJob(
  description: LabelingJobDescription,
  { expected, versions }: Omit<ObjectsCsvOptions, 'jobs'>,
  aws: Aws,
  options: CallOptions,
): AsyncGenerator<string, void> {
  const name = description.LabelingJobName ?? ''
  const folder = outputFolder(description)
  if (folder === undefined) {
    yield unreadableLine(name, 'the job names no folder that it writes to')
    return
  }
  const account = parseArn(description.LabelingJobArn ?? '')?.account ?? ''
  const [declared, awsKey] = await Promise.all([
    readDeclaredKeys(description, aws, options),
    findAwsKey(account, aws, options),
  ])
  const keys = {
    ...expectedKeyOf(expected.output, declared.output),
    ...(awsKey.arn !== undefined && { awsKey: awsKey.arn }),
  }
  try {
    for await (const page of listObjects(folder, aws, { versions, ...options })) {
      const found = eachAsItComes(page, TOGETHER, (listed, slowDown) =>
        lookAtObject(folder.bucket, listed, aws, keys, { slowDown, ...options }),
      )
      for await (const { object, why } of found) {
        const { uri, versionId, bytes, etag, encryption, keyArn, standing } = object
        const at = aws.clock.now().toISOString()
        yield evidenceLine([
          name,
          uri,
          versionId,
          bytes,
          etag.replaceAll('"', ''),
          encryption,
          keyArn,
          standing,
          why,
          at,
        ])
      }
    }
  } catch (thrown) {
    // A file that breaks off would look like one that is whole.
    if (!isAwsError(thrown) || !thrown.data.call.startsWith('s3:List')) throw thrown
    const where = `s3://${folder.bucket}/${folder.prefix}`
    yield unreadableLine(name, thrown.why, where)
  }
}
