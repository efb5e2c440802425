import type { Aws, CallOptions } from '../../aws/aws.js'
import { isKmsKeyArn, type KmsKeyArn } from '../../names/kms-key.js'
import { readKeyStanding } from '../declared/key-standing.js'
import type { FoundVolume } from './find-volumes.js'
import type { ProvenVolume } from './proof.js'
import type { KnownKeys } from './read-encryption.js'

/** A volume, and how its key stands to the one that is expected. */
export interface VolumeStanding {
  readonly volume: ProvenVolume
  readonly standing: 'expected' | 'without-customer-key' | 'under-another-key' | 'unreadable'
  /** Why it cannot be told. */
  readonly why?: string
}

/**
 * Tells the key of a volume, which is as SageMaker was told: an id is looked up. Of an alias it is not known which key it
 * was when the machine ran.
 */
export async function standingOfVolume(
  { arn, kind, given }: FoundVolume,
  { expected, expectedUnknown }: Pick<KnownKeys, 'expected' | 'expectedUnknown'>,
  account: string | undefined,
  aws: Aws,
  { signal }: CallOptions,
): Promise<VolumeStanding> {
  if (given === undefined) return { volume: { arn, kind }, standing: 'without-customer-key' }
  if (/(?:^|:)alias\/(?!aws\/)/.test(given))
    return {
      volume: { arn, kind },
      standing: 'unreadable',
      why: `SageMaker was told ${given}, and which key that alias was then cannot be told`,
    }
  if (given === expected) return { volume: { arn, kind, keyArn: expected }, standing: 'expected' }
  const { key, because } = await readKeyStanding(given, {
    purpose: 'volume',
    account,
    aws,
    ...(signal && { signal }),
  })
  const keyArn: KmsKeyArn | undefined = key.arn ?? (isKmsKeyArn(given) ? given : undefined)
  const volume = { arn, kind, ...(keyArn !== undefined && { keyArn }) }
  if (key.standing === 'aws-managed') return { volume, standing: 'without-customer-key' }
  if (keyArn === undefined)
    return { volume, standing: 'unreadable', why: `${given}: ${because?.why ?? 'it could not be looked up'}` }
  if (keyArn === expected) return { volume, standing: 'expected' }
  return expectedUnknown === undefined
    ? { volume, standing: 'under-another-key' }
    : { volume, standing: 'unreadable', why: expectedUnknown }
}
