import { aborted, throwIfAborted, untilAborted } from '../aws/abort.js'
import type { Aws, CallOptions } from '../aws/aws.js'
import { isAccessDenied, isAwsError } from '../aws/aws-error.js'
import type { KeyMetadata } from '../aws/kms-calls.js'
import { retryPassing } from '../aws/retry-passing.js'
import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall, refuseNoConnection, refusePromise } from '../errors/refused-call.js'
import { parseArn, partitionOf } from '../names/arn.js'
import {
  isAwsManagedAlias,
  isKmsKey,
  isKmsKeyArn,
  type KeyPurpose,
  type KmsKeyText,
  keyForm,
  type OutputKmsKey,
  type VolumeKmsKey,
} from '../names/kms-key.js'
import { checkKey } from './check-key.js'
import { cannotUse, type KeyErrorData, keyError } from './key-error.js'
import { refuseOddLookUp } from './refuse-odd-look-up.js'
import type { ResolvedKey } from './resolved-key.js'

/** How a key is looked up. */
export interface ResolveKeyOptions extends CallOptions {
  /** Ask KMS again although the answer is remembered (five minutes long), for instance after an alias was pointed elsewhere. */
  readonly fresh?: boolean
}

interface RememberedAnswer {
  readonly metadata: Promise<KeyMetadata>
  readonly askedAt: number
}

// One answer a key and region for each KMS client, so that a thousand jobs on two keys ask twice. Not for long: a
// key may be disabled, and an alias pointed elsewhere, while a program runs for days.
const REMEMBERED = new WeakMap<object, Map<string, RememberedAnswer>>()
const REMEMBERED_FOR = 5 * 60_000

/**
 * Looks a key up by ARN, id, alias or alias ARN, and checks that it can encrypt a labeling job in the region of
 * `aws`: customer managed, enabled, symmetric, for encryption, same region and partition. Each distinct key is
 * asked for once per client, and remembered for five minutes. Needs `kms:DescribeKey` on the key.
 *
 * AWS's own aliases (`alias/aws/…`) are refused without a call, since asking for one may create the key.
 *
 * @throws LabelingJobError `key-…` that says what stands in the way and what to do, `refused-call` for what is no key and for
 * options that do not exist, `aborted`.
 */
export async function resolveKey(
  key: OutputKmsKey | VolumeKmsKey | KmsKeyText,
  aws: Aws,
  options: ResolveKeyOptions = {},
): Promise<ResolvedKey> {
  refuseNoConnection('resolveKey', aws)
  refusePromise('resolveKey', 'the key', key)
  if (typeof key !== 'string' && !isKmsKey(key))
    throw refusedCall(
      'resolveKey',
      `the key is ${formatValue(key)}: give the name of a key as text, or what outputKey() or volumeKey() gives`,
    )
  refuseUnknownOptions({ call: 'resolveKey', what: 'Cannot call resolveKey()' }, options, ['fresh', 'signal'])
  refuseOddLookUp('resolveKey', options)
  return isKmsKey(key)
    ? lookUpKey(key.name, aws, { ...options, purpose: key.purpose })
    : lookUpKey(key, aws, options)
}

/** Looks a key up by its name alone, and says in errors what it is for. */
export async function lookUpKey(
  key: string,
  aws: Aws,
  { purpose, fresh = false, signal }: ResolveKeyOptions & { readonly purpose?: KeyPurpose } = {},
): Promise<ResolvedKey> {
  const data: KeyErrorData = { key, ...(purpose && { purpose }), region: await aws.region() }
  throwIfAborted(signal, cannotUse(data))
  refuseUnsent(key, data)
  // The answer is shared with whoever asks at the same time, so that one signal ends one wait and not the call.
  const answer = describe(key, aws, data, fresh)
  const metadata = await untilAborted(answer, signal).catch((thrown) => {
    throw signal?.aborted ? aborted(signal, { what: cannotUse(data) }) : thrown
  })
  return checkKey(metadata, data)
}

