// Both entries give these very functions, so that a spy on one is a spy on the other.

/**
 * Tells whether the role of a job may use the job's keys: for each action and key `allowed`, `denied`, `missing` or
 * `unknown`, with the statement that decides. Only reads; a read that is refused makes what depends on it `unknown`.
 * Needs `kms:DescribeKey`, `kms:GetKeyPolicy` and `kms:ListGrants` on the keys, `iam:GetRole`,
 * `iam:ListRolePolicies`, `iam:GetRolePolicy`, `iam:ListAttachedRolePolicies`, `iam:GetPolicy` and
 * `iam:GetPolicyVersion` on the role; where a condition asks for them `kms:ListAliases` and `kms:ListResourceTags`; with
 * `simulate` also `iam:SimulatePrincipalPolicy`, with `probe` also
 * `sts:AssumeRole` on the role, unless the caller is a session of it.
 *
 * @throws what `.resolve()` throws, and LabelingJobError `refused-call` for options that it does not take.
 *
 * @example
 * const report = await checkPermissions(job, aws)
 * for (const { action, keyArn, verdict } of report.decisions) console.log(action, keyArn, verdict)
 */
export const checkPermissions: typeof import('./check/check-permissions.js').checkPermissions = async (
  ...given
) => (await import('./check/check-permissions.js')).checkPermissions(...given)

/**
 * Says what would make everything allowed that the job needs, change by change, and writes nothing. Needs what
 * `checkPermissions()` needs.
 *
 * @throws what `checkPermissions()` throws.
 *
 * @example
 * const plan = await planPermissions(job, aws)
 * console.log(String(plan)) // each change as a diff
 * console.log(plan.toTicket('key')) // for the owner of the key
 */
export const planPermissions: typeof import('./plan/plan-permissions.js').planPermissions = async (
  ...given
) => (await import('./plan/plan-permissions.js')).planPermissions(...given)

/**
 * Makes sure that the role of a job may use the job's keys. Without `apply` it writes nothing, and throws unless
 * everything needed is allowed; with `apply` it writes exactly the plan, looks whether it holds, and gives the report
 * with what undoes it. It waits until what it wrote takes effect: a minute for a role policy, five for a grant or a new role.
 * Needs what `checkPermissions()` needs; with `apply` also `iam:PutRolePolicy` on the role, `kms:PutKeyPolicy` on the
 * key, or `kms:CreateGrant` for grants, with `iam:GetRole` on the caller's own role.
 *
 * @throws LabelingJobError `permissions-not-met` and `permissions-plan-refused` with the report and the plan,
 * `permissions-apply-failed`, `permissions-stale-plan` and `permissions-lost-update` with what undoes what was done, and
 * what `checkPermissions()` throws.
 *
 * @example
 * const ensured = await ensurePermissions(job, aws, {
 *   apply: (plan) => plan.complete, // look at the plan here, or ask somebody
 *   onUndo: (info) => console.log(JSON.stringify(info)), // before the first write: keep it
 * })
 * console.log(String(ensured.report))
 */
export const ensurePermissions: typeof import('./apply/ensure-permissions.js').ensurePermissions = async (
  ...given
) => (await import('./apply/ensure-permissions.js')).ensurePermissions(...given)
