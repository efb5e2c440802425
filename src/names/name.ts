import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'

/** What was given as a name, and what would have been one. */
export interface InvalidNameData {
  readonly received: string
  readonly expected: string
}

/** Makes the error that every constructor of a name (`outputKey()`, `s3Uri()` …) throws for a text that is not one. */
export function invalidName(
  {
    kind,
    received,
    expected,
  }: { readonly kind: string; readonly received: unknown; readonly expected: string },
  fix: string,
): LabelingJobError<'invalid-name', InvalidNameData> {
  return new LabelingJobError({
    code: 'invalid-name',
    what: `Cannot use ${formatValue(received)} as ${kind}`,
    why: `expected ${expected}`,
    fix,
    data: { received: formatValue(received), expected },
  })
}

/** A literal must have the shape; a plain `string` passes and is checked when the program runs. */
export type Checked<Text extends string, Shape extends string> = string extends Text
  ? Text
  : Text extends Shape
    ? Text
    : Shape
