import { beforeEach, describe, expect, test } from 'vitest'
import { type Aws, eventPattern, outcomeOfEvent, readJobEvent } from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'

const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'

const ended = (LabelingJobStatus = 'Completed', more: object = {}) => ({
  version: '0',
  id: '111e1111-11d1-111f-b111-1111b11dcb11',
  'detail-type': 'SageMaker Ground Truth Labeling Job State Change',
  source: 'aws.sagemaker',
  account: '111122223333',
  time: '2026-11-23T12:26:13Z',
  region: 'us-east-1',
  resources: [ARN],
  detail: { LabelingJobStatus },
  ...more,
})

const read = {
  kind: 'job-ended',
  name: 'signs',
  arn: ARN,
  status: 'Completed',
  account: '111122223333',
  region: 'us-east-1',
  at: new Date('2026-11-23T12:26:13Z'),
}

const text = JSON.stringify
const inSqs = (body: unknown) => ({ messageId: 'a', eventSource: 'aws:sqs', body: text(body) })
const inSns = (message: unknown) => ({
  EventSource: 'aws:sns',
  Sns: { Type: 'Notification', Message: text(message) },
})
const notification = (message: unknown) => ({ Type: 'Notification', TopicArn: 'arn', Message: text(message) })

describe('readJobEvent', () => {
  test.each<[string, unknown]>([
    ['as it is', ended()],
    ['as text', text(ended())],
    ['as one record of SQS', inSqs(ended())],
    ['as a batch of one from SQS', { Records: [inSqs(ended())] }],
    ['as a message that was received from SQS', { MessageId: 'a', Body: text(ended()) }],
    ['as a batch of one from SNS', { Records: [inSns(ended())] }],
    ['as a notification of SNS', notification(ended())],
    ['as the only item of what a pipe gives', [inSqs(ended())]],
    ['as the only message that was received', { Messages: [{ Body: text(ended()) }] }],
    ['as SNS that came through SQS', { Records: [inSqs(notification(ended()))] }],
  ])('reads an event %s', (_, event) => {
    expect(readJobEvent(event)).toEqual(read)
  })

  test.each(['Completed', 'Failed', 'Stopped'])('tells that a job ended as %s', (status) => {
    expect(readJobEvent(ended(status))).toEqual({ ...read, status })
  })

  test('tells of the work of people', () => {
    const task = ended('', {
      'detail-type': 'SageMaker Ground Truth Labeling Job Task Status Change',
      resources: [],
      detail: { 'labeling-job-arn': ARN, state: 'Submitted' },
    })
    const human = ended('', { 'detail-type': 'SageMaker Human Task Submitted', detail: {} })
    const { status: _, ...rest } = read

    expect(readJobEvent(task)).toEqual({ ...rest, kind: 'task-status' })
    expect(readJobEvent(human)).toEqual({ ...rest, kind: 'human-task' })
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['text that is no JSON', 'Hello'],
    ['an empty batch', { Records: [] }],
    ['another service', ended('Completed', { source: 'aws.s3' })],
    ['another kind of job', ended('Completed', { 'detail-type': 'SageMaker Training Job State Change' })],
    [
      'a human task of no labeling job',
      ended('', {
        'detail-type': 'SageMaker Human Task Created',
        resources: ['arn:aws:sagemaker:us-east-1:111122223333:flow-definition/a'],
      }),
    ],
    ['a job that goes on', ended('InProgress')],
    ['an event without a time', ended('Completed', { time: 'soon' })],
    ['an event without a job', ended('Completed', { resources: undefined })],
    ['a message of S3 in SQS', { Records: [inSqs({ Records: [{ eventSource: 'aws:s3' }] })] }],
    [
      'an envelope without end',
      Array.from({ length: 20 }).reduce((inner) => ({ Records: [inner] }), ended()),
    ],
  ])('passes over %s', (_, event) => {
    expect(readJobEvent(event)).toBeUndefined()
  })

  test('refuses a batch of several, which would lose all but one', () => {
    const batch = { Records: [inSqs(ended()), inSqs(ended())] }

    expect(() => readJobEvent(batch)).toThrow(
      'Cannot call readJobEvent(): the batch has 2 records: read each, for (const record of event.Records) readJobEvent(record)',
    )
    expect(() => readJobEvent(batch.Records)).toThrow('for (const record of event) readJobEvent(record)')
    expect(() => readJobEvent({ Messages: batch.Records })).toThrow('for (const record of event.Messages)')
    expect(batch.Records.map(readJobEvent)).toEqual([read, read])
  })

  test('gives a frozen value that shows itself in a line', () => {
    const event = readJobEvent(ended())

    expect(Object.isFrozen(event)).toBe(true)
    expect(String(event)).toBe('2026-11-23T12:26:13.000Z job-ended signs Completed')
  })
})

describe('eventPattern', () => {
  test('is the pattern of the rule', () => {
    expect(eventPattern()).toEqual({
      source: ['aws.sagemaker'],
      'detail-type': ['SageMaker Ground Truth Labeling Job State Change'],
    })
    expect(eventPattern({ statuses: ['Failed', 'Stopped'] })).toMatchObject({
      detail: { LabelingJobStatus: ['Failed', 'Stopped'] },
    })
  })

  test.each([[{ statuses: ['InProgress'] }], [{ statuses: [] }], [{ status: 'Failed' }]])(
    'refuses %j',
    (options) => {
      expect(() => eventPattern(options as object)).toThrow(expect.objectContaining({ code: 'refused-call' }))
    },
  )
})

describe('outcomeOfEvent', () => {
  let cloud: FakeAws
  let aws: Aws

  beforeEach(async () => {
    cloud = fakeAws()
    cloud.key({ alias: 'alias/gt' })
    cloud.role({ name: 'GtExec' })
    aws = cloud.connect()
    await signsJob.named('Signs').create(aws)
    cloud.calls.clear()
  })

  test('gives the outcome with one call, under the name as it was given', async () => {
    cloud.clock.advance(3_600_000)

    const outcome = await outcomeOfEvent({ Records: [inSqs(ended('Failed'))] }, aws)

    expect(outcome).toMatchObject({ outcome: 'failed', name: 'Signs', arn: ARN })
    expect(cloud.calls.names()).toEqual(['sagemaker:DescribeLabelingJob'])
  })

  test('gives nothing for what is about something else, without a call', async () => {
    expect(await outcomeOfEvent({ Records: [] }, aws)).toBeUndefined()
    expect(cloud.calls.names()).toEqual([])
  })

  test('believes AWS more than an event', async () => {
    expect(await outcomeOfEvent(ended(), aws)).toBeUndefined()
  })

  test('refuses the job of another region, of another account, and odd options', async () => {
    const code = (event: unknown, options = {}) =>
      outcomeOfEvent(event, aws, options).catch((thrown) => thrown.code)

    expect(await code(ended('Failed', { resources: [ARN.replace('us-east-1', 'eu-west-1')] }))).toBe(
      'refused-call',
    )
    expect(await code(ended('Failed', { resources: [ARN.replace('1111', '4444')] }))).toBe('refused-call')
    expect(await code(ended(), { timeout: 5 })).toBe('refused-call')
  })
})
