import type { ManyOptions, ManyProgress } from '../aws/many.js'
import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall } from '../errors/refused-call.js'
import type { CreateOptions } from '../job/resolved-job.js'
import { isRoleArn, type RoleArnText } from '../names/role-arn.js'
import type { CheckOptions } from '../permissions/check/check-permissions.js'
import { CHECK_OPTIONS, refuseCall } from '../permissions/check/refuse-options.js'
import { type GivenPolicies, readGivenPolicies } from './given-policies.js'

/** How to look at a job before it runs. */
export interface PreflightOptions extends CheckOptions, ManyOptions<ManyProgress> {
  /** How many objects of the manifest are looked at in S3, spread over it. Default: 20; 0 for none. */
  readonly sample?: number
  /**
   * Also tell whether the labels can be read later: by the caller (`true`), or by the role, the session of a role or the
   * user of this ARN. Default: no.
   */
  readonly reader?: true | ReaderArnText
  /**
   * What `.create()` and `createAll()` will be told: with `attach` a job that exists and is the same is as good as a free
   * name. Default: `refuse`.
   */
  readonly ifExists?: CreateOptions['ifExists']
  /**
   * The policies of keys and buckets that AWS does not show, as of another account, by ARN: as their owners gave them. They
   * are taken on trust where AWS refuses to show one, and checks that hang on them say so (`assumes`). Default: none, and what
   * depends on them is `unknown`.
   */
  readonly policies?: GivenPolicies
}

/** The ARN of a role, of a session of one, or of a user. */
export type ReaderArnText =
  | RoleArnText
  | `arn:${string}:sts::${string}:assumed-role/${string}/${string}`
  | `arn:${string}:iam::${string}:user/${string}`

/** The options with every default in place. */
export interface FullPreflightOptions extends Omit<PreflightOptions, 'policies'> {
  readonly sample: number
  readonly concurrency: number
  /** JSON by ARN. */
  readonly policies: ReadonlyMap<string, string>
  /** Whether a policy that nothing asks for is told: of many jobs each asks for some. */
  readonly tellsUnused: boolean
  /** The name of an earlier job of the same list, where it is the same to AWS. */
  readonly twin?: string
}

const OPTIONS: Readonly<
  Record<
    'sample' | 'reader' | 'ifExists' | 'concurrency' | 'onProgress' | 'policies',
    { readonly is: (value: unknown) => boolean; readonly expected: string }
  >
> = {
  sample: { is: isCount(0, 100_000), expected: 'a whole number, 0 to 100,000' },
  reader: {
    is: (value) => value === true || isRoleArn(value) || isUserOrSession(value),
    expected: 'true, or the ARN of a role, of its session, or of a user',
  },
  ifExists: { is: (value) => value === 'refuse' || value === 'attach', expected: 'refuse or attach' },
  concurrency: { is: isCount(1, 256), expected: 'a whole number, 1 to 256' },
  onProgress: { is: (value) => typeof value === 'function', expected: 'a function' },
  // Told below, policy by policy.
  policies: { is: () => true, expected: '' },
}

/**
 * Refuses arguments and options that a preflight does not take, and fills in the defaults. Of many jobs each is looked at
 * for itself: there is none in the arguments then.
 *
 * @throws LabelingJobError `refused-call`
 */
export function readPreflightOptions(
  call: 'preflight' | 'preflightAll',
  { options, ...rest }: { readonly job?: unknown; readonly aws: unknown; readonly options: unknown },
): FullPreflightOptions {
  const given = (options ?? {}) as PreflightOptions
  const ours = Object.entries(OPTIONS)
  refuseUnknownOptions({ call, what: `Cannot call ${call}()` }, options, [
    ...CHECK_OPTIONS,
    ...Object.keys(OPTIONS),
  ])
  refuseCall(call, { ...rest, options: withoutOurs(options) }, CHECK_OPTIONS)
  for (const [option, { is, expected }] of ours) {
    const value = given[option as keyof typeof OPTIONS]
    if (value !== undefined && !is(value))
      throw refusedCall(call, `its option ${option} is ${formatValue(value)}: give ${expected}`)
  }
  return {
    ...given,
    sample: given.sample ?? 20,
    concurrency: given.concurrency ?? (call === 'preflight' ? 64 : 4),
    policies: readGivenPolicies(call, given.policies),
    tellsUnused: call === 'preflight',
  }
}

/** What is no object is refused as it is. */
function withoutOurs(options: unknown): unknown {
  if (typeof options !== 'object' || options === null) return options
  return Object.fromEntries(Object.entries(options).filter(([name]) => !Object.hasOwn(OPTIONS, name)))
}

function isCount(least: number, most: number): (value: unknown) => boolean {
  return (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isUserOrSession(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^arn:aws[a-z-]*:(?:iam::\d{12}:user(?:\/[\w+=,.@-]+)+|sts::\d{12}:assumed-role(?:\/[\w+=,.@-]+){2})$/.test(
      value,
    )
  )
}
