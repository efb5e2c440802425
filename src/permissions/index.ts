// Reading

export type { AppliedPlan, DoneChange, UndoEntry, UndoInfo } from './apply/applied-plan.js'
export type { ApplyOptions } from './apply/apply-plan.js'
export { applyPlan } from './apply/apply-plan.js'
export type { EnsuredPermissions, EnsureOptions } from './apply/ensure-permissions.js'
export type { UndoResult } from './apply/undo.js'
export { undo } from './apply/undo.js'
export type { CheckOptions } from './check/check-permissions.js'
export type { CheckedDecision } from './check/decide-requirements.js'
export { describeReason } from './check/describe-decision.js'
export type { PermissionReport, PermissionReportData } from './check/permission-report.js'
export { decidePermission } from './decide/decide-permission.js'
export type { Decision, Evidence } from './decide/decision.js'
export type {
  CallPath,
  ContextValues,
  KeyGrant,
  PermissionQuestion,
} from './evaluate/question.js'
export type { UnknownReason, Verdict } from './evaluate/unknown-reason.js'
export type { AccessDeniedExplanation, AccessDeniedReason } from './explain-access-denied.js'
export { explainAccessDenied } from './explain-access-denied.js'
// Fixing
export { checkPermissions, ensurePermissions, planPermissions } from './on-demand.js'
export type {
  ChangeSize,
  GrantChange,
  KeyPolicyChange,
  PermissionChange,
  RolePolicyChange,
} from './plan/permission-change.js'
export type { NotFixed, PermissionPlan, PermissionPlanData } from './plan/permission-plan.js'
export type { PlanOptions } from './plan/plan-options.js'
export type {
  ConditionValue,
  NamedPolicy,
  Policy,
  PolicyDocument,
  PolicyStatement,
  Unreadable,
} from './policy/policy-document.js'
export type { Organization } from './read/organization.js'
export type { DeniedRead } from './read/reader.js'
export type { KeyRequirement } from './requirements/key-requirements.js'
export type { PermissionDocuments } from './requirements/permission-documents.js'
export type {
  RequiredPermissions,
  RequiredPermissionsOptions,
} from './requirements/required-permissions.js'
// Pure
export { requiredPermissions } from './requirements/required-permissions.js'
export type { Requirement, RequirementPurpose } from './requirements/requirement.js'
