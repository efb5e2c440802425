import { PublishBatchCommand, PublishCommand, SNSServiceException } from '@aws-sdk/client-sns'
import { beforeEach, describe, expect, test } from 'vitest'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { signsStream } from '../../support/signs-stream.js'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:signs-in'
const FIFO = `${TOPIC}.fifo`

let cloud: FakeAws

beforeEach(() => {
  cloud = fakeAws()
  for (const name of ['signs-in', 'signs-in.fifo']) cloud.topic({ name })
})

const publish = (input: { Message: string; [field: string]: string }) =>
  cloud.send(new PublishCommand({ TopicArn: TOPIC, ...input }))
const batch = (entries: object[], TopicArn = TOPIC) =>
  cloud.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries as never }))

describe('what is published to a topic', () => {
  test('is an object for the streaming jobs that listen, once for each id', async () => {
    const { running, manifest } = await signsStream(cloud, TOPIC)
    const again = { 'source-ref': 's3://gt/2.jpg', 'dataset-objectid-attribute-name': 'source-ref' }

    await publish({ Message: '{"source-ref": "s3://gt/1.jpg"}' })
    await batch([again, again].map((object, Id) => ({ Id: String(Id), Message: JSON.stringify(object) })))
    await publish({ Message: 'no JSON' })
    cloud.clock.advance(3_600_000)

    expect((await running.status()).counters.labeled).toBe(2)
    expect(manifest().map((line) => line['source-ref'])).toEqual(['s3://gt/1.jpg', 's3://gt/2.jpg'])
  })

  test('goes nowhere when its topic is misspelled, which sendObjects() tells', async () => {
    await expect(publish({ TopicArn: `${TOPIC}s`, Message: '{}' })).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    })
    expect(cloud.calls.names()).toEqual(['sns:Publish'])
  })

  test('is refused entry by entry', async () => {
    const answer = await batch([
      { Id: 'good', Message: '{}' },
      { Id: 'empty', Message: '' },
    ])

    expect(answer).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'empty', Code: 'InvalidParameter', SenderFault: true }],
    })
  })

  test.each<[string, () => Promise<unknown>]>([
    ['EmptyBatchRequestException', () => batch([])],
    [
      'TooManyEntriesInBatchRequestException',
      () => batch(Array.from({ length: 11 }, (_, Id) => ({ Id: String(Id), Message: '{}' }))),
    ],
    ['BatchEntryIdsNotDistinctException', () => batch([1, 2].map(() => ({ Id: 'same', Message: '{}' })))],
    ['InvalidBatchEntryIdException', () => batch([{ Id: 'a b', Message: '{}' }])],
    [
      'BatchRequestTooLongException',
      () => batch(['a', 'b', 'c'].map((Id) => ({ Id, Message: 'x'.repeat(100_000) }))),
    ],
    ['InvalidParameterException', () => publish({ Message: '' })],
    ['InvalidParameterException', () => publish({ Message: '{}', TopicArn: FIFO })],
    ['InvalidParameterException', () => publish({ Message: '{}', TopicArn: FIFO, MessageGroupId: 'a' })],
    ['InvalidParameterException', () => publish({ Message: '{}', MessageDeduplicationId: 'a' })],
    [
      'InvalidParameterException',
      () => publish({ Message: '{}', TopicArn: TOPIC.replace('us-east-1', 'eu-west-1') }),
    ],
  ])('is refused as a whole with %s', async (name, call) => {
    const error = await call().catch((thrown) => thrown)

    expect(error).toMatchObject({ name })
    expect(error).toBeInstanceOf(SNSServiceException)
  })

  test('needs sns:Publish', async () => {
    cloud.user({ name: 'reader', policies: {} })
    const reader = cloud.as('arn:aws:iam::111122223333:user/reader')

    await expect(reader.send(new PublishCommand({ TopicArn: TOPIC, Message: '{}' }))).rejects.toMatchObject({
      name: expect.stringMatching(/^Auth|^AccessDenied/),
    })
  })
})
