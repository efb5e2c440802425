import { describe, expect, it } from 'vitest'
import { toCoco } from '../../src/export/to-coco.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { filesOf, noteSkipped } from './box-labels.js'
import { bucket, videoLabels, videoLine } from './files-in-s3.js'

const CLASSES = ['car', 'bus']
const CAR = {
  'class-id': '0',
  left: 10,
  top: 20,
  width: 30,
  height: 40,
  'object-id': 'x',
  'object-name': 'car:1',
}

function twoFrames() {
  const cloud = bucket()
  const frames = [
    { 'frame-no': '0', frame: 'f-0.jpeg', annotations: [CAR, { ...CAR, 'class-id': '1', left: 90 }] },
    { 'frame-no': '1', frame: 'f-1.jpeg', annotations: [] },
  ]
  return videoLabels(cloud, videoLine(cloud, 'drive-7', frames))
}

describe('toCoco of videos', () => {
  it('writes frames as images, those without objects too', async () => {
    const { images, annotations } = await cocoOf(toCoco(twoFrames(), { classes: CLASSES }))

    expect(images).toStrictEqual([
      { id: 1, file_name: 'in/drive-7/f-0.jpeg' },
      { id: 2, file_name: 'in/drive-7/f-1.jpeg' },
    ])
    expect(annotations).toMatchObject([
      { image_id: 1, category_id: 1, bbox: [10, 20, 30, 40], area: 1200 },
      { image_id: 1, category_id: 2, bbox: [90, 20, 30, 40], area: 1200 },
    ])
  })

  it('frames of two sequences whose files differ in their extension only are images of their own', async () => {
    const cloud = bucket()
    const line = videoLine(cloud, 'v', [{ 'frame-no': '0', frame: 'f.jpeg', annotations: [CAR] }])
    const labels = videoLabels(cloud, line, line.replace('in/v.json', 'in/v.json5'), line)

    const { images, annotations } = await cocoOf(toCoco(labels, { classes: CLASSES }))

    expect(images).toMatchObject([{ file_name: 'in/v/f.jpeg' }, { file_name: 'in/v/f-4cd94ed2.jpeg' }])
    expect(annotations).toMatchObject([{ image_id: 1 }, { image_id: 2 }, { image_id: 1 }])
  })

  it('puts all frames of a sequence into one part of a split', async () => {
    const files = await filesOf(toCoco(twoFrames(), { classes: CLASSES, split: { train: 1, val: 1 } }))

    const frames = Object.values(files).map((text) => JSON.parse(text).images.length)
    expect(frames.sort()).toStrictEqual([0, 2])
  })

  it('writes polygons with their area, and tells what COCO has no room for', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const triangle = [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 0, y: 10 },
    ]
    const frame = {
      'frame-no': '3',
      frame: 'f.jpeg',
      polygons: [
        { 'class-id': '1', vertices: triangle },
        { 'class-id': '1', vertices: triangle.slice(1) },
        { 'class-id': '1', vertices: triangle.map(({ x }) => ({ x, y: x })) },
      ],
      polylines: [{ 'class-id': '0', vertices: triangle }],
      keypoints: [{ 'class-id': '0', x: 1, y: 2 }],
    }
    const labels = videoLabels(cloud, videoLine(cloud, 'v', [frame]))

    const options = { classes: CLASSES, onSkipped, imageSize: { width: 15, height: 15 } }
    const { annotations } = await cocoOf(toCoco(labels, options))

    expect(annotations).toStrictEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 2,
        bbox: [0, 0, 20, 10],
        area: 100,
        segmentation: [[0, 0, 20, 0, 0, 10]],
        iscrowd: 0,
      },
    ])
    expect(notes).toStrictEqual([
      '1: frame 3: polygon 1 (bus): it reaches out of the image, which is 15 by 15 pixels: it was left as it is',
      '1: frame 3: polygon 2 (bus): it has 2 points',
      '1: frame 3: polygon 3 (bus): it has no area',
      '1: frame 3: polyline 4: toCoco() writes no polyline',
      '1: frame 3: keypoint 5: toCoco() writes no keypoint',
    ])
  })

  it('leaves out a frame of which something cannot be read, or has no class', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const frames = [
      { 'frame-no': '0', frame: 'f-0.jpeg', annotations: [CAR, { 'class-id': '0' }] },
      { 'frame-no': '1', frame: 'f-1.jpeg', annotations: [{ ...CAR, 'class-id': '7', 'object-name': 'x' }] },
      { 'frame-no': '2', annotations: [CAR] },
    ]
    const labels = videoLabels(cloud, videoLine(cloud, 'v', frames))

    const { images } = await cocoOf(toCoco(labels, { classes: CLASSES, onSkipped }))

    expect(images).toStrictEqual([{ id: 1, file_name: 'in/v/frame-2' }])
    expect(notes).toStrictEqual([
      '1: frame 0: tracking-annotations[0].annotations[1] cannot be read, it has no number left, top, width, height: it was left out',
      '1: frame 1: box 1 has no class name in the class map: the image was left out',
    ])
  })
})

describe('toYolo of videos', () => {
  it('writes a file for each frame, and says of which sequence it is', async () => {
    const files = await filesOf(
      toYolo(twoFrames(), { classes: CLASSES, imageSize: { width: 100, height: 100 } }),
    )

    expect(files).toMatchObject({
      'labels/in/drive-7/f-0.txt': '0 0.25 0.4 0.3 0.4\n1 0.95 0.4 0.1 0.4\n',
      'labels/in/drive-7/f-1.txt': '',
      'sources.csv': [
        'image,source,frame',
        'images/in/drive-7/f-0.jpeg,s3://acme-gt/in/drive-7.json,f-0.jpeg',
        'images/in/drive-7/f-1.jpeg,s3://acme-gt/in/drive-7.json,f-1.jpeg',
        '',
      ].join('\n'),
    })
  })

  it('leaves out a frame with a polygon alone: its file was empty, that of a background', async () => {
    const cloud = bucket()
    const { notes, onSkipped } = noteSkipped()
    const polygons = [
      {
        'class-id': '1',
        vertices: [
          { x: 0, y: 0 },
          { x: 20, y: 0 },
          { x: 0, y: 10 },
        ],
      },
    ]
    const labels = videoLabels(cloud, videoLine(cloud, 'v', [{ 'frame-no': 3, frame: 'f.jpeg', polygons }]))

    const options = { classes: CLASSES, imageSize: { width: 100, height: 100 }, onSkipped }
    const files = await filesOf(toYolo(labels, options))

    expect(Object.keys(files)).toStrictEqual(['data.yaml', 'sources.csv'])
    expect(notes).toStrictEqual([
      '1: frame 3: polygon 1: toYolo() writes no polygon',
      '1: frame 3: nothing is left of what is labeled: the image was left out',
    ])
  })

  it('tells that frames have no size unless the caller gives one', async () => {
    const { notes, onSkipped } = noteSkipped()

    await filesOf(toYolo(twoFrames(), { classes: CLASSES, onSkipped }))

    expect(notes[0]).toBe(
      '1: the size of its image is unknown, and YOLO counts in shares of it: give imageSize',
    )
  })
})

interface Coco {
  readonly images: readonly object[]
  readonly annotations: readonly object[]
}

async function cocoOf(files: ReturnType<typeof toCoco>): Promise<Coco> {
  return JSON.parse((await filesOf(files))['instances.json'] ?? '') as Coco
}
