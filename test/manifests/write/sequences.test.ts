import { describe, expect, it } from 'vitest'
import { describeProblem, type Problem } from '../../../src/errors/problem.js'
import { type CameraImage, pointCloudFrame } from '../../../src/manifests/write/point-cloud-frame.js'
import { pointCloudSequence } from '../../../src/manifests/write/point-cloud-sequence.js'
import { videoFrameSequence } from '../../../src/manifests/write/video-frame-sequence.js'
import type { LabelingJobError } from '../../../src/running/error-data.js'

const PREFIX = 's3://acme-gt/in/video1/'
const POSE = { position: { x: 1, y: 2, z: 3 }, heading: { qx: 0, qy: 0, qz: 0, qw: 1 } }
const IMAGE: CameraImage = {
  path: 'camera0/1.jpg',
  timestamp: 10.5,
  fx: 800,
  fy: 801,
  cx: 320,
  cy: 240,
  k1: 0.1,
  skew: 0,
  model: 'fisheye',
  ...POSE,
}

describe('videoFrameSequence', () => {
  it('numbers frames that are given by name', () => {
    const sequence = videoFrameSequence({
      number: 1,
      prefix: PREFIX,
      frames: ['0001.jpg', { frame: '0002.png', number: 7, timestamp: 1_772_600_000 }, '0003.JPEG'],
    })

    expect(sequence).toStrictEqual({
      'seq-no': 1,
      prefix: PREFIX,
      'number-of-frames': 3,
      frames: [
        { 'frame-no': 1, frame: '0001.jpg' },
        { 'frame-no': 7, frame: '0002.png', 'unix-timestamp': 1_772_600_000 },
        { 'frame-no': 3, frame: '0003.JPEG' },
      ],
    })
    expect(Object.isFrozen(sequence)).toBe(true)
  })

  it('takes 2,000 frames and no more', () => {
    const frames = Array.from({ length: 2001 }, (_, index) => `${String(index).padStart(4, '0')}.jpg`)

    expect(
      videoFrameSequence({ number: 0, prefix: PREFIX, frames: frames.slice(1) })['number-of-frames'],
    ).toBe(2000)
    expect(codesOf(() => videoFrameSequence({ number: 0, prefix: PREFIX, frames }))).toStrictEqual([
      ['sequence-too-long', 'frames'],
    ])
  })

  it('lists every broken rule at once', () => {
    const make = () =>
      videoFrameSequence({
        number: -1,
        prefix: 's3://acme-gt/in',
        frames: [
          'frame2.jpg',
          { frame: 'frame10.jpg', number: 1.5 },
          { frame: 'frame11.gif', timestamp: 0.5 },
          'frame11.gif',
          '',
        ],
      })

    expect(codesOf(make)).toStrictEqual([
      ['sequence-number', 'seq-no'],
      ['sequence-prefix', 'prefix'],
      ['frame-number', 'frames[1].frame-no'],
      ['frame-name', 'frames[4].frame'],
      ['frame-twice', 'frames[3].frame'],
      ['frame-ending', 'frames[2].frame'],
      ['frame-time-whole', 'frames[2].unix-timestamp'],
      ['frame-ending', 'frames[3].frame'],
      ['frame-ending', 'frames[4].frame'],
    ])
  })

  it('says what is wrong in words', () => {
    expect(() => videoFrameSequence({ number: 1, prefix: PREFIX, frames: [] })).toThrow(
      'Cannot make the video frame sequence: it breaks rules of Ground Truth in one place. \n- frames: there are none. A sequence has at least one frame. Give frames.',
    )
  })

  it.each([
    [{ number: 1.5 }, 'seq-no: it is 1.5. It has to be a whole number, 0 or more'],
    [
      { prefix: 's3://acme-gt/in' },
      'prefix: it is "s3://acme-gt/in". It has to be an s3:// address that ends',
    ],
    [{ prefix: undefined }, 'prefix: it is missing. It has to be an s3:// address'],
    [{ frames: [{ frame: 'a.jpg', number: 0.5 }] }, 'frames[0].frame-no: it is 0.5. It has to be'],
    [{ frames: [{ frame: 'a.jpg', timestamp: 'x' }] }, 'frames[0].unix-timestamp: it is "x". It has to be'],
    [{ frames: ['a.gif'] }, 'frames[0].frame: it is "a.gif". Frames end in .jpg, .jpeg or .png'],
    [{ frames: ['a/'] }, 'frames[0].frame: it is "a/". A frame is named by its path below the prefix'],
    [{ frames: [{ frame: null }] }, 'frames[0].frame: it is null. A frame is named by its path'],
    [{ frames: [{ frame: {} }] }, 'frames[0].frame: it is an object. A frame is named'],
    [{ frames: ['a.jpg', 'a.jpg'] }, 'frames[1].frame: "a.jpg" is the file of an earlier frame.'],
  ])('shows the value that breaks a rule: %j', (wrong, words) => {
    const options = { number: 1, prefix: PREFIX, frames: ['a.jpg'], ...wrong } as never

    expect(() => videoFrameSequence(options)).toThrow(words)
  })

  it.each([
    ['no options', undefined, 'it was given no object with options'],
    ['a misspelt option', { number: 1, prefix: PREFIX, frames: [], nmber: 1 }, 'it has no option "nmber"'],
    ['frames that are no list', { number: 1, prefix: PREFIX, frames: 'a.jpg' }, 'its frames are "a.jpg"'],
    [
      'a frame that is nothing',
      { number: 1, prefix: PREFIX, frames: [null] },
      'frames[0].frame: it is missing.',
    ],
  ])('refuses %s', (_name, options, words) => {
    expect(() => videoFrameSequence(options as never)).toThrow(words)
    expect(() => pointCloudSequence(options as never)).toThrow(words)
  })

  it.each([
    [['a.jpg', 'ab.jpg'], []],
    [['2.jpg', '10.jpg'], ['frame-order']],
    [['\uFFFD.jpg', '🎈.jpg'], []],
    [['🎈.jpg', '\uFFFD.jpg'], ['frame-order']],
    [['a.jpg.png', 'a.jpg'], ['frame-order']],
  ])('compares names as bytes: %j', (frames, codes) => {
    const warnings: Problem[] = []
    const onWarning = (warning: Problem) => warnings.push(warning)

    const sequence = videoFrameSequence({ number: 1, prefix: PREFIX, frames, onWarning })

    expect(sequence.frames.map(({ frame }) => frame)).toStrictEqual(frames)
    expect(warnings.map(({ code }) => code)).toStrictEqual(codes)
  })

  it('makes a sequence of names whose order workers will see changed, and warns of it', () => {
    const frames = Array.from({ length: 11 }, (_, index) => `frame${index + 1}.jpg`)
    const words: string[] = []

    const sequence = videoFrameSequence({
      number: 1,
      prefix: PREFIX,
      frames,
      onWarning: (warning) => words.push(describeProblem(warning)),
    })

    expect(sequence['number-of-frames']).toBe(11)
    expect(words).toStrictEqual([
      'frames[9].frame: "frame10.jpg" sorts before "frame9.jpg", the frame before it. Workers see frames in the byte order of their names, whatever their order here. Pad numbers in names with zeros, or sort the frames by name, unless that order is meant.',
    ])
    expect(videoFrameSequence({ number: 1, prefix: PREFIX, frames })).toStrictEqual(sequence)
  })
})

