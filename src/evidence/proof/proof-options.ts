import {
  aFunction,
  type OptionCheck,
  refuseOddOptions,
  SHARED_CHECKS,
  wholeNumber,
} from '../declared/refuse-odd-options.js'
import type { ProofOptions } from './proof.js'

const KNOWN: Readonly<Record<keyof ProofOptions, OptionCheck>> = {
  ...SHARED_CHECKS,
  exceptions: wholeNumber(0, 100_000),
  onObject: aFunction,
}

/**
 * Refuses options that `proveJob()` does not have.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddProofOptions(options: unknown): void {
  refuseOddOptions('proveJob', options, KNOWN)
}
