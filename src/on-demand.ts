import type { Aws } from './aws/aws.js'
import type { AuditedJob } from './running/audit-jobs.js'
import type { AuditOptions } from './running/audit-options.js'

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
 */
export const checkPermissions: typeof import('./permissions/check/check-permissions.js').checkPermissions =
  async (...given) => (await import('./permissions/check/check-permissions.js')).checkPermissions(...given)

/**
 * Says what would make everything allowed that the job needs, change by change, and writes nothing. Needs what
 * `checkPermissions()` needs.
 *
 * @throws what `checkPermissions()` throws.
 */
export const planPermissions: typeof import('./permissions/plan/plan-permissions.js').planPermissions =
  async (...given) => (await import('./permissions/plan/plan-permissions.js')).planPermissions(...given)

/**
 * Makes sure that the role of a job may use the job's keys. Without `apply` it writes nothing, and throws unless
 * everything needed is allowed; with `apply` it writes exactly the plan, looks whether it holds, and gives the report
 * with what undoes it. It waits until what it wrote takes effect: a minute for a role policy, five for a grant or a new role.
 * Needs what `checkPermissions()` needs; with `apply` also `iam:PutRolePolicy` on the role, `kms:PutKeyPolicy` on the
 * key, or `kms:CreateGrant` for grants, with `iam:GetRole` on the caller's own role.
 *
 * @throws PermissionsError with the report and the plan, PermissionsChangeError when a change fails (both classes are
 * exported by `labeling-job/permissions`), and what `checkPermissions()` throws.
 */
export const ensurePermissions: typeof import('./permissions/apply/ensure-permissions.js').ensurePermissions =
  async (...given) => (await import('./permissions/apply/ensure-permissions.js')).ensurePermissions(...given)

/**
 * Takes up a job that exists, by its name or ARN: to wait for it after a program or notebook was restarted, or to read its
 * labels. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export const attachJob: typeof import('./running/attach-job.js').attachJob = async (...given) =>
  (await import('./running/attach-job.js')).attachJob(...given)

/**
 * Says of a job that exists, by its name or ARN, which key it declares for what, and which key is AWS's own: as data,
 * and as a table with `String(inspection.report)`. Needs `sagemaker:DescribeLabelingJob`.
 *
 * @throws LabelingJobError `not-found` when the account has no such job in the region.
 */
export const inspectJob: typeof import('./running/inspect-job.js').inspectJob = async (...given) =>
  (await import('./running/inspect-job.js')).inspectJob(...given)

/**
 * Yields every labeling job of the region, oldest first, with the keys it declares, how each of them stands today
 * (looked up once each), and what is wrong with that. A job that cannot be read is yielded as `unreadable`, and the
 * audit goes on. Declared is not proven: what the objects are under is not looked at. Lazy: jobs are described four
 * ahead of the reader, each once; what passes by itself is tried again for a minute. Needs
 * `sagemaker:ListLabelingJobs`, `sagemaker:DescribeLabelingJob`, and `kms:DescribeKey` on the keys.
 *
 * @throws LabelingJobError `refused-call` for odd options, `key-…` for keys to `expect` that cannot be used, `aborted`,
 * and the codes of AWS when the jobs cannot be listed.
 */
export async function* auditJobs(aws: Aws, options?: AuditOptions): AsyncGenerator<AuditedJob, void> {
  yield* (await import('./running/audit-jobs.js')).auditJobs(aws, options)
}

/**
 * Looks a key up by ARN, id, alias or alias ARN, and checks that it can encrypt a labeling job in the region of
 * `aws`: customer managed, enabled, symmetric, for encryption, same region and partition. Each distinct key is
 * asked for once a client, and remembered for five minutes. Needs `kms:DescribeKey` on the key.
 *
 * AWS's own aliases (`alias/aws/…`) are refused without a call, since asking for one may create the key.
 *
 * @throws LabelingJobError `key-…` that says what stands in the way and what to do.
 */
export const resolveKey: typeof import('./keys/resolve-key.js').resolveKey = async (...given) =>
  (await import('./keys/resolve-key.js')).resolveKey(...given)
