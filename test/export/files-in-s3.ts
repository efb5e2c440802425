import { encode } from 'fast-png'
import type { Line } from '../../src/manifests/read/label.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'

const JOB = {
  'human-annotated': 'yes',
  'creation-date': '2026-03-04T05:06:07.891234',
  'job-name': 'labeling-job/j',
}
const COLORS = ['#ffffff', '#f28333', '#0000ff', '#00ff00'] as const

/** A bucket in which labels keep their files. */
export function bucket(): FakeAws {
  const cloud = fakeAws()
  cloud.bucket('acme-gt')
  return cloud
}

/**
 * Puts a mask that is drawn with digits into the bucket, as a PNG of the colors of its classes (`.` is transparent), and
 * gives the line of its label.
 */
export function maskLine(
  cloud: FakeAws,
  name: string,
  rows: readonly string[],
  names: readonly string[],
): string {
  const data = rows.flatMap((row) =>
    [...row].flatMap((digit) => (digit === '.' ? [0, 0, 0, 0] : rgba(digit))),
  )
  const png = encode({
    width: rows[0]?.length ?? 0,
    height: rows.length,
    channels: 4,
    data: Uint8Array.from(data),
  })
  cloud.object(`s3://acme-gt/out/${name}.png`, png)
  return JSON.stringify({
    'source-ref': `s3://acme-gt/in/${name}.jpg`,
    'road-ref': `s3://acme-gt/out/${name}.png`,
    'road-ref-metadata': {
      'internal-color-map': Object.fromEntries(
        names.map((className, id) => [
          id,
          { 'class-name': className, 'hex-color': COLORS[id], confidence: 0 },
        ]),
      ),
      type: 'groundtruth/semantic-segmentation',
      ...JOB,
    },
  })
}

function rgba(digit: string): readonly number[] {
  const color = Number.parseInt((COLORS[Number(digit)] ?? '#123456').slice(1), 16)
  return [color >> 16, (color >> 8) & 255, color & 255, 255]
}

export function maskLabels(cloud: FakeAws, ...lines: readonly string[]): AsyncIterable<Line> {
  return readLabels(
    { task: 'semantic-segmentation', attribute: 'road-ref' },
    [lines.join('\n')],
    cloud.connect(),
  )
}

/** Puts the labels of a video into the bucket, and gives the line of the sequence. */
export function videoLine(cloud: FakeAws, name: string, frames: readonly object[]): string {
  const file = { 'tracking-annotations': frames }
  cloud.object(`s3://acme-gt/out/${name}/SeqLabel.json`, JSON.stringify(file))
  return JSON.stringify({
    'source-ref': `s3://acme-gt/in/${name}.json`,
    'cars-ref': `s3://acme-gt/out/${name}/SeqLabel.json`,
    'cars-ref-metadata': {
      'class-map': { 0: 'car', 1: 'bus' },
      type: 'groundtruth/video-object-tracking',
      ...JOB,
    },
  })
}

export function videoLabels(cloud: FakeAws, ...lines: readonly string[]): AsyncIterable<Line> {
  return readLabels(
    { task: 'video-frame-object-tracking', attribute: 'cars-ref' },
    [lines.join('\n')],
    cloud.connect(),
  )
}
