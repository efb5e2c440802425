import type { Tagged } from 'type-fest'
import { printAs } from '../show/shown.js'
import { type Checked, invalidName } from './name.js'

/** The shape of a key's ARN. */
type KmsKeyArnText = `arn:${string}:kms:${string}:${string}:key/${string}`
/** The shape of a key's id: a UUID, or `mrk-` and 32 hexadecimal digits. */
type KmsKeyIdText = `${string}-${string}-${string}-${string}-${string}` | `mrk-${string}`
/** The shape of an alias. */
type KmsAliasText = `alias/${string}`
/** The shape of an alias' ARN. */
type KmsAliasArnText = `arn:${string}:kms:${string}:${string}:alias/${string}`

/** Every shape that names a KMS key. */
export type KmsKeyText = KmsKeyArnText | KmsAliasArnText | KmsAliasText | KmsKeyIdText

/** A key's ARN that was checked. */
export type KmsKeyArn = Tagged<KmsKeyArnText, 'KmsKeyArn'>
/** A key with what it is for. `String(key)` is the name that was given: key ARN, key id, alias or alias ARN. */
export interface KmsKey<Purpose extends KeyPurpose> {
  readonly purpose: Purpose
  /** The name that was given. */
  readonly name: KmsKeyText
  toString(): string
  toJSON(): string
}

/** A key meant for the output data: made by `outputKey()`, taken by `.output()`. */
export type OutputKmsKey = Tagged<KmsKey<'output'>, 'OutputKmsKey'>
/** A key meant for the storage volume of automated labeling: made by `volumeKey()`, taken by `.autoLabeling()`. */
export type VolumeKmsKey = Tagged<KmsKey<'volume'>, 'VolumeKmsKey'>

/** What a job uses a key for. */
export type KeyPurpose = 'output' | 'volume'

/** Which of the four forms a key is named in. */
export type KeyForm = 'key-arn' | 'key-id' | 'alias' | 'alias-arn'

const FORMS = /* @__PURE__ */ keyForms()

// A function, so that a bundle which names no key leaves the patterns out.
function keyForms(): Readonly<Record<KeyForm, RegExp>> {
  const id =
    '(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32})'
  const start = 'arn:aws[a-z-]*:kms:[a-z0-9-]+:\\d{12}:'
  return {
    'key-arn': new RegExp(`^${start}key/${id}$`),
    'key-id': new RegExp(`^${id}$`),
    alias: /^alias\/[a-zA-Z0-9/_-]{1,250}$/,
    'alias-arn': new RegExp(`^${start}alias/[a-zA-Z0-9/_-]{1,250}$`),
  }
}

/** Tells which form of a key's name a text has, or gives `undefined` when it has none. */
export function keyForm(text: unknown): KeyForm | undefined {
  if (typeof text !== 'string') return undefined
  return (Object.keys(FORMS) as KeyForm[]).find((form) => FORMS[form].test(text))
}

/**
 * Names a key for the output data of a job: key ARN, key id, alias or alias ARN. A literal is checked when the
 * program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text in none of the four forms, and for an alias of AWS's own (`alias/aws/…`).
 * @example
 * const key = outputKey('alias/gt-output')
 */
export function outputKey<Text extends string>(text: Checked<Text, KmsKeyText>): OutputKmsKey {
  return keyFor('output', text) as OutputKmsKey
}

/**
 * Names a key for the storage volume of automated labeling: key ARN, key id, alias or alias ARN. A literal is
 * checked when the program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text in none of the four forms, and for an alias of AWS's own (`alias/aws/…`).
 * @example
 * const key = volumeKey('alias/gt-volume')
 */
export function volumeKey<Text extends string>(text: Checked<Text, KmsKeyText>): VolumeKmsKey {
  return keyFor('volume', text) as VolumeKmsKey
}

/** Tells whether a value is the ARN of a key (not of an alias). */
export function isKmsKeyArn(value: unknown): value is KmsKeyArn {
  return keyForm(value) === 'key-arn'
}

/** Tells whether a value names one of AWS's own keys by its alias, for instance `alias/aws/s3`. */
export function isAwsManagedAlias(value: string): boolean {
  return /(?:^|:)alias\/aws\//.test(value)
}

/** Tells whether a value is what `outputKey()` or `volumeKey()` give, also of another copy of the library. */
export function isKmsKey(value: unknown): value is KmsKey<KeyPurpose> {
  return typeof value === 'object' && value !== null && 'purpose' in value && 'name' in value
}

/**
 * Gives the name of a key a customer can manage its purpose.
 *
 * @throws LabelingJobError `invalid-name` for text in none of the four forms, and for an alias of AWS's own.
 */
export function keyFor(purpose: KeyPurpose, text: unknown): KmsKey<KeyPurpose> {
  const kind = `the ${purpose} key`
  const expected = 'a key ARN, a key id, an alias (alias/name) or an alias ARN'
  if (keyForm(text) === undefined) {
    throw invalidName(
      { kind, received: text, expected },
      text === ''
        ? 'Leave the key out when there is none; an empty string would silently mean a key of AWS'
        : 'Copy the ARN of the key or its alias from KMS',
    )
  }
  if (isAwsManagedAlias(text as string)) {
    throw invalidName(
      { kind, received: text, expected: 'a customer managed key; aliases under alias/aws/ are keys of AWS' },
      purpose === 'output'
        ? 'Give a key of your own, or leave the key out to have the output under the aws/s3 key'
        : 'Give a key of your own, or leave the key out',
    )
  }
  return new PurposedKey(purpose, text as KmsKeyText)
}

// The purpose is there when the program runs: tools that strip types would lose a brand that is a type alone.
class PurposedKey implements KmsKey<KeyPurpose> {
  readonly purpose: KeyPurpose
  readonly name: KmsKeyText

  constructor(purpose: KeyPurpose, name: KmsKeyText) {
    this.purpose = purpose
    this.name = name
    printAs(this, () => `${purpose}Key(${JSON.stringify(name)})`)
    Object.freeze(this)
  }

  toString(): string {
    return this.name
  }

  toJSON(): string {
    return this.name
  }
}

/** Tells whether a name of a key is one of AWS's own keys, whatever form the name has. */
export function isNameOfAwsKey(key: string): boolean {
  return /^(?:arn:[^:]*:kms:[^:]*:[^:]*:)?(?:alias\/)?aws\/[\w-]+$/.test(key)
}
