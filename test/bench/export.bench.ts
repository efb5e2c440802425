import { toCoco } from '../../src/export/to-coco.js'
import { toYolo } from '../../src/export/to-yolo.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import type { Row } from './row.js'

const LINES = 100_000
const BATCH = 1000
const CLASSES = ['stop', 'yield', 'speed limit']

/** Measures what it costs to write 100,000 images of four boxes for other tools, beside reading them. */
export async function benchExport(): Promise<readonly Row[]> {
  const read = await seconds(async () => {
    for await (const _ of labels());
  })
  let bytes = 0
  globalThis.gc?.()
  const before = memory()
  let peak = before
  const coco = await seconds(async () => {
    for await (const { content } of toCoco(watched(), { classes: CLASSES })) bytes += content.length
  })
  const yolo = await seconds(async () => {
    for await (const _ of toYolo(labels(), { classes: CLASSES }));
  })
  const megabytes = bytes / 1e6
  return [
    { measure: 'toCoco() of 100,000 images, over reading them', value: (coco / read).toFixed(2), budget: '' },
    { measure: 'toYolo() of 100,000 images, over reading them', value: (yolo / read).toFixed(2), budget: '' },
    {
      // The files of tiny images: their addresses, kept so that an image of several lines is given once, weigh much here.
      measure: 'memory of toCoco() before its file is there, over the file',
      value: ((peak - before) / 1e6 / megabytes).toFixed(2),
      budget: '8',
      kept: (peak - before) / 1e6 / megabytes <= 8,
    },
  ]

  async function* watched() {
    let seen = 0
    for await (const label of labels()) {
      seen += 1
      if (seen % BATCH === 0) peak = Math.max(peak, memory())
      yield label
    }
  }
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function labels() {
  return readLabels({ task: 'bounding-box', attribute: 'boxes' }, { [Symbol.asyncIterator]: batches })
}

async function* batches(): AsyncGenerator<string, void> {
  for (let start = 0; start < LINES; start += BATCH)
    yield Array.from({ length: BATCH }, (_, index) => line(start + index)).join('')
}

function line(index: number): string {
  const annotations = [0, 1, 2, 3].map((at) => ({
    class_id: at % 3,
    left: at * 40 + (index % 300),
    top: 12 + at,
    width: 33,
    height: 44,
  }))
  const boxes = { image_size: [{ width: 1280, height: 720, depth: 3 }], annotations }
  const metadata = {
    'class-map': { 0: 'stop', 1: 'yield', 2: 'speed limit' },
    type: 'groundtruth/object-detection',
    'human-annotated': 'yes',
  }
  return `${JSON.stringify({ 'source-ref': `s3://acme-gt/in/${index}.jpg`, boxes, 'boxes-metadata': metadata })}\n`
}
