import { beforeEach, describe, expect, test } from 'vitest'
import { type Aws, connect, type SentObject, sendObjects } from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { signsStream } from '../support/signs-stream.js'

const CALL = 'sns:PublishBatch'
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:signs-in'

let cloud: FakeAws
let aws: Aws

beforeEach(() => {
  cloud = fakeAws()
  for (const name of ['signs-in', 'signs-in.fifo']) cloud.topic({ name })
  aws = cloud.connect()
})

const images = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ 'source-ref': `s3://gt/in/${index}.jpg` }))

async function all<Thing>(things: AsyncIterable<Thing>): Promise<Thing[]> {
  const taken: Thing[] = []
  for await (const thing of things) taken.push(thing)
  return taken
}

const statuses = (sent: readonly SentObject[]) => sent.map(({ status }) => status)

/** The messages of each call. */
const sentTo = () =>
  cloud.calls
    .of(CALL)
    .map(({ input }) =>
      (input['PublishBatchRequestEntries'] as { Message: string }[]).map(({ Message }) =>
        JSON.parse(Message),
      ),
    )

describe('sendObjects', () => {
  test('sends ten a call, with the id by which each is known when it comes again', async () => {
    const { running, manifest } = await signsStream(cloud, TOPIC)
    const objects = images(25)

    const sent = await all(sendObjects(objects, TOPIC, aws))
    await all(sendObjects(objects, TOPIC, aws))
    cloud.clock.advance(86_400_000)

    expect(sent.map(({ object, status }) => [object, status])).toEqual(
      objects.map((object) => [object, 'sent']),
    )
    expect(sentTo().map(({ length }) => length)).toEqual([10, 10, 5, 10, 10, 5])
    expect(sentTo()[0]?.[0]).toEqual({
      'source-ref': 's3://gt/in/0.jpg',
      'dataset-objectid-attribute-name': 'source-ref',
    })
    expect((await running.status()).counters.labeled).toBe(25)
    expect(manifest()).toHaveLength(25)
  })

  test('gives texts a digest for an id, and leaves an id of its own to an object', async () => {
    const own = { source: 'Hello', ticket: '17', 'dataset-objectid-attribute-name': 'ticket' }

    await all(sendObjects([{ source: 'Hello' }, own], TOPIC, aws))

    expect(sentTo()).toEqual([
      [
        {
          source: 'Hello',
          'object-id': '185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969',
          'dataset-objectid-attribute-name': 'object-id',
        },
        own,
      ],
    ])
  })

  test('keeps a batch below what SNS takes', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => ({
      source: String(index),
      ...Object.fromEntries(Array.from({ length: 4 }, (_, part) => [`part-${part}`, 'x'.repeat(19_000)])),
    }))

    await all(sendObjects(texts, TOPIC, aws))

    expect(sentTo().map(({ length }) => length)).toEqual([3, 3, 3, 1])
  })

  test('tells each object that is none, and sends the others', async () => {
    const sent = await all(sendObjects([{ 'source-ref': 'https://gt/1.jpg' }, {}, ...images(1)], TOPIC, aws))

    expect(statuses(sent)).toEqual(['failed', 'failed', 'sent'])
    expect(sent[0]?.error).toMatchObject({
      code: 'manifest-invalid',
      data: { problems: [{ code: 'source-address' }] },
    })
  })

  test('sends again what SNS may take later, and tells what it will not take', async () => {
    let calls = 0
    const instead = () => {
      calls++
      if (calls === 1)
        return {
          Successful: [{ Id: '0' }],
          Failed: [
            { Id: '1', Code: 'InternalError', Message: 'later', SenderFault: false },
            { Id: '2', Code: 'InvalidParameter', Message: 'never', SenderFault: true },
          ],
        }
      return { Successful: [{ Id: '1' }] }
    }
    cloud.inject({ call: CALL, fault: { instead }, times: 2 })

    const sent = await all(sendObjects(images(3), TOPIC, aws))

    expect(statuses(sent)).toEqual(['sent', 'sent', 'failed'])
    expect(sent[2]?.error?.message).toBe(
      'Cannot send the object: sns:PublishBatch answered InvalidParameter: never. Send the object again; its id keeps it from being labeled twice.',
    )
  })

  test('does not take silence for success', async () => {
    cloud.inject({ call: CALL, fault: { instead: () => ({}) }, times: Number.POSITIVE_INFINITY })

    const sent = await all(sendObjects(images(1), TOPIC, aws))

    expect(sent[0]?.error).toMatchObject({ code: 'aws-call-failed', data: { mayHaveHappened: true } })
    expect(cloud.calls.of(CALL)).toHaveLength(7)
  })

  test('outlives throttling and calls without an answer', async () => {
    cloud.inject({ call: CALL, fault: 'throttle', times: 2 })
    cloud.inject({ call: CALL, fault: 'timeout-after-write' })

    expect(statuses(await all(sendObjects(images(1), TOPIC, aws)))).toEqual(['sent'])
  })

  test('tells every object of a call that is refused, and goes on', async () => {
    cloud.inject({ call: CALL, fault: 'access-denied' })

    const sent = await all(sendObjects(images(12), TOPIC, aws, { concurrency: 1 }))

    expect(statuses(sent)).toEqual([...Array(10).fill('failed'), 'sent', 'sent'])
    expect(sent[0]?.error).toMatchObject({ code: 'access-denied' })
  })

  test('gives a FIFO topic a group and an id for each', async () => {
    const sent = await all(sendObjects(images(1), `${TOPIC}.fifo`, aws))

    expect(statuses(sent)).toEqual(['sent'])
    expect(cloud.calls.of(CALL)[0]?.input['PublishBatchRequestEntries']).toMatchObject([
      { MessageGroupId: 'labeling-job', MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
  })

  test('sends what has come when the rest lets wait for itself', async () => {
    let more = () => {}
    async function* source() {
      yield* images(3)
      await new Promise<void>((resolve) => (more = resolve))
      yield* images(1)
    }
    const results = sendObjects(source(), TOPIC, aws)

    expect((await results.next()).value).toMatchObject({ status: 'sent' })
    expect(sentTo().map(({ length }) => length)).toEqual([3])
    more()
    expect(await all(results)).toHaveLength(3)
  })

  test('tells on abort what was not tried', async () => {
    const stop = new AbortController()
    const sent: string[] = []
    const lines: string[] = []

    for await (const { status } of sendObjects(images(40), TOPIC, aws, {
      concurrency: 1,
      signal: stop.signal,
      onProgress: (progress) => lines.push(String(progress)),
    })) {
      sent.push(status)
      stop.abort()
    }

    expect(sent).toHaveLength(40)
    expect(sent.filter((status) => status === 'sent').length).toBe(cloud.calls.of(CALL).length * 10)
    expect(sent.at(-1)).toBe('not-tried')
    expect(lines[0]).toBe('objects: 10 of 40; sent: 10')
  })

  test('tells of a set how many objects it has', async () => {
    const lines: string[] = []

    await all(
      sendObjects(new Set(images(12)), TOPIC, aws, {
        onProgress: (progress) => lines.push(String(progress)),
      }),
    )

    expect(lines.at(-1)).toBe('objects: 12 of 12; sent: 12')
  })

  test('names the client that is missing', async () => {
    const clients = () => {
      throw Object.assign(new Error('missing'), { code: 'client-missing' })
    }
    const without = connect({ region: 'us-east-1', clients: clients as never })

    await expect(all(sendObjects(images(1), TOPIC, without))).rejects.toThrow('missing')
  })

  test('refuses what is no topic, a topic of another region, and odd options', async () => {
    const refused = (topic: string, options = {}) => all(sendObjects(images(1), topic as never, aws, options))

    await expect(refused('signs')).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(refused(TOPIC.replace('us-east-1', 'eu-west-1'))).rejects.toMatchObject({
      code: 'refused-call',
    })
    await expect(refused(TOPIC, { concurrency: 'all' })).rejects.toMatchObject({ code: 'refused-call' })
    await expect(all(sendObjects(7 as never, TOPIC, aws))).rejects.toMatchObject({ code: 'refused-call' })
    expect(cloud.calls.names()).toEqual([])
  })
})
