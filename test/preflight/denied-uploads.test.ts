import { expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import { JOB, OUTPUT_KEY, policy, putBucket, wholeWorld } from './whole-world.js'

const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const KIND = 's3:x-amz-server-side-encryption'
const OTHER = OUTPUT_KEY.replace('feed', 'beef')

async function denied(condition: object, sid?: string) {
  const cloud = wholeWorld()
  const allow = { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::acme-gt' }
  const deny = {
    ...(sid !== undefined && { Sid: sid }),
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::acme-gt/out/*',
    Condition: condition,
  }
  putBucket(cloud, { policy: policy(allow, deny) })
  const report = await preflight(JOB, cloud.connect())
  const { why, fix, owner } = report.checks.find(({ status }) => status === 'failed') ?? {}
  return { why, fix, owner, ticket: report.toTicket('bucket') }
}

test('a bucket that takes uploads under one key only says under which', async () => {
  const { ticket, ...told } = await denied({ StringNotEquals: { [KEY_ID]: OTHER } })

  expect(told).toEqual({
    why: `bucket-policy #1, under the condition StringNotEquals ${KEY_ID}: ${OTHER}`,
    fix: `The policy takes only uploads under ${OTHER}: name that key in .output(), or have the bucket's owner change the statement`,
    owner: 'bucket',
  })
  expect(ticket).toContain("jq --argjson place 1 '[[.Statement] | flatten(1) | .[$place]]'")
})

test.each([
  [
    { StringNotEqualsIfExists: { [KIND]: 'AES256' } },
    `bucket-policy OneKind, under the condition StringNotEqualsIfExists ${KIND}: AES256`,
    "The policy takes only uploads encrypted with AES256: name a key in .output() where that is aws:kms, or have the bucket's owner change the statement",
  ],
  [
    { StringNotEqualsIfExists: { [KEY_ID]: OTHER, [KIND]: 'AES256' } },
    `bucket-policy OneKind, under the condition StringNotEqualsIfExists ${KEY_ID}: ${OTHER}, and StringNotEqualsIfExists ${KIND}: AES256`,
    'Have that Deny spare arn:aws:iam::111122223333:role/service-role/GtExec: no Allow outweighs it',
  ],
  [
    { Bool: { 'aws:SecureTransport': 'true' } },
    'bucket-policy OneKind',
    'Have that Deny spare arn:aws:iam::111122223333:role/service-role/GtExec: no Allow outweighs it',
  ],
])('uploads denied under %j', async (condition, why, fix) => {
  expect(await denied(condition, 'OneKind')).toMatchObject({ why, fix, owner: 'bucket' })
})
