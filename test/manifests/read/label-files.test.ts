import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSequence } from '../../../src/manifests/frames/read-sequence.js'
import { makeFrameSplitter } from '../../../src/manifests/frames/split-frames.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { runs } from '../../support/runs.js'
import { awsWith } from '../aws-with.js'

const URI = 's3://acme-gt/out/SeqLabel.json'

describe('the frames of a label', () => {
  it('are fetched with the connection of the manifest, anew by each loop', async () => {
    const box = { left: 1, top: 2, width: 3, height: 4, 'class-id': 0 }
    const file = { 'detection-annotations': [{ 'frame-no': 0, annotations: [box] }, { 'frame-no': 1 }] }
    const aws = awsHolding(JSON.stringify(file))
    const label = await labelOf('video-frame-object-detection', { 'class-map': { 0: 'Car' } }, aws)

    const frames = label.frames()

    const once = await all(frames)
    expect(once).toStrictEqual(readSequence(JSON.stringify(file), { classMap: { 0: 'Car' } }).frames)
    expect(once[0]?.objects[0]?.className).toBe('Car')
    expect(await all(frames)).toStrictEqual(once)
    expect(aws.calls).toHaveLength(2)
    expect(aws.calls[0]).toStrictEqual({
      name: 's3:GetObject',
      input: { Bucket: 'acme-gt', Key: 'out/SeqLabel.json' },
      options: { what: `Cannot read the sequence ${URI}` },
    })
  })

  it('have the confidences that stand in the manifest, 0 as unknown', async () => {
    const cuboid = { 'center-x': 1, 'center-y': 1, 'center-z': 1, length: 1, width: 1, height: 1, yaw: 0 }
    const list = [300, 301].map((number) => ({ 'frame-number': number, annotations: [cuboid, cuboid] }))
    const objects = [{ 'frame-no': '301', confidence: [0.5, 0] }, { 'frame-no': 300, confidence: [] }, 4]
    const aws = awsHolding(JSON.stringify({ 'tracking-annotations': list }))
    const label = await labelOf('point-cloud-object-tracking', { objects }, aws)

    const frames = await all(label.frames())

    expect(frames.map((frame) => frame.objects.map((object) => object.confidence))).toStrictEqual([
      [undefined, undefined],
      [0.5, undefined],
    ])
  })

  it('leave the confidence of a camera box unknown: it was that of the cuboid of the same place', async () => {
    const cuboid = { 'center-x': 1, 'center-y': 1, 'center-z': 1, length: 1, width: 1, height: 1, yaw: 0 }
    const box = { left: 1, top: 2, width: 3, height: 4 }
    const file = {
      lidar: { 'tracking-annotations': [{ 'frame-number': 0, annotations: [cuboid] }] },
      'camera-0': { 'tracking-annotations': [{ 'frame-no': 0, annotations: [box] }] },
    }
    const objects = [{ 'frame-no': 0, confidence: [0.97] }]
    const label = await labelOf('point-cloud-object-tracking', { objects }, awsHolding(JSON.stringify(file)))

    const frames = await all(label.frames())

    expect(frames.map((frame) => [frame.sensor, frame.objects[0]?.confidence])).toStrictEqual([
      ['lidar', 0.97],
      ['camera-0', undefined],
    ])
  })

  it('that are nested too deep are unreadable, and the others are read', async () => {
    const deep = `{"frame-attributes":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const label = await labelOf(
      'video-frame-object-tracking',
      {},
      awsHolding(`{"tracking-annotations":[${deep},{"frame-no":1}]}`),
    )

    expect((await all(label.frames())).map((frame) => [frame.frameNumber, frame.unreadable])).toStrictEqual([
      [
        undefined,
        [{ path: 'tracking-annotations[0]', reason: 'its values are more than 1,000 levels deep' }],
      ],
      [1, []],
    ])
  })

  it.each([
    ['{"tracking-annotations":[{"frame-no":0}', 'it ends in the middle'],
    ['{"tracking-annotations":[{"frame-no":0}]} {', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0},{frame}]}', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0}}', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0}],tracking:1}', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0}],"\\x":1}', 'it is not JSON'],
    ['{"tracking-annotations" [{"frame-no":0} {"frame-no":1}]}', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0} {"frame-no":1}]}', 'it is not JSON'],
    ['{"tracking-annotations":[{"frame-no":0},]}', 'it is not JSON'],
    ['{"tracking-annotations":[],}', 'it is not JSON'],
    ['{"tracking-annotations":[]"x":1}', 'it is not JSON'],
    ['{"x":[1 2],"tracking-annotations":[]}', 'it is not JSON'],
    [' [1]', 'it is no JSON object'],
    ['', 'it is empty'],
    [Uint8Array.of(0x7b, 0xff), 'it is not UTF-8'],
  ])('stop where their file is broken: %j', async (file, reason) => {
    const label = await labelOf('video-frame-object-tracking', {}, awsHolding(file))

    await expect(all(label.frames())).rejects.toMatchObject({
      code: 'line-unreadable',
      data: { line: 1, reason },
    })
  })

  it('name what stands in the place of their list', async () => {
    const label = await labelOf(
      'point-cloud-object-tracking',
      {},
      awsHolding('{"lidar":{"tracking-annotations":"none"}}'),
    )

    expect((await all(label.frames())).map((frame) => [frame.sensor, frame.unreadable])).toStrictEqual([
      ['lidar', [{ path: 'lidar.tracking-annotations', reason: 'it is no list' }]],
    ])
  })

  it('are not looked for in a value without an end: each part of it was looked through again', () => {
    const splitter = makeFrameSplitter(20)
    for (const part of ['{"x":"', 'aaaa', 'aaaa', 'aaaa', '","tracking-annotations":[{}', ']}'])
      splitter.push(part)
    splitter.end()

    const endless = makeFrameSplitter(20)
    endless.push(`{"x":"${'a'.repeat(19)}`)
    expect(() => endless.push('a')).toThrow('a value of it is longer than 20 characters')
  })

  it('are those of the whole file, however it is cut', () => {
    const odd = fc.constantFrom<unknown>(
      ...[null, true, -1.5e-7, '', '\\', '"]}', '{[\\"', '🎈\u2028', [], [[]], {}, { a: [{ '}': ']' }] }],
      ...[{ 'frame-no': 1, annotations: [{ left: 1 }] }, { '\\"': '\\\\"' }, 'tracking-annotations'],
    )
    const list = fc.array(odd, { maxLength: 4 })
    const lists = fc.dictionary(fc.constantFrom('tracking-annotations', 'detection-annotations', 'a"b'), list)
    const keys = fc.constantFrom('lidar', 'camera-0', '\\', 'tracking-annotations', 'x')
    const file = fc.dictionary(keys, fc.oneof(lists, list, odd))

    fc.assert(
      fc.property(file, fc.array(fc.nat(400), { maxLength: 30 }), fc.boolean(), (value, cuts, isWide) => {
        const text = `\uFEFF${JSON.stringify(value, undefined, isWide ? 2 : undefined)}\n`
        const borders = [0, ...cuts.sort((one, other) => one - other), text.length]
        const splitter = makeFrameSplitter()
        const found = borders.slice(1).flatMap((end, at) => [...splitter.push(text.slice(borders[at], end))])
        splitter.end()

        const { frames } = readSequence(text)
        const split = found.filter((one) => one.text !== undefined)
        expect(split.map((one) => one.sensor)).toStrictEqual(frames.map((one) => one.sensor))
        expect(split.map((one) => JSON.parse(one.text as string))).toStrictEqual(
          framesOf(JSON.parse(text.slice(1))),
        )
      }),
      { numRuns: runs(2000) },
    )
  })
})

describe('the mask of a label', () => {
  it.each(['semantic-segmentation', 'point-cloud-semantic-segmentation'] as const)(
    'of %s is fetched as it is stored',
    async (task) => {
      const bytes = Uint8Array.of(1, 2, 3)
      const label = await labelOf(task, {}, awsHolding(bytes))

      expect(await label.mask()).toStrictEqual(bytes)
    },
  )

  it.each(['semantic-segmentation', 'video-frame-object-tracking'] as const)(
    'cannot be fetched, nor can frames, when the manifest was read without a connection: %s',
    async (task) => {
      const label = await labelOf(task, {})

      const fetching = 'mask' in label ? label.mask() : all(label.frames())

      await expect(fetching).rejects.toMatchObject({ code: 'refused-call' })
      await expect(fetching).rejects.toThrow('there is no connection to AWS: give the value of connect()')
    },
  )

  it('takes no option that it does not have', async () => {
    const label = await labelOf('semantic-segmentation', {}, awsHolding('x'))

    await expect(label.mask({ sginal: 1 } as never)).rejects.toThrow('it has no option "sginal"')
  })
})

/** Every frame of a file, found by looking at all of it. */
function framesOf(file: Record<string, unknown>): readonly unknown[] {
  const isList = (key: string) => key.endsWith('-annotations')
  return Object.entries(file).flatMap(([key, value]) => {
    if (isList(key)) return Array.isArray(value) ? value : []
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    return Object.entries(value).flatMap(([inner, list]) =>
      isList(inner) && Array.isArray(list) ? list : [],
    )
  })
}

async function labelOf<Name extends TaskName>(
  task: Name,
  metadata: object,
  aws?: ReturnType<typeof awsHolding>,
) {
  const line = { 'source-ref': 's3://acme-gt/in/1', 'a-ref': URI, 'a-ref-metadata': metadata }
  for await (const label of readLabels({ task, attribute: 'a-ref' }, [JSON.stringify(line)], aws)) {
    if (label.status === 'labeled') return label
  }
  throw new Error('there is no label')
}

function awsHolding(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  async function* body() {
    for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
  }
  return awsWith({
    's3:GetObject': () => ({
      Body: Object.assign(body(), { transformToString: async () => '' }),
      ContentLength: bytes.length,
    }),
  })
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
