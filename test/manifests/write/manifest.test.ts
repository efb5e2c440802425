import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../src/errors/problem.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { manifest, manifestLines } from '../../../src/manifests/write/manifest.js'
import { pointCloudFrame } from '../../../src/manifests/write/point-cloud-frame.js'
import type { LabelingJobError } from '../../../src/running/error-data.js'
import { TASK_TABLE, type TaskName } from '../../../src/tasks/task-table.js'

const IMAGE = { 'source-ref': 's3://acme-gt/in/0001.jpg' }
const CUSTOM = { task: 'custom' } as const

describe('manifest', () => {
  it('writes one line for each object, with its further keys', () => {
    const objects = [
      { ...IMAGE, camera: 7, note: 'left\nside' },
      { 'source-ref': 's3://acme-gt/in/Łódź 🎈.png' },
    ]

    const made = manifest(objects, { task: 'bounding-box' })

    expect({ ...made, toString: undefined }).toStrictEqual({
      text: [
        '{"source-ref":"s3://acme-gt/in/0001.jpg","camera":7,"note":"left\\nside"}\n',
        '{"source-ref":"s3://acme-gt/in/Łódź 🎈.png"}\n',
      ].join(''),
      objects: 2,
      warnings: [],
      toString: undefined,
    })
    expect(`${made}`).toBe(made.text)
    expect(inspect(made)).toBe('a manifest of 2 objects: 118 characters')
    expect(Object.isFrozen(made)).toBe(true)
  })

  it.each([
    [
      'shows its address by a getter only',
      new (class {
        get 'source-ref'() {
          return IMAGE['source-ref']
        }
      })(),
    ],
    ['says in toJSON that it is empty', { ...IMAGE, toJSON: () => ({}) }],
  ])('checks what is written, not what an object shows: one that %s', (_name, object) => {
    expect(codesOf([object], { task: 'bounding-box' })).toStrictEqual(['source-count'])
  })

  it('refuses an object that is written as no object', () => {
    const object = { ...IMAGE, toJSON: () => 'text' }

    expect(codesOf([object], { task: 'bounding-box' })).toStrictEqual(['not-json'])
  })

  it.each<[string, unknown, unknown, string]>([
    ['no options', [IMAGE], undefined, 'it was given no object with options'],
    ['a task that is not there', [IMAGE], { task: 'boxes' }, 'its task is "boxes", which is no task'],
    [
      'a misspelt option',
      [IMAGE],
      { task: 'custom', autoLabelling: true },
      'it has no option "autoLabelling"',
    ],
    ['no objects', undefined, { task: 'custom' }, 'it was given no list of objects'],
    ['nothing', null, { task: 'custom' }, 'it was given no list of objects'],
    ['text', 'abc', { task: 'custom' }, 'it was given no list of objects'],
  ])('is refused for %s', async (_name, objects, options, words) => {
    const lines = manifestLines(objects as never, options as never)

    expect(() => manifest(objects as never, options as never)).toThrow(words)
    await expect(lines[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'refused-call',
      message: expect.stringContaining(words),
    })
  })

  it('escapes what some readers take for a line break', () => {
    const { text } = manifest([{ source: 'a\u2028b\u2029c\u0085d' }], { task: 'text-classification' })

    expect(text).toBe('{"source":"a\\u2028b\\u2029c\\u0085d"}\n')
  })

  it('does not compile with the wrong key for the task', () => {
    const wrong = () => {
      // @ts-expect-error a text task reads `source`
      manifest([{ 'source-ref': 's3://acme-gt/in/1.txt' }], { task: 'text-classification' })
      // @ts-expect-error an image task reads `source-ref`
      manifest([{ source: 'words' }], { task: 'bounding-box' })
      // @ts-expect-error a line has one of the two
      manifest([{ source: 'words', 'source-ref': 's3://acme-gt/in/1.jpg' }], { task: 'custom' })
      // @ts-expect-error a frame of a point cloud needs metadata
      manifest([{ 'source-ref': 's3://acme-gt/in/1.bin' }], { task: 'point-cloud-object-detection' })
      // @ts-expect-error named entity recognition has no automated labeling
      manifest([{ source: 'words' }], { task: 'named-entity-recognition', autoLabeling: true })
    }
    interface Row {
      readonly source: string
      readonly id: number
    }
    const rows: readonly Row[] = [{ source: 'words', id: 4 }]

    expect(manifest(rows, { task: 'named-entity-recognition', autoLabeling: false }).objects).toBe(1)
    expect(wrong).toThrow()
  })

  it('lists every broken rule at once, and never what an object says', () => {
    const secret = 'patient-7731'
    const objects = [
      IMAGE,
      { source: secret },
      {},
      { ...IMAGE, $seq: secret },
      { 'source-ref': `https://acme/${secret}` },
    ]

    const thrown = errorOf(objects, { task: 'bounding-box' })

    expect(thrown).toMatchObject({ name: 'LabelingJobError', code: 'manifest-invalid' })
    expect(thrown.message).toBe(
      [
        'Cannot write the manifest for bounding-box: it breaks rules of Ground Truth in 4 places. ',
        '- line 2, source: it is there. This task reads objects in S3. Give source-ref.',
        "- line 3: it has neither source-ref nor source. A line has exactly one of the two. Give one: 'source-ref' with the address of an object in S3, or source with a text.",
        '- line 4, $seq: its name begins with $. AWS keeps such names for itself. Rename the key.',
        '- line 5, source-ref: it is no s3:// address of an object. The object lies in S3. Give s3://bucket/key.',
      ].join('\n'),
    )
    expect(thrown.data.count).toBe(4)
    expect(thrown.data.problems[2]).toStrictEqual({
      code: 'attribute-dollar',
      severity: 'error',
      line: 4,
      path: '$seq',
      what: 'its name begins with $',
      why: 'AWS keeps such names for itself',
      fix: 'Rename the key',
      source: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sms-input-data-input-manifest.html',
    })
    expect(JSON.stringify(thrown.data) + thrown.stack).not.toContain(secret)
  })

  it('lists the first 100 of very many, tells ten, and counts all', () => {
    const thrown = errorOf(Array(250).fill({}), CUSTOM)

    expect(thrown.data.count).toBe(250)
    expect(thrown.data.problems.map(({ line }) => line)).toStrictEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    )
    expect(thrown.message.split('\n')).toHaveLength(12)
    expect(thrown.message).toMatch(/- and 240 more\.$/)
  })

  it.each<[string, TaskName, unknown, string[]]>([
    ['nothing', 'custom', null, ['not-an-object']],
    ['a list', 'custom', [IMAGE], ['not-an-object']],
    ['a bigint', 'custom', { source: 'x', id: 1n }, ['not-json']],
    ['a value that is left out', 'custom', { source: 'x', 'source-ref': undefined, $id: undefined }, []],
    ['a function that is left out', 'custom', { source: 'x', f: () => 1 }, []],
    ['both sources', 'custom', { ...IMAGE, source: 'x' }, ['source-count']],
    ['an address in a text task', 'text-classification', IMAGE, ['source-not-inline']],
    ['an empty text', 'text-classification', { source: '' }, ['source-empty']],
    ['a number as text', 'named-entity-recognition', { source: 4 }, ['source-empty']],
    ['a bucket', 'custom', { 'source-ref': 's3://acme-gt' }, ['source-address']],
    ['a folder', 'custom', { 'source-ref': 's3://acme-gt/in/' }, ['source-address']],
    ['a number as address', 'custom', { 'source-ref': 4 }, ['source-address']],
    ['another kind of image', 'bounding-box', { 'source-ref': 's3://a/b.gif' }, ['source-ending']],
    ['an image without ending', 'bounding-box', { 'source-ref': 's3://a/b' }, ['source-ending']],
    ['an ending in capitals', 'bounding-box', { 'source-ref': 's3://a/b.JPG' }, ['source-ending-case']],
    ['a jpeg', 'semantic-segmentation-verification', { 'source-ref': 's3://a/b.jpeg' }, []],
    ['a clip', 'video-classification', { 'source-ref': 's3://a/b.webm' }, []],
    ['an image as a clip', 'video-classification', IMAGE, ['source-ending']],
    ['a sequence', 'video-frame-object-tracking', { 'source-ref': 's3://a/b.json' }, []],
    ['an image as a sequence', 'point-cloud-object-tracking', IMAGE, ['source-ending']],
    ['anything in a custom task', 'custom', { 'source-ref': 's3://a/b.xyz' }, []],
    ['anything in a pass-through task', 'pass-through', { source: 'x' }, []],
    [
      'a frame without metadata',
      'point-cloud-object-detection',
      { 'source-ref': 's3://a/b.bin' },
      ['frame-metadata'],
    ],
    [
      'a frame with wrong metadata',
      'point-cloud-semantic-segmentation',
      { 'source-ref': 's3://a/b.bin', 'source-ref-metadata': { format: 'binary/rgb' } },
      ['frame-time', 'frame-format'],
    ],
    ['half a character', 'custom', { source: 'x', note: 'a\uD83C' }, ['not-utf-8']],
    ['half a character deep down', 'custom', { source: 'x', note: [1, { 'a\uDC00': null }] }, ['not-utf-8']],
    ['the text of an escape', 'custom', { source: '\\ud83c' }, []],
  ])('judges %s in %s', (_name, task, object, codes) => {
    expect(codesOf([object], { task })).toStrictEqual(codes)
  })

  it.each([
    ['20,000 letters', 'a'.repeat(20_000), []],
    ['20,001 letters', 'a'.repeat(20_001), ['attribute-too-long']],
    ['20,000 emoji', '🎈'.repeat(20_000), []],
    ['20,001 emoji', '🎈'.repeat(20_001), ['attribute-too-long']],
    ['a list of 20,000 characters as JSON', ['a'.repeat(19_996)], []],
    ['a list of 20,001 characters as JSON', ['a'.repeat(19_997)], ['attribute-too-long']],
  ])('judges an attribute of %s', (_name, note, codes) => {
    expect(codesOf([{ source: 'x', note }], CUSTOM)).toStrictEqual(codes)
  })

  it.each([
    ['100,000 letters', lineOf(100_000, 'a'), []],
    ['100,001 letters', lineOf(100_001, 'a'), ['line-too-long']],
    ['100,000 bytes', { ...lineOf(50_023, 'ł'), source: 'xx' }, []],
    ['100,001 bytes', { ...lineOf(50_023, 'ł'), source: 'xxx' }, ['line-over-100-kb']],
    ['100,000 characters of four bytes', lineOf(100_000, '🎈'), ['line-over-100-kb']],
    ['100,001 characters of four bytes', lineOf(100_001, '🎈'), ['line-too-long']],
  ])('judges a line of %s', (_name, line, codes) => {
    expect(codesOf([line], CUSTOM)).toStrictEqual(codes)
  })

  it.each<[number, TaskName, boolean, string[]]>([
    [0, 'bounding-box', false, ['no-objects']],
    [1249, 'bounding-box', true, ['too-few-for-auto-labeling']],
    [1250, 'bounding-box', true, ['few-for-auto-labeling']],
    [4999, 'bounding-box', true, ['few-for-auto-labeling']],
    [5000, 'bounding-box', true, []],
    [1, 'bounding-box', false, []],
    [20_000, 'semantic-segmentation', false, []],
    [20_001, 'semantic-segmentation', false, ['too-many-objects']],
    [20_001, 'semantic-segmentation-adjustment', false, ['over-object-quota']],
    [100_000, 'bounding-box', false, []],
    [100_001, 'bounding-box', false, ['over-object-quota']],
    [10, 'video-frame-object-detection', false, []],
    [11, 'video-frame-object-detection', false, ['over-object-quota']],
  ])('judges %i objects of %s, automated labeling %s', (count, task, autoLabeling, codes) => {
    const ending = task.startsWith('video') ? 'json' : 'jpg'

    const found = codesOf(numbered(count, ending), { task, autoLabeling: autoLabeling as never })

    expect(found).toStrictEqual(codes)
  })

  it('tells an object that is on several lines, which would be labeled as often', () => {
    const { warnings } = manifest(
      [...numbered(3, 'jpg'), ...numbered(2, 'jpg'), { 'source-ref': 's3://a/x.jpg' }],
      {
        task: 'bounding-box',
      },
    )

    expect(warnings.map(({ code, line, what, severity }) => ({ code, line, what, severity }))).toStrictEqual([
      {
        code: 'source-twice',
        line: 4,
        what: 'it is on line 1 already, and 1 line more like it',
        severity: 'warning',
      },
    ])
  })

  it('warns where a label attribute is taken, at most 100 times', () => {
    const lines = Array.from({ length: 70 }, () => ({ source: 'x', mood: 1, 'mood-metadata': {} }))

    const { warnings } = manifest(lines, { ...CUSTOM, attribute: 'mood' })

    expect(warnings).toHaveLength(100)
    expect(warnings.slice(0, 3).map(({ code, line, path }) => [code, line, path])).toStrictEqual([
      ['label-attribute-taken', 1, 'mood'],
      ['label-attribute-taken', 1, 'mood-metadata'],
      ['label-attribute-taken', 2, 'mood'],
    ])
    expect(manifest(lines, { ...CUSTOM, attribute: 'other' }).warnings).toStrictEqual([])
    expect(manifest(lines, { ...CUSTOM, attribute: 'constructor' }).warnings).toStrictEqual([])
  })

  it('looks into the metadata of a frame however it was made', () => {
    const metadata = { 'unix-timestamp': 1, 'ego-vehicle-pose': 7, images: 7 }
    const frame = { 'source-ref': 's3://a/b.bin', 'source-ref-metadata': metadata }

    const { data } = errorOf([frame], { task: 'point-cloud-object-detection' })

    expect(data.problems.map(({ path }) => path.replace('source-ref-metadata.', ''))).toStrictEqual([
      ...poseOf('ego-vehicle-pose'),
      ...['image-path', 'unix-timestamp', 'fx', 'fy', 'cx', 'cy'].map((field) => `images[0].${field}`),
      ...poseOf('images[0]'),
    ])
  })

  it('accepts an object of every task', () => {
    const accepted = (Object.keys(TASK_TABLE) as TaskName[]).map((task) => {
      const objects: object[] = [
        IMAGE,
        { source: 'words' },
        { 'source-ref': 's3://a/b.mp4' },
        { 'source-ref': 's3://a/b.json' },
        pointCloudFrame('s3://a/b.bin', { timestamp: 1.5 }),
      ]
      return objects.filter((object) => codesOf([object], { task }).length === 0).length > 0
    })

    expect(accepted).not.toContain(false)
  })

  it('is read again as it was written', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 20 })

    await fc.assert(
      fc.asyncProperty(texts, fc.jsonValue(), async (sources, extra) => {
        const objects = sources.map((source) => ({ source, extra }))
        const { text } = manifest(objects, { task: 'text-classification' })

        const lines = []
        for await (const label of readLabels({ task: 'text-classification', attribute: 'mood' }, [text])) {
          lines.push(label.line)
        }

        expect(lines).toStrictEqual(JSON.parse(JSON.stringify(objects)))
      }),
    )
  })
})

