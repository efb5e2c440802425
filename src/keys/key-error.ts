import { LabelingJobError, type LabelingJobErrorCode } from '../errors/labeling-job-error.js'
import type { KeyPurpose } from '../names/kms-key.js'

/** The key that cannot be used. */
export interface KeyErrorData {
  /** The name it was asked for by. */
  readonly key: string
  readonly purpose: KeyPurpose | undefined
  /** The key's ARN, once known. */
  readonly keyArn?: string
  readonly region: string
}

/**
 * Thrown when a key cannot encrypt a labeling job. Codes: `key-aws-managed`, `key-not-found`, `key-access-denied`,
 * `key-wrong-region`, `key-wrong-partition`, `key-disabled`, `key-pending-deletion`, `key-not-ready`,
 * `key-not-symmetric`, `key-wrong-usage`, `key-invalid`, `key-lookup-failed`.
 */
export class KeyError extends LabelingJobError<KeyErrorData> {
  constructor(
    code: LabelingJobErrorCode & `key-${string}`,
    data: KeyErrorData,
    words: { readonly why: string; readonly fix: string; readonly cause?: unknown },
  ) {
    const purpose = data.purpose === undefined ? '' : ` as the ${data.purpose} key`
    super({ code, what: `Cannot use ${data.key}${purpose}`, data, ...words })
  }
}
