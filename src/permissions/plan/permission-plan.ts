import type { CheckedDecision } from '../check/decide-requirements.js'
import type { PermissionReport } from '../check/permission-report.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import type { PermissionChange } from './permission-change.js'

/** What would be written, and what would hold afterwards. */
export interface PermissionPlan {
  /** What was found before. */
  readonly report: PermissionReport
  readonly changes: readonly PermissionChange[]
  readonly notFixed: readonly NotFixed[]
  /** Every required action, decided again on the planned documents. */
  readonly after: readonly CheckedDecision[]
  /** Whether every required action would be allowed, and nothing is wrong with the role or the keys. */
  readonly complete: boolean
  /** What is worth knowing before the plan is applied. */
  readonly warnings: readonly string[]
  /** The plan for people: each document with what is added. */
  toString(): string
  toMarkdown(): string
  toJSON(): PermissionPlanData
}

/** A plan without its methods. */
export type PermissionPlanData = Omit<PermissionPlan, 'toString' | 'toMarkdown' | 'toJSON'>

/** What a plan leaves as it is, and why. */
export interface NotFixed {
  readonly decision: CheckedDecision
  readonly why: string
  /** What the administrator of another account has to add to the key policy. */
  readonly statementForKeyPolicy?: PolicyStatement
}