/** Refuses what no call is needed to refuse. */
function refuseUnsent(key: string, data: KeyErrorData): void {
  if (keyForm(key) === undefined) {
    throw keyError('key-invalid', data, {
      why: 'it is not a key ARN, a key id, an alias (alias/name) or an alias ARN',
      fix:
        key === ''
          ? 'Leave the key out when there is none; an empty string would silently mean a key of AWS'
          : 'Copy the ARN of the key or its alias from KMS',
    })
  }
  if (isAwsManagedAlias(key)) {
    throw keyError('key-aws-managed', data, {
      why: 'aliases under alias/aws/ are keys of AWS, whose policies nobody can change',
      fix: 'Use a customer managed key, or leave the key out',
    })
  }
  const arn = parseArn(key)
  if (arn === undefined) return
  if (arn.partition !== partitionOf(data.region)) {
    throw keyError('key-wrong-partition', data, {
      why: `it is in partition ${arn.partition} and the job runs in ${data.region}, in partition ${partitionOf(data.region)}`,
      fix: `Use a key in ${data.region}`,
    })
  }
  if (arn.region !== data.region) {
    throw keyError('key-wrong-region', data, {
      why: `it is in ${arn.region} and the job runs in ${data.region}`,
      fix: `Use a key in ${data.region}; for a multi-Region key, the ARN of its replica there`,
    })
  }
}

async function describe(key: string, aws: Aws, data: KeyErrorData, fresh: boolean): Promise<KeyMetadata> {
  const client = aws.identity('kms')
  const answers = REMEMBERED.get(client) ?? new Map<string, RememberedAnswer>()
  REMEMBERED.set(client, answers)
  const name = `${data.region} ${key}`
  const askedAt = aws.clock.now().getTime()
  const known = fresh ? undefined : answers.get(name)
  if (known !== undefined && askedAt - known.askedAt < REMEMBERED_FOR) {
    return known.metadata.catch((thrown) => explain(thrown, key, aws, data))
  }
  const asked = retryPassing(aws, () =>
    aws.call('kms:DescribeKey', { KeyId: key }, { what: cannotUse(data) }),
  ).then((answer) => answer?.KeyMetadata ?? {})
  answers.set(name, { metadata: asked, askedAt })
  try {
    const metadata = await asked
    // A key that cannot be used now may be enabled in a minute.
    if (metadata.KeyState !== 'Enabled') answers.delete(name)
    return metadata
  } catch (thrown) {
    // Only answers are remembered: a right that was missing may be there the next time.
    answers.delete(name)
    return explain(thrown, key, aws, data)
  }
}

async function explain(thrown: unknown, key: string, aws: Aws, data: KeyErrorData): Promise<never> {
  const cause = thrown
  if (isAwsError(thrown, 'NotFoundException')) {
    const account = parseArn(key)?.account ?? (await callersAccount(aws))
    throw keyError('key-not-found', data, {
      why: `KMS finds no such ${keyForm(key)?.startsWith('alias') ? 'alias' : 'key'} in ${data.region}, account ${account}`,
      fix: isKmsKeyArn(key)
        ? 'Check the id, and that the key was not deleted'
        : 'Check the name, the region and the account; for a key of another account give its ARN',
      cause,
    })
  }
  if (isAccessDenied(thrown)) {
    throw keyError('key-access-denied', data, {
      why: `kms:DescribeKey is not allowed for the caller in ${data.region}`,
      fix: 'Allow kms:DescribeKey on the key for the identity that makes the call',
      cause,
    })
  }
  if (isAwsError(thrown, 'InvalidArnException', 'ValidationException')) {
    throw keyError('key-invalid', data, {
      why: `KMS does not accept the name: ${causeMessage(thrown)}`,
      fix: 'Copy the ARN of the key from KMS',
      cause,
    })
  }
  throw thrown
}

async function callersAccount(aws: Aws): Promise<string> {
  try {
    return (await aws.call('sts:GetCallerIdentity', {})).Account ?? 'of the caller'
  } catch {
    return 'of the caller'
  }
}

function causeMessage({ cause }: Error): string {
  return cause instanceof Error ? cause.message : String(cause)
}
