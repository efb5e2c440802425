import { formatValue } from '../../errors/format-value.js'
import { refusedCall } from '../../errors/refused-call.js'
import { deepFreeze } from '../../json/deep-freeze.js'
import type { PermissionReport } from '../../permissions/check/permission-report.js'
import type { PermissionPlanData } from '../../permissions/plan/permission-plan.js'
import { OWNERS, type Owner, ownerName } from '../../show/owner.js'
import { makeShown, type Shown } from '../../show/shown.js'
import { CHECK_CODES, type Check, type CheckCode, type MadeCheck } from './check.js'
import type { PreflightData, ReportedJob } from './preflight-data.js'
import { ticketOf } from './preflight-ticket.js'
import { preflightAsHtml } from './show-as-html.js'
import { preflightAsMarkdown, preflightAsText } from './show-preflight.js'

/** Whether a job will run, thing by thing; as text one line a check. */
export interface PreflightReport extends Shown<object> {
  /**
   * Whether every check passed, or only warns. What could not be looked at counts as not ok. It does not where nobody can
   * look (`auto-labeling-quota`, what a stream gets later), and where nobody was asked and AWS says no at once when the job is created (`caller-…`).
   *
   * It is no promise. What AWS shows to nobody, as policies of the organization, may still stand in the way. And a warning
   * may go by what AWS documents where nobody can look: that each upload of a job names the job's key, or says SSE-KMS where
   * the job names none (`bucket-allowed`), and that SageMaker brings what a trust policy as AWS advises it asks for
   * (`role-trust`). Such a check has `assumes: ['documented']`; one that hangs on a policy of the option `policies` has
   * `assumes: ['given']`; and the first line of the report says so. Whoever wants none:
   * `report.ok && report.checks.every(({ assumes }) => assumes === undefined)`.
   */
  readonly ok: boolean
  /** Grouped by what they look at. */
  readonly checks: readonly Check[]
  /**
   * What the role may do with the keys, by what was read alone: policies that were given do not count in it. Absent when that
   * could not be checked at all.
   */
  readonly permissions?: PermissionReport
  /**
   * Gives a text for whoever has to act: what is asked, why, how, and how to see that it is done. It needs no knowledge
   * of this library.
   *
   * @throws LabelingJobError `refused-call` for what is no owner.
   */
  toTicket(owner: Owner): string
}

/** Nobody can tell of the one, and AWS says the others at once when the job is created: they leave it to the others. */
const OPEN: readonly CheckCode[] = ['auto-labeling-quota', 'caller-may-create', 'caller-may-pass-role']

/** Puts checks into a report. Pure. */
export function makePreflightReport(
  { name, region }: ReportedJob,
  made: readonly MadeCheck[],
  permissions?: PermissionReport,
  plan?: PermissionPlanData,
): PreflightReport {
  const sorted = inOrder(made)
  const checks = sorted.map(({ help, own, against, isLater, ...check }): Check => check)
  const data: PreflightData = { name, region, ok: sorted.every(isOk), checks }
  deepFreeze(data)
  return makeShown(
    {
      ok: data.ok,
      checks: data.checks,
      ...(permissions !== undefined && { permissions }),
      toTicket: (owner: Owner) => {
        refuseNoOwner(owner)
        return ticketOf(owner, data, sorted, plan)
      },
    },
    {
      text: () => preflightAsText(data),
      markdown: () => preflightAsMarkdown(data),
      html: () => preflightAsHtml(data),
      json: () => ({ ...data, ...(permissions !== undefined && { permissions: permissions.toJSON() }) }),
    },
  )
}

function isOk({ code, about, status, against = false, isLater = false }: MadeCheck): boolean {
  const isOpen = (OPEN.includes(code) && about !== 'role' && !against) || isLater
  return status === 'passed' || status === 'warning' || (status === 'unknown' && isOpen)
}

/** Groups checks by what they look at, and keeps the order of the codes within. */
function inOrder(made: readonly MadeCheck[]): readonly MadeCheck[] {
  const codes = Object.keys(CHECK_CODES)
  const subjects = ['job', 'role', 'keys', 'input', 'page', 'output', 'workers', 'caller']
  const rank = ({ about, code }: Check) => subjects.indexOf(about) * codes.length + codes.indexOf(code)
  return [...made].sort((left, right) => rank(left) - rank(right))
}

function refuseNoOwner(owner: unknown): void {
  if (ownerName(owner) !== undefined) return
  throw refusedCall('toTicket', `${formatValue(owner)} is no owner: give one of ${OWNERS.join(', ')}`)
}
