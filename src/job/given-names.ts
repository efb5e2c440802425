import type { KmsKeyText, OutputKmsKey, VolumeKmsKey } from '../names/kms-key.js'
import type { Refusals, Refused } from './refusals.js'
import type { AutoLabelingOptions, OutputOptions } from './request/draft.js'

/** A literal of the shape, or what its constructor gives; a plain string may be anything. */
export type Named<Text extends string, Shape extends string, Unchecked extends string> = string extends Text
  ? Refused<Unchecked>
  : Text extends Shape
    ? Text
    : Shape

/** What may stand where a key is given: also options alone, and what is refused with a sentence. */
export type GivenKey = string | object | undefined

/** Says in the options of a call without a key that a key of AWS is meant. */
interface KeylessOptions {
  /** Default: the key of an earlier call, of the request that was read in or of the earlier job of a chain; else a key of AWS. */
  readonly key?: 'aws-managed'
}

/** A key for the output, or options of a call without one; a key for volumes does not fit. */
// The first line is the usual case, and costs the compiler least: the two types are one and the same.
export type KeyForOutput<Key extends GivenKey> = [Key, OutputKmsKey] extends [OutputKmsKey, Key]
  ? Key
  : [Extract<Key, VolumeKmsKey>] extends [never]
    ? KeyText<Key, OutputKmsKey, OutputOptions, Refusals['uncheckedOutputKey']>
    : Refused<Refusals['volumeKeyAsOutput']>

/** A key for volumes, or options of a call without one; a key for the output does not fit. */
export type KeyForVolume<Key extends GivenKey> = [Key, VolumeKmsKey] extends [VolumeKmsKey, Key]
  ? Key
  : [Extract<Key, OutputKmsKey>] extends [never]
    ? KeyText<Key, VolumeKmsKey, AutoLabelingOptions, Refusals['uncheckedVolumeKey']>
    : Refused<Refusals['outputKeyAsVolume']>

type KeyText<Key extends GivenKey, Purposed, Options, Unchecked extends string> = string extends Key
  ? Refused<Unchecked>
  : [Extract<Key, undefined>] extends [never]
    ? [Key] extends [KmsKeyText | Purposed]
      ? Key
      : [Key] extends [object]
        ? Options & KeylessOptions
        : KmsKeyText
    : Refused<Refusals['undefinedKey']>
