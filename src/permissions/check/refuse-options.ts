import type { Aws } from '../../aws/aws.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refuseNoConnection } from '../../errors/refused-call.js'

const KINDS = {
  simulate: 'true or false',
  probe: 'true or false',
  runsUntil: 'a Date in the future',
  organization: "{ id: 'o-…', path: 'o-…/r-…/' } with the path if it is known, or 'none'",
  prefer: "'auto', 'guide' or 'grant'",
  addDocumentedStatement: 'true or false',
  removeDeletedPrincipals: 'true or false',
  compact: 'true or false',
  apply: 'true, false, or a function that is shown the plan',
  signal: 'an AbortSignal',
  onUndo: 'a function that is handed what takes the changes back',
} as const

type Option = keyof typeof KINDS

/** The options of checkPermissions, planPermissions and ensurePermissions. */
export const CHECK_OPTIONS: readonly Option[] = ['simulate', 'probe', 'runsUntil', 'organization', 'signal']
export const PLAN_OPTIONS: readonly Option[] = /* @__PURE__ */ CHECK_OPTIONS.concat([
  'prefer',
  'addDocumentedStatement',
  'removeDeletedPrincipals',
  'compact',
])
export const ENSURE_OPTIONS: readonly Option[] = /* @__PURE__ */ PLAN_OPTIONS.concat(['apply', 'onUndo'])

/**
 * Refuses what the compiler would have refused, before anything is read or written: no connection, no job (where one is
 * among the arguments), an option that is not known or of the wrong kind.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseCall(
  call: string,
  { aws, options, ...many }: { readonly job?: unknown; readonly aws: unknown; readonly options: unknown },
  known: readonly Option[],
): void {
  refuseNoConnection(call, aws)
  const what = `Cannot call ${call}()`
  refuseUnknownOptions({ call, what }, options, known)
  const given = options as Readonly<Record<string, unknown>>
  const now = (aws as Aws).clock.now()
  const wrong = known.filter((option) => given[option] !== undefined && !isOfKind(option, given[option], now))
  const { request, keys, resolve } = Object(many.job) as Readonly<Record<string, unknown>>
  const { RoleArn } = Object(request) as Readonly<Record<string, unknown>>
  const isResolved = typeof RoleArn === 'string' && typeof keys === 'object'
  const isJob = !('job' in many) || isResolved || typeof resolve === 'function'
  if (isJob && wrong.length === 0) return
  throw new LabelingJobError({
    code: 'refused-call',
    what,
    why: [
      ...(isJob ? [] : ['it was given no labeling job (is an await missing?)']),
      ...wrong.map((option) => `its option ${option} is ${KINDS[option]}`),
    ].join('; '),
    fix: isJob ? '' : 'Give the value of labelingJob() or of job.resolve(aws)',
    data: { call, wrong },
  })
}

function isOfKind(option: Option, value: unknown, now: Date): boolean {
  // A mistyped year would silence every condition on time.
  if (option === 'runsUntil') return value instanceof Date && value > now
  if (option === 'organization') return value === 'none' || isOrganization(value)
  if (option === 'prefer') return value === 'auto' || value === 'guide' || value === 'grant'
  if (option === 'signal') return value instanceof AbortSignal
  if (option === 'onUndo') return typeof value === 'function'
  return typeof value === 'boolean' || (option === 'apply' && typeof value === 'function')
}

/** A verdict on a mistyped organization would be wrong. */
function isOrganization(value: unknown): boolean {
  const { id, path, ...unknown } = Object(value) as Readonly<Record<string, unknown>>
  const isId = typeof id === 'string' && /^o-[a-z0-9]{10,32}$/.test(id)
  const isPath =
    path === undefined || (typeof path === 'string' && path.startsWith(`${id}/`) && path.endsWith('/'))
  return isId && isPath && Object.keys(unknown).length === 0
}
