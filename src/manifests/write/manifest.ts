import { countOf } from '../../errors/count-of.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { TaskName } from '../../tasks/task-table.js'
import { readAnew } from '../read/read-anew.js'
import { unlessUsedUp } from '../read/unless-used-up.js'
import { type ManifestCounts, startManifestCheck } from './manifest-check.js'
import type { ManifestObject, ManifestOptions, Objects } from './manifest-object.js'

/** An input manifest that breaks no rule. */
export interface Manifest extends ManifestCounts {
  readonly text: string
  toString(): string
}

/**
 * Makes an input manifest: one JSON line for each object, checked against the rules and quotas of Ground Truth.
 *
 * @throws LabelingJobError `manifest-invalid` with the first 100 broken rules and how many there are.
 * @example
 * const { text } = manifest([{ 'source-ref': 's3://acme-gt/in/0001.jpg' }], { task: 'bounding-box' })
 */
export function manifest<Name extends TaskName, Line extends ManifestObject<Name>>(
  objects: Iterable<Line>,
  options: ManifestOptions<Name>,
): Manifest {
  const check = startManifestCheck('manifest', objects, options)
  if (!(Symbol.iterator in objects))
    throw refusedCall(
      'manifest',
      'its objects come one after the other: give them to manifestLines() or writeManifest()',
    )
  let text = ''
  for (const object of objects) text += check.add(object)
  const made = { ...check.end(), text, toString: () => text }
  // A hundred thousand lines in a terminal tell less than how many there are.
  const summary = () =>
    `a manifest of ${countOf(made.objects, 'object')}: ${countOf(text.length, 'character')}`
  Object.defineProperty(made, Symbol.for('nodejs.util.inspect.custom'), { value: summary })
  return Object.freeze(made)
}

/**
 * Streams an input manifest line by line, for files and uploads of any size. After the first broken rule no line
 * comes any more; the remaining objects are still checked, and the end is an error with all that was found. Each loop
 * goes through the objects anew.
 *
 * @throws LabelingJobError `manifest-invalid` with the first 100 broken rules and how many there are.
 *
 * @example
 * const objects = [{ 'source-ref': 's3://acme-gt/in/0001.jpg' }]
 * for await (const line of manifestLines(objects, { task: 'bounding-box' })) process.stdout.write(line)
 */
export function manifestLines<Name extends TaskName, Line extends ManifestObject<Name>>(
  objects: Objects<Line>,
  options: ManifestOptions<Name>,
): AsyncIterable<string> {
  return readAnew(() => linesOf(objects, options), 'lines of a manifest')
}

async function* linesOf<Name extends TaskName, Line extends ManifestObject<Name>>(
  objects: Objects<Line>,
  options: ManifestOptions<Name>,
): AsyncGenerator<string, void> {
  const check = startManifestCheck('manifestLines', objects, options)
  for await (const object of unlessUsedUp(objects, USED_UP)) {
    const line = check.add(object)
    if (line !== '') yield line
  }
  check.end()
}

const USED_UP = {
  call: 'manifestLines',
  what: 'Cannot write lines of a manifest',
  fix: 'Give the objects in an array, or a new generator for each reading',
}
