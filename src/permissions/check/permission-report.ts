import type { KeyPurpose } from '../../names/kms-key.js'
import type { DeniedRead } from '../read/reader.js'
import type { CheckedDecision } from './decide-requirements.js'
import type { PermissionProblem } from './find-problems.js'

/** Whether the role of a job may use the job's keys, with what decides it. */
export interface PermissionReport {
  /** Every required action is allowed, and nothing is wrong with role or keys. */
  readonly ok: boolean
  /** The same, for the actions that a known call of a service depends on. */
  readonly okForEssential: boolean
  readonly region: string
  /** The role's ARN, as IAM gives it. */
  readonly role: string
  readonly keys: readonly {
    readonly arn: string
    /** The name that the job gives it: an alias, an id or the ARN. */
    readonly given: string
    readonly purposes: readonly KeyPurpose[]
  }[]
  readonly decisions: readonly CheckedDecision[]
  readonly problems: readonly PermissionProblem[]
  /** Likely slips in the policies that were read, in words. */
  readonly hints: readonly string[]
  /** What could not be read, with the permission that would help. */
  readonly unreadable: readonly DeniedRead[]
  /** Why a simulation or a probe that was asked for could not be had, in words. */
  readonly skipped: readonly string[]
  /** What no verdict covers, in words. */
  readonly notCovered: readonly string[]
  /** The report as a table for a terminal. */
  toString(): string
  toMarkdown(): string
  toJSON(): PermissionReportData
}

/** A report without its methods. */
export type PermissionReportData = Omit<PermissionReport, 'toString' | 'toMarkdown' | 'toJSON'>
