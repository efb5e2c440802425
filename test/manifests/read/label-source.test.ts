import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readJobLabels, readLabels } from '../../../src/manifests/read/read-labels.js'
import type { Source } from '../../../src/manifests/read/source.js'
import { awsWith } from '../aws-with.js'
import { textOf } from './sample-lines.js'

const OPTIONS = { task: 'image-classification', attribute: 'sky' } as const
const TEXT = '{"source-ref":"s3://acme-gt/in/1.jpg","sky":0}\n{"source-ref":"s3://acme-gt/in/2.jpg"}\n'
const AGAIN =
  'Cannot read labels from this stream again: a stream gives its contents once. Give the S3 address, an array, or a new stream for each reading; collect() counts in one pass.'

describe('labels', () => {
  it.each<[string, Source]>([
    ['an array', [TEXT]],
    ['an iterable that starts anew', { [Symbol.asyncIterator]: () => generated() }],
  ])('of %s are read anew by each loop', async (_name, source) => {
    const labels = readLabels(OPTIONS, source)

    expect(await statuses(labels)).toStrictEqual(['labeled', 'unlabeled'])
    expect(await statuses(labels)).toStrictEqual(['labeled', 'unlabeled'])
  })

  it.each<[string, () => Source]>([
    ['a generator', () => generated()],
    ['a stream of Node', () => Readable.from([TEXT])],
    ['a stream of the web', () => new Blob([TEXT]).stream() as unknown as Source],
  ])('of %s are not empty the second time: reading it again is refused', async (_name, open) => {
    const source = open()
    const labels = readLabels(OPTIONS, source)

    expect(await statuses(labels)).toStrictEqual(['labeled', 'unlabeled'])

    await expect(statuses(labels)).rejects.toMatchObject({ code: 'refused-call', message: AGAIN })
    await expect(statuses(readLabels(OPTIONS, source))).rejects.toThrow(AGAIN)
  })

  it.each<[string, unknown, string]>([
    [
      'bytes',
      new TextEncoder().encode(TEXT),
      'these bytes: they are not in parts. Give them in an array: [bytes].',
    ],
    ['nothing', undefined, 'undefined: it is no source of a manifest. Give an S3 address, a stream, or'],
    [
      'a promise',
      Promise.resolve([TEXT]),
      'a promise that was not awaited: it is no source of a manifest. Give an S3',
    ],
    ['lines that were parsed', [JSON.parse('{"source":"x"}')], 'this source: a part of it is an object.'],
    [
      'a part that is missing',
      [null],
      'this source: a part of it is null. Give an S3 address, a stream, or strings',
    ],
  ])('of %s are refused, not taken for an empty manifest', async (_name, source, words) => {
    const reading = statuses(readLabels(OPTIONS, source as Source))

    await expect(reading).rejects.toMatchObject({
      code: 'refused-call',
      message: expect.stringContaining(`Cannot read labels from ${words}`),
    })
  })

  it('of lines whose line breaks are gone are told to be several objects', async () => {
    const lines = TEXT.trimEnd().split('\n')

    await expect(statuses(readLabels(OPTIONS, lines))).rejects.toThrow(
      'Cannot read line 1 of the manifest: it holds several objects with no line break between them.',
    )
  })

  it.each(['{"a":"}{"', '{"a":1}{'])('of one broken object are not told to be several: %s', async (line) => {
    const reading = statuses(readLabels(OPTIONS, [line]))

    await expect(reading).rejects.toMatchObject({ code: 'line-unreadable' })
  })

  it.each([
    ['no task', { attribute: 'sky' }, 'task is the name of a task'],
    [
      'a task with an underscore',
      { task: 'bounding_box', attribute: 'sky' },
      "task is the name of a task (did you mean 'bounding-box'?)",
    ],
    ['a task that is not there', { ...OPTIONS, task: 'boxes' }, 'task is the name of a task'],
    ['an empty attribute', { ...OPTIONS, attribute: '' }, 'attribute is a label attribute name'],
    ['another word for bad lines', { ...OPTIONS, onBadLine: 'skip' }, "onBadLine is 'throw' or 'report'"],
    ['a misspelt option', { ...OPTIONS, onbadline: 'report' }, 'it has no option "onbadline"'],
  ])('are refused for %s', async (_name, which, words) => {
    const reading = statuses(readLabels(which as unknown as typeof OPTIONS, [TEXT]))

    await expect(reading).rejects.toMatchObject({
      code: 'refused-call',
      message: expect.stringContaining(words),
    })
  })
})

describe('an attribute that no object has', () => {
  const lines = [
    '{"source-ref":"s3://a/1","boxes":1,"boxes-metadata":{}}',
    '{"source-ref":"s3://a/2","boxes":1,"boxes-metadata":{},"check-metadata":{},"source-ref-metadata":{}}',
  ]

  it('is told with the attributes that are there', async () => {
    const seen: string[] = []
    const reading = statuses(readLabels(OPTIONS, [lines.join('\n')]), seen)

    await expect(reading).rejects.toMatchObject({
      code: 'refused-call',
      message:
        'Cannot read labels under "sky": none of the 2 objects has this attribute; there are labels under boxes, check. Give the label attribute name of the job that made the labels (LabelAttributeName in its description).',
    })
    expect(seen).toStrictEqual(['unlabeled', 'unlabeled'])
  })

  it('is told for a single object, and with ten names at most', async () => {
    const line = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`a${index}-metadata`, {}]))

    const reading = statuses(readLabels(OPTIONS, [textOf({ source: 'x', ...line })]))

    await expect(reading).rejects.toThrow(
      'the only object does not have this attribute; there are labels under a0, a1, a2, a3, a4, a5, a6, a7, a8, a9.',
    )
  })

  it.each([
    ['there are no labels at all', ['{"source":"x","other":1}']],
    ['one line has it', [`${lines[0]}\n`, '{"source":"x","sky-metadata":{}}']],
    ['a line that cannot be read may have it', [`${lines[0]}\n`, '{']],
  ])('is nothing to tell when %s', async (_name, source) => {
    const labels = readLabels({ ...OPTIONS, onBadLine: 'report' }, source)

    await expect(statuses(labels)).resolves.toHaveLength(source.length)
  })

  it('is nothing to tell of a job that has labeled nothing yet', async () => {
    const Body = Object.assign(Readable.from([Buffer.from(lines.join('\n'))]), {
      transformToString: async () => '',
    })
    const aws = awsWith({ 's3:GetObject': () => ({ Body }) })

    expect(await statuses(readJobLabels(OPTIONS, 's3://acme/out', aws))).toStrictEqual([
      'unlabeled',
      'unlabeled',
    ])
  })
})

async function* generated(): AsyncGenerator<string> {
  yield TEXT
}

async function statuses(labels: AsyncIterable<{ status: string }>, list: string[] = []): Promise<string[]> {
  for await (const { status } of labels) list.push(status)
  return list
}