describe('manifestLines', () => {
  it('streams the lines of objects that come one by one', async () => {
    async function* objects() {
      yield { source: 'one' }
      yield { source: 'two' }
    }

    const lines = await all(manifestLines(objects(), { task: 'text-classification' }))

    expect(lines).toStrictEqual(['{"source":"one"}\n', '{"source":"two"}\n'])
  })

  it('stops at the first broken rule, checks the rest, and ends with all that was found', async () => {
    const objects = [{ source: 'one' }, { source: '' }, { source: 'three' }, { source: '' }]
    const lines: string[] = []

    const streaming = (async () => {
      for await (const line of manifestLines(objects, CUSTOM)) lines.push(line)
    })()

    await expect(streaming).rejects.toMatchObject({
      data: { count: 2, problems: [{ line: 2 }, { line: 4 }] },
    })
    expect(lines).toStrictEqual(['{"source":"one"}\n'])
  })

  it('hands warnings over at the end', async () => {
    const warnings: Problem[] = []
    const objects = [{ 'source-ref': 's3://a/b.JPG' }]

    await all(manifestLines(objects, { task: 'bounding-box' }))
    await all(
      manifestLines(objects, { task: 'bounding-box', onWarning: (warning) => warnings.push(warning) }),
    )

    expect(warnings.map(({ code, line, severity }) => [code, line, severity])).toStrictEqual([
      ['source-ending-case', 1, 'warning'],
    ])
  })
})

