import { describe, expect, it } from 'vitest'
import { readLabelMessage } from '../../../src/manifests/read/read-label-message.js'

const WHICH = { task: 'text-classification', attribute: 'mood' } as const
const LINE = { source: 'Late again', mood: 1, 'mood-metadata': { 'class-name': 'cross' }, Message: 'kept' }
const TEXT = JSON.stringify(LINE)
const NOTIFICATION = {
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:eu-central-1:111122223333:out',
  Message: TEXT,
}

describe('a message of the output topic', () => {
  it.each<[string, unknown]>([
    ['as text', TEXT],
    ['as an object', LINE],
    ['in the envelope of SNS', NOTIFICATION],
    ['in the envelope of SNS, as text', JSON.stringify(NOTIFICATION)],
    ['in a message of SQS', { MessageId: 'm', Body: JSON.stringify(NOTIFICATION) }],
    ['in a message of SQS that is delivered raw', { Body: TEXT }],
    ['in the event of a Lambda that SNS calls', { Records: [{ EventSource: 'aws:sns', Sns: NOTIFICATION }] }],
    ['in the event of a Lambda that SQS calls', { Records: [{ body: JSON.stringify(NOTIFICATION) }] }],
  ])('is read %s', (_name, message) => {
    expect(readLabelMessage(WHICH, message)).toMatchObject({
      status: 'labeled',
      lineNumber: 1,
      source: 'Late again',
      className: 'cross',
      line: LINE,
    })
  })

  it.each<[string, unknown, string]>([
    ['that is not JSON', 'hello', 'it is not JSON'],
    ['that is no object', 7, 'it is no object'],
    ['that has no line in it', { Records: [] }, 'it has neither source-ref nor source'],
    [
      'in endless envelopes',
      [1, 2, 3, 4, 5, 6].reduce<unknown>((inside) => ({ Message: inside }), LINE),
      'it has more envelopes than a message can have',
    ],
  ])('%s is unreadable', (_name, message, reason) => {
    expect(readLabelMessage(WHICH, message)).toStrictEqual({
      status: 'unreadable',
      task: 'text-classification',
      lineNumber: 1,
      reason,
    })
  })

  it('is one message', () => {
    expect(() => readLabelMessage(WHICH, { Records: [{ body: TEXT }, { body: TEXT }] })).toThrow(
      'the event has 2 records: give them one by one',
    )
    expect(() => readLabelMessage({ task: 'mood' } as never, TEXT)).toThrow('task is the name of a task')
  })
})
