import { expect, test } from 'vitest'
import { boxes, create, labelingWorld, stateOf, streaming, TOPIC } from './labeling-world.js'

test('a stream stays in progress and labels what is published', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ failEvery: 3 })
  await create(cloud, boxes(keyArn, streaming))
  cloud.publish(TOPIC, { 'source-ref': 's3://acme-gt/in/lost.jpg' })
  cloud.clock.advance(60_000)
  cloud.publish(TOPIC, { 'source-ref': 's3://acme-gt/in/early.jpg' })
  cloud.publish(`${TOPIC}-2`, { 'source-ref': 's3://acme-gt/in/other.jpg' })
  cloud.clock.advance(32_000)
  const first = await stateOf(cloud)
  cloud.clock.advance(86_400_000)
  cloud.publish(TOPIC, { source: 'b' })
  cloud.publish(TOPIC, { source: 'c' })
  const published = await stateOf(cloud)

  cloud.clock.advance(3_000)

  expect(first).toEqual(['InProgress', 1, 0, 0, 0])
  expect(published).toEqual(['InProgress', 1, 0, 0, 2])
  expect(await stateOf(cloud)).toEqual(['InProgress', 2, 0, 0, 1])
  cloud.clock.advance(1_000)
  expect(await stateOf(cloud)).toEqual(['InProgress', 2, 0, 1, 0])
})

test('a stream starts with its manifest, and ends after ten idle days', async () => {
  const { cloud, keyArn } = labelingWorld()
  await create(
    cloud,
    boxes(keyArn, (request) => {
      request.InputConfig.DataSource.SnsDataSource = { SnsTopicArn: TOPIC }
    }),
  )

  cloud.clock.advance(10 * 86_400_000)
  const day10 = await stateOf(cloud)
  cloud.clock.advance(86_400_000)

  expect(day10).toEqual(['InProgress', 3, 0, 0, 0])
  expect(await stateOf(cloud)).toEqual(['Stopped', 3, 0, 0, 0])
})

test('objects of a stream fail when nobody works', async () => {
  const { cloud, keyArn } = labelingWorld()
  cloud.labeling({ workers: 'absent' })
  await create(cloud, boxes(keyArn, streaming))
  cloud.clock.advance(100_000)
  cloud.publish(TOPIC, { source: 'a' })

  cloud.clock.advance(30 * 86_400_000)

  expect((await stateOf(cloud)).slice(1)).toEqual([0, 0, 1, 0])
})
