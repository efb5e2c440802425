import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readSequence } from '../../../src/manifests/frames/read-sequence.js'

const NOTHING = { sensor: undefined, attributes: {}, unreadable: [] }
const UNKNOWN = { className: undefined, classIndex: undefined, confidence: undefined }
const UNNAMED = { objectId: undefined, objectName: undefined, attributes: {} }

describe('the label file of a video', () => {
  it('has the boxes of each frame, with what workers said of them', () => {
    const text = JSON.stringify({
      'tracking-annotations': [
        {
          'frame-no': '0',
          frame: 'f0001.jpeg',
          'frame-attributes': { weather: 'rain' },
          annotations: [
            {
              'class-id': '0',
              left: 145,
              top: '385',
              width: 27,
              height: 25.5,
              'label-category-attributes': { occluded: 'no' },
              'object-id': 'o-1',
              'object-name': 'Helmet:1',
            },
          ],
        },
        { 'frame-no': 1, frame: 'f0002.jpeg', annotations: [] },
      ],
    })

    expect(readSequence(text, { classMap: { 0: 'Hat' } })).toStrictEqual({
      frames: [
        {
          frameNumber: 0,
          frame: 'f0001.jpeg',
          sensor: undefined,
          objects: [
            {
              kind: 'box',
              className: 'Hat',
              classIndex: 0,
              confidence: undefined,
              objectId: 'o-1',
              objectName: 'Helmet:1',
              attributes: { occluded: 'no' },
              left: 145,
              top: 385,
              width: 27,
              height: 25.5,
            },
          ],
          attributes: { weather: 'rain' },
          unreadable: [],
        },
        { ...NOTHING, frameNumber: 1, frame: 'f0002.jpeg', objects: [] },
      ],
      classMap: { 0: 'Hat' },
      attributes: {},
      unreadable: [],
    })
  })

  it.each([
    ['polylines', { vertices: [{ x: 1, y: 2 }, [3, '4']] }, 'polyline', [1, 2, 3, 4]],
    [
      'polygons',
      {
        points: [
          { x: 1, y: 2 },
          { x: 0, y: 0 },
        ],
      },
      'polygon',
      [1, 2, 0, 0],
    ],
    ['keypoints', { x: 5, y: '6' }, 'keypoint', [5, 6]],
    ['keypoints', { vertices: [{ x: 5, y: 6 }] }, 'keypoint', [5, 6]],
  ])('may have %s like %j', (list, shape, kind, numbers) => {
    const { frames } = readSequence(JSON.stringify({ 'detection-annotations': [{ [list]: [shape] }] }))

    const points = numbers.flatMap((x, at) => (at % 2 === 0 ? [{ x, y: numbers[at + 1] }] : []))
    expect(frames).toStrictEqual([
      {
        ...NOTHING,
        frameNumber: undefined,
        frame: undefined,
        objects: [{ ...UNKNOWN, ...UNNAMED, kind, points }],
      },
    ])
  })

  it('names classes as its objects are named, where they agree and nobody says otherwise', () => {
    const box = { left: 1, top: 1, width: 1, height: 1 }
    const named = (id: number, name?: string) => ({ ...box, 'class-id': id, 'object-name': name })
    const annotations = [named(0, 'Car:1'), named(1, 'Bus:1'), named(1, 'Van:1'), named(2), named(3, 'odd')]

    const { classMap, frames } = readSequence(JSON.stringify({ 'detection-annotations': [{ annotations }] }))

    expect(classMap).toStrictEqual({ 0: 'Car' })
    expect(frames[0]?.objects.map((object) => object.className)).toStrictEqual([
      'Car',
      'Bus',
      'Van',
      undefined,
      undefined,
    ])
  })
})

