import type { Owner } from '../../show/owner.js'
import type { TicketItem } from '../../show/ticket.js'

/** What a check looks at. */
export type CheckSubject = 'job' | 'role' | 'keys' | 'input' | 'page' | 'output' | 'workers' | 'caller'

/** Every check by its code, and what it looks at; in the order in which reports have them. */
export const CHECK_CODES = {
  'job-rules': 'job',
  'job-name-free': 'job',
  'job-time-limit': 'job',
  'policies-given': 'job',
  'auto-labeling-objects': 'job',
  'auto-labeling-model': 'job',
  'auto-labeling-quota': 'job',
  'auto-labeling-network': 'job',
  'role-exists': 'role',
  'role-trust': 'role',
  'role-session-length': 'role',
  'keys-usable': 'keys',
  'keys-allowed': 'keys',
  'manifest-exists': 'input',
  'manifest-lines': 'input',
  'objects-readable': 'input',
  'categories-fit': 'page',
  'page-renders': 'page',
  'page-grants-access': 'page',
  'bucket-exists': 'output',
  'bucket-region': 'output',
  'bucket-encryption': 'output',
  'bucket-cors': 'output',
  'bucket-allowed': 'output',
  'topic-usable': 'output',
  'team-exists': 'workers',
  'team-members': 'workers',
  'lambda-allowed': 'workers',
  'caller-may-create': 'caller',
  'caller-may-pass-role': 'caller',
  'reader-may-read': 'caller',
} as const satisfies Readonly<Record<string, CheckSubject>>

/**
 * The stable name of a check.
 *
 * @example
 * const mayWait: readonly CheckCode[] = ['auto-labeling-quota', 'caller-may-create']
 * const report = await preflight(job, aws)
 * const stops = report.checks.filter(({ code, status }) => status === 'failed' && !mayWait.includes(code))
 */
export type CheckCode = keyof typeof CHECK_CODES

/** What came of a check: `unknown` when nobody could tell, which is never taken for `passed`. */
export type CheckStatus = 'passed' | 'failed' | 'warning' | 'unknown'

/** One thing that a job depends on, and how it stands. */
export interface Check {
  readonly code: CheckCode
  /** What it looks at. */
  readonly about: CheckSubject
  readonly status: CheckStatus
  /** What was looked at and what is there, with the real values. */
  readonly what: string
  /** Why that keeps the job from running, or may; absent when it passed. */
  readonly why?: string
  /** What to do. */
  readonly fix?: string
  /** Who has to do it. */
  readonly owner?: Owner
  /** What it takes for true without having seen it; absent when it takes nothing. */
  readonly assumes?: readonly Assumption[]
}

/**
 * `documented`: that AWS does as it documents, where nobody can look. `given`: that a policy of the option `policies` is the
 * one that is there.
 *
 * @example
 * const bearable: readonly Assumption[] = ['given']
 * const { ok, checks } = await preflight(job, aws)
 * const assumed = checks.flatMap(({ assumes = [] }) => assumes)
 * console.log(ok && assumed.every((one) => bearable.includes(one)))
 */
export type Assumption = 'documented' | 'given'

/** A check that was made, with what a ticket to its owner says beside it. */
export interface MadeCheck extends Check {
  readonly help?: Omit<TicketItem, 'what' | 'why'>
  /** What whoever runs the job can do instead, where it is a matter of somebody else. */
  readonly own?: string
  /** Of an unknown one: what was seen speaks against it, although not for certain. */
  readonly against?: boolean
  /** Of an unknown one: nobody can look yet, so that it leaves it to the others whether the job is ok. */
  readonly isLater?: boolean
}

/** What is wrong, and what can be done. */
export interface Fault {
  readonly what: string
  readonly why: string
  readonly fix: string
  readonly owner: Owner
  readonly help?: NonNullable<MadeCheck['help']>
  readonly own?: string
  readonly against?: boolean
  readonly isLater?: boolean
  /** What is looked at, where one check looks at different things. */
  readonly about?: CheckSubject
  readonly assumes?: NonNullable<Check['assumes']>
}

/** Makes a check that passed. */
export function passed(code: CheckCode, what: string, about: CheckSubject = CHECK_CODES[code]): MadeCheck {
  return { code, about, status: 'passed', what }
}

/** Makes a check that failed: the job cannot be created, or fails, or so do its objects. */
export function failed(code: CheckCode, fault: Fault): MadeCheck {
  return { code, status: 'failed', ...fault, about: fault.about ?? CHECK_CODES[code] }
}

/** Makes a check of what may go well, but probably not as meant. */
export function warning(code: CheckCode, fault: Fault): MadeCheck {
  return { code, status: 'warning', ...fault, about: fault.about ?? CHECK_CODES[code] }
}

/** Makes a check that could not be made. */
export function unknown(code: CheckCode, fault: Fault): MadeCheck {
  return { code, status: 'unknown', ...fault, about: fault.about ?? CHECK_CODES[code] }
}
