import type { Aws } from '../../../src/aws/aws.js'
import { translateAwsError } from '../../../src/aws/translate-aws-error.js'
import { awsError } from '../small-aws.js'

/** The calls that a probe sends with DryRun. */
export const DRY_RUNS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext',
  'kms:CreateGrant',
]

/** Answers some calls itself and hands the others on. */
export function answering(aws: Aws, answers: Readonly<Record<string, (input: never) => unknown>>): Aws {
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: () => answering(aws, answers),
    async call(name, input, options) {
      const answer = answers[name]
      if (answer === undefined) return aws.call(name, input, options)
      try {
        return answer(input as never) as never
      } catch (thrown) {
        throw translateAwsError(thrown, name, 'us-east-1', undefined)
      }
    },
  }
}

export function refuse(name: string): () => never {
  return () => {
    throw awsError(name)
  }
}
