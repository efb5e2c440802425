import { isAwsError } from '../aws/aws-error.js'

// AWS's words for a role that SageMaker cannot assume; nothing else that it calls invalid passes by itself.
const CANNOT_ASSUME = [
  /unable to assume the role/i,
  /could not assume role/i,
  /unable to perform: sts:AssumeRole/i,
  /"?sts:AssumeRole"? for the service principal/i,
]
const LONGEST = 60_000

/**
 * Tells how long to wait for a role: one made seconds ago cannot be assumed yet. Each role has a minute from its first
 * refusal, however many jobs name it, so that a role that is wrong is not waited for again and again.
 */
export class RolePatience {
  readonly #until = new Map<string, number>()

  /** Gives the pause in milliseconds before the next try, or `undefined` when the failure is not, or no longer, waited for. */
  pauseAfter(thrown: unknown, role: string, now: number): number | undefined {
    if (!isAwsError(thrown) || thrown.code !== 'aws-validation') return undefined
    const { why } = thrown
    if (!CANNOT_ASSUME.some((words) => words.test(why))) return undefined
    const until = this.#until.get(role) ?? now + LONGEST
    this.#until.set(role, until)
    const waited = LONGEST - (until - now)
    return now >= until ? undefined : Math.min(Math.max(2_000, waited), until - now)
  }

  /** Has a role wait anew the next time: SageMaker has assumed it. */
  forget(role: string): void {
    this.#until.delete(role)
  }
}
