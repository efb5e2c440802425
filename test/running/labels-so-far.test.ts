import { expect, test } from 'vitest'
import { sendObjects } from '../../src/index.js'
import { fakeAws } from '../../src/testing/index.js'
import { signsJob } from '../support/signs-job.js'
import { signsStream } from '../support/signs-stream.js'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:signs-in'

test('a stream gives the labels that there are so far, anew in each loop', async () => {
  const cloud = fakeAws()
  const { running } = await signsStream(cloud, TOPIC)
  const labels = running.labels()
  const sources = async () => {
    const found: unknown[] = []
    for await (const { source } of labels) found.push(source)
    return found
  }
  const send = async (object: object) => {
    for await (const { status } of sendObjects([object], TOPIC, cloud.connect())) expect(status).toBe('sent')
    cloud.clock.advance(3_600_000)
  }

  expect(await sources()).toEqual([])
  await send({ 'source-ref': 's3://gt/1.jpg' })
  expect(await sources()).toEqual(['s3://gt/1.jpg'])
  await send({ 'source-ref': 's3://gt/2.jpg' })
  expect(await sources()).toEqual(['s3://gt/1.jpg', 's3://gt/2.jpg'])
})

test('a job that ended without output has no labels to read', async () => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })
  cloud.role({ name: 'GtExec' })
  const running = await signsJob.create(cloud.connect())
  const first = () => running.labels()[Symbol.asyncIterator]().next()

  expect(await first()).toEqual({ done: true, value: undefined })
  cloud.clock.advance(3_600_000)
  await expect(first()).rejects.toMatchObject({ code: 'job-not-finished' })
})
