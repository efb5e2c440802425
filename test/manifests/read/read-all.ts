import { type BadLines, readLabels, type WhichLabels } from '../../../src/manifests/read/read-labels.js'
import type { Source } from '../../../src/manifests/read/source.js'
import type { TaskName } from '../../../src/tasks/task-table.js'

/** Which labels `moodLine` has. */
export const MOOD = { task: 'text-classification', attribute: 'mood' } as const

/** A line of a text classification, with the given metadata. */
export function moodLine(metadata: object): object {
  return { source: 'x', mood: 1, 'mood-metadata': metadata }
}

/** Reads all labels of a manifest. */
export async function read<Name extends TaskName, Bad extends 'throw' | 'report' = 'throw'>(
  which: WhichLabels<Name> & BadLines<Bad>,
  source: Source,
) {
  const labels = []
  for await (const label of readLabels(which, source)) labels.push(label)
  return labels
}
