import { type ErrorCode, isRetryable } from './error-code.js'
import { printable } from './printable.js'

/** What an error of this library says and carries. */
export interface LabelingJobErrorOptions<Code extends ErrorCode, Data> {
  readonly code: Code
  /** What cannot be done, for instance "Cannot use key alias/gt as the output key". */
  readonly what: string
  /** What stands in the way, with the real values. */
  readonly why: string
  /** What to do next; empty when `why` says it already. */
  readonly fix: string
  readonly data: Data
  readonly cause?: unknown
}

const PAGE = 4_000
const PARTS = ['code', 'what', 'why', 'fix', 'data']

/**
 * Every error this library throws. `code` is stable and tells what `data` holds; `what`, `why` and `fix` are the parts
 * of the message; `cause` is the error of AWS or Node behind it, when there is one.
 */
export class LabelingJobError<Code extends ErrorCode = ErrorCode, Data = unknown> extends Error {
  readonly code: Code
  readonly what: string
  readonly why: string
  readonly fix: string
  /** Whether the same call may succeed later although nothing is changed. */
  readonly retryable: boolean
  /** The values to act on. Not enumerable: a report in it would fill the terminal of an uncaught error. */
  declare readonly data: Data

  constructor({ code, what, why, fix, data, cause }: LabelingJobErrorOptions<Code, Data>) {
    // Names and texts of others come into messages: they must neither move a cursor nor begin a line. Only a list of
    // problems has several lines, and begins each itself.
    const [plainWhat, plainWhy] = [printable(what), printable(why)]
    const plainFix = fix
      .split(/\n(?=- )/)
      .map(printable)
      .join('\n')
    super(
      `${sentence(`${plainWhat}: ${plainWhy}`)} ${sentence(plainFix)}`.trimEnd(),
      cause === undefined ? undefined : { cause },
    )
    // A literal: minifiers rename classes. Retry helpers look for AbortError.
    this.name = code === 'aborted' ? 'AbortError' : 'LabelingJobError'
    this.code = code
    this.what = plainWhat
    this.why = plainWhy
    this.fix = plainFix
    this.retryable = isRetryable(code)
    Object.defineProperty(this, 'name', { enumerable: false })
    Object.defineProperty(this, 'data', { value: data, enumerable: false })
  }

  /** Holds of errors of every copy of the library: a program may have loaded it as ESM and as CommonJS. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a class that extends this one inherits the method
    return isInstanceOf(this, value)
  }

  /** The error for a log, a page at most: `data` is left out when it is longer. */
  toJSON(): object {
    const { name, code, message, retryable, data } = this
    const isShort = (JSON.stringify(data) ?? '').length <= PAGE
    return { name, code, message, retryable, ...(isShort && { data }) }
  }
}

/**
 * Tells whether a value is an error of this library, with one of the given codes. An error of another copy is one as well:
 * a connection of one copy may be given to the functions of another, so that nothing else tells errors apart.
 */
export function isLabelingJobError<Code extends ErrorCode = ErrorCode>(
  value: unknown,
  ...codes: readonly Code[]
): value is LabelingJobError<Code> {
  if (!(value instanceof Error) || !PARTS.every((part) => part in value)) return false
  return codes.length === 0 || (codes as readonly string[]).includes((value as LabelingJobError).code)
}

/** A class that a program derives from ours has instances of its own. */
function isInstanceOf(asked: unknown, value: unknown): boolean {
  if (asked === LabelingJobError) return isLabelingJobError(value)
  return Function.prototype[Symbol.hasInstance].call(asked, value)
}

function sentence(text: string): string {
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`
}
