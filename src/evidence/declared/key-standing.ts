import type { Aws, CallOptions } from '../../aws/aws.js'
import { isLabelingJobError, type LabelingJobError } from '../../errors/labeling-job-error.js'
import { isKeyError, type KeyCode } from '../../keys/key-error.js'
import { lookUpKey } from '../../keys/resolve-key.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose, KmsKeyArn } from '../../names/kms-key.js'
import { isNameOfAwsKey } from '../../names/kms-key.js'

/** How a key that a job names stands today. A name proves nothing of the key that the job's data is under. */
export interface KeyStanding {
  /** The key as the job names it. */
  readonly given: string
  /** The key's ARN, once known; of an alias today's, which may not be that of the day when the job ran. */
  readonly arn?: KmsKeyArn
  readonly standing: 'usable' | 'aws-managed' | 'unusable' | 'not-found' | 'another-account' | 'unreadable'
}

/** A standing with the error of the look-up behind it. */
export interface LookedUpKey {
  readonly key: KeyStanding
  readonly because?: LabelingJobError
}

/**
 * Looks up a key that a job names: once for each key and run, and never a name of AWS's own keys. Needs
 * `kms:DescribeKey` on the key.
 */
export async function readKeyStanding(
  given: string,
  {
    purpose,
    account,
    aws,
    signal,
  }: { purpose: KeyPurpose; account: string | undefined; aws: Aws } & CallOptions,
): Promise<LookedUpKey> {
  if (isNameOfAwsKey(given)) return { key: { given, standing: 'aws-managed' } }
  const isForeign = (of: string | undefined) => of !== undefined && account !== undefined && of !== account
  if (isForeign(parseArn(given)?.account)) return { key: { given, standing: 'another-account' } }
  try {
    const { arn, account: owner } = await lookUpKey(given, aws, { purpose, ...(signal && { signal }) })
    return { key: { given, arn, standing: isForeign(owner) ? 'another-account' : 'usable' } }
  } catch (thrown) {
    if (!isLabelingJobError(thrown) || thrown.code === 'aborted') throw thrown
    const arn = isKeyError(thrown) ? (thrown.data.keyArn as KmsKeyArn | undefined) : undefined
    return { key: { given, ...(arn && { arn }), standing: standingOf(thrown) }, because: thrown }
  }
}

const STANDINGS: Readonly<Partial<Record<KeyCode, KeyStanding['standing']>>> = {
  'key-aws-managed': 'aws-managed',
  'key-not-found': 'not-found',
  'key-access-denied': 'unreadable',
}

function standingOf(error: LabelingJobError): KeyStanding['standing'] {
  return isKeyError(error) ? (STANDINGS[error.code] ?? 'unusable') : 'unreadable'
}
