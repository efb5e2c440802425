import { describe, expect, it } from 'vitest'
import { toCoco } from '../../src/export/to-coco.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { SAMPLES, type SampleLine, textOf } from '../manifests/read/sample-lines.js'
import { boxLabels, boxLine, CLASSES, failedLine, filesOf, noteSkipped } from './box-labels.js'

describe('toCoco', () => {
  it('writes images, annotations and categories as arrays, with ids from 1', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/in/a.jpg', [
        [2, 10, 20, 30, 40],
        [0, 0, 0, 5.5, 4],
      ]),
      boxLine('s3://acme-gt/in/b.jpg', [[1, 1, 2, 3, 4]], { size: [640, 480] }),
    )

    const files = await filesOf(toCoco(labels, { classes: CLASSES }))

    expect(parsed(files)).toStrictEqual({
      'instances.json': {
        images: [
          { id: 1, width: 100, height: 80, file_name: 'in/a.jpg', coco_url: 's3://acme-gt/in/a.jpg' },
          { id: 2, width: 640, height: 480, file_name: 'in/b.jpg', coco_url: 's3://acme-gt/in/b.jpg' },
        ],
        annotations: [
          annotation(1, 1, 3, [10, 20, 30, 40], 1200),
          annotation(2, 1, 1, [0, 0, 5.5, 4], 22),
          annotation(3, 2, 2, [1, 2, 3, 4], 12),
        ],
        categories: [
          { id: 1, name: 'stop', supercategory: '' },
          { id: 2, name: 'yield', supercategory: '' },
          { id: 3, name: 'speed limit', supercategory: '' },
        ],
      },
    })
  })

  it('keeps an image without boxes', async () => {
    const files = await filesOf(toCoco(boxLabels(boxLine('s3://acme-gt/a.jpg', [])), { classes: CLASSES }))

    expect(parsed(files)['instances.json']).toMatchObject({ images: [{ id: 1 }], annotations: [] })
  })

  it('tells every line that it leaves out, and the reason', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      failedLine('s3://acme-gt/a.jpg', 'ClientError: Annotation tasks expired'),
      '{"source-ref": "s3://acme-gt/b.jpg"}',
      'half a li',
      boxLine('s3://acme-gt/c.jpg', [[0, 1, 1, 1, 1]]),
    )

    const files = await filesOf(toCoco(labels, { classes: CLASSES, onSkipped }))

    expect(notes).toStrictEqual([
      '1: it failed: ClientError: Annotation tasks expired',
      '2: it has no label',
      '3: it cannot be read: it is not JSON',
    ])
    expect(parsed(files)['instances.json']).toMatchObject({ images: [{ id: 1, file_name: 'c.jpg' }] })
  })

  it('gives images of one name in two folders or buckets two names', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/in/a/1.jpg', []),
      boxLine('s3://acme-gt/in/b/1.jpg', []),
      boxLine('s3://other/in/b/1.jpg', []),
      boxLine('s3://acme-gt/in/b/1.png', []),
      boxLine('s3://acme-gt/in/B/1.jpg', []),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES })))

    expect(
      files['instances.json'].images.map(({ file_name }: { file_name: string }) => file_name),
    ).toStrictEqual([
      'in/a/1.jpg',
      'in/b/1.jpg',
      'in/b/1-fc256c7d.jpg',
      'in/b/1-9fe3caf9.png',
      'in/B/1-87a6a6eb.jpg',
    ])
  })

  it('gives an image of two lines once, with the boxes of both: one of its names did not exist', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/in/1.jpg', [[0, 1, 2, 3, 4]]),
      boxLine('s3://acme-gt/in/2.jpg', []),
      boxLine('s3://acme-gt/in/1.jpg', [[1, 5, 6, 7, 8]]),
    )

    const { images, annotations } = parsed(await filesOf(toCoco(labels, { classes: CLASSES })))[
      'instances.json'
    ]

    expect(images.map(({ id, file_name }: Record<string, unknown>) => [id, file_name])).toStrictEqual([
      [1, 'in/1.jpg'],
      [2, 'in/2.jpg'],
    ])
    expect(annotations.map(({ image_id, bbox }: Record<string, unknown>) => [image_id, bbox])).toStrictEqual([
      [1, [1, 2, 3, 4]],
      [1, [5, 6, 7, 8]],
    ])
  })

  it('leaves out a line that tells another size of its image, and tells it: its places were of no image', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 5, 5]]),
      boxLine('s3://acme-gt/a.jpg', [[0, 2, 2, 10, 10]], { size: [200, 160] }),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES, onSkipped })))

    expect(files['instances.json'].annotations).toStrictEqual([annotation(1, 1, 1, [1, 1, 5, 5], 25)])
    expect(notes).toStrictEqual([
      '2: its image is 200 by 160 pixels here and 100 by 80 on an earlier line: it was left out',
    ])
  })

  it('cuts boxes at the edge of the image, leaves out those outside, and tells both', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      boxLine('s3://acme-gt/a.jpg', [
        [0, -5, 70, 20, 20],
        [1, 100, 0, 10, 10],
        [2, 3, 3, 0, 9],
        [2, 0, 0, 100, 80],
      ]),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES, onSkipped })))

    expect(files['instances.json'].annotations).toStrictEqual([
      annotation(1, 1, 1, [0, 70, 15, 10], 150),
      annotation(2, 1, 3, [0, 0, 100, 80], 8000),
    ])
    expect(notes).toStrictEqual([
      '1: box 1 (stop): it reaches out of the image, which is 100 by 80 pixels: it was cut at the edge',
      '1: box 2 (yield): it lies outside the image, which is 100 by 80 pixels',
      '1: box 3 (speed limit): it is 0 by 9 pixels',
    ])
  })

  it.each([
    ['0 by 0', [0, 0]],
    ['-3 by -4', [-3, -4]],
  ] as const)(
    'takes a size of %s in a label for unknown: it dropped each box and kept the image',
    async (_, size) => {
      const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 5, 5]], { size }))

      const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES })))

      expect(files['instances.json'].images).toStrictEqual([
        { id: 1, file_name: 'a.jpg', coco_url: 's3://acme-gt/a.jpg' },
      ])
      expect(files['instances.json'].annotations).toStrictEqual([annotation(1, 1, 1, [1, 1, 5, 5], 25)])
    },
  )

  it('cuts a box at the edges that are known without a size, and writes no area that is no number', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      boxLine(
        's3://acme-gt/a.jpg',
        [
          [0, -50, 5, 60, 10],
          [0, -50, -50, 10, 10],
          [0, 1, 1, 1e200, 1e200],
        ],
        { size: null },
      ),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES, onSkipped })))

    expect(files['instances.json'].annotations).toStrictEqual([annotation(1, 1, 1, [0, 5, 10, 10], 100)])
    expect(notes).toStrictEqual([
      '1: box 1 (stop): it reaches out of the image: it was cut at the edge',
      '1: box 2 (stop): it lies outside the image',
      '1: box 3 (stop): it is 1e+200 by 1e+200 pixels',
    ])
  })

  it('takes the size of an image from the caller where the label tells none', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 1, 1]], { size: null }))

    const known = parsed(
      await filesOf(toCoco(labels, { classes: CLASSES, imageSize: { width: 9, height: 8 } })),
    )
    const unknown = parsed(await filesOf(toCoco(labels, { classes: CLASSES })))

    expect(known['instances.json'].images).toMatchObject([{ width: 9, height: 8 }])
    expect(unknown['instances.json'].images).toStrictEqual([
      { id: 1, file_name: 'a.jpg', coco_url: 's3://acme-gt/a.jpg' },
    ])
  })

  it('writes a file for each part of a split, with ids that are unique over all of them', async () => {
    const labels = boxLabels(
      ...Array.from({ length: 6 }, (_, index) => boxLine(`s3://acme-gt/${index}.jpg`, [[0, 1, 1, 1, 1]])),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES, split: { train: 1, val: 1 } })))

    const idsOf = (path: string) => files[path].images.map(({ id }: { id: number }) => id)
    expect(Object.keys(files)).toStrictEqual(['instances_train.json', 'instances_val.json'])
    expect([...idsOf('instances_train.json'), ...idsOf('instances_val.json')].sort()).toStrictEqual([
      1, 2, 3, 4, 5, 6,
    ])
    expect(idsOf('instances_train.json').length).toBeGreaterThan(0)
    expect(idsOf('instances_val.json').length).toBeGreaterThan(0)
  })

  it('refuses a class that is not in the list, with the line', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[2, 1, 1, 1, 1]]))

    await expect(filesOf(toCoco(labels, { classes: ['stop', 'yield'] }))).rejects.toMatchObject({
      code: 'refused-call',
      message:
        'Cannot export with toCoco(): line 1 has the class "speed limit", which is not among the classes of the export. Add it to classes, at the end so that the numbers of the others stay.',
      data: { call: 'toCoco', received: 'speed limit', expected: 'stop, yield' },
    })
  })

  it('leaves out an image with a box whose class has no name, rather than teach that nothing is there', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      boxLine('s3://acme-gt/a.jpg', [
        [0, 1, 1, 1, 1],
        [9, 1, 1, 1, 1],
      ]),
    )

    const files = parsed(await filesOf(toCoco(labels, { classes: CLASSES, onSkipped })))

    expect(files['instances.json']).toMatchObject({ images: [], annotations: [] })
    expect(notes).toStrictEqual(['1: box 2 has no class name in the class map: the image was left out'])
  })

  it('takes the classes of a label category file', async () => {
    const { readLabelCategories } = await import('../../src/manifests/task-files/read-label-categories.js')
    const classes = await readLabelCategories('{"labels": [{"label": "yield"}, {"label": "stop"}]}')

    const files = parsed(
      await filesOf(toCoco(boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 1, 1]])), { classes })),
    )

    expect(files['instances.json'].annotations[0].category_id).toBe(2)
    expect(files['instances.json'].categories.map(({ name }: { name: string }) => name)).toStrictEqual([
      'yield',
      'stop',
    ])
  })

  it('refuses labels of a task that COCO has no room for, and names the exports that take them', async () => {
    const { task, attribute, line } = SAMPLES.find(
      (sample) => sample.task === 'text-classification',
    ) as SampleLine

    const made = filesOf(toCoco(readLabels({ task, attribute }, [textOf(line)]), { classes: CLASSES }))

    await expect(made).rejects.toThrow(
      /^Cannot export with toCoco\(\): the format has no room for labels of text-classification\. /,
    )
  })

  it.each([
    [{}, 'it was given no classes'],
    [{ classes: [] }, 'it was given no classes'],
    [{ classes: ['a', 'b', 'a'] }, 'the class "a" is there twice'],
    [{ classes: ['a'], spilt: {} }, 'it has no option "spilt"'],
    [{ classes: ['a'], split: {} }, 'the split has no parts'],
    [{ classes: ['a'], split: { '../x': 1 } }, 'the split has a part "../x" with the share 1'],
    [{ classes: ['a'], split: { train: 0 } }, 'the split has a part "train" with the share 0'],
    [{ classes: ['a'], imageSize: { width: 0, height: 1 } }, 'an image cannot be 0 by 1 pixels'],
  ])('refuses the options %j before a line is read', (options, why) => {
    expect(() => toCoco([], options as never)).toThrow(why)
  })

  it('refuses what are no labels', async () => {
    await expect(filesOf(toCoco('out.manifest' as never, { classes: CLASSES }))).rejects.toThrow(
      'Cannot call toCoco(): it was given no labels: give what readLabels() yields',
    )
  })

  it('ends when it is aborted', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', []))

    const made = filesOf(toCoco(labels, { classes: CLASSES, signal: AbortSignal.abort() }))

    await expect(made).rejects.toMatchObject({ code: 'aborted' })
  })
})

// biome-ignore lint/suspicious/noExplicitAny: what the files hold is what is tested
function parsed(files: Readonly<Record<string, string>>): Record<string, any> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, JSON.parse(text)]))
}

function annotation(id: number, imageId: number, categoryId: number, bbox: readonly number[], area: number) {
  return { id, image_id: imageId, category_id: categoryId, bbox, area, segmentation: [], iscrowd: 0 }
}
