import type { ManyOptions } from '../../aws/many.js'
import { isDate, isOneOf, isStatus, type OptionCheck, refuseOdd } from '../../running/check-options.js'
import type { JobFilter } from '../../running/list-jobs.js'
import type { Expectation } from '../declared/expected-keys.js'
import { SHARED_CHECKS } from '../declared/option-checks.js'

/**
 * Which jobs to look at, how closely, and what to expect of them. `concurrency` is how many jobs are looked at together,
 * by default 4. Progress counts jobs: `clean`, with `findings`, and `unreadable`.
 */
export interface AuditOptions extends JobFilter, ManyOptions {
  /** The keys that jobs should name; looked up once, before the first job. Any other key is a finding. */
  readonly expect?: Expectation
  /**
   * What is looked at in S3: `none`; `manifest`, the output manifest of each job; `all`, everything in the output folder
   * of each job and the volumes of its automated labeling, as `proveJob()` does. Default of `auditJobs()`: `none`.
   */
  readonly objects?: 'none' | 'manifest' | 'all'
  /** Whether noncurrent versions of objects are looked at as well. Default: only what is current. */
  readonly versions?: boolean
}

const KNOWN: Readonly<Record<keyof AuditOptions, OptionCheck>> = {
  since: isDate,
  until: isDate,
  status: isStatus,
  nameContains: (value) =>
    typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty',
  objects: isOneOf('none', 'manifest', 'all'),
  ...SHARED_CHECKS,
}

/**
 * Refuses options that an audit does not have.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddAuditOptions(call: 'auditJobs' | 'collectEvidence', options: unknown): void {
  refuseOdd(call, options, KNOWN)
}
