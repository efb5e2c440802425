import { formatValue } from '../../errors/format-value.js'
import { isObject } from '../../json/json.js'
import { hashOf } from '../../names/hash-of.js'
import { refuseExport } from './refuse-export.js'

/**
 * The parts of an export and how much of it each gets, for instance `{ train: 0.8, val: 0.2 }` or `{ train: 4, val: 1 }`.
 *
 * Which part an object comes to depends on its source alone: the FNV-1a hash (32 bits) of the UTF-8 bytes of the source,
 * mixed by the finalizer of MurmurHash3, over 2³², is a number from 0 to 1; the parts take their shares of it in the
 * order in which they are given. The same object is in the same part in every export, whatever else a manifest has. All
 * frames of a sequence are in one part.
 *
 * @example
 * const split: Split = { train: 0.8, val: 0.1, test: 0.1 }
 * const labels = readLabels({ task: 'bounding-box', attribute: 'signs' }, ['{"source-ref": "s3://acme-gt/1.jpg"}'])
 * await writeFiles(toYolo(labels, { classes: ['Stop', 'Yield'], split }), 'export')
 */
export type Split = Readonly<Record<string, number>>

/** The parts of an export. */
export interface Parts<Name extends string | undefined = string | undefined> {
  readonly names: readonly Name[]
  /** Gives the part that an object comes to. */
  of(source: string): Name
}

/**
 * Reads a split; without one there is a single part that has no name.
 *
 * @throws LabelingJobError `refused-call` for no parts, odd names and shares that are no positive numbers.
 */
export function makeParts(call: string, split: Split | undefined): Parts {
  if (split === undefined) return { names: [undefined], of: () => undefined }
  const shares = isObject(split) ? Object.entries(split) : []
  const wrong = shares.find(
    ([name, share]) => !/^[A-Za-z0-9][\w-]*$/.test(name) || !(Number.isFinite(share) && share > 0),
  )
  if (shares.length === 0 || wrong !== undefined) {
    throw refuseExport(call, {
      why:
        wrong === undefined
          ? 'the split has no parts'
          : `the split has a part ${formatValue(wrong[0])} with the share ${String(wrong[1])}`,
      fix: 'Give each part a name of letters, digits, - and _, and a share above 0: { train: 0.8, val: 0.2 }',
    })
  }
  const names = shares.map(([name]) => name)
  const total = shares.reduce((sum, [, share]) => sum + share, 0)
  const ends = shares.map(
    (_, index) => shares.slice(0, index + 1).reduce((sum, [, share]) => sum + share, 0) / total,
  )
  return {
    names,
    of(source) {
      const at = hashOf(source) / 2 ** 32
      const part = ends.findIndex((end) => at < end)
      return names.at(part)
    },
  }
}
