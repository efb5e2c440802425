import type { ExportFile } from '../../src/export/export-file.js'
import type { Label } from '../../src/manifests/read/label.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'

/** A box as a test writes it: class id, left, top, width, height. */
export type BoxRow = readonly [number, number, number, number, number]

export const CLASS_MAP: Readonly<Record<string, string>> = { 0: 'stop', 1: 'yield', 2: 'speed limit' }
/** The classes in the order of the label category file, which is not the one in which the lines have them. */
export const CLASSES = ['stop', 'yield', 'speed limit']

/** A line of the output manifest of a job of boxes, whose label attribute is not named like the job. */
export function boxLine(source: string, boxes: readonly BoxRow[], options: LineOptions = {}): string {
  const { size = [100, 80], confidence = 0, human = 'yes' } = options
  return JSON.stringify({
    'source-ref': source,
    signs: {
      ...(size !== null && { image_size: [{ width: size[0], height: size[1], depth: 3 }] }),
      annotations: boxes.map(([class_id, left, top, width, height]) => ({
        class_id: String(class_id),
        left,
        top,
        width,
        height,
      })),
    },
    'signs-metadata': {
      objects: boxes.map(() => ({ confidence })),
      'class-map': CLASS_MAP,
      type: 'groundtruth/object-detection',
      'human-annotated': human,
      'creation-date': '2026-03-04T05:06:07.891234',
      'job-name': 'labeling-job/the-job-has-another-name',
    },
  })
}

export interface LineOptions {
  readonly size?: readonly [number, number] | null
  readonly confidence?: number
  readonly human?: 'yes' | 'no'
}

/** A line of a job that failed to label its object. */
export function failedLine(source: string, reason: string): string {
  return JSON.stringify({ 'source-ref': source, 'signs-metadata': { 'failure-reason': reason } })
}

export function boxLabels(...lines: readonly string[]): AsyncIterable<Label<'bounding-box'>> {
  return readLabels({ task: 'bounding-box', attribute: 'signs', onBadLine: 'report' }, [
    lines.join('\n'),
  ]) as AsyncIterable<Label<'bounding-box'>>
}

/** All files of an export, by their paths. */
export async function filesOf(files: AsyncIterable<ExportFile>): Promise<Readonly<Record<string, string>>> {
  const byPath: Record<string, string> = {}
  for await (const { path, content } of files) {
    if (byPath[path] !== undefined) throw new Error(`${path} came twice`)
    byPath[path] = typeof content === 'string' ? content : new TextDecoder().decode(content)
  }
  return byPath
}

/** Notes what an export tells that it left out. */
export function noteSkipped() {
  const notes: string[] = []
  return {
    notes,
    onSkipped: ({ lineNumber, why }: { readonly lineNumber: number; readonly why: string }) => {
      notes.push(`${lineNumber}: ${why}`)
    },
  }
}
