import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'

/**
 * Refuses the path of a file that would not lie below the folder it is written to, on any system.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseUnsafePath(path: unknown, folder: string): asserts path is string {
  const why = reasonOf(path)
  if (why !== undefined) throw refusedFile(path, folder, why)
}

/** Makes the error for a file that is not written. */
export function refusedFile(
  path: unknown,
  folder: string,
  why: string,
): LabelingJobError<'refused-call', RefusedCallData> {
  return new LabelingJobError({
    code: 'refused-call',
    what: `Cannot write the file ${formatValue(path)} to ${folder}`,
    why,
    fix: 'Give files whose paths name folders and a file below it, such as labels/train/1.txt',
    data: { call: 'writeFiles', received: String(path) },
  })
}

function reasonOf(path: unknown): string | undefined {
  if (typeof path !== 'string' || path === '') return 'it has no path'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) return 'its path has a control character'
  if (path.includes('\\')) return 'its path has a backslash, which separates folders on Windows'
  if (/^[A-Za-z]:/.test(path)) return 'its path begins with a drive'
  const steps = path.split('/')
  if (steps[0] === '') return 'its path begins at the root'
  if (steps.includes('..')) return 'its path leads out of the folder'
  if (steps.includes('') || steps.includes('.')) return 'its path has a step that names nothing'
  return undefined
}
