import { outputKey } from '../../src/index.js'
import type { Dice } from '../job/request/dice.js'
import { JOB, policy, ROLE, wholeWorld } from './whole-world.js'

const CENTRAL = '444455556666'
const HOME = { AWS: 'arn:aws:iam::111122223333:root' }
const KEY = `arn:aws:kms:us-east-1:${CENTRAL}:key/0a1b2c3d-0000-4000-8000-00000000cafe` as const
const BUCKET = 'arn:aws:s3:::acme-labels' as const
const ALLOW = { Effect: 'Allow', Resource: '*' }
const OWNER = { ...ALLOW, Principal: { AWS: `arn:aws:iam::${CENTRAL}:root` }, Action: 'kms:*' }
const LOOK = { ...ALLOW, Principal: HOME, Action: 'kms:DescribeKey' }
const LOOK_AT_BUCKET = {
  ...ALLOW,
  Principal: HOME,
  Action: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:GetBucketCORS'],
  Resource: BUCKET,
}
const PRINCIPALS = [
  HOME,
  { AWS: ROLE },
  { AWS: '111122223333' },
  { AWS: ROLE.replace('GtExec', 'Other') },
  '*',
]
const CONDITIONS = [
  {},
  {},
  { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  { StringEquals: { 'aws:PrincipalAccount': '111122223333' } },
  { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': KEY } },
  { StringNotEquals: { 'aws:PrincipalArn': ROLE } },
]

/** A world whose output key and output bucket are of another account, and the policies that their owner would give. */
export function centralWorld(dice: Dice) {
  const statement = (all: string, some: readonly unknown[], Resource: unknown, Effect: string) => {
    const isWhole = Effect === 'Allow' && dice.chance(0.7)
    const Condition = isWhole ? {} : dice.pick(CONDITIONS)
    return {
      Effect,
      Principal: isWhole ? dice.pick([HOME, { AWS: ROLE }]) : dice.pick(PRINCIPALS),
      Action: isWhole ? all : dice.pick(some),
      Resource,
      ...(Object.keys(Condition).length > 0 && { Condition }),
    }
  }
  const ofKey = (effect: string) =>
    statement('kms:*', [['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:Encrypt'], 'kms:Decrypt'], '*', effect)
  const ofBucket = (effect: string) =>
    statement('s3:*', [['s3:PutObject', 's3:GetObject'], 's3:PutObject'], [BUCKET, `${BUCKET}/*`], effect)
  const keyPolicy = policy(OWNER, LOOK, ofKey('Allow'), ...(dice.chance(0.2) ? [ofKey('Deny')] : []))
  const bucketPolicy = policy(
    LOOK_AT_BUCKET,
    ofBucket('Allow'),
    ...(dice.chance(0.3) ? [ofBucket('Deny')] : []),
  )
  const cloud = wholeWorld()
  cloud.key({ account: CENTRAL, keyId: KEY.slice(-36), policy: keyPolicy })
  cloud.bucket('acme-labels', { account: CENTRAL, policy: bucketPolicy, cors: 'images' })
  const job = JOB.output('s3://acme-labels/out/', outputKey(KEY))
  return { cloud, job, policies: { [KEY]: JSON.stringify(keyPolicy), [BUCKET]: bucketPolicy } }
}
