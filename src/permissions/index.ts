// Reading

export type { AppliedPlan, DoneChange } from './apply-plan.js'
export { applyPlan } from './apply-plan.js'
export type { RefusedRead } from './aws-reader.js'
export type { CheckOptions } from './check-permissions.js'
export { checkPermissions } from './check-permissions.js'
export { decidePermission } from './decide-permission.js'
export type {
  CallPath,
  ConditionContext,
  ConditionValue,
  Decision,
  Evidence,
  KeyGrant,
  NamedPolicy,
  PermissionQuestion,
  PolicyDocument,
  PolicyStatement,
  UnknownReason,
  Unreadable,
  Verdict,
} from './decision.js'
export { describeReason } from './describe-decision.js'
export type { EnsuredPermissions, EnsureOptions } from './ensure-permissions.js'
export { ensurePermissions } from './ensure-permissions.js'
export type { AccessDeniedExplanation, AccessDeniedReason } from './explain-access-denied.js'
export { explainAccessDenied } from './explain-access-denied.js'
export type { PermissionProblem } from './find-problems.js'
export type { CheckedDecision } from './judge-requirements.js'
export type { KeyRequirement } from './key-actions.js'
export type { Organization } from './organization.js'
export type {
  ChangeSize,
  GrantChange,
  KeyPolicyChange,
  PermissionChange,
  RolePolicyChange,
} from './permission-change.js'
export type { PermissionDocuments } from './permission-documents.js'
export type { PermissionPlan, PermissionPlanData } from './permission-plan.js'
export type { PermissionReport, PermissionReportData } from './permission-report.js'
export type { PermissionsChangeErrorData, PermissionsErrorData } from './permissions-error.js'
export { PermissionsChangeError, PermissionsError } from './permissions-error.js'
export type { NotMended, PlanOptions } from './plan-permissions.js'
// Mending
export { planPermissions } from './plan-permissions.js'
export type { PolicyNotUnderstoodData } from './policy-text.js'
export { PolicyNotUnderstoodError } from './policy-text.js'
export type { CheckableJob } from './read-permissions.js'
export type {
  JobOrRequest,
  RequiredPermissions,
  RequiredPermissionsOptions,
  Requirement,
  RequirementPurpose,
} from './requirements.js'
// Pure
export { requiredPermissions } from './requirements.js'
export type { UndoResult } from './undo.js'
export { undo } from './undo.js'
export type { UndoEntry, UndoInfo } from './undo-info.js'
