import type { LabelingJobStatus } from '../aws/sagemaker-calls.js'
import { printable } from '../errors/printable.js'
import { refusedCall, refusePromise } from '../errors/refused-call.js'
import { asList, asRecord, asText, type JsonRecord } from '../json/loose-values.js'
import { parseArn } from '../names/arn.js'
import { makeShown, type Shown } from '../show/shown.js'
import { refuseOdd } from './check-options.js'
import { hasEnded } from './has-ended.js'

/** What EventBridge told of a labeling job. */
export interface JobEvent extends Shown<object> {
  /** `job-ended`: it has come to one of its ends. `task-status`, `human-task`: of the work of people on it. */
  readonly kind: 'job-ended' | 'task-status' | 'human-task'
  /** As the ARN has it, which is in lower case. */
  readonly name: string
  readonly arn: string
  /** Of a job that ended: how. */
  readonly status?: LabelingJobStatus
  readonly account: string
  readonly region: string
  readonly at: Date
}

const JOB_ENDED = 'SageMaker Ground Truth Labeling Job State Change'
const TASK_STATUS = 'SageMaker Ground Truth Labeling Job Task Status Change'
const HUMAN_TASK = /^SageMaker Human Task (?:Created|Accepted|Declined|Expired|Returned|Submitted)$/
/** An event in SNS in SQS in the batch of a Lambda function, each of which may be text. */
const DEEPEST = 8

/**
 * Reads an event of EventBridge about a labeling job: as it is, as text, in a message of SQS or SNS, or in one of SNS that
 * came through SQS. `undefined`: it is about something else. Sends nothing.
 *
 * Source: developer guide, sms-monitor-cloud-watch.
 *
 * @throws LabelingJobError `refused-call` for a batch of several: read each of its records.
 *
 * @example
 * export async function handler(event: { readonly Records: readonly object[] }) {
 *   for (const record of event.Records) console.log(String(readJobEvent(record)))
 * }
 */
export function readJobEvent(event: unknown): JobEvent | undefined {
  refusePromise('readJobEvent', 'the event', event)
  const found = unwrap(event, DEEPEST)
  if (found === undefined || found['source'] !== 'aws.sagemaker') return undefined
  const detail = asRecord(found['detail']) ?? {}
  const kind = kindOf(found['detail-type'])
  const arn = arnIn(found['resources']) ?? arnIn([detail['labeling-job-arn'], detail['labelingJobArn']])
  const place = parseArn(arn ?? '')
  const at = new Date(asText(found['time']) ?? Number.NaN)
  if (kind === undefined || arn === undefined || place === undefined || Number.isNaN(at.getTime()))
    return undefined
  const status = asText(detail['LabelingJobStatus'])
  // What has not ended is not told today; should it be, it is no end.
  if (kind === 'job-ended' && !hasEnded(status)) return undefined
  const { account, region } = place
  const name = place.resource.slice('labeling-job/'.length)
  const fields = {
    kind,
    name,
    arn,
    ...(kind === 'job-ended' && { status: status as LabelingJobStatus }),
    account,
    region,
    at,
  }
  return makeShown(fields, {
    text: () => `${at.toISOString()} ${kind} ${printable(name)}${kind === 'job-ended' ? ` ${status}` : ''}`,
  })
}

/** Which of the ends of a job to hear of. */
export interface EventPatternOptions {
  /** Default: all three. */
  readonly statuses?: readonly ('Completed' | 'Failed' | 'Stopped')[]
}

/**
 * Gives the pattern of the EventBridge rule that hears when labeling jobs end. Delivery is best effort: look after those
 * that were not told with `waitForAll()` once a day.
 *
 * @throws LabelingJobError `refused-call` for statuses that are no end.
 *
 * @example
 * console.log(JSON.stringify(eventPattern({ statuses: ['Failed', 'Stopped'] })))
 */
export function eventPattern(options: EventPatternOptions = {}): object {
  refuseOdd('eventPattern', options, {
    statuses: (statuses) =>
      Array.isArray(statuses) && statuses.length > 0 && statuses.every(hasEnded)
        ? undefined
        : 'one or more of Completed, Failed and Stopped, in a list',
  })
  const { statuses } = options
  return Object.freeze({
    source: ['aws.sagemaker'],
    'detail-type': [JOB_ENDED],
    ...(statuses && { detail: { LabelingJobStatus: [...statuses] } }),
  })
}

function kindOf(type: unknown): JobEvent['kind'] | undefined {
  if (type === JOB_ENDED) return 'job-ended'
  if (type === TASK_STATUS) return 'task-status'
  return typeof type === 'string' && HUMAN_TASK.test(type) ? 'human-task' : undefined
}

function arnIn(values: unknown): string | undefined {
  return asList(values)
    ?.map(asText)
    .find((text) => {
      const arn = parseArn(text ?? '')
      return arn?.service === 'sagemaker' && /^labeling-job\/[^/]+$/.test(arn.resource)
    })
}

/** Takes an event out of what it came in. */
function unwrap(value: unknown, depth: number): JsonRecord | undefined {
  if (depth === 0) return undefined
  if (typeof value === 'string') return unwrap(parsed(value), depth - 1)
  const record = asRecord(value)
  const records = asList(value) ?? asList(record?.['Records']) ?? asList(record?.['Messages'])
  if (records !== undefined) return unwrap(onlyOne(records, value), depth - 1)
  if (record === undefined) return undefined
  if (typeof record['detail-type'] === 'string') return record
  const sns = asRecord(record['Sns'])
  const message = record['body'] ?? record['Body'] ?? sns?.['Message'] ?? record['Message']
  return typeof message === 'string' ? unwrap(message, depth - 1) : undefined
}

/** Lambda functions get batches as `Records`, pipes as a list, and ReceiveMessage gives `Messages`. */
function onlyOne(records: readonly unknown[], batch: unknown): unknown {
  if (records.length < 2) return records[0]
  const [name] = ['Records', 'Messages'].filter((list) => asRecord(batch)?.[list] === records)
  throw refusedCall(
    'readJobEvent',
    `the batch has ${records.length} records: read each, for (const record of ${name === undefined ? 'event' : `event.${name}`}) readJobEvent(record)`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
