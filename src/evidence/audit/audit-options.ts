import type { LabelingJobStatus } from '../../aws/calls.js'
import type { ManyOptions } from '../../aws/many.js'
import type { Expectation } from '../declared/expected-keys.js'
import { type OptionCheck, refuseOddOptions, SHARED_CHECKS } from '../declared/refuse-odd-options.js'

/**
 * Which jobs to look at, how closely, and what to expect of them. `concurrency` is how many jobs are looked at together,
 * by default 4. Progress counts jobs: `clean`, with `findings`, and `unreadable`.
 */
export interface AuditOptions extends ManyOptions {
  /** Only jobs created after this moment. Default: all jobs of the region. */
  readonly since?: Date
  /** Only jobs created before this moment. */
  readonly until?: Date
  readonly status?: LabelingJobStatus
  readonly nameContains?: string
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

const STATUSES = ['Initializing', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']
const KNOWN: Readonly<Record<keyof AuditOptions, OptionCheck>> = {
  since: expectDate,
  until: expectDate,
  status: (value) => (STATUSES.includes(value as string) ? undefined : `one of ${STATUSES.join(', ')}`),
  nameContains: (value) =>
    typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty',
  objects: (value) =>
    ['none', 'manifest', 'all'].includes(value as string) ? undefined : 'none, manifest or all',
  ...SHARED_CHECKS,
}

function expectDate(value: unknown): string | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'a valid Date'
}

/**
 * Refuses options that an audit does not have.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddAuditOptions(call: 'auditJobs' | 'collectEvidence', options: unknown): void {
  refuseOddOptions(call, options, KNOWN)
}
