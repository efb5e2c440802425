import type { ResolvedKey } from '../../keys/resolved-key.js'
import { isKmsKeyArn } from '../../names/kms-key.js'
import type { LookedUpKey } from '../declared/key-standing.js'
import type { KnownKeys } from './read-encryption.js'

/** Tells which key is expected: the one that was named, else the one that the job declares; pure. */
export function expectedKeyOf(
  expected: ResolvedKey | undefined,
  declared: LookedUpKey | undefined,
): Pick<KnownKeys, 'expected' | 'expectedAs' | 'expectedUnknown'> {
  if (expected !== undefined) return { expected: expected.arn }
  if (declared === undefined || declared.key.standing === 'aws-managed') return {}
  const { given, arn } = declared.key
  const known = arn ?? (isKmsKeyArn(given) ? given : undefined)
  if (known !== undefined) return { expected: known, ...(known !== given && { expectedAs: given }) }
  const why = declared.because?.why ?? 'it could not be looked up'
  return { expectedUnknown: `whether it is the key that the job declares, ${given}, cannot be told: ${why}` }
}
