import { describe, expect, test } from 'vitest'
import type { JobLike } from '../../../src/job/job-like.js'
import { isKnownAction, keyRequirements } from '../../../src/permissions/requirements/key-requirements.js'
import { requiredPermissions } from '../../../src/permissions/requirements/required-permissions.js'
import { OUTPUT_KEY, ROLE, requestWith, VOLUME_KEY } from '../labeling-account.js'

const region = 'us-east-1'
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:out'
const INPUT = 'arn:aws:sns:us-east-1:111122223333:in'
const BASE = requestWith({ output: OUTPUT_KEY, volume: VOLUME_KEY })
const STREAMING = {
  ...BASE,
  LabelCategoryConfigS3Uri: 's3://acme-lists/labels.json',
  Tags: [{ Key: 'team', Value: 'vision' }],
  InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: INPUT } } },
  OutputConfig: { ...BASE.OutputConfig, SnsTopicArn: TOPIC },
}

function list(job: JobLike, options: object = {}) {
  return requiredPermissions(job, { region, ...options }).requirements.map(
    ({ who, action, resource, purpose, essential, condition }) =>
      [
        `${who} ${action} ${resource} ${purpose}`,
        ...(essential ? [] : ['by the way']),
        ...(condition === undefined ? [] : [JSON.stringify(condition)]),
      ].join(' | '),
  )
}

const PASS = '{"StringEquals":{"iam:PassedToService":"sagemaker.amazonaws.com"}}'
const bucket = (name: string, writes: string) => [
  `role s3:ListBucket arn:aws:s3:::${name} storage`,
  `role s3:GetBucketLocation arn:aws:s3:::${name} storage`,
  `role s3:GetObject arn:aws:s3:::${name}/* storage`,
  `role s3:PutObject arn:aws:s3:::${name}/* storage${writes}`,
  `role s3:AbortMultipartUpload arn:aws:s3:::${name}/* storage${writes}`,
]
const JOB = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'
const LOGS = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/* logs | by the way'

test('a streaming job with tags and both keys needs this, and nothing else', () => {
  const lines = list(STREAMING)

  expect(lines.filter((line) => !/-key( |$)/.test(line))).toEqual([
    `sagemaker sts:AssumeRole ${ROLE} trust`,
    `role iam:PassRole ${ROLE} automated-labeling | ${PASS}`,
    ...bucket('acme-in', ' | by the way'),
    ...bucket('acme-lists', ' | by the way'),
    ...bucket('acme-out', ''),
    'role cloudwatch:PutMetricData * logs | by the way',
    `role logs:CreateLogStream ${LOGS}`,
    `role logs:CreateLogGroup ${LOGS}`,
    `role logs:DescribeLogStreams ${LOGS}`,
    `role logs:PutLogEvents ${LOGS}`,
    `role sns:Subscribe ${INPUT} stream | {"StringEquals":{"sns:Protocol":"sqs"},"StringLike":{"sns:Endpoint":"arn:aws:sqs:*:*:*GroundTruth*"}}`,
    `role sns:Publish ${INPUT} stream`,
    'role sns:Unsubscribe * stream',
    `role sns:Publish ${TOPIC} stream`,
    'role sqs:CreateQueue arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:DeleteMessage arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:GetQueueAttributes arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:GetQueueUrl arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:ReceiveMessage arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:SendMessage arn:aws:sqs:*:*:*GroundTruth* stream',
    'role sqs:SetQueueAttributes arn:aws:sqs:*:*:*GroundTruth* stream',
    'role s3:GetObject arn:aws:s3:::*/* stream | by the way | {"StringEqualsIgnoreCase":{"s3:ExistingObjectTag/SageMaker":"true"}}',
    `caller sagemaker:CreateLabelingJob ${JOB} create-job`,
    `caller iam:PassRole ${ROLE} create-job | ${PASS}`,
    `caller sagemaker:AddTags ${JOB} create-job | by the way`,
    `caller kms:DescribeKey ${OUTPUT_KEY} create-job`,
    `caller kms:DescribeKey ${VOLUME_KEY} create-job`,
  ])
  expect(lines.filter((line) => line.includes('topic-key'))).toEqual([
    `role kms:Decrypt <the key of ${TOPIC}, when it has one> topic-key | by the way`,
    `role kms:GenerateDataKey <the key of ${TOPIC}, when it has one> topic-key | by the way`,
  ])
})

test('a key of the topic that is known is needed, and so is each key of the input', () => {
  const lines = list(STREAMING, { topicKeyArn: OUTPUT_KEY, inputKeyArns: [VOLUME_KEY] })

  expect(lines.filter((line) => /(?:topic|input)-key/.test(line))).toEqual([
    `role kms:Decrypt ${OUTPUT_KEY} topic-key`,
    `role kms:GenerateDataKey ${OUTPUT_KEY} topic-key`,
    `role kms:Decrypt ${VOLUME_KEY} input-key`,
  ])
})

