import { countOf } from '../errors/count-of.js'
import { printAs } from '../show/shown.js'
import { refuseUnknownValue } from './refuse-setup.js'
import { CALL_NAMES } from './services.js'

/** One call that reached the fake, whatever it answered. Contents of objects and plaintexts are left out. */
export interface LoggedCall {
  readonly service: string
  /** The IAM action, for instance `kms:DescribeKey`. */
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
  /** ARN of the caller. */
  readonly caller: string
  readonly region: string
  readonly at: Date
  /** Whether it changed anything. */
  readonly wrote: boolean
  /** AWS's name of the error it ended in, if it did. */
  readonly error?: string
}

/** The calls that reached the fake, oldest first. */
export interface CallLog extends Iterable<LoggedCall> {
  readonly length: number
  /** The names of all calls, for instance `['kms:DescribeKey', 'sagemaker:CreateLabelingJob']`. */
  names(): readonly string[]
  /**
   * The calls of one name; of all names when none is given.
   *
   * @throws TypeError for a name that no call has
   */
  of(name?: string): readonly LoggedCall[]
  /** The calls that changed something. */
  writes(): readonly LoggedCall[]
  /** Forgets all calls so far. */
  clear(): void
}

/** The log with the means to write into it. */
export class WritableCallLog implements CallLog {
  #calls: LoggedCall[] = []

  constructor() {
    printAs(this, () => {
      const counts = new Map<string, number>()
      for (const { name } of this.#calls) counts.set(name, (counts.get(name) ?? 0) + 1)
      const lines = [...counts].map(([name, count]) => `\n  ${name} ${count}`)
      return `${countOf(this.length, 'call')} so far${lines.join('')}`
    })
  }

  get length(): number {
    return this.#calls.length
  }

  [Symbol.iterator](): Iterator<LoggedCall> {
    return this.of()[Symbol.iterator]()
  }

  names(): readonly string[] {
    return this.#calls.map(({ name }) => name)
  }

  of(name?: string): readonly LoggedCall[] {
    if (name !== undefined && !this.#calls.some((call) => call.name === name))
      refuseUnknownValue('call', name, CALL_NAMES)
    return this.#calls.filter((call) => name === undefined || call.name === name)
  }

  writes(): readonly LoggedCall[] {
    return this.#calls.filter(({ wrote }) => wrote)
  }

  clear(): void {
    this.#calls = []
  }

  /** Adds a call as it begins; its outcome is filled in by the function that is given back. */
  begin(call: Omit<LoggedCall, 'wrote' | 'error'>): (outcome: { wrote: boolean; error?: string }) => void {
    const index = this.#calls.push(Object.freeze({ ...call, wrote: false })) - 1
    const calls = this.#calls
    return (outcome) => {
      calls[index] = Object.freeze({ ...call, ...outcome })
    }
  }
}

/** A copy of an input that is safe to keep: without contents of objects and plaintexts. */
export function loggable(input: object): Readonly<Record<string, unknown>> {
  const { Body, Plaintext, CiphertextBlob, ...rest } = input as Record<string, unknown>
  return structuredClone(rest)
}
