/** The codes an error of this library can carry; stable across minor versions. */
export type LabelingJobErrorCode =
  | 'invalid-name'
  | 'refused-call'
  | 'incomplete-job'
  | 'invalid-job'
  | 'key-aws-managed'
  | 'key-not-found'
  | 'key-access-denied'
  | 'key-wrong-region'
  | 'key-wrong-partition'
  | 'key-disabled'
  | 'key-pending-deletion'
  | 'key-not-ready'
  | 'key-not-symmetric'
  | 'key-wrong-usage'
  | 'key-invalid'
  | 'key-lookup-failed'
  | 'permissions-not-met'
  | 'permissions-plan-refused'
  | 'permissions-stale-plan'
  | 'permissions-lost-update'
  | 'permissions-apply-failed'
  | 'policy-not-understood'
  | 'name-taken'
  | 'limit-exceeded'
  | 'access-denied'
  | 'throttled'
  | 'not-found'
  | 'aws-validation'
  | 'aws-call-failed'
  | 'client-missing'
  | 'region-unknown'
  | 'region-not-supported'
  | 'wait-timeout'
  | 'wait-aborted'
  | 'job-not-finished'
  | 'manifest-invalid'
  | 'label-categories-invalid'

/** What an error of this library says and carries. */
export interface LabelingJobErrorOptions<Data> {
  readonly code: LabelingJobErrorCode
  /** What was asked, for instance "Cannot use key alias/gt as the output key". */
  readonly what: string
  /** What stands in the way, with the real values. */
  readonly why: string
  /** What to do next; empty when the why says it already. */
  readonly fix: string
  readonly data: Data
  readonly cause?: unknown
}

/**
 * The base of every error this library throws. `code` is stable, `data` holds the values to act on, `cause`
 * the AWS error when there was one. Errors of Node or of the SDK that are not translated are not members.
 */
export class LabelingJobError<Data = unknown> extends Error {
  readonly code: LabelingJobErrorCode
  readonly data: Data
  readonly what: string
  readonly why: string
  readonly fix: string

  constructor(options: LabelingJobErrorOptions<Data>) {
    super(
      `${sentence(`${options.what}: ${options.why}`)} ${sentence(options.fix)}`.trimEnd(),
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = new.target.name
    this.code = options.code
    this.data = options.data
    this.what = options.what
    this.why = options.why
    this.fix = options.fix
  }
}

/** Tells whether a caught value is an error of this library, also when two copies of the library are loaded. */
export function isLabelingJobError(value: unknown): value is LabelingJobError {
  return (
    value instanceof LabelingJobError ||
    (value instanceof Error && 'code' in value && 'why' in value && 'fix' in value)
  )
}

function sentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`
}