test('a plain job needs no streams, topics, tags nor keys', () => {
  const lines = list(requestWith({}))

  expect(lines.filter((line) => /stream|topic|kms:|AddTags|automated/.test(line))).toEqual([])
  expect(lines.at(-1)).toBe(`caller iam:PassRole ${ROLE} create-job | ${PASS}`)
})

test('one key with both purposes is asked about once, and the whole for the caller', () => {
  const lines = list(requestWith({ output: OUTPUT_KEY, volume: OUTPUT_KEY }))

  expect(lines.filter((line) => line.startsWith('caller kms:'))).toEqual([
    `caller kms:DescribeKey ${OUTPUT_KEY} create-job`,
  ])
})

test('the text has a line for each requirement', () => {
  const required = requiredPermissions(requestWith({}), { region })
  const lines = String(required).split('\n')

  expect(lines).toHaveLength(required.requirements.length)
  expect(lines[0]).toBe(
    `sagemaker sts:AssumeRole                          ${ROLE}  (SageMaker works under the execution role)`,
  )
})

describe('what is essential on a key depends on its purpose', () => {
  const essential = (keys: object) =>
    keyRequirements(ROLE, keys)
      .filter((each) => each.essential)
      .map(({ action, purposes }) => `${action} ${purposes.join('+')}`)

  test('for output', () => {
    expect(essential({ output: OUTPUT_KEY })).toEqual([
      'kms:DescribeKey output',
      'kms:Encrypt output',
      'kms:Decrypt output',
      'kms:GenerateDataKey output',
    ])
  })

  test('for volumes', () => {
    expect(essential({ volume: OUTPUT_KEY })).toEqual([
      'kms:DescribeKey volume',
      'kms:Encrypt volume',
      'kms:Decrypt volume',
      'kms:GenerateDataKeyWithoutPlaintext volume',
      'kms:ReEncryptFrom volume',
      'kms:ReEncryptTo volume',
      'kms:CreateGrant volume',
    ])
  })

  test('and the others lie within the patterns of the guide', () => {
    const others = keyRequirements(ROLE, { output: OUTPUT_KEY, volume: OUTPUT_KEY }).filter(
      (each) => !each.essential,
    )

    expect(others.map(({ action, purposes, why }) => [action, purposes, why])).toEqual(
      ['kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext'].map((action) => [
        action,
        ['output', 'volume'],
        'it lies within the patterns of the guide',
      ]),
    )
  })
})

test.each([
  ['kms:ReEncrypt*', true],
  ['kms:CreateGrant', true],
  ['kms:GenerateDataKeyPair', true],
  ['kms:*', false],
  ['kms:ScheduleKeyDeletion', false],
])('%s is asked for on keys: %s', (action, isKnown) => {
  expect(isKnownAction(action)).toBe(isKnown)
})

describe('what is no job is refused', () => {
  const refusal = (job: unknown, options: unknown) => {
    try {
      return requiredPermissions(job as JobLike, options as { region: string })
    } catch (thrown) {
      return (thrown as { why: string }).why
    }
  }
  const NO_REGION = "there is no region: give one, for instance { region: 'us-east-1' }"

  test.each([
    ['job', '"job" is no job: give a job, a resolved job or a request'],
    [null, 'null is no job: give a job, a resolved job or a request'],
    [undefined, 'undefined is no job: give a job, a resolved job or a request'],
    [{ ...BASE, RoleArn: undefined }, 'the request names no role: set RoleArn, or call .role()'],
  ])('%j', (job, why) => {
    expect(refusal(job, { region })).toContain(why)
  })

  test.each([[undefined], [{}], [{ region: '' }], [{ region: 7 }]])('with the options %j', (options) => {
    expect(refusal(BASE, options)).toBe(NO_REGION)
  })

  test('a promise of a job, with the word that nobody awaited it', () => {
    expect(refusal(Promise.resolve(BASE), { region })).toMatch(
      /is no job: give a job, a resolved job or a request$/,
    )
  })

  test('an alias, with what was received', () => {
    expect(() => requiredPermissions(requestWith({ output: 'alias/labels' }), { region })).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        what: 'Cannot list the permissions on alias/labels',
        data: { received: 'alias/labels', expected: 'a key ARN' },
      }),
    )
  })
})

test('a key that is given by its id is one of the account of the role', () => {
  const lines = list(requestWith({ output: '11111111-1111-4111-8111-111111111111' }))

  expect(lines.filter((line) => line.startsWith('caller kms:'))).toEqual([
    'caller kms:DescribeKey arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111 create-job',
  ])
})