describe('pointCloudFrame', () => {
  it('makes a manifest line in the words of AWS', () => {
    const frame = pointCloudFrame('s3://acme-gt/in/1.pcd', {
      timestamp: 10.25,
      format: 'text/xyzirgb',
      prefix: 's3://acme-gt/in/images/',
      vehiclePose: POSE,
      images: [IMAGE],
    })

    expect(frame).toStrictEqual({
      'source-ref': 's3://acme-gt/in/1.pcd',
      'source-ref-metadata': {
        'unix-timestamp': 10.25,
        format: 'text/xyzirgb',
        prefix: 's3://acme-gt/in/images/',
        'ego-vehicle-pose': POSE,
        images: [
          {
            'image-path': 'camera0/1.jpg',
            'unix-timestamp': 10.5,
            'camera-model': 'fisheye',
            fx: 800,
            fy: 801,
            cx: 320,
            cy: 240,
            k1: 0.1,
            skew: 0,
            ...POSE,
          },
        ],
      },
    })
  })

  it('needs no more than a time where AWS knows the format', () => {
    expect(pointCloudFrame('s3://acme-gt/in/1.txt', { timestamp: 1 })).toStrictEqual({
      'source-ref': 's3://acme-gt/in/1.txt',
      'source-ref-metadata': { 'unix-timestamp': 1 },
    })
  })

  it('is made of an object in S3', () => {
    expect(() => pointCloudFrame('1.bin', { timestamp: 1 })).toThrow(
      'source-ref: it is "1.bin". The object lies in S3. Give s3://bucket/key.',
    )
  })

  it.each([
    ['no options', undefined, 'it was given no object with options'],
    ['a misspelt option', { timestamp: 1, fromat: 'text/xyz' }, 'it has no option "fromat"'],
    ['images that are no list', { timestamp: 1, images: {} }, 'images[0].image-path: it is missing.'],
    ['an image that is nothing', { timestamp: 1, images: [null] }, 'images[0].image-path: it is missing.'],
  ])('refuses %s', (_name, options, words) => {
    expect(() => pointCloudFrame('s3://acme-gt/in/1.bin', options as never)).toThrow(words)
  })

  it('takes 8 images and no more', () => {
    const { model: _, ...plain } = IMAGE
    const make = (count: number) =>
      pointCloudFrame('s3://acme-gt/in/1.bin', { timestamp: 1, images: Array(count).fill(plain) })

    expect(make(8)['source-ref-metadata'].images).toHaveLength(8)
    expect(codesOf(() => make(9))).toStrictEqual([['too-many-images', 'images']])
  })

  it('lists every broken rule at once', () => {
    const make = () =>
      pointCloudFrame('s3://acme-gt/in/1.pcd', {
        timestamp: Number.NaN,
        prefix: 's3://acme-gt/in',
        vehiclePose: { position: { x: 1, y: 2 } } as never,
        images: [{ ...IMAGE, path: '', fx: '8', k1: null, model: 'box' } as never],
      })

    expect(codesOf(make)).toStrictEqual([
      ['frame-time', 'unix-timestamp'],
      ['frame-format-unknown', 'format'],
      ['frame-prefix', 'prefix'],
      ['not-a-number', 'ego-vehicle-pose.position.z'],
      ['not-a-number', 'ego-vehicle-pose.heading.qx'],
      ['not-a-number', 'ego-vehicle-pose.heading.qy'],
      ['not-a-number', 'ego-vehicle-pose.heading.qz'],
      ['not-a-number', 'ego-vehicle-pose.heading.qw'],
      ['image-path', 'images[0].image-path'],
      ['not-a-number', 'images[0].fx'],
      ['not-a-number', 'images[0].k1'],
      ['camera-model', 'images[0].camera-model'],
    ])
  })
})

