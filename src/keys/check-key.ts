import type { AwsCallError } from '../aws/aws-error.js'
import type { KeyMetadata } from '../aws/kms-calls.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { parseArn } from '../names/arn.js'
import { isKmsKeyArn } from '../names/kms-key.js'
import { cannotUse, type KeyErrorData, keyError } from './key-error.js'
import type { ResolvedKey } from './resolved-key.js'

/**
 * Checks what DescribeKey says of a key: S3 and EBS take symmetric encryption keys only, in their own region, and
 * a key that is not enabled encrypts nothing.
 *
 * @throws LabelingJobError `key-…` for the first gate the key does not pass.
 */
export function checkKey(metadata: KeyMetadata, asked: KeyErrorData): ResolvedKey {
  const {
    Arn: arn,
    KeyState: state = 'unknown',
    KeySpec: spec = 'unknown',
    KeyUsage: usage = 'unknown',
  } = metadata
  const parts = arn === undefined ? undefined : parseArn(arn)
  if (!isKmsKeyArn(arn) || parts === undefined) {
    throw new LabelingJobError({
      code: 'aws-call-failed',
      what: cannotUse(asked),
      why: 'kms:DescribeKey gave no key ARN',
      fix: 'Check that the KMS client talks to KMS',
      data: { call: 'kms:DescribeKey', region: asked.region, awsError: 'no key ARN', mayHaveHappened: false },
    }) satisfies AwsCallError
  }
  const data: KeyErrorData = { ...asked, keyArn: arn }
  const named = arn === asked.key ? 'it' : `it is ${arn}, which`
  if (metadata.KeyManager === 'AWS') {
    throw keyError('key-aws-managed', data, {
      why: `${named} is a key of AWS, whose policy nobody can change`,
      fix: 'Use a customer managed key, or leave the key out',
    })
  }
  if (parts.region !== asked.region) {
    throw keyError('key-wrong-region', data, {
      why: `${named} is in ${parts.region} and the job runs in ${asked.region}`,
      fix: `Use a key in ${asked.region}; for a multi-Region key, its replica there`,
    })
  }
  if (usage !== 'ENCRYPT_DECRYPT') {
    throw keyError('key-wrong-usage', data, {
      why: `${named} is for ${usage}, and S3 and EBS need ENCRYPT_DECRYPT`,
      fix: 'Use a symmetric encryption key',
    })
  }
  if (spec !== 'SYMMETRIC_DEFAULT') {
    throw keyError('key-not-symmetric', data, {
      why: `${named} is of spec ${spec}, and S3 and EBS take SYMMETRIC_DEFAULT only`,
      fix: 'Use a symmetric encryption key',
    })
  }
  checkState(state, named, metadata, data)
  return Object.freeze({
    given: asked.key,
    arn,
    keyId: parts.resource.replace('key/', ''),
    account: parts.account,
    region: parts.region,
    multiRegion: metadata.MultiRegion === true,
    origin: metadata.Origin ?? 'unknown',
    ...(metadata.ValidTo !== undefined && { expiresAt: metadata.ValidTo }),
  })
}

function checkState(state: string, named: string, metadata: KeyMetadata, data: KeyErrorData): void {
  // A key is still usable while its primary moves to another region (state Updating).
  if (state === 'Enabled' || state === 'Updating') return
  if (state === 'Disabled') {
    throw keyError('key-disabled', data, {
      why: `${named} is disabled`,
      fix: 'Have its administrator enable it (kms:EnableKey), or use another key',
    })
  }
  if (state === 'PendingDeletion' || state === 'PendingReplicaDeletion') {
    const when =
      metadata.DeletionDate === undefined ? '' : ` on ${metadata.DeletionDate.toISOString().slice(0, 10)}`
    throw keyError('key-pending-deletion', data, {
      why: `${named} will be deleted${when}, and what it encrypted becomes unreadable`,
      fix: 'Have its administrator cancel the deletion and enable it, or use another key',
    })
  }
  throw keyError('key-not-ready', data, {
    why: `${named} is in state ${state}`,
    fix:
      state === 'PendingImport'
        ? 'Have its administrator import the key material'
        : state === 'Unavailable'
          ? 'Have its administrator reconnect the custom key store'
          : 'Wait until it is Enabled',
  })
}
