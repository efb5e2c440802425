import { deflateSync } from 'node:zlib'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { collect } from '../../../src/manifests/overview/collect.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { awsHolding } from '../aws-holding.js'

const MAP = {
  0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', confidence: 0.5 },
  1: { 'class-name': 'road', 'hex-color': '#000000', confidence: 0.5 },
  2: { 'hex-color': '#0000ff', confidence: 0.5 },
  3: { 'class-name': 'sky', 'hex-color': '#00ff00', confidence: 0.5 },
}

describe('what lies in other objects', () => {
  it('is collected of the frames of sequences: every object by its class', async () => {
    const box = { left: 1, top: 2, width: 3, height: 4 }
    const frames = [
      {
        annotations: [
          { ...box, 'class-id': 0 },
          { ...box, 'class-id': 1 },
        ],
      },
      { annotations: [{ ...box, 'class-id': 0, confidence: 0.95 }, box] },
    ]
    const file = JSON.stringify({ 'detection-annotations': frames })
    const { aws } = awsHolding({ 's3://acme-gt/0': file, 's3://acme-gt/1': file })

    const { classes, confidence } = await collect(
      manifestOf('video-frame-object-detection', 2, { 'class-map': { 0: 'Car', 1: 'Bus' } }, aws),
    )

    expect([...classes]).toStrictEqual([
      ['Car', 4],
      ['(unnamed)', 2],
      ['Bus', 2],
    ])
    expect(confidence).toStrictEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 2])
  })

  it('is counted where parts of frames cannot be read: no object is lost without a word', async () => {
    const box = { left: 1, top: 2, width: 3, height: 4, 'class-id': 0 }
    const frames = [{ annotations: [box, { left: 1 }], lines: [1] }, 'no frame']
    const { aws } = awsHolding({ 's3://acme-gt/0': JSON.stringify({ 'detection-annotations': frames }) })

    const collected = await collect(
      manifestOf('video-frame-object-detection', 1, { 'class-map': { 0: 'Car' } }, aws),
    )

    expect(collected.unreadableParts).toBe(3)
    expect([...collected.classes]).toStrictEqual([['Car', 1]])
    expect(String(collected).split('\n')[1]).toBe('3 parts of frames unreadable')
  })

  it('is collected of masks: the classes that occur, and the size of the image', async () => {
    const png = encode({ width: 3, height: 1, channels: 3, data: Uint8Array.of(0, 0, 0, 0, 0, 255, 9, 9, 9) })
    const { aws } = awsHolding({ 's3://acme-gt/0': png })

    const { classes, sizes, confidence } = await collect(
      manifestOf('semantic-segmentation', 1, { 'internal-color-map': MAP }, aws),
    )

    expect([...classes]).toStrictEqual([
      ['(unnamed)', 1],
      ['road', 1],
    ])
    expect([...sizes]).toStrictEqual([['3x1', 1]])
    expect(confidence[5]).toBe(1)
  })

  it('is collected of point masks', async () => {
    const { aws } = awsHolding({ 's3://acme-gt/0': deflateSync(Uint8Array.of(3, 3, 1, 9)) })

    const { classes, sizes } = await collect(
      manifestOf('point-cloud-semantic-segmentation', 1, { 'color-map': MAP }, aws),
    )

    expect([...classes]).toStrictEqual([
      ['(unnamed)', 1],
      ['road', 1],
      ['sky', 1],
    ])
    expect(sizes.size).toBe(0)
  })

  it('is fetched up to sixteen at once', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`s3://acme-gt/${at}`, '{}']))
    const { aws, most } = awsHolding(files)

    await collect(manifestOf('video-frame-object-tracking', 40, {}, aws))

    expect(most()).toBe(16)
  })

  it('is not fetched when it is not wanted, or cannot be: what the lines tell counts', async () => {
    const metadata = { 'class-map': { 0: 'Car', 1: 'Bus' } }
    const { aws } = awsHolding({})
    const unread = [
      await collect(manifestOf('video-frame-object-tracking', 2, metadata, aws), { files: false }),
      await collect(manifestOf('video-frame-object-tracking', 2, metadata)),
    ]
    const mask = await collect(manifestOf('semantic-segmentation', 1, { 'internal-color-map': MAP }))

    for (const { classes } of unread) expect(Object.fromEntries(classes)).toStrictEqual({ Bus: 2, Car: 2 })
    expect([mask.classes.size, mask.sizes.size, mask.confidence[5]]).toStrictEqual([0, 0, 1])
    expect(aws.calls).toHaveLength(0)
  })

  it('ends the collecting when it cannot be had', async () => {
    const { aws } = awsHolding({})

    await expect(collect(manifestOf('semantic-segmentation', 3, {}, aws))).rejects.toThrow('no such object')
  })

  it('is waited for by nobody once the signal is aborted', async () => {
    const stop = new AbortController()
    const { aws } = awsHolding({ 's3://acme-gt/0': '{}' }, () => stop.abort())

    const collecting = collect(manifestOf('video-frame-object-tracking', 1, {}, aws), { signal: stop.signal })

    await expect(collecting).rejects.toMatchObject({ code: 'aborted' })
  })

  it('is collected with options that exist', async () => {
    await expect(collect([], { file: false } as never)).rejects.toThrow('it has no option "file"')
  })
})

function manifestOf(
  task: TaskName,
  count: number,
  metadata: object,
  aws?: ReturnType<typeof awsHolding>['aws'],
) {
  const lines = Array.from({ length: count }, (_, at) => {
    const line = { 'source-ref': `s3://acme-gt/in/${at}`, a: `s3://acme-gt/${at}`, 'a-metadata': metadata }
    return `${JSON.stringify(line)}\n`
  })
  return readLabels({ task, attribute: 'a' }, lines, aws)
}
