import type { Aws, CallOptions } from '../../aws/aws.js'
import { resolveKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import type { KeyPurpose, KmsKeyText, OutputKmsKey, VolumeKmsKey } from '../../names/kms-key.js'

/** The keys that everything should be under; each looked up once. Any other key is a finding. */
export interface Expectation {
  readonly outputKey?: OutputKmsKey | KmsKeyText
  readonly volumeKey?: VolumeKmsKey | KmsKeyText
}

/** The keys that are expected, looked up. */
export type ExpectedKeys = Readonly<Partial<Record<KeyPurpose, ResolvedKey>>>

/**
 * Looks up the keys that are expected.
 *
 * @throws LabelingJobError `key-…`
 */
export async function resolveExpected(
  { outputKey, volumeKey }: Expectation,
  aws: Aws,
  { signal }: CallOptions,
): Promise<ExpectedKeys> {
  const options = signal ? { signal } : {}
  const [output, volume] = await Promise.all([
    outputKey === undefined ? undefined : resolveKey(outputKey, aws, options),
    volumeKey === undefined ? undefined : resolveKey(volumeKey, aws, options),
  ])
  return { ...(output && { output }), ...(volume && { volume }) }
}
