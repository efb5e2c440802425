import { isUnbound, judgeKey } from '../authorize/authorize.js'
import { assertUsable, keyNamed } from '../kms/kms-keys.js'
import { AwsFault, accessDenied } from '../world/aws-fault.js'
import type { Call, FakeBucket, FakeKey, World } from '../world/world.js'
import { objectArn } from './bucket-access.js'

/** Finds the key a call names for an object of a bucket, and judges what S3 does with it in the caller's name. */
export function useKeyNamed(
  world: World,
  call: Call,
  bucket: FakeBucket,
  key: { readonly name: string; readonly object: string; readonly actions: readonly string[] },
): FakeKey {
  return throughS3(() => {
    const found = keyNamed(world, { ...call, region: bucket.region }, key.name)
    assertUsable(found)
    for (const action of key.actions) authorizeKeyUse(world, call, bucket, found, action, key.object)
    return found
  })
}

/** Judges the use of the key that an object is under; one that the fake does not know is foreign, and refused. */
export function useKeyOf(
  world: World,
  call: Call,
  bucket: FakeBucket,
  key: { readonly arn: string; readonly object: string; readonly actions: readonly string[] },
): void {
  const found = world.keys.get(key.arn)
  if (found === undefined) {
    throw accessDenied(
      's3',
      `User: ${call.caller.arn} is not authorized to perform: ${key.actions[0]} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
    )
  }
  throughS3(() => {
    assertUsable(found)
    for (const action of key.actions) authorizeKeyUse(world, call, bucket, found, action, key.object)
  })
}

function authorizeKeyUse(
  world: World,
  call: Call,
  bucket: FakeBucket,
  key: FakeKey,
  action: string,
  object: string,
): void {
  if (isUnbound(world, call.caller) && call.caller.account === key.account) return
  const judgement = judgeKey(world, call, key, action, {
    'kms:ViaService': `s3.${bucket.region}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': objectArn(world, bucket, object),
    'kms:EncryptionContextKeys': ['aws:s3:arn'],
  })
  if (judgement.allowed) return
  throw accessDenied(
    's3',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${key.arn} ${judgement.because}`,
  )
}

/** S3 passes the errors of KMS on under names of its own. */
function throughS3<Answer>(ask: () => Answer): Answer {
  try {
    return ask()
  } catch (thrown) {
    if (!(thrown instanceof AwsFault) || thrown.name === 'AccessDenied') throw thrown
    throw new AwsFault(`KMS.${thrown.name}`, thrown.message)
  }
}
