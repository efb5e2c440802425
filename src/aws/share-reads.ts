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
  const answers = new Map<string, Promise<unknown>>()
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
      const asked = `${name} ${JSON.stringify(input)}`
      const known = answers.get(asked) as Promise<AwsCalls[Name]['output']> | undefined
      if (known !== undefined) {
        answers.delete(asked)
        answers.set(asked, known)
        return known
      }
      const answer = aws.call(name, input, options)
      answers.set(asked, answer)
      if (answers.size > most) answers.delete(answers.keys().next().value as string)
      answer.catch((thrown: unknown) => {
        if (!isAnswer(thrown)) answers.delete(asked)
      })
      return answer
    },
  }
}

/** Tells whether a failure says how things are, and does not pass. */
export function isAnswer(thrown: unknown): boolean {
  if (!isAwsError(thrown)) return false
  const { code, data } = thrown
  return ['access-denied', 'not-found'].includes(code) || data.awsError.startsWith('NoSuch')
}

/** Tells whether a call only reads, and its answer can be read again. */
export function isRead(call: AwsCallName): boolean {
  return call !== 's3:GetObject' && /:(?:Describe|Get|List|Head)/.test(call)
}
