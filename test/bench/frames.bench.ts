import { connect } from '../../src/aws/connect.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { processorTime } from './row.js'

/** What reading the labels of a long video costs. */
export interface FramesBench {
  readonly frames: number
  readonly objects: number
  readonly megabytes: number
  readonly milliseconds: number
  /** How far the heap grew above its size before reading, at its highest, in MiB. */
  readonly peakHeapGrowthMb: number
}

const OBJECTS_A_FRAME = 10

/** Reads a sequence of so many frames, which comes in parts as from S3. */
export async function benchFrames(count = 10_000): Promise<FramesBench> {
  let bytes = 0
  async function* body() {
    const encoder = new TextEncoder()
    yield encoder.encode('{"tracking-annotations":[')
    for (let start = 0; start < count; start += 25) {
      const frames = Array.from({ length: Math.min(25, count - start) }, (_, at) => frame(start + at))
      const part = encoder.encode(`${start === 0 ? '' : ','}${frames.join(',')}`)
      bytes += part.length
      yield part
    }
    yield encoder.encode(']}')
  }
  const client = {
    send: async () => ({ Body: Object.assign(body(), { transformToString: async () => '' }) }),
  }
  const aws = connect({ region: 'us-east-1', clients: client })

  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  let peak = before
  let frames = 0
  let objects = 0
  const start = processorTime()
  const line = '{"source-ref":"s3://acme-gt/in/seq.json","team-ref":"s3://acme-gt/out/SeqLabel.json"}'
  const which = { task: 'video-frame-object-tracking', attribute: 'team-ref' } as const
  for await (const label of readLabels(which, [line], aws)) {
    if (label.status !== 'labeled') throw new Error(label.status)
    for await (const { objects: found } of label.frames()) {
      frames += 1
      objects += found.length
      if (frames % 100 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed)
    }
  }
  if (frames !== count || objects !== count * OBJECTS_A_FRAME) throw new Error(`read ${frames} frames`)
  return {
    frames,
    objects,
    megabytes: Number((bytes / 1024 / 1024).toFixed(1)),
    milliseconds: Math.round((processorTime() - start) / 1000),
    peakHeapGrowthMb: Number(((peak - before) / 1024 / 1024).toFixed(1)),
  }
}

function frame(number: number): string {
  const annotations = Array.from({ length: OBJECTS_A_FRAME }, (_, at) => ({
    'class-id': String(at % 3),
    left: at * 40 + (number % 300),
    top: 12 + at,
    width: 33,
    height: 44,
    'label-category-attributes': { occluded: 'no' },
    'object-id': `480dc450-c0ca-11ea-961f-${String(at).padStart(12, '0')}`,
    'object-name': `Player:${at}`,
  }))
  return JSON.stringify({ 'frame-no': String(number), frame: `frame_${number}.jpeg`, annotations })
}
