import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { collect } from '../../src/manifests/overview/collect.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { processorTime } from './row.js'

/** What reading a large output manifest costs. */
export interface ManifestsBench {
  readonly rows: number
  /** Throughput of `readLabels`, in lines a second, over that of a bare readline and `JSON.parse` loop. */
  readonly ratioToReadline: number
  /** The same of `collect`. */
  readonly collectRatioToReadline: number
  /** How far the heap grew above its size before reading, at its highest, in MiB. */
  readonly peakHeapGrowthMb: number
}

/** Writes a manifest of boxes of about the given size, reads it both ways in turns, and removes it. */
export async function benchManifests(megabytes = 200, rounds = 3): Promise<ManifestsBench> {
  const folder = await mkdtemp(join(tmpdir(), 'labeling-job-bench-'))
  try {
    const file = join(folder, 'output.manifest')
    const rows = await writeRows(file, megabytes * 1024 * 1024)
    const bare: number[] = []
    const typed: number[] = []
    const collected: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await timed(() => readBare(file), rows))
      typed.push(await timed(() => readTyped(file), rows))
      collected.push(await timed(() => collectLabels(file), rows))
    }
    return {
      rows,
      ratioToReadline: ratio(bare, typed),
      collectRatioToReadline: ratio(bare, collected),
      peakHeapGrowthMb: Number((await peakHeapGrowth(file)).toFixed(1)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function ratio(bare: readonly number[], ours: readonly number[]): number {
  return Number((Math.min(...bare) / Math.min(...ours)).toFixed(3))
}

async function timed(read: () => Promise<number>, expected: number): Promise<number> {
  const start = processorTime()
  const rows = await read()
  if (rows !== expected) throw new Error(`read ${rows} of ${expected} rows`)
  return processorTime() - start
}

async function readBare(file: string): Promise<number> {
  let rows = 0
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) if (JSON.parse(line)['source-ref'] !== undefined) rows += 1
  return rows
}

async function readTyped(file: string): Promise<number> {
  let rows = 0
  for await (const label of readLabels(
    { task: 'bounding-box', attribute: 'boxes' },
    createReadStream(file),
  )) {
    if (label.status === 'labeled') rows += 1
  }
  return rows
}

async function collectLabels(file: string): Promise<number> {
  const labels = readLabels({ task: 'bounding-box', attribute: 'boxes' }, createReadStream(file))
  return (await collect(labels)).labeled
}

async function peakHeapGrowth(file: string): Promise<number> {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  let peak = before
  let rows = 0
  for await (const _ of readLabels({ task: 'bounding-box', attribute: 'boxes' }, createReadStream(file))) {
    rows += 1
    if (rows % 1000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
  }
  return (peak - before) / 1024 / 1024
}

async function writeRows(file: string, bytes: number): Promise<number> {
  const stream = createWriteStream(file)
  let rows = 0
  while (stream.bytesWritten + stream.writableLength < bytes) {
    const batch = Array.from({ length: 1000 }, (_, index) => row(rows + index)).join('')
    rows += 1000
    if (!stream.write(batch)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'close')
  return rows
}

function row(index: number): string {
  const places = [0, 1, 2, 3].map((place) => place * 40 + (index % 300))
  const line = {
    'source-ref': `s3://acme-gt/in/camera-7/${index}.jpg`,
    boxes: {
      image_size: [{ width: 1280, height: 720, depth: 3 }],
      annotations: places.map((left, at) => ({
        class_id: at % 3,
        left,
        top: 12 + at,
        width: 33,
        height: 44,
      })),
    },
    'boxes-metadata': {
      objects: places.map((_, at) => ({ confidence: 0.61 + at / 10 })),
      'class-map': { 0: 'stop', 1: 'yield', 2: 'speed limit' },
      type: 'groundtruth/object-detection',
      'human-annotated': 'yes',
      'creation-date': '2026-01-02T03:04:05.123456',
      'job-name': 'labeling-job/street-signs',
    },
  }
  return `${JSON.stringify(line)}\n`
}
