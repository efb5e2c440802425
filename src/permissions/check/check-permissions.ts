import type { Aws, CallOptions } from '../../aws/aws.js'
import { withSignal } from '../../aws/with-signal.js'
import type { WholeJob } from '../../job/job-like.js'
import type { CompleteJob } from '../../job/labeling-job.js'
import type { ResolvedJob } from '../../job/resolved-job.js'
import type { Organization } from '../read/organization.js'
import { type PermissionSources, readPermissions } from '../read/read-permissions.js'
import { type CheckedDecision, decideRequirements } from './decide-requirements.js'
import { makeReport } from './make-report.js'
import type { PermissionReport } from './permission-report.js'
import { withProbe } from './probe.js'
import { markPropagating } from './propagation.js'
import { CHECK_OPTIONS, refuseCall } from './refuse-options.js'
import type { SecondOpinion } from './second-opinion.js'
import { withSimulation } from './simulate.js'

/** How to check. */
export interface CheckOptions extends CallOptions {
  /** Ask IAM's policy simulator as well. Needs `iam:SimulatePrincipalPolicy`. Default: no. */
  readonly simulate?: boolean
  /** Ask KMS with dry runs as the role, when the caller is or may become the role. Default: no. */
  readonly probe?: boolean
  /** The latest moment the job may run, for conditions on time. Default: in 30 days. */
  readonly runsUntil?: Date
  /**
   * The organization of the role's account, for conditions such as `aws:PrincipalOrgID`; `'none'` for an account in no
   * organization. It is taken on trust. Default: not known, and what depends on it is `unknown`.
   */
  readonly organization?: Organization | 'none'
}

/** What was read, and what follows from it. */
export interface CheckedSources {
  readonly sources: PermissionSources
  readonly report: PermissionReport
}

/**
 * Tells whether the role of a job may use the job's keys: one verdict for each action and key, with the statement that
 * decides it. Reads only. What AWS refuses to show makes a verdict `unknown`, never allowed.
 *
 * Needs, as far as granted: `kms:DescribeKey`, `kms:GetKeyPolicy`, `kms:ListKeyPolicies`, `kms:ListGrants`, `iam:GetRole`,
 * `iam:ListRolePolicies`, `iam:GetRolePolicy`, `iam:ListAttachedRolePolicies`, `iam:GetPolicy`, `iam:GetPolicyVersion`;
 * where a condition asks for them `kms:ListAliases`, `kms:ListResourceTags`.
 *
 * @throws LabelingJobError `key-…`, `invalid-job` when the job cannot be resolved; LabelingJobError `refused-call` for arguments and
 * options that it does not take; those of AWS when a read fails for another
 * reason than a missing permission.
 * @example
 * const report = await checkPermissions(job, aws)
 * console.log(String(report))
 */
export async function checkPermissions<Job>(
  job: CompleteJob | ResolvedJob | WholeJob<Job>,
  aws: Aws,
  options: CheckOptions = {},
): Promise<PermissionReport> {
  refuseCall('checkPermissions', { job, aws, options }, CHECK_OPTIONS)
  return (await checkSources(job as CompleteJob | ResolvedJob, aws, options)).report
}

/**
 * Checks, and keeps what was read for a plan. Just after a change KMS may still refuse what the policies allow: a probe
 * is repeated for the milliseconds of `probeFor` as long as it does.
 */
export async function checkSources(
  job: CompleteJob | ResolvedJob,
  aws: Aws,
  options: CheckOptions,
  probeFor = 0,
): Promise<CheckedSources> {
  const sources = await readPermissions(job, aws, options)
  const bound = withSignal(aws, options.signal, 'Cannot check the permissions')
  const decided = { decisions: decideRequirements(sources) }
  const simulated: SecondOpinion =
    options.simulate === true ? await withSimulation(decided.decisions, sources, bound) : decided
  const probed: SecondOpinion =
    options.probe === true
      ? await withLastProbe(simulated.decisions, sources, bound, probeFor)
      : { decisions: simulated.decisions }
  const skipped = [simulated.skipped, probed.skipped].filter((words) => words !== undefined)
  return { sources, report: makeReport(sources, markPropagating(probed.decisions, sources), skipped) }
}

const LONGEST_PAUSE = 8_000

async function withLastProbe(
  decisions: readonly CheckedDecision[],
  sources: PermissionSources,
  aws: Aws,
  probeFor: number,
): Promise<SecondOpinion> {
  const ends = aws.clock.now().getTime() + probeFor
  for (let pause = 1_000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const probed = await withProbe(decisions, sources, aws)
    const isRefused = probed.decisions.some(
      ({ verdict }, index) => verdict !== 'allowed' && decisions[index]?.verdict === 'allowed',
    )
    if (!isRefused || aws.clock.now().getTime() >= ends) return probed
    await aws.clock.sleep(pause)
  }
}
