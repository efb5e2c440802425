import type { Aws } from '../aws/aws.js'
import { isAwsError } from '../aws/aws-error.js'
import type { AwsCallName } from '../aws/calls.js'
import { passesByItself, retryPassing } from '../aws/retry-passing.js'

const REMEMBERED: readonly AwsCallName[] = ['kms:DescribeKey', 'sts:GetCallerIdentity']
const PAUSES = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]

/**
 * Gives the same connection, which asks KMS once for each key however long the work on it takes, and waits out
 * throttling. A refusal is remembered as well: a thousand jobs on a key that is not there ask once. What was answered
 * before, to other work, counts for nothing here.
 *
 * @param pauses Milliseconds before each further try of a look-up that is throttled.
 */
export function rememberKeys(aws: Aws, pauses: readonly number[] = PAUSES): Aws {
  // resolveKey() keeps its answers by this identity, for minutes: the work shall neither get old ones nor leave its own.
  const ownKms = {}
  const answers = new Map<string, Promise<unknown>>()
  const ask: Aws['call'] = (name, input, options) => {
    if (!REMEMBERED.includes(name)) return aws.call(name, input, options)
    const question = `${name} ${JSON.stringify(input)}`
    const known = answers.get(question)
    if (known !== undefined) return known as ReturnType<typeof aws.call<typeof name>>
    const asked = retryPassing(aws, () => aws.call(name, input, options), { pauses })
    answers.set(question, asked)
    asked.catch((thrown) => isAnswer(thrown) || answers.delete(question))
    return asked
  }
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => (service === 'kms' ? ownKms : aws.identity(service)),
    with: (change) => rememberKeys(aws.with(change), pauses),
    call: ask,
  }
}

/** Tells whether a failure says how the key is; expired credentials say nothing of it. */
function isAnswer(thrown: unknown): boolean {
  return isAwsError(thrown) && !passesByItself(thrown) && thrown.code !== 'credentials'
}
