import type { Aws } from '../../aws/aws.js'
import { refusedCall } from '../../errors/refused-call.js'
import { asList, asRecord, type JsonRecord } from '../../json/loose-values.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { Line } from './label.js'
import { makeLabelFiles } from './label-files.js'
import { makeRecordParser, parseRecord } from './parse-line.js'
import { refuseWrongWhich, type WhichLabels } from './read-labels.js'

/**
 * Reads what a streaming job publishes to its output topic: the line of one object, with its label. It may come as text
 * or as an object, and in the envelopes of SNS (`Message`), SQS (`Body`) and of the events that Lambda functions get from
 * either (`Records`, with one record). Its line number is 1. A message that is no such line comes with the status
 * `unreadable`.
 *
 * @param aws The connection with which `mask()` and `frames()` of the label fetch; without one they refuse to.
 * @throws LabelingJobError `refused-call` for an event with several records: give them one by one.
 * @example
 * const message = { Type: 'Notification', Message: '{"source": "Late again", "mood": 1}' }
 * const label = readLabelMessage({ task: 'text-classification', attribute: 'mood' }, message)
 */
export function readLabelMessage<Name extends TaskName>(
  which: WhichLabels<Name>,
  message: unknown,
  aws?: Aws,
): Line<Name> {
  refuseWrongWhich('readLabelMessage', which, ['task', 'attribute'])
  const line = lineOf(message)
  if (typeof line !== 'string') {
    return makeRecordParser(which.task, which.attribute, makeLabelFiles(aws))(line, 1)
  }
  return { status: 'unreadable', task: which.task, lineNumber: 1, reason: line }
}

/** An event of a Lambda has a queue's message in it, that has the topic's, that has the line. */
const MOST_ENVELOPES = 4

/** Takes a line out of its envelopes, or says what is wrong with it. */
function lineOf(message: unknown): JsonRecord | string {
  let inside = message
  for (let envelopes = 0; envelopes <= MOST_ENVELOPES; envelopes += 1) {
    const read = typeof inside === 'string' ? parseRecord(inside) : (asRecord(inside) ?? 'it is no object')
    if (typeof read === 'string') return read
    const next = contentOf(read)
    if (next === undefined) return read
    inside = next
  }
  return 'it has more envelopes than a message can have'
}

function contentOf(record: JsonRecord): unknown {
  // Lines of manifests may have any other key.
  if ('source' in record || 'source-ref' in record) return undefined
  const records = asList(record['Records'])
  if (records !== undefined && records.length > 1) {
    throw refusedCall('readLabelMessage', `the event has ${records.length} records: give them one by one`)
  }
  return records?.[0] ?? record['Sns'] ?? record['Message'] ?? record['Body'] ?? record['body']
}
