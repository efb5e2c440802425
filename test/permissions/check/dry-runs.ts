import type { FakeAws, InjectedCall } from '../../../src/testing/index.js'
import { failing } from '../labeling-account.js'

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

/** Ends every dry run in the error of a name, whatever the policies say. */
export function answerDryRuns(cloud: FakeAws, name: string | ((call: InjectedCall) => string)): void {
  for (const call of DRY_RUNS) {
    if (typeof name === 'string') failing(cloud, call, name)
    else {
      const before = (one: InjectedCall) => ({ name: name(one), message: name(one) })
      cloud.inject({ call, fault: { before }, times: Number.POSITIVE_INFINITY })
    }
  }
}
