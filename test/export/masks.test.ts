import { describe, expect, it } from 'vitest'
import { toCoco } from '../../src/export/to-coco.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { filesOf, noteSkipped } from './box-labels.js'
import { bucket, maskLabels, maskLine } from './files-in-s3.js'

const NAMES = ['BACKGROUND', 'road', 'sky']
const CLASSES = ['sky', 'road']

describe('toCoco of masks', () => {
  it('writes each region as packed run lengths, and leaves out the background', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['0112', '0102'], NAMES))

    const { images, annotations } = await cocoOf(toCoco(labels, { classes: CLASSES }))

    expect(images).toStrictEqual([
      { id: 1, width: 4, height: 2, file_name: 'in/a.jpg', coco_url: 's3://acme-gt/in/a.jpg' },
    ])
    expect(annotations).toStrictEqual([
      annotation(1, 2, [1, 0, 2, 2], 3, { size: [2, 4], counts: '233' }),
      annotation(2, 1, [3, 0, 1, 2], 2, { size: [2, 4], counts: '62' }),
    ])
  })

  it('writes run lengths as a list', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['0112', '0102'], NAMES))

    const { annotations } = await cocoOf(toCoco(labels, { classes: CLASSES, masks: 'runs' }))

    expect(annotations.map(({ segmentation }) => segmentation)).toStrictEqual([
      { size: [2, 4], counts: [2, 3, 3] },
      { size: [2, 4], counts: [6, 2] },
    ])
  })

  it('writes polygons, but run lengths for a region with a hole, which polygons of COCO cannot have', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['1110', '1012', '1112'], NAMES))

    const { annotations } = await cocoOf(toCoco(labels, { classes: CLASSES, masks: 'polygons' }))

    expect(annotations.map(({ segmentation }) => segmentation)).toStrictEqual([
      { size: [3, 4], counts: '04102' },
      [[3, 1, 4, 1, 4, 3, 3, 3]],
    ])
  })

  it('writes all pixels of a class as one annotation when that is asked for', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['101'], NAMES))

    const { annotations } = await cocoOf(
      toCoco(labels, { classes: CLASSES, annotate: 'class', masks: 'polygons' }),
    )

    expect(annotations).toStrictEqual([
      annotation(1, 2, [0, 0, 3, 1], 2, [
        [0, 0, 1, 0, 1, 1, 0, 1],
        [2, 0, 3, 0, 3, 1, 2, 1],
      ]),
    ])
  })

  it('takes the background for a class when it is one of the classes', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['01'], NAMES))

    const { annotations } = await cocoOf(toCoco(labels, { classes: ['BACKGROUND', 'road'] }))

    expect(annotations.map(({ category_id }) => category_id)).toStrictEqual([1, 2])
  })

  it('keeps an image whose mask shows nothing', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['00', '..'], NAMES))

    const { images, annotations } = await cocoOf(toCoco(labels, { classes: CLASSES }))

    expect({ images: images.length, annotations }).toStrictEqual({ images: 1, annotations: [] })
  })

  it('tells pixels whose color is none of the map, and gives them to no class', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['199.'], NAMES))

    const { annotations } = await cocoOf(toCoco(labels, { classes: CLASSES, onSkipped }))

    expect(annotations.map(({ area }) => area)).toStrictEqual([1])
    expect(notes).toStrictEqual(['1: 2 pixels of the mask have colors of no class'])
  })

  it('leaves out an image of whose mask only such pixels are left: it was a background', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['099.'], NAMES))

    expect((await cocoOf(toCoco(labels, { classes: CLASSES, onSkipped }))).images).toStrictEqual([])
    expect(notes).toStrictEqual([
      '1: 2 pixels of the mask have colors of no class',
      '1: nothing else is labeled: the image was left out',
    ])
  })

  it('leaves out an image whose mask shows a class without a name, and tells it', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const line = maskLine(cloud, 'a', ['01'], NAMES).replace('"class-name":"road",', '')

    const { images } = await cocoOf(toCoco(maskLabels(cloud, line), { classes: CLASSES, onSkipped }))

    expect(images).toStrictEqual([])
    expect(notes).toStrictEqual(['1: class "1" of the mask has no name: the image was left out'])
  })

  it('refuses a class that is not in the list, but not one that the mask does not show', async () => {
    const cloud = bucket()
    const road = maskLabels(cloud, maskLine(cloud, 'a', ['01'], NAMES))
    const sky = maskLabels(cloud, maskLine(cloud, 'b', ['02'], NAMES))

    await expect(cocoOf(toCoco(road, { classes: ['sky'] }))).rejects.toThrow('line 1 has the class "road"')
    expect((await cocoOf(toCoco(sky, { classes: ['sky'] }))).annotations).toHaveLength(1)
  })

  it.each([
    [{ masks: 'rle' }, 'the option masks is rle. Give one of packed-runs, runs, polygons'],
    [{ annotate: 'object' }, 'the option annotate is object. Give one of region, class'],
  ])('refuses the option %j', (options, words) => {
    expect(() => toCoco([], { classes: CLASSES, ...options } as never)).toThrow(words)
  })
})

it('toYolo refuses masks, and names the exports that take them', async () => {
  const cloud = bucket()
  const labels = maskLabels(cloud, maskLine(cloud, 'a', ['01'], NAMES))

  await expect(filesOf(toYolo(labels, { classes: CLASSES }))).rejects.toThrow(
    /^Cannot export with toYolo\(\): the format has no room for labels of semantic-segmentation\. These take them: toCoco\(\)/,
  )
})

interface Coco {
  readonly images: readonly object[]
  readonly annotations: readonly {
    readonly segmentation: unknown
    readonly category_id: number
    readonly area: number
  }[]
}

async function cocoOf(files: ReturnType<typeof toCoco>): Promise<Coco> {
  return JSON.parse((await filesOf(files))['instances.json'] ?? '') as Coco
}

function annotation(
  id: number,
  category_id: number,
  bbox: readonly number[],
  area: number,
  segmentation: object,
) {
  return { id, image_id: 1, category_id, bbox, area, segmentation, iscrowd: 0 }
}
