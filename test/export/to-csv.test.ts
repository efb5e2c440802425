import { describe, expect, it } from 'vitest'
import { toCsv } from '../../src/export/to-csv.js'
import { collect } from '../../src/manifests/overview/collect.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { SAMPLES, textOf } from '../manifests/read/sample-lines.js'
import { boxLabels, boxLine, failedLine, filesOf } from './box-labels.js'
import { bucket, maskLabels, maskLine, videoLabels, videoLine } from './files-in-s3.js'

describe('toCsv', () => {
  it('writes a line for each box, and a line for each object, with or without one', async () => {
    const labels = boxLabels(
      failedLine('s3://acme-gt/a.jpg', 'ClientError: expired, "late"'),
      boxLine('s3://acme-gt/b.jpg', [
        [0, 1, 2, 3, 4],
        [1, 5, 6, 7, 8],
      ]),
      boxLine('s3://acme-gt/c.jpg', []),
      '{"source-ref": "s3://acme-gt/d.jpg"}',
      'half a li',
    )

    const files = await filesOf(toCsv(labels))

    const [header, ...lines] = files['labels.csv']?.trimEnd().split('\n') ?? []
    const columns = header?.split(',') ?? []
    expect(lines.map((line) => line.split(','))).toMatchObject([
      { length: columns.length },
      { length: columns.length },
    ])
    expect(
      lines.map((line) => pick(columns, line, 'lineNumber', 'source', 'className', 'left', 'height')),
    ).toStrictEqual([
      ['2', 's3://acme-gt/b.jpg', 'stop', '1', '4'],
      ['2', 's3://acme-gt/b.jpg', 'yield', '5', '8'],
    ])
    expect(files['objects.csv']).toBe(
      [
        'lineNumber,source,status,labels,unreadableParts,unknownPixels,reason,jobName,humanAnnotated,createdAt',
        '1,s3://acme-gt/a.jpg,failed,0,0,0,"ClientError: expired, ""late""",,,',
        '2,s3://acme-gt/b.jpg,labeled,2,0,0,,the-job-has-another-name,true,2026-03-04T05:06:07.891Z',
        '3,s3://acme-gt/c.jpg,labeled,0,0,0,,the-job-has-another-name,true,2026-03-04T05:06:07.891Z',
        '4,s3://acme-gt/d.jpg,unlabeled,0,0,0,,,,',
        '5,,unreadable,0,0,0,it is not JSON,,,',
        '',
      ].join('\n'),
    )
  })

  it('leaves a confidence that is not known empty', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/b.jpg', [[0, 1, 2, 3, 4]], { confidence: 0 }))

    const [header, line] = (await filesOf(toCsv(labels)))['labels.csv']?.split('\n') ?? []

    expect(pick(header?.split(',') ?? [], line ?? '', 'confidence')).toStrictEqual([''])
  })

  it.each(SAMPLES.filter(({ line }) => !textOf(line).includes('label":"s3://')).map(({ task }) => task))(
    'has as many cells as columns for %s',
    async (task) => {
      const line = SAMPLES.find((sample) => sample.task === task)?.line ?? {}

      const files = await filesOf(toCsv(readLabels({ task, attribute: 'label' }, [textOf(line)])))

      const widths = cellsOf(files['labels.csv'] ?? '').map(({ length }) => length)
      expect(new Set(widths).size).toBe(1)
    },
  )

  it('counts the objects of the frames of a video', async () => {
    const cloud = bucket()
    const box = { 'class-id': '0', left: 1, top: 2, width: 3, height: 4 }
    const lines = [
      videoLine(cloud, 'a', [
        { 'frame-no': 0, annotations: [box, box] },
        { 'frame-no': 1, annotations: [box] },
      ]),
      videoLine(cloud, 'b', []),
    ]

    const files = await filesOf(toCsv(videoLabels(cloud, ...lines)))

    expect(files['labels.csv']?.split('\n')).toHaveLength(5)
    expect(cellsOf(files['objects.csv'] ?? '').map((cells) => cells[3])).toStrictEqual(['labels', '3', '0'])
  })

  it('counts what cannot be read of frames, and pixels of no class: they were gone from rows in silence', async () => {
    const cloud = bucket()
    const box = { 'class-id': '0', left: 1, top: 2, width: 3, height: 4 }
    const labels = videoLabels(
      cloud,
      videoLine(cloud, 'a', [{ annotations: [box, { ...box, height: undefined }] }]),
    )
    const masks = maskLabels(cloud, maskLine(cloud, 'm', ['11..', '9999'], ['BACKGROUND', 'road']))

    const [ofFrames, ofMasks] = [await filesOf(toCsv(labels)), await filesOf(toCsv(masks))]

    expect(cellsOf(ofFrames['objects.csv'] ?? '').map((cells) => cells.slice(2, 6))).toStrictEqual([
      ['status', 'labels', 'unreadableParts', 'unknownPixels'],
      ['labeled', '1', '1', '0'],
    ])
    expect(cellsOf(ofMasks['objects.csv'] ?? '')[1]?.slice(2, 6)).toStrictEqual(['labeled', '2', '0', '4'])
    expect(String(await collect(labels))).toContain('\n1 part of frames unreadable\n')
    expect(await collect(masks)).toMatchObject({ unreadableParts: 0, unknownPixels: 4 })
  })

  it('writes a line nested 20,000 levels deep as unreadable, and goes on: it ended the export', async () => {
    const deep = `{"source": "x", "mood": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`
    const which = { task: 'custom', attribute: 'mood', onBadLine: 'report' } as const

    const files = await filesOf(toCsv(readLabels(which, [deep, '\n', '{"source": "y", "mood": [1]}'])))

    expect(cellsOf(files['objects.csv'] ?? '').map((cells) => [cells[2], cells[6]])).toStrictEqual([
      ['status', 'reason'],
      ['unreadable', 'its values are more than 1,000 levels deep'],
      ['labeled', ''],
    ])
  })

  it('quotes what would break a line, and nothing else', async () => {
    const hostile = 'a,"b"\r\n=1+1'
    const line = { source: hostile, mood: 0, 'mood-metadata': { 'class-name': '=1+1' } }

    const files = await filesOf(
      toCsv(readLabels({ task: 'text-classification', attribute: 'mood' }, [textOf(line)])),
    )

    expect(files['labels.csv']).toContain('"a,""b""\r\n=1+1"')
    expect(files['labels.csv']).toContain(',=1+1,')
  })

  it('takes labels of boxes and of their adjustment together, as of jobs of which some were adjusted', async () => {
    const adjusted = (status: string) => {
      const line = JSON.parse(boxLine('s3://acme-gt/b.jpg', [[1, 5, 6, 7, 8]]))
      const metadata = { ...line['signs-metadata'], 'adjustment-status': status }
      return JSON.stringify({ ...line, 'signs-metadata': metadata })
    }
    async function* both() {
      yield* boxLabels(
        boxLine('s3://acme-gt/a.jpg', [[0, 1, 2, 3, 4]]),
        failedLine('s3://acme-gt/f.jpg', 'late'),
      )
      yield* readLabels({ task: 'bounding-box-adjustment', attribute: 'signs' }, [
        `${adjusted('adjusted')}\n`,
        adjusted('unadjusted'),
      ])
    }

    const files = await filesOf(toCsv(both()))

    const [header, ...lines] = files['labels.csv']?.trimEnd().split('\n') ?? []
    const columns = header?.split(',') ?? []
    expect(lines.map((line) => line.split(',').length)).toStrictEqual(Array(3).fill(columns.length))
    expect(lines.map((line) => pick(columns, line, 'lineNumber', 'source', 'adjusted'))).toStrictEqual([
      ['1', 's3://acme-gt/a.jpg', ''],
      ['1', 's3://acme-gt/b.jpg', 'true'],
      ['2', 's3://acme-gt/b.jpg', 'false'],
    ])
    expect(
      files['objects.csv']?.split('\n').map((line) => line.split(',').slice(0, 4).join(',')),
    ).toStrictEqual([
      'lineNumber,source,status,labels',
      '1,s3://acme-gt/a.jpg,labeled,1',
      '2,s3://acme-gt/f.jpg,failed,0',
      '1,s3://acme-gt/b.jpg,labeled,1',
      '2,s3://acme-gt/b.jpg,labeled,1',
      '',
    ])
  })

  it('has a header also where there are no labels', async () => {
    expect((await filesOf(toCsv([])))['labels.csv']).toBe(
      'lineNumber,source,task,attribute,humanAnnotated,createdAt,jobName\n',
    )
  })

  it('refuses labels of two tasks, whose columns differ', async () => {
    async function* both() {
      yield* boxLabels(boxLine('s3://acme-gt/b.jpg', []))
      yield* readLabels({ task: 'text-classification', attribute: 'mood' }, ['{"source": "x"}'])
    }

    await expect(filesOf(toCsv(both()))).rejects.toThrow(
      'line 1 is a label of text-classification, those before it are of bounding-box',
    )
  })

  it('refuses what are no labels', () => {
    expect(() => toCsv('out.manifest' as never)).toThrow('it was given no labels')
    expect(() => toCsv([], { spilt: {} } as never)).toThrow('it has no option "spilt"')
  })
})

function pick(
  columns: readonly string[],
  line: string,
  ...names: readonly string[]
): readonly (string | undefined)[] {
  const cells = line.split(',')
  return names.map((name) => cells[columns.indexOf(name)])
}

/** A reader of RFC 4180 that is not the writer's. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\n') lines.push([])
  }
  return lines.slice(0, -1)
}
