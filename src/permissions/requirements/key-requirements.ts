import type { KeyPurpose } from '../../names/kms-key.js'

/** One KMS action a labeling job's role needs, and for which purpose a known service call depends on it. */
interface KeyAction {
  readonly action: string
  readonly purposes: readonly KeyPurpose[]
  readonly essentialFor: readonly KeyPurpose[]
  readonly why: string
}

const BOTH: readonly KeyPurpose[] = ['output', 'volume']

/**
 * The actions behind the patterns of the developer guide (sms-security-kms-permissions.html), one by one, and
 * `kms:CreateGrant` for the volume. A function, as bundlers keep constants of a file that they do not need.
 */
function keyActions(): readonly KeyAction[] {
  return [
    { action: 'kms:DescribeKey', purposes: BOTH, essentialFor: BOTH, why: 'the services look the key up' },
    { action: 'kms:Encrypt', purposes: BOTH, essentialFor: BOTH, why: 'SageMaker tries the key with it' },
    {
      action: 'kms:Decrypt',
      purposes: BOTH,
      essentialFor: BOTH,
      why: 'multipart uploads, reading earlier output and attaching a volume need it',
    },
    {
      action: 'kms:GenerateDataKey',
      purposes: BOTH,
      essentialFor: ['output'],
      why: 'S3 encrypts every object it stores with a data key',
    },
    {
      action: 'kms:GenerateDataKeyWithoutPlaintext',
      purposes: BOTH,
      essentialFor: ['volume'],
      why: 'EBS makes the data key of a volume with it',
    },
    {
      action: 'kms:ReEncryptFrom',
      purposes: BOTH,
      essentialFor: ['volume'],
      why: 'EBS moves the data key of a volume',
    },
    {
      action: 'kms:ReEncryptTo',
      purposes: BOTH,
      essentialFor: ['volume'],
      why: 'EBS moves the data key of a volume',
    },
    {
      action: 'kms:GenerateDataKeyPair',
      purposes: BOTH,
      essentialFor: [],
      why: 'it lies within the pattern kms:GenerateDataKey* of the guide',
    },
    {
      action: 'kms:GenerateDataKeyPairWithoutPlaintext',
      purposes: BOTH,
      essentialFor: [],
      why: 'it lies within the pattern kms:GenerateDataKey* of the guide',
    },
    {
      action: 'kms:CreateGrant',
      purposes: ['volume'],
      essentialFor: ['volume'],
      why: 'the volume is attached through a grant on its key',
    },
  ]
}

/** The five entries of the guide's key policy statement. */
export const GUIDE_ACTIONS: readonly string[] = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
]

/** Gives the single actions that the guide's five entries stand for. */
export function guideSingleActions(): readonly string[] {
  return keyActions()
    .filter(({ purposes }) => purposes.includes('output'))
    .map(({ action }) => action)
}

/** Tells whether this library ever asks for an action, or for a pattern of the guide, on a key. */
export function isKnownAction(action: string): boolean {
  return GUIDE_ACTIONS.includes(action) || keyActions().some((known) => known.action === action)
}

/** One action on one key that a role needs; a key with both purposes is asked once. */
export interface KeyRequirement {
  readonly action: string
  readonly roleArn: string
  readonly keyArn: string
  readonly purposes: readonly KeyPurpose[]
  /** Whether a known call of a service depends on it; the others are needed by the guide's text only. */
  readonly essential: boolean
  readonly why: string
}

/** Lists what a role must be allowed on the keys of a job, each action once a key. */
export function keyRequirements(
  roleArn: string,
  keys: Readonly<Partial<Record<KeyPurpose, string>>>,
): readonly KeyRequirement[] {
  const purposesOf = new Map<string, KeyPurpose[]>()
  for (const purpose of BOTH) {
    const keyArn = keys[purpose]
    if (keyArn !== undefined) purposesOf.set(keyArn, [...(purposesOf.get(keyArn) ?? []), purpose])
  }
  return [...purposesOf].flatMap(([keyArn, used]) =>
    keyActions().flatMap(({ action, purposes, essentialFor, why }) => {
      const shared = purposes.filter((purpose) => used.includes(purpose))
      if (shared.length === 0) return []
      const essential = essentialFor.some((purpose) => used.includes(purpose))
      const words = essential ? why : 'it lies within the patterns of the guide'
      return [{ action, roleArn, keyArn, purposes: shared, essential, why: words }]
    }),
  )
}
