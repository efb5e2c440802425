import { formatValue } from '../errors/format-value.js'
import { refusedCall, refuseNoSignal } from '../errors/refused-call.js'

/**
 * Refuses options of a look-up that are of another kind: a text such as 'no' would ask KMS anew.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddLookUp(call: string, options: object): void {
  const { fresh, signal } = options as { readonly fresh?: unknown; readonly signal?: unknown }
  if (fresh !== undefined && typeof fresh !== 'boolean')
    throw refusedCall(call, `its option fresh is ${formatValue(fresh)}: give true or false`)
  refuseNoSignal(call, signal)
}
