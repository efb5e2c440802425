import type { KmsKeyText, OutputKmsKey, VolumeKmsKey } from '../names/kms-key.js'
import type { Refusals, Refused } from './refusals.js'

/** A literal of the shape, or what its constructor gives; a plain string may be anything. */
export type Named<Text extends string, Shape extends string, Unchecked extends string> = string extends Text
  ? Refused<Unchecked>
  : Text extends Shape
    ? Text
    : Shape

/** What may stand where a key is given. */
export type GivenKey = string | OutputKmsKey | VolumeKmsKey | undefined

/** A key for the output; a key for volumes does not fit. */
// The first line is the usual case, and costs the compiler least: the two types are one and the same.
export type KeyForOutput<Key extends GivenKey> = [Key, OutputKmsKey] extends [OutputKmsKey, Key]
  ? Key
  : [Extract<Key, VolumeKmsKey>] extends [never]
    ? KeyText<Key, OutputKmsKey, Refusals['uncheckedOutputKey']>
    : Refused<Refusals['volumeKeyAsOutput']>

/** A key for volumes; a key for the output does not fit. */
export type KeyForVolume<Key extends GivenKey> = [Key, VolumeKmsKey] extends [VolumeKmsKey, Key]
  ? Key
  : [Extract<Key, OutputKmsKey>] extends [never]
    ? KeyText<Key, VolumeKmsKey, Refusals['uncheckedVolumeKey']>
    : Refused<Refusals['outputKeyAsVolume']>

type KeyText<Key extends GivenKey, Purposed, Unchecked extends string> = string extends Key
  ? Refused<Unchecked>
  : [Key] extends [KmsKeyText | Purposed | undefined]
    ? Key
    : KmsKeyText