describe('the label file of point clouds', () => {
  const cuboid = {
    'center-x': -2.5,
    'center-y': 125.25,
    'center-z': 0.5,
    length: 4,
    width: 2,
    height: 1.5,
    yaw: 1.625,
    'object-name': 'Car:4',
    'class-id': 0,
  }
  const read = {
    ...UNNAMED,
    kind: 'cuboid',
    className: 'Car',
    classIndex: 0,
    confidence: undefined,
    objectName: 'Car:4',
    center: { x: -2.5, y: 125.25, z: 0.5 },
    length: 4,
    width: 2,
    height: 1.5,
    roll: 0,
    pitch: 0,
    yaw: 1.625,
  }

  it('has cuboids, and numbers and names its frames in words of its own', () => {
    const text = JSON.stringify({
      'tracking-annotations': [{ 'frame-number': 7, 'frame-name': '7.txt.pcd', annotations: [cuboid] }],
      'dataset-object-attributes': { weather: 'fog' },
    })

    expect(readSequence(text)).toStrictEqual({
      frames: [{ ...NOTHING, frameNumber: 7, frame: '7.txt.pcd', objects: [read] }],
      classMap: { 0: 'Car' },
      attributes: { weather: 'fog' },
      unreadable: [],
    })
  })

  it('has the frames of each sensor where there are several', () => {
    const text = JSON.stringify({
      lidar: { 'tracking-annotations': [{ 'frame-number': 0, annotations: [cuboid] }] },
      'camera-0': {
        'tracking-annotations': [
          { 'frame-no': 0, annotations: [{ left: 1, top: 2, width: 3, height: 4, 'object-name': 'Car:4' }] },
        ],
      },
    })

    const { frames } = readSequence(text)

    expect(frames).toStrictEqual([
      { ...NOTHING, sensor: 'lidar', frameNumber: 0, frame: undefined, objects: [read] },
      {
        ...NOTHING,
        sensor: 'camera-0',
        frameNumber: 0,
        frame: undefined,
        objects: [
          {
            ...UNKNOWN,
            ...UNNAMED,
            className: 'Car',
            objectName: 'Car:4',
            kind: 'box',
            left: 1,
            top: 2,
            width: 3,
            height: 4,
          },
        ],
      },
    ])
  })
})

describe('a part that cannot be read', () => {
  it('is named by its place, and the rest is read', () => {
    const secret = 'patient-7731'
    const box = { left: 1, top: 2, width: 3, height: 4 }
    const file = {
      'detection-annotations': [
        { 'frame-no': 0, annotations: [{ left: secret, top: 2, width: null }, box, secret] },
        secret,
        { annotations: secret, polygons: [{}, { vertices: [{ x: 1, y: secret }] }], keypoints: null },
        { annotations: [{ width: 3, 'center-x': 1, yaw: secret }], lines: [secret], images: [] },
      ],
      'camera-1': { 'tracking-annotations': secret },
    }

    const { frames, unreadable } = readSequence(JSON.stringify(file))

    expect(unreadable).toStrictEqual([
      { path: 'detection-annotations[0].annotations[0]', reason: 'it has no number left, width, height' },
      { path: 'detection-annotations[0].annotations[2]', reason: 'it is no object' },
      { path: 'detection-annotations[1]', reason: 'it is no object' },
      { path: 'detection-annotations[2].annotations', reason: 'it is no list' },
      { path: 'detection-annotations[2].polygons[0]', reason: 'it has no list of vertices' },
      { path: 'detection-annotations[2].polygons[1]', reason: 'a vertex has no number x or y' },
      {
        path: 'detection-annotations[3].annotations[0]',
        reason: 'it has no number center-y, center-z, yaw',
      },
      { path: 'detection-annotations[3].lines', reason: 'it is no list of labels that is known' },
      { path: 'camera-1.tracking-annotations', reason: 'it is no list' },
    ])
    expect(frames.map((frame) => frame.objects.length)).toStrictEqual([1, 0, 0, 0])
    expect(inspect({ frames, unreadable }, { depth: null })).not.toContain(secret)
  })

  it.each(['constructor', 'toString', '__proto__'])('may be named like what every object has: %s', (name) => {
    const text = `{"tracking-annotations":[{"${name}":[{"left":1}]}],"${name}":{"${name}":1}}`

    expect(readSequence(text)).toMatchObject({
      frames: [{ objects: [] }],
      unreadable: [
        { path: `tracking-annotations[0].${name}`, reason: 'it is no list of labels that is known' },
      ],
    })
  })

  it.each([
    ['{"tracking-annotations": [', 'it is not JSON'],
    ['[]', 'it is JSON but no object'],
    ['', 'it is not JSON'],
  ])('ends the reading when it is the whole file: %j', (text, reason) => {
    expect(() => readSequence(text)).toThrow(
      expect.objectContaining({
        code: 'line-unreadable',
        message: `Cannot read the labels of the sequence: ${reason}. Check that the file is a SeqLabel.json, and whole.`,
        data: { line: 1, reason },
      }),
    )
  })

  it('is refused when it is no text at all, as are options that do not exist', () => {
    expect(() => readSequence(new Uint8Array() as never)).toThrow('it was given no text')
    expect(() => readSequence('{}', { classmap: {} } as never)).toThrow('it has no option "classmap"')
  })
})
