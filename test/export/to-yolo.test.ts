import { describe, expect, it } from 'vitest'
import { toYolo } from '../../src/export/to-yolo.js'
import { boxLabels, boxLine, CLASSES, filesOf, noteSkipped } from './box-labels.js'

describe('toYolo', () => {
  it('writes shares of the image, classes from 0 in their order, and an empty file for a background', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/in/a.jpg', [
        [2, 10, 20, 30, 40],
        [0, 0, 0, 100, 80],
      ]),
      boxLine('s3://acme-gt/in/b.v2.png', []),
      boxLine('s3://acme-gt/in/c', [[1, 0, 0, 1, 1]], { size: [30_000, 30_000] }),
    )

    const files = await filesOf(toYolo(labels, { classes: CLASSES }))

    expect(files).toStrictEqual({
      'data.yaml': [
        'train: images',
        'val: images',
        'names:',
        '  0: "stop"',
        '  1: "yield"',
        '  2: "speed limit"',
        '',
      ].join('\n'),
      'labels/in/a.txt': '2 0.25 0.5 0.3 0.5\n0 0.5 0.5 1 1\n',
      'labels/in/b.v2.txt': '',
      'labels/in/c.txt': '1 0.0000166667 0.0000166667 0.0000333333 0.0000333333\n',
      'sources.csv': [
        'image,source,frame',
        'images/in/a.jpg,s3://acme-gt/in/a.jpg,',
        'images/in/b.v2.png,s3://acme-gt/in/b.v2.png,',
        'images/in/c,s3://acme-gt/in/c,',
        '',
      ].join('\n'),
    })
  })

  it('puts each image into its part of a split', async () => {
    const sources = Array.from({ length: 8 }, (_, index) => `s3://acme-gt/${index}.jpg`)
    const labels = boxLabels(...sources.map((source) => boxLine(source, [])))

    const files = await filesOf(toYolo(labels, { classes: CLASSES, split: { train: 3, val: 1 } }))

    expect(files['data.yaml']).toMatch(/^train: images\/train\nval: images\/val\nnames:/)
    expect(Object.keys(files).filter((path) => /^labels\/(train|val)\/\d\.txt$/.test(path))).toHaveLength(8)
    expect(files['sources.csv']?.match(/^images\/(train|val)\/\d\.jpg,s3:/gm)).toHaveLength(8)
  })

  it('leaves out an image of unknown size, and tells it', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 1, 1]], { size: null }))

    const files = await filesOf(toYolo(labels, { classes: CLASSES, onSkipped }))

    expect(Object.keys(files)).toStrictEqual(['data.yaml', 'sources.csv'])
    expect(notes).toStrictEqual([
      '1: the size of its image is unknown, and YOLO counts in shares of it: give imageSize',
    ])
  })

  it('leaves out an image of whose boxes none is left: it was a background', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 200, 0, 10, 10]]))

    const files = await filesOf(toYolo(labels, { classes: CLASSES, onSkipped }))

    expect(Object.keys(files)).toStrictEqual(['data.yaml', 'sources.csv'])
    expect(notes).toStrictEqual([
      '1: box 1 (stop): it lies outside the image, which is 100 by 80 pixels',
      '1: nothing is left of what is labeled: the image was left out',
    ])
  })

  it('asks the caller for the size of such an image', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 1, 1, 1, 1]], { size: null }))
    const imageSize = (source: string) =>
      source === 's3://acme-gt/a.jpg' ? { width: 2, height: 2 } : undefined

    const files = await filesOf(toYolo(labels, { classes: CLASSES, imageSize }))

    expect(files['labels/a.txt']).toBe('0 0.75 0.75 0.5 0.5\n')
  })

  it('writes names of classes that YAML would read as something else, or not at all', async () => {
    const names = ['no', '"', 'a: b #c', 'ä\u0085\u2028', '1']

    const { 'data.yaml': yaml } = await filesOf(toYolo([], { classes: names }))

    expect(yaml?.split('\n').slice(3, -1)).toStrictEqual([
      '  0: "no"',
      '  1: "\\""',
      '  2: "a: b #c"',
      '  3: "ä\\u0085\\u2028"',
      '  4: "1"',
    ])
  })

  it('names files of hostile objects so that they stay in their folder', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/../../etc/passwd', []),
      boxLine('s3://acme-gt//a/./b\\c:d\u0007.jpg', []),
      boxLine('s3://acme-gt/in/.hidden', []),
      boxLine('s3://acme-gt/in/', []),
      boxLine('s3://acme-gt/in/.other', []),
      boxLine('s3://acme-gt/in/end.', []),
    )

    const files = await filesOf(toYolo(labels, { classes: CLASSES }))

    expect(Object.keys(files).slice(1, -1)).toStrictEqual([
      'labels/__/__/etc/passwd.txt',
      'labels/_/a/_/b_c_d_.txt',
      'labels/in/_hidden.txt',
      'labels/in/_.txt',
      'labels/in/_other.txt',
      'labels/in/end_.txt',
    ])
  })

  it('an image of two lines, as of two jobs put together, has one file with the boxes of both', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/a.jpg', [[0, 0, 0, 50, 40]]),
      boxLine('s3://acme-gt/b.jpg', []),
      boxLine('s3://acme-gt/a.jpg', [[1, 50, 40, 50, 40]]),
    )

    const files = await filesOf(toYolo(labels, { classes: CLASSES }))

    expect(Object.keys(files)).toStrictEqual(['data.yaml', 'labels/a.txt', 'labels/b.txt', 'sources.csv'])
    expect(files['labels/a.txt']).toBe('0 0.25 0.25 0.5 0.5\n1 0.75 0.75 0.5 0.5\n')
    expect(files['sources.csv']).toBe(
      'image,source,frame\nimages/a.jpg,s3://acme-gt/a.jpg,\nimages/b.jpg,s3://acme-gt/b.jpg,\n',
    )
  })

  it('gives objects that a disk cannot hold side by side names of their own', async () => {
    const keys = [
      'a.jpg',
      'a.png',
      'a.txt/b.jpg',
      'a.jpg/c.jpg',
      'd.txt/e.jpg',
      'd.jpg',
      'd.txt/f.jpg',
      'A.txt/g.jpg',
    ]
    const accents = ['caf\u00e9.jpg', 'cafe\u0301.jpg']
    const labels = boxLabels(...[...keys, ...accents].map((key) => boxLine(`s3://acme-gt/${key}`, [])))

    const { 'sources.csv': sources } = await filesOf(toYolo(labels, { classes: CLASSES }))

    expect(
      sources
        ?.split('\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0]),
    ).toStrictEqual([
      'images/a.jpg',
      'images/a-b138b712.png',
      'images/a.txt-779aefe2/b.jpg',
      'images/a.jpg-37ff8428/c.jpg',
      'images/d.txt/e.jpg',
      'images/d-4ef72bfa.jpg',
      'images/d.txt/f.jpg',
      'images/A.txt-ad775de8/g.jpg',
      'images/caf\u00e9.jpg',
      'images/cafe\u0301-7d2e9a33.jpg',
    ])
  })

  it('names no folder images: trainers would look for the labels of all below it in vain', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/set/images/1.jpg', []),
      boxLine('s3://acme-gt/images/images', []),
    )

    const files = await filesOf(toYolo(labels, { classes: CLASSES }))

    expect(Object.keys(files).slice(1, -1)).toStrictEqual([
      'labels/set/images_/1.txt',
      'labels/images_/images.txt',
    ])
  })

  it('names that Windows or a disk cannot hold are changed or cut, and stay apart', async () => {
    const long = 'ä'.repeat(200)
    const keys = ['con.jpg', 'a /b.jpg', `${long}.jpg`, `${long}x.jpg`, `in.${'y'.repeat(300)}`, '\ud800.jpg']
    const labels = boxLabels(...keys.map((key) => boxLine(`s3://acme-gt/${key}`, [])))

    const paths = Object.keys(await filesOf(toYolo(labels, { classes: CLASSES }))).slice(1, -1)

    expect(paths).toStrictEqual([
      'labels/_con.txt',
      'labels/a_/b.txt',
      `labels/${'ä'.repeat(93)}-179d04a3.txt`,
      `labels/${'ä'.repeat(93)}-3942034b.txt`,
      'labels/in.txt',
      'labels/_.txt',
    ])
    expect(Math.max(...paths.map((path) => Buffer.byteLength(path)))).toBeLessThan(255)
  })
})
