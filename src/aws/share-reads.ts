import type { Aws } from './aws.js'
import { isAwsError } from './aws-error.js'
import type { AwsCallName, AwsCalls } from './calls.js'

/** Which answers are shared. */
export interface SharedReads {
  /** Whether the answers of a call are. Default: of every call that only reads, but for objects of S3. */
  readonly isShared?: (call: AwsCallName) => boolean
  /** How many answers are kept at most; those that nobody has asked for the longest go. Default: all. */
  readonly most?: number
}

/**
 * Gives the same connection, on which whoever asks what was asked before gets the same answer: for one look at a thing
 * from many sides. An object of S3 can be read to its end once only, so that those calls are made each time; and so are
 * calls that failed, since a failure may pass. That there is no such thing, or no right to see it, is an answer.
 */
export function shareReads(aws: Aws, shared: SharedReads = {}): Aws {
  const { isShared = isRead, most = Number.POSITIVE_INFINITY } = shared
  const answers = keepAnswers(most)
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => shareReads(aws.with(change), shared),
    call<Name extends AwsCallName>(
      name: Name,
      input: AwsCalls[Name]['input'],
      options?: Parameters<Aws['call']>[2],
    ) {
      if (!isShared(name)) return aws.call(name, input, options)
      return answers(`${name} ${JSON.stringify(input)}`, () => aws.call(name, input, options)) as Promise<
        AwsCalls[Name]['output']
      >
    },
  }
}

/**
 * Keeps answers by what was asked, up to a number of them: those that nobody has asked for the longest go. What failed is
 * forgotten unless the failure is an answer, and so is what `isKept` does not want.
 */
export function keepAnswers<Answer>(
  most: number,
  isKept: (answer: Answer) => boolean = () => true,
): (asked: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (asked, ask) => {
    const known = answers.get(asked)
    const answer = known ?? ask()
    answers.delete(asked)
    answers.set(asked, answer)
    if (known !== undefined) return known
    if (answers.size > most) answers.delete(answers.keys().next().value as string)
    answer.then(
      (found) => isKept(found) || answers.delete(asked),
      (thrown) => isAnswer(thrown) || answers.delete(asked),
    )
    return answer
  }
}

/** Tells whether a failure says how things are, and does not pass. */
function isAnswer(thrown: unknown): boolean {
  if (!isAwsError(thrown)) return false
  const { code, data } = thrown
  return ['access-denied', 'not-found'].includes(code) || data.awsError.startsWith('NoSuch')
}

/** Tells whether a call only reads, and its answer can be read again. */
export function isRead(call: AwsCallName): boolean {
  return call !== 's3:GetObject' && /:(?:Describe|Get|List|Head)/.test(call)
}
