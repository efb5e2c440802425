import type { Check } from './check.js'

/** The job that a report is about. */
export interface ReportedJob {
  readonly name: string
  readonly region: string
}

/** A report as plain data. */
export interface PreflightData extends ReportedJob {
  readonly ok: boolean
  readonly checks: readonly Check[]
}
