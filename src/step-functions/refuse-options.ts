import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall } from '../errors/refused-call.js'

/** Refuses options and regions that are none. */
export function refuseOddOptions(call: string, options: object, known: readonly string[]): void {
  refuseUnknownOptions({ call, what: `Cannot call ${call}()` }, options, known)
  const { region, queryLanguage, ...others } = options as Readonly<Record<string, unknown>>
  refuseNoRegion(call, region)
  refuseOddLanguage(call, queryLanguage)
  for (const option of ['name', 'manifest', 'next', 'onFailure']) {
    const value = others[option]
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw refusedCall(call, `${option} is ${formatValue(value)}: give a text that is not empty`)
  }
}

/** Refuses a query language that Step Functions does not have. */
export function refuseOddLanguage(call: string, queryLanguage: unknown): void {
  if (queryLanguage === undefined || queryLanguage === 'JSONata' || queryLanguage === 'JSONPath') return
  throw refusedCall(call, `queryLanguage is ${formatValue(queryLanguage)}: give 'JSONata' or 'JSONPath'`)
}

/**
 * Refuses a region that is none.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseNoRegion(call: string, region: unknown): void {
  if (typeof region === 'string' && /^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) return
  throw refusedCall(call, `the region is ${formatValue(region)}: give its code, for instance 'us-east-1'`)
}
