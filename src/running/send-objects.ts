import type { Aws } from '../aws/aws.js'
import type { AwsErrorData } from '../aws/aws-error.js'
import type { AwsCalls, TopicEntry } from '../aws/calls.js'
import { eachAsItComes } from '../aws/each-as-it-comes.js'
import { type ManyOptions, type ManyProgress, makeManyProgress } from '../aws/many.js'
import { retryPassing } from '../aws/retry-passing.js'
import { formatValue } from '../errors/format-value.js'
import {
  isLabelingJobError as isThrownError,
  LabelingJobError as ThrownError,
} from '../errors/labeling-job-error.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import { isMany } from '../manifests/read/is-many.js'
import { parseArn } from '../names/arn.js'
import { type TopicArnText, topicArn } from '../names/topic-arn.js'
import { isConcurrency, isFunction, isSignal, refuseOdd } from './check-options.js'
import { sizeOf, takenUntilAborted } from './each-job.js'
import type { LabelingJobError } from './error-data.js'
import { inBatches } from './in-batches.js'
import { digestOf, makeStreamMessage, type StreamMessage } from './stream-message.js'

/** What became of one object that was to be sent to a stream. */
export interface SentObject<Sent = object> {
  readonly object: Sent
  /** `not-tried`: the signal was aborted before. */
  readonly status: 'sent' | 'failed' | 'not-tried'
  /** Why it failed. */
  readonly error?: LabelingJobError
}

const BATCH = 10
/** What SNS takes at once, in bytes. */
const LARGEST = 262_144
const LINGER = 1_000
const PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]
const CALL = 'sns:PublishBatch'

/** See the function of the same name in on-demand.ts, which users call. */
export async function* sendObjects<Sent extends object>(
  objects: Iterable<Sent> | AsyncIterable<Sent>,
  topic: TopicArnText,
  aws: Aws,
  options: ManyOptions<ManyProgress> = {},
): AsyncGenerator<SentObject<Sent>, void> {
  refuseNoConnection('sendObjects', aws)
  refuseOdd('sendObjects', options, {
    concurrency: isConcurrency,
    signal: isSignal,
    onProgress: isFunction,
  })
  if (!isMany(objects))
    throw refusedCall(
      'sendObjects',
      `${formatValue(objects)} is no list of objects: give something to loop over`,
    )
  const place = parseArn(topicArn(topic as string))
  const region = await aws.region()
  if (place?.region !== region)
    throw refusedCall('sendObjects', `the topic is in ${place?.region}, and the connection is to ${region}`)
  const { concurrency = 4, signal, onProgress } = options
  const counts: Record<string, number> = {}
  const total = sizeOf(objects)
  const batches = inBatches(eachOf(takenUntilAborted(objects, signal)), BATCH, (stop) =>
    aws.clock.sleep(LINGER, stop),
  )
  const sending: Sending = { topic, aws, signal }
  for await (const results of eachAsItComes(batches, concurrency, (batch) => sendBatch(batch, sending))) {
    for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1
    await onProgress?.(makeManyProgress('objects', counts, total))
    yield* results
  }
}

interface Sending {
  readonly topic: string
  readonly aws: Aws
  readonly signal: AbortSignal | undefined
}

async function* eachOf<Thing>(things: Iterable<Thing> | AsyncIterable<Thing>): AsyncGenerator<Thing, void> {
  yield* things
}

/** Sends a batch, in as many calls as its length needs. */
async function sendBatch<Sent>(
  objects: readonly Sent[],
  sending: Sending,
): Promise<readonly SentObject<Sent>[]> {
  const errors = new Map<number, LabelingJobError>()
  const calls: Map<number, StreamMessage>[] = []
  let room = 0
  for (const [place, object] of objects.entries()) {
    const message = await makeStreamMessage(object)
    if (!('text' in message)) errors.set(place, message as LabelingJobError)
    else {
      if (message.size > room) {
        calls.push(new Map())
        room = LARGEST
      }
      calls.at(-1)?.set(place, message)
      room -= message.size
    }
  }
  for (const call of calls) await sendMessages(call, errors, sending)
  return objects.map((object, place) => {
    const error = errors.get(place)
    if (error !== undefined) return Object.freeze({ object, status: 'failed' as const, error })
    const isOpen = calls.some((call) => call.has(place))
    return Object.freeze({ object, status: isOpen ? ('not-tried' as const) : ('sent' as const) })
  })
}

/**
 * Sends messages and takes out those that have come to an end. What SNS may take later, and what got no answer, is sent
 * again: its id keeps it from counting twice. What was never sent, since the signal was aborted, is left.
 */
async function sendMessages(
  open: Map<number, StreamMessage>,
  errors: Map<number, LabelingJobError>,
  sending: Sending,
): Promise<void> {
  const { aws, signal } = sending
  const fail = (place: number, error: ThrownError) => {
    if (open.delete(place)) errors.set(place, error as LabelingJobError)
  }
  let wasSent = false
  try {
    for (const pause of [...PAUSES, undefined]) {
      if (open.size === 0 || signal?.aborted) break
      wasSent = true
      const answer = await publish(open, sending)
      for (const { Id } of answer.Successful ?? []) open.delete(Number(Id))
      for (const failed of answer.Failed ?? []) {
        if (failed.SenderFault === true || pause === undefined) fail(Number(failed.Id), refusedBy(failed))
      }
      if (open.size > 0 && pause !== undefined)
        await aws.clock.sleep(pause, signal).catch((reason) => {
          if (!signal?.aborted) throw reason
        })
    }
  } catch (thrown) {
    // Without the client nothing at all can be sent; what is no error of the library is one in the program.
    if (!isThrownError(thrown) || thrown.code === 'client-missing') throw thrown
    for (const place of [...open.keys()]) fail(place, thrown)
  }
  if (wasSent) for (const place of [...open.keys()]) fail(place, refusedBy({}))
}

async function publish(
  open: ReadonlyMap<number, StreamMessage>,
  { topic, aws, signal }: Sending,
): Promise<AwsCalls[typeof CALL]['output']> {
  const isFifo = topic.endsWith('.fifo')
  const entries: TopicEntry[] = []
  for (const [place, { text, id }] of open) {
    entries.push({
      Id: String(place),
      Message: text,
      ...(isFifo && { MessageGroupId: 'labeling-job', MessageDeduplicationId: await digestOf(id) }),
    })
  }
  const options = { what: `Cannot send objects to the topic ${topic}`, ...(signal && { signal }) }
  return retryPassing(
    aws,
    () => aws.call(CALL, { TopicArn: topic, PublishBatchRequestEntries: entries }, options),
    { pauses: PAUSES, mayRepeat: true, ...(signal && { signal }) },
  )
}

type FailedEntry = NonNullable<AwsCalls[typeof CALL]['output']['Failed']>[number]

function refusedBy({ Code = 'no answer', Message }: FailedEntry): ThrownError {
  return new ThrownError({
    code: /^(AuthorizationError|AccessDenied\w*|KMSAccessDenied\w*)$/.test(Code)
      ? 'access-denied'
      : 'aws-call-failed',
    what: 'Cannot send the object',
    why: `${CALL} answered ${Code}${Message === undefined ? '' : `: ${Message}`}`,
    fix: 'Send the object again; its id keeps it from being labeled twice',
    data: { call: CALL, awsError: Code, mayHaveHappened: Code === 'no answer' } satisfies AwsErrorData,
  })
}