type LooseOptions = { task: TaskName; autoLabeling?: never }

function errorOf(objects: Iterable<unknown>, options: LooseOptions): LabelingJobError<'manifest-invalid'> {
  try {
    manifest(objects as Iterable<never>, options)
  } catch (thrown) {
    return thrown as LabelingJobError<'manifest-invalid'>
  }
  throw new Error('the manifest breaks no rule')
}

function codesOf(objects: Iterable<unknown>, options: LooseOptions): string[] {
  try {
    return manifest(objects as Iterable<never>, options).warnings.map(({ code }) => code)
  } catch (thrown) {
    return (thrown as LabelingJobError<'manifest-invalid'>).data.problems.map(({ code }) => code)
  }
}

function poseOf(path: string): string[] {
  const parts = [
    'position.x',
    'position.y',
    'position.z',
    'heading.qx',
    'heading.qy',
    'heading.qz',
    'heading.qw',
  ]
  return parts.map((part) => `${path}.${part}`)
}

function* numbered(count: number, ending: string): Generator<{ readonly 'source-ref': `s3://${string}` }> {
  for (let index = 0; index < count; index += 1) yield { 'source-ref': `s3://a/${index}.${ending}` }
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list = []
  for await (const item of items) list.push(item)
  return list
}

/** An object whose line has so many characters, in keys that are short enough. */
function lineOf(characters: number, filler: string): object {
  const line: Record<string, string> = { source: 'x' }
  let left = characters - JSON.stringify(line).length
  for (let part = 0; left > 0; part += 1) {
    const key = `part${part}`
    const frame = `,"${key}":""`.length
    const length = Math.min(left - frame, 19_000)
    line[key] = filler.repeat(length)
    left -= length + frame
  }
  return line
}
