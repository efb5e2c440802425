// Nothing here runs: each brand against any, never, plain text, literals, and every other brand.
import { describe, expectTypeOf, test } from 'vitest'
import type {
  KmsKeyArn,
  OutputKmsKey,
  RoleArn,
  S3Uri,
  TopicArn,
  VolumeKmsKey,
  WorkteamArn,
} from '../../src/index.js'
import { outputKey, roleArn, s3Uri, topicArn, volumeKey, workteamArn } from '../../src/index.js'

interface Brands {
  kmsKeyArn: KmsKeyArn
  outputKmsKey: OutputKmsKey
  roleArn: RoleArn
  s3Uri: S3Uri
  topicArn: TopicArn
  volumeKmsKey: VolumeKmsKey
  workteamArn: WorkteamArn
}

type Kept<Value> = { [Name in keyof Brands]: Value extends Brands[Name] ? Name : never }[keyof Brands]
type Fits = { [Name in keyof Brands]: Kept<Brands[Name]> }

describe('a brand', () => {
  test('fits itself and no other brand', () => {
    expectTypeOf<Fits>().toEqualTypeOf<{ [Name in keyof Brands]: Name }>()
  })

  test('is neither any nor never', () => {
    type Broken = {
      [Name in keyof Brands]: 0 extends 1 & Brands[Name]
        ? Name
        : [Brands[Name]] extends [never]
          ? Name
          : never
    }[keyof Brands]

    expectTypeOf<Broken>().toBeNever()
  })

  test('is not fitted by plain text, nor by a literal of its shape', () => {
    expectTypeOf<Kept<string>>().toBeNever()
    expectTypeOf<Kept<'s3://bucket/key'>>().toBeNever()
    expectTypeOf<Kept<'alias/gt'>>().toBeNever()
    expectTypeOf<
      Kept<'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'>
    >().toBeNever()
    expectTypeOf<Kept<'arn:aws:iam::111122223333:role/GtExec'>>().toBeNever()
  })

  test('is a string to whoever needs one, but for keys, which carry their purpose', () => {
    expectTypeOf<Exclude<Brands[keyof Brands], OutputKmsKey | VolumeKmsKey>>().toExtend<string>()
    expectTypeOf<OutputKmsKey['purpose']>().toEqualTypeOf<'output'>()
    expectTypeOf<VolumeKmsKey['purpose']>().toEqualTypeOf<'volume'>()
  })
})

describe('a constructor of a name', () => {
  test('gives the brand for plain text and for a literal of the shape', () => {
    const text = 'from the environment' as string

    expectTypeOf(s3Uri(text)).toEqualTypeOf<S3Uri>()
    expectTypeOf(s3Uri('s3://bucket/key')).toEqualTypeOf<S3Uri>()
    expectTypeOf(roleArn(text)).toEqualTypeOf<RoleArn>()
    expectTypeOf(workteamArn(text)).toEqualTypeOf<WorkteamArn>()
    expectTypeOf(topicArn(text)).toEqualTypeOf<TopicArn>()
    expectTypeOf(outputKey(text)).toEqualTypeOf<OutputKmsKey>()
    expectTypeOf(volumeKey(text)).toEqualTypeOf<VolumeKmsKey>()
  })

  test('shows the shape in place of another literal', () => {
    expectTypeOf(s3Uri<'bucket/key'>)
      .parameter(0)
      .toEqualTypeOf<`s3://${string}`>()
    expectTypeOf(roleArn<'GtExec'>)
      .parameter(0)
      .toEqualTypeOf<`arn:${string}:iam::${string}:role/${string}`>()
  })
})

describe('the two purposes of a key', () => {
  test('exclude each other', () => {
    expectTypeOf<OutputKmsKey>().not.toExtend<VolumeKmsKey>()
    expectTypeOf<VolumeKmsKey>().not.toExtend<OutputKmsKey>()
  })
})
