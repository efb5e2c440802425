import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'

/** What was given as a name, and what would have been one. */
export interface InvalidNameData {
  /** The kind of name, for instance `KMS key`. */
  readonly kind: string
  readonly received: unknown
  readonly expected: string
}

/** Thrown by every constructor of a name (`outputKey()`, `s3Uri()` …) for text that is none. */
export class InvalidNameError extends LabelingJobError<InvalidNameData> {
  constructor(data: InvalidNameData, fix: string) {
    super({
      code: 'invalid-name',
      what: `Cannot use ${formatValue(data.received)} as ${data.kind}`,
      why: `expected ${data.expected}`,
      fix,
      data,
    })
  }
}

/** A literal must have the shape; a plain `string` passes and is checked when the program runs. */
export type Checked<Text extends string, Shape extends string> = string extends Text
  ? Text
  : Text extends Shape
    ? Text
    : Shape
