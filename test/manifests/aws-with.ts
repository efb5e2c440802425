import type { Aws, CallOptions } from '../../src/aws/aws.js'
import type { AwsCallName, AwsCalls } from '../../src/aws/calls.js'

/** A call that was made. */
export interface MadeCall {
  readonly name: AwsCallName
  readonly input: unknown
  readonly options: CallOptions | undefined
}

type Answers = {
  readonly [Name in AwsCallName]?: (input: AwsCalls[Name]['input']) => AwsCalls[Name]['output']
}

/** A connection that answers the given calls, refuses all others, and remembers what it was asked. */
export function awsWith(answers: Answers): Aws & { readonly calls: readonly MadeCall[] } {
  const calls: MadeCall[] = []
  const aws: Aws = {
    region: async () => 'us-east-1',
    clock: { now: () => new Date(0), sleep: async () => {} },
    identity: () => answers,
    with: () => aws,
    call: async (name, input, options) => {
      calls.push({ name, input, options })
      const answer = answers[name]
      if (answer === undefined) throw new Error(`no answer for ${name}`)
      return answer(input)
    },
  }
  return { ...aws, calls }
}