describe('pointCloudSequence', () => {
  const frames = [
    { frame: '1.bin', timestamp: 1 },
    { frame: '2.bin', timestamp: 1.5, number: 4, vehiclePose: POSE },
  ]

  it('makes a sequence file in the words of AWS', () => {
    expect(pointCloudSequence({ number: 3, prefix: PREFIX, frames })).toStrictEqual({
      'seq-no': 3,
      prefix: PREFIX,
      'number-of-frames': 2,
      frames: [
        { frame: '1.bin', 'unix-timestamp': 1 },
        { frame: '2.bin', 'frame-no': 4, 'unix-timestamp': 1.5, 'ego-vehicle-pose': POSE },
      ],
    })
  })

  it('takes 500 frames and no more', () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ frame: `${index}.bin`, timestamp: index }))

    expect(pointCloudSequence({ number: 1, prefix: PREFIX, frames: many.slice(1) })['number-of-frames']).toBe(
      500,
    )
    expect(codesOf(() => pointCloudSequence({ number: 1, prefix: PREFIX, frames: many }))).toStrictEqual([
      ['sequence-too-long', 'frames'],
    ])
  })

  it('lists every broken rule at once', () => {
    const make = () =>
      pointCloudSequence({
        number: 1,
        prefix: PREFIX,
        frames: [...frames, { frame: '2.bin', timestamp: 1.5, format: 'binary/xy' as never }],
      })

    expect(codesOf(make)).toStrictEqual([
      ['frame-twice', 'frames[2].frame'],
      ['frame-format', 'frames[2].format'],
      ['frame-time-order', 'frames[2].unix-timestamp'],
    ])
  })
})

/** The rules that a call breaks, each with its place; none when it succeeds. */
function codesOf(make: () => object): [code: string, path: string][] {
  try {
    make()
    return []
  } catch (thrown) {
    return (thrown as LabelingJobError<'manifest-invalid'>).data.problems.map(({ code, path }) => [
      code,
      path,
    ])
  }
}
