import type { Owner } from '../../show/owner.js'
import type { Shown } from '../../show/shown.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import type { PermissionReport, PermissionReportData } from '../check/permission-report.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import type { PermissionChange } from './permission-change.js'

/** A plan as plain data; it may travel as JSON. */
export interface PermissionPlanData {
  /** What was found before. */
  readonly report: PermissionReportData
  readonly changes: readonly PermissionChange[]
  readonly notFixed: readonly NotFixed[]
  /** Every required action, decided again on the planned documents. */
  readonly after: readonly CheckedDecision[]
  /** Whether every required action would be allowed, and nothing is wrong with the role or the keys. */
  readonly complete: boolean
  /** What is worth knowing before the plan is applied. */
  readonly warnings: readonly string[]
}

/** What would be written, and what would hold afterwards; as text it is each document with what is added. */
export interface PermissionPlan extends PermissionPlanData, Shown<PermissionPlanData> {
  readonly report: PermissionReport
  /**
   * The changes of one owner alone, with what would hold after them: those of the `role`, or of the `key`.
   *
   * @throws LabelingJobError `refused-call` for what is no owner.
   */
  forOwner(owner: Owner): PermissionPlan
  /**
   * What is asked of one owner, as Markdown that they can act on without this library: why, the exact change as a diff,
   * the commands, CDK and Terraform, how to verify and how to undo it.
   *
   * @throws LabelingJobError `refused-call` for what is no owner.
   */
  toTicket(owner: Owner): string
}

/** What a plan leaves as it is, and why. */
export interface NotFixed {
  readonly decision: CheckedDecision
  readonly why: string
  /** What the administrator of another account has to add to the key policy. */
  readonly statementForKeyPolicy?: PolicyStatement
}
