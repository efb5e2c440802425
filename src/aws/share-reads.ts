import type { Aws } from './aws.js'
import { isAccessDenied, isAwsError } from './aws-error.js'
import type { AwsCallName, AwsCalls } from './calls.js'

/**
 * Gives the same connection, on which whoever asks what was asked before gets the same answer: for one look at a thing
 * from many sides. An object of S3 can be read to its end once only, so that those calls are made each time; and so are
 * calls that failed, since a failure may pass. That there is no such thing, or no right to see it, is an answer.
 */
export function shareReads(aws: Aws): Aws {
  const answers = new Map<string, Promise<unknown>>()
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => shareReads(aws.with(change)),
    call<Name extends AwsCallName>(
      name: Name,
      input: AwsCalls[Name]['input'],
      options?: Parameters<Aws['call']>[2],
    ) {
      if (!isRead(name)) return aws.call(name, input, options)
      const asked = `${name} ${JSON.stringify(input)}`
      const known = answers.get(asked) as Promise<AwsCalls[Name]['output']> | undefined
      if (known !== undefined) return known
      const answer = aws.call(name, input, options)
      answers.set(asked, answer)
      answer.catch((thrown: unknown) => {
        if (!isAnswer(thrown)) answers.delete(asked)
      })
      return answer
    },
  }
}

function isAnswer(thrown: unknown): boolean {
  return isAccessDenied(thrown) || (isAwsError(thrown) && thrown.code === 'not-found')
}

function isRead(call: AwsCallName): boolean {
  return call !== 's3:GetObject' && /:(?:Describe|Get|List|Head)/.test(call)
}
