import type { CallOptions } from '../../aws/aws.js'
import type { LabelingJobStatus } from '../../aws/calls.js'
import { formatValue } from '../../errors/format-value.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { KmsKeyText, OutputKmsKey, VolumeKmsKey } from '../../names/kms-key.js'
import type { Shown } from '../../show/shown.js'

/** Which jobs to look at, and what to expect of them. */
export interface AuditOptions extends CallOptions {
  /** Only jobs created after this moment. Default: all jobs of the region. */
  readonly since?: Date
  /** Only jobs created before this moment. */
  readonly until?: Date
  readonly status?: LabelingJobStatus
  readonly nameContains?: string
  /** The keys that jobs should name; looked up once, before the first job. Any other key is a finding. */
  readonly expect?: {
    readonly outputKey?: OutputKmsKey | KmsKeyText
    readonly volumeKey?: VolumeKmsKey | KmsKeyText
  }
  /** How many jobs are looked at together. Default: 4. */
  readonly concurrency?: number
  /** Hears of every job. It is awaited, and what it throws ends the audit. */
  readonly onProgress?: (progress: AuditProgress) => unknown
}

/** How far an audit is. */
export interface AuditProgress extends Shown<object> {
  /** Jobs so far: `clean`, with `findings`, and `unreadable`. */
  readonly counts: Readonly<Record<'clean' | 'findings' | 'unreadable', number>>
}

const STATUSES = ['Initializing', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']
const KNOWN: Readonly<Record<keyof AuditOptions, (value: unknown) => string | undefined>> = {
  since: expectDate,
  until: expectDate,
  status: (value) => (STATUSES.includes(value as string) ? undefined : `one of ${STATUSES.join(', ')}`),
  nameContains: (value) =>
    typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty',
  expect: (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([key, name]) => ['outputKey', 'volumeKey'].includes(key) && name !== undefined,
    )
      ? undefined
      : 'an object with outputKey, volumeKey or both, none of them undefined',
  concurrency: (value) =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 64
      ? undefined
      : 'a whole number, 1 to 64',
  signal: (value) => (value instanceof AbortSignal ? undefined : 'an AbortSignal'),
  onProgress: (value) => (typeof value === 'function' ? undefined : 'a function'),
}

function expectDate(value: unknown): string | undefined {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'a valid Date'
}

/**
 * Refuses options that are unknown or of the wrong kind: one that is misread would make an audit that looks clean
 * because it saw nothing.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseOddOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw refusedCall('auditJobs', `its options are ${formatValue(options)}: give an object`)
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(KNOWN, name) ? KNOWN[name as keyof AuditOptions] : undefined
    if (check === undefined)
      throw refusedCall('auditJobs', `it has no option ${name}: use ${Object.keys(KNOWN).join(', ')}`)
    const expected = value === undefined ? undefined : check(value)
    if (expected !== undefined)
      throw refusedCall('auditJobs', `its option ${name} is ${describeOption(value)}: give ${expected}`)
  }
}

function describeOption(value: unknown): string {
  return value instanceof Date ? 'an invalid Date' : formatValue(value)
}
