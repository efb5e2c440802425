import type { ErrorCode } from '../errors/error-code.js'
import { isLabelingJobError, LabelingJobError } from '../errors/labeling-job-error.js'
import type { KeyPurpose } from '../names/kms-key.js'

/** The key that cannot be used. */
export interface KeyErrorData {
  /** The name that was given. */
  readonly key: string
  readonly purpose?: KeyPurpose
  /** The key's ARN, once known. */
  readonly keyArn?: string
  readonly region: string
}

/** The codes that say why a key cannot encrypt a labeling job. */
export type KeyCode = ErrorCode & `key-${string}`

/** A key that cannot encrypt a labeling job. */
export type KeyError = LabelingJobError<KeyCode, KeyErrorData>

/** Makes the error for a key that cannot be used. */
export function keyError(
  code: KeyCode,
  data: KeyErrorData,
  words: { readonly why: string; readonly fix: string; readonly cause?: unknown },
): KeyError {
  return new LabelingJobError({ code, what: cannotUse(data), data, ...words })
}

/** Says that a key cannot be used: the first words of an error about it. */
export function cannotUse({ key, purpose }: KeyErrorData): string {
  return `Cannot use ${key || '""'}${purpose === undefined ? '' : ` as the ${purpose} key`}`
}

/** Tells whether an error says that a key cannot be used. */
export function isKeyError(thrown: unknown): thrown is KeyError {
  return isLabelingJobError(thrown) && thrown.code.startsWith('key-')
}
