import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { Difference } from './request/compare-requests.js'

/** In which fields a job that exists is another than the one that was to be created. */
export interface JobDiffersData {
  readonly differences: readonly Difference[]
}

/** Makes the error for a name under which another job exists. */
export function jobDiffers(
  { name, found, region }: { readonly name: string; readonly found: string; readonly region: string },
  differences: readonly Difference[],
): LabelingJobError<'job-differs', JobDiffersData> {
  const fields = differences.length === 1 ? 'a field' : `${differences.length} fields`
  const lines = differences.map(
    (each) => `\n- ${each.path}: wanted ${shown(each.wanted)}, found ${shown(each.found)}`,
  )
  return new LabelingJobError({
    code: 'job-differs',
    what: `Cannot create the labeling job ${name} in ${region}`,
    why:
      name === found
        ? `a job of that name exists, and differs in ${fields}`
        : `${found} exists, which is the same name to AWS, and differs in ${fields}`,
    fix: `Choose another name, or take the other job up with attachJob('${found}', aws)${lines.join('')}`,
    data: { differences },
  })
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return formatValue(value)
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 100)}…` : text
}
