import type { Aws, CallOptions } from '../../aws/aws.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import { type LookedUpKey, readKeyStanding } from './key-standing.js'

/** The keys that a job names, each with its standing today; absent: the job names none. */
export interface DeclaredKeys {
  readonly autoLabeling: boolean
  readonly output?: LookedUpKey
  readonly volume?: LookedUpKey
}

/** Looks up the keys that a job names. Needs `kms:DescribeKey` on them. */
export async function readDeclaredKeys(
  description: LabelingJobDescription,
  aws: Aws,
  { signal }: CallOptions,
): Promise<DeclaredKeys> {
  const account = parseArn(description.LabelingJobArn ?? '')?.account
  const autoLabeling = description.LabelingJobAlgorithmsConfig !== undefined
  const lookUp = (given: string | undefined, purpose: KeyPurpose) =>
    given ? readKeyStanding(given, { purpose, account, aws, ...(signal && { signal }) }) : undefined
  const [output, volume] = await Promise.all([
    lookUp(declaredKey(description, 'output'), 'output'),
    autoLabeling ? lookUp(declaredKey(description, 'volume'), 'volume') : undefined,
  ])
  return { autoLabeling, ...(output && { output }), ...(volume && { volume }) }
}

/** The key that a job names for a purpose, as it names it. */
export function declaredKey(description: LabelingJobDescription, purpose: KeyPurpose): string | undefined {
  const { OutputConfig, LabelingJobAlgorithmsConfig } = description
  if (purpose === 'output') return (OutputConfig as { readonly KmsKeyId?: string } | undefined)?.KmsKeyId
  const config = LabelingJobAlgorithmsConfig as
    | { readonly LabelingJobResourceConfig?: { readonly VolumeKmsKeyId?: string } }
    | undefined
  return config?.LabelingJobResourceConfig?.VolumeKmsKeyId
}
