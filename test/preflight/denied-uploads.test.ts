import { expect, test } from 'vitest'
import { preflight } from '../../src/index.js'
import { JOB, OUTPUT_KEY, policy, putBucket, wholeWorld } from './whole-world.js'

const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const KIND = 's3:x-amz-server-side-encryption'
const OTHER = OUTPUT_KEY.replace('feed', 'beef')

async function reportUnder(condition: object, sid?: string) {
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
  return preflight(JOB, cloud.connect())
}

async function denied(condition: object, sid?: string) {
  const report = await reportUnder(condition, sid)
  const { why, fix, owner } = report.checks.find(({ status }) => status === 'failed') ?? {}
  return { why, fix, owner, ticket: report.toTicket('bucket'), own: report.toTicket('you') }
}

test('a bucket that takes uploads under one key only says under which', async () => {
  const { ticket, own, ...told } = await denied({ StringNotEquals: { [KEY_ID]: OTHER } })

  expect(told).toEqual({
    why: `bucket-policy #1, under the condition StringNotEquals ${KEY_ID}: ${OTHER}`,
    fix: `The policy takes only uploads under ${OTHER}: name that key in .output(), or have the bucket's owner change the statement`,
    owner: 'bucket',
  })
  expect(own).toContain(`### Name a key that the policy takes, ${OTHER}, in .output()`)
  expect(own).toContain('The owner of the bucket can change that as well')
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
    'bucket-policy OneKind, under the condition Bool aws:SecureTransport: true',
    'Have that Deny spare arn:aws:iam::111122223333:role/service-role/GtExec: no Allow outweighs it',
  ],
])('uploads denied under %j', async (condition, why, fix) => {
  expect(await denied(condition, 'OneKind')).toMatchObject({ why, fix, owner: 'bucket' })
})

test.each([
  ['what it says of encryption', { StringNotEquals: { [KIND]: 'aws:kms' } }],
  ['that it says nothing of encryption', { Null: { [KIND]: 'true' } }],
  [
    'another key, where an upload names one',
    { StringNotEquals: { [KEY_ID]: OUTPUT_KEY }, Null: { [KEY_ID]: 'false' } },
  ],
])('a bucket that denies uploads for %s takes those of a job', async (_, condition) => {
  const { ok, checks } = await reportUnder(condition)

  expect(ok).toBe(true)
  expect(checks.every(({ status }) => status === 'passed')).toBe(true)
})

test.each([
  { StringNotEquals: { [KEY_ID]: OUTPUT_KEY } },
  { StringNotEqualsIfExists: { [KEY_ID]: OUTPUT_KEY } },
  { ArnNotLike: { [KEY_ID]: 'arn:aws:kms:us-east-1:111122223333:key/*' } },
  { Null: { [KEY_ID]: 'true' } },
])('a bucket that takes uploads under %j lets the job be ok, and says what settles it', async (condition) => {
  const { ok, checks } = await reportUnder(condition, 'OneKey')

  expect(ok).toBe(true)
  expect(checks.filter(({ status }) => status !== 'passed')).toEqual([
    {
      code: 'bucket-allowed',
      about: 'output',
      status: 'warning',
      what: 'The execution role may do s3:PutObject on arn:aws:s3:::acme-gt/out/street-signs/* naming the output key, as AWS documents it; naming no key it may not',
      why: 'bucket-policy OneKey asks for the key; AWS says that a job writes under the key that it names, and no page says that every upload names it',
      fix: 'Go by what AWS documents, or run a job of one object first, which settles it',
      owner: 'you',
      assumes: ['documented'],
    },
  ])
})

test('a job that is ok by what AWS documents alone is not said to be so without a word', async () => {
  const report = await reportUnder({ StringNotEquals: { [KEY_ID]: OUTPUT_KEY } })

  const verdict = 'nothing found that keeps it from running, if AWS does as it documents'
  const [headline] = String(report).split('\n')
  expect(headline).toBe(`Labeling job street-signs in us-east-1: ${verdict} (1 warning, 24 passed)`)
  expect(report.toMarkdown()).toContain(verdict)
  expect(report.toHtml()).toContain(verdict)
})

test('a bucket that asks for encryption lets a job without a key be ok, and says to name one', async () => {
  const condition = { StringNotEquals: { [KIND]: 'aws:kms' } }
  const cloud = wholeWorld()
  const role = { Effect: 'Deny', Action: 's3:PutObject', Resource: '*', Condition: condition }
  const all = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }
  cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Work: policy(all, role) } })
  const report = await preflight(JOB.output('s3://acme-gt/out/', { key: 'aws-managed' }), cloud.connect())

  expect(report.checks.filter(({ status }) => status !== 'passed')).toMatchObject([
    {
      code: 'bucket-allowed',
      status: 'warning',
      assumes: ['documented'],
      what: expect.stringContaining(
        ' as SSE-KMS, as AWS documents it; without a word on encryption it may not',
      ),
      fix: 'Name a key in .output(); or run a job of one object first, which settles it',
    },
  ])
})

test.each(['alias/gt-output', OUTPUT_KEY.slice(-36)])(
  'a bucket policy that names the key as %s is told that S3 compares ARNs',
  async (name) => {
    const { fix } = await denied({ StringNotEquals: { [KEY_ID]: name } })

    expect(fix).toBe(
      `S3 compares the ARN of the key, and ${name} is none: have the bucket's owner write the ARN of the key that is meant; the job's is ${OUTPUT_KEY}`,
    )
  },
)

test('a bucket that lets in one endpoint only passes once its statement spares the role', async () => {
  const endpoint = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
  const open = await reportUnder(endpoint, 'Vpce')
  const check = open.checks.find(({ status }) => status !== 'passed')

  expect(check).toMatchObject({ status: 'unknown', owner: 'bucket' })
  const [spared = ''] = /"ArnNotEquals": \{[^}]+\}/.exec(check?.fix ?? '') ?? []
  const { ok } = await reportUnder({ ...endpoint, ...JSON.parse(`{${spared}}`) }, 'Vpce')
  expect(ok).toBe(true)
})

test('what the guide alone lists warns where it is not known, and keeps nothing from being ok', async () => {
  const cloud = wholeWorld()
  const list = {
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: '*',
    Condition: { StringLike: { 's3:prefix': 'in/*' } },
  }
  const all = {
    Effect: 'Allow',
    Action: ['s3:*Object', 's3:GetBucketLocation', 's3:Abort*', 'kms:*'],
    Resource: '*',
  }
  cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Work: policy(all, list) } })
  const { ok, checks } = await preflight(JOB, cloud.connect())

  expect(ok).toBe(true)
  expect(checks.filter(({ status }) => status !== 'passed').map(({ status, why }) => [status, why])).toEqual([
    [
      'warning',
      'no known call depends on it, and the guide lists it: inline:Work #1 depends on s3:prefix (StringLike)',
    ],
  ])
})
