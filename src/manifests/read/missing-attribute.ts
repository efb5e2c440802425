import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { asRecord, type JsonRecord } from '../../json/loose-values.js'
import { fieldOf } from '../frames/spellings.js'
import type { Line } from './label.js'

/** Watches whether any line of a manifest has a label attribute. */
export interface AttributeWatch {
  /** Looks at a line; `false` as soon as one may have the attribute, and nothing is left to watch. */
  isAbsentFrom(line: Line): boolean
  /**
   * Ends a manifest in which no line has the attribute.
   *
   * @throws LabelingJobError `refused-call` when there are labels under other attributes.
   */
  end(): void
}

/** Starts to watch: a misspelt attribute would make every object look unlabeled. */
export function watchAttribute(attribute: string): AttributeWatch {
  const others = new Set<string>()
  let objects = 0
  return {
    isAbsentFrom(line) {
      if (line.status !== 'unlabeled') return false
      objects += 1
      for (const other of others.size < NAMED ? labelAttributesOf(line.line) : []) others.add(other)
      return true
    },
    end() {
      if (others.size === 0) return
      const found = [...others].slice(0, NAMED)
      throw new LabelingJobError({
        code: 'refused-call',
        what: `Cannot read labels under "${attribute}"`,
        why: `${objects === 1 ? 'the only object does not have' : `none of the ${objects} objects has`} this attribute; there are labels under ${found.join(', ')}`,
        fix: 'Give the label attribute name of the job that made the labels (LabelAttributeName in its description)',
        data: { call: 'readLabels', received: attribute, found },
      })
    },
  }
}

const NAMED = 10
const SUFFIX = '-metadata'

const SAID_BY_JOBS = ['type', 'job-name', 'human-annotated', 'creation-date', 'failure-reason']

/**
 * Gives the label attributes of a line: each has metadata beside it. Input may have keys of such names as well: the
 * metadata of a point cloud, and those of other tools, which say nothing that a job says.
 */
export function labelAttributesOf(line: JsonRecord): readonly string[] {
  return Object.keys(line)
    .filter((key) => key.endsWith(SUFFIX) && key !== 'source-ref-metadata')
    .map((key) => key.slice(0, -SUFFIX.length))
    .filter((attribute) => Object.hasOwn(line, attribute) || maySayJob(line[`${attribute}${SUFFIX}`]))
}

function maySayJob(value: unknown): boolean {
  const metadata = asRecord(value)
  if (metadata === undefined) return false
  const isEmpty = Object.keys(metadata).length === 0
  return isEmpty || SAID_BY_JOBS.some((field) => fieldOf(metadata, field) !== undefined)
}
