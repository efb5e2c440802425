import type { Problem } from '../../errors/problem.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import type { Shown } from '../../show/shown.js'
import type { DeniedRead } from '../read/reader.js'
import type { CheckedDecision } from './decide-requirements.js'

/** A report as plain data. */
export interface PermissionReportData {
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
  readonly problems: readonly Problem[]
  /** Likely slips in the policies that were read, in words. */
  readonly hints: readonly string[]
  /** What could not be read, with the permission that would help. */
  readonly unreadable: readonly DeniedRead[]
  /** Why a simulation or a probe that was asked for did not happen, in words. */
  readonly skipped: readonly string[]
  /** What no verdict covers, in words. */
  readonly notCovered: readonly string[]
}

/** Whether the role of a job may use the job's keys, with what decides it; as text it is a table for a terminal. */
export interface PermissionReport extends PermissionReportData, Shown<PermissionReportData> {}
