import { formatValue } from '../../errors/format-value.js'
import type { LabelCategories } from '../../manifests/task-files/label-categories-file.js'
import { refuseExport } from './refuse-export.js'

/** The classes of an export, in their order. */
export interface ClassList {
  readonly names: readonly string[]
  /**
   * Gives the place of a class, from 0.
   *
   * @throws LabelingJobError `refused-call` for a class that is not among them.
   */
  placeOf(name: string, lineNumber: number): number
  has(name: string): boolean
}

/**
 * Reads the classes of an export. Their order comes from the caller, for instance from the label category file, never
 * from which class a manifest happens to name first: files of two exports would mean different classes.
 *
 * @throws LabelingJobError `refused-call` for no classes, or a class that is there twice.
 */
export function makeClassList(call: string, classes: readonly string[] | LabelCategories): ClassList {
  const names = isList(classes) ? classes : classes?.classes
  if (!isList(names) || names.length === 0 || names.some((name) => typeof name !== 'string')) {
    throw refuseExport(call, { why: 'it was given no classes', fix: CLASSES_FIX })
  }
  const places = new Map(names.map((name, place) => [name, place]))
  if (places.size < names.length) {
    const twice = names.find((name, place) => places.get(name) !== place)
    throw refuseExport(call, {
      why: `the class ${formatValue(twice)} is there twice`,
      fix: 'Name each class once',
    })
  }
  return {
    names,
    has: (name) => places.has(name),
    placeOf(name, lineNumber) {
      const place = places.get(name)
      if (place !== undefined) return place
      const alike = names.find((one) => one.toLowerCase() === name.toLowerCase())
      const difference = alike === undefined ? '' : `: ${formatValue(alike)} differs in capital letters`
      throw refuseExport(call, {
        why: `line ${lineNumber} has the class ${formatValue(name)}, which is not among the classes of the export${difference}`,
        fix: 'Add it to classes, at the end so that the numbers of the others stay',
        received: name,
        expected: names.join(', '),
      })
    },
  }
}

const CLASSES_FIX =
  'Give classes: an array of their names in order, or the label category file that readLabelCategories() reads'

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}
