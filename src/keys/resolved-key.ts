import type { KmsKeyArn } from '../names/kms-key.js'

/** A key that was looked up and can be used. */
export interface ResolvedKey {
  /** The name it was asked for by. */
  readonly given: string
  readonly arn: KmsKeyArn
  readonly keyId: string
  readonly account: string
  readonly region: string
  readonly multiRegion: boolean
  /** `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`. */
  readonly origin: string
  /** When imported key material expires; a job that runs longer fails. */
  readonly expiresAt?: Date
}
