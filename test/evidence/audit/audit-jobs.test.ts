import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import {
  DescribeLabelingJobCommand,
  ListLabelingJobsCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { mockClient } from 'aws-sdk-client-mock'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { connect } from '../../../src/aws/connect.js'
import { auditJobs } from '../../../src/evidence/audit/audit-jobs.js'
import type { AuditOptions } from '../../../src/evidence/audit/audit-options.js'
import { inspectJob } from '../../../src/evidence/declared/inspect-job.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const METADATA = {
  Arn: KEY,
  KeyState: 'Enabled',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  KeyManager: 'CUSTOMER',
}
const sagemaker = mockClient(SageMakerClient)
const kms = mockClient(KMSClient)
let slept: number[]
let aws: ReturnType<typeof connect>

// Other test files of the same process talk through the same classes.
afterAll(() => {
  sagemaker.restore()
  kms.restore()
})

beforeEach(() => {
  sagemaker.reset()
  slept = []
  const region = 'us-east-1'
  const clock = { now: () => new Date(0), sleep: async (pause: number) => void slept.push(pause) }
  kms.reset()
  kms.on(DescribeKeyCommand).resolves({ KeyMetadata: METADATA as never })
  aws = connect({
    region,
    clients: { sagemaker: new SageMakerClient({ region }), kms: new KMSClient({ region }) },
    clock,
  })
})

function job(name: string, outputKey: string, algorithms?: object) {
  return {
    LabelingJobName: name,
    LabelingJobArn: `arn:aws:sagemaker:us-east-1:111122223333:labeling-job/${name}`,
    LabelingJobStatus: 'Completed',
    CreationTime: new Date('2026-11-20T10:00:00Z'),
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/in.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://gt/out', KmsKeyId: outputKey },
    ...(algorithms && { LabelingJobAlgorithmsConfig: algorithms }),
  } as never
}

async function all(options?: AuditOptions) {
  const rows = []
  for await (const row of auditJobs(aws, options)) rows.push(row)
  return rows
}

function list(...names: readonly string[]) {
  sagemaker.on(ListLabelingJobsCommand).resolves({
    LabelingJobSummaryList: names.map((LabelingJobName) => ({ LabelingJobName })) as never,
  })
}

test('says which jobs wrote output or trained without a key of the customer', async () => {
  sagemaker.on(ListLabelingJobsCommand).resolves({
    LabelingJobSummaryList: ['a', 'b', 'c'].map((LabelingJobName) => ({ LabelingJobName })) as never,
  })
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'a' }).resolves(job('a', KEY))
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'b' }).resolves(job('b', ''))
  sagemaker
    .on(DescribeLabelingJobCommand, { LabelingJobName: 'c' })
    .resolves(job('c', KEY, { LabelingJobResourceConfig: { VolumeKmsKeyId: '' } }))

  const rows = await all()

  expect(rows.map((row) => row.kind === 'job' && [row.name, row.findings.map(({ code }) => code)])).toEqual([
    ['a', []],
    ['b', ['output-without-customer-key']],
    ['c', ['volume-without-customer-key']],
  ])
  expect(rows.map(String)).toEqual([
    `2026-11-20  a  output declared under ${KEY}  no automated labeling`,
    '2026-11-20  b  output under a key of AWS  no automated labeling\n  error: the job names no key for the output: the data is under a key of AWS, whose policy nobody can change',
    `2026-11-20  c  output declared under ${KEY}  volume under a key of AWS\n  error: the job names no key for the storage volume of automated labeling: the data is under a key of AWS, whose policy nobody can change`,
  ])
})

test('describes each job once, four ahead of the reader, over all pages', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `job-${index}`)
  const page = (from: number, to: number) =>
    names.slice(from, to).map((LabelingJobName) => ({ LabelingJobName })) as never
  sagemaker.on(ListLabelingJobsCommand).resolves({ LabelingJobSummaryList: page(0, 6), NextToken: 'more' })
  sagemaker
    .on(ListLabelingJobsCommand, { NextToken: 'more' })
    .resolves({ LabelingJobSummaryList: page(6, 10) })
  sagemaker.on(DescribeLabelingJobCommand).callsFake(({ LabelingJobName }) => job(LabelingJobName, KEY))

  const jobs = auditJobs(aws, { since: new Date(5) })
  const first = await jobs.next()
  const describedFirst = sagemaker.commandCalls(DescribeLabelingJobCommand).length
  const rest: string[] = []
  for await (const { name } of jobs) rest.push(name)

  expect(first.value?.name).toBe('job-0')
  expect(describedFirst).toBeLessThanOrEqual(4)
  expect(rest).toEqual(names.slice(1))
  expect(sagemaker.commandCalls(DescribeLabelingJobCommand)).toHaveLength(10)
  expect(sagemaker.commandCalls(ListLabelingJobsCommand)[0]?.args[0].input).toEqual({
    MaxResults: 100,
    SortBy: 'CreationTime',
    SortOrder: 'Ascending',
    CreationTimeAfter: new Date(5),
  })
})

test('waits longer and longer while AWS throttles, and gives up after a minute', async () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })
  sagemaker
    .on(ListLabelingJobsCommand)
    .rejectsOnce(throttled)
    .rejectsOnce(throttled)
    .resolves({ LabelingJobSummaryList: [] })

  expect(await all()).toEqual([])
  expect(slept).toEqual([1000, 2000])

  sagemaker.on(ListLabelingJobsCommand).rejects(throttled)
  await expect(all()).rejects.toMatchObject({ code: 'throttled' })
})

test('goes on past a job that may not be read, and says why it could not be', async () => {
  list('a', 'b')
  sagemaker
    .on(DescribeLabelingJobCommand, { LabelingJobName: 'a' })
    .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }))
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'b' }).resolves(job('b', KEY))
  const counts: unknown[] = []

  const rows = await all({ onProgress: (progress) => counts.push(progress.counts) })

  expect(rows).toMatchObject([
    {
      kind: 'unreadable',
      name: 'a',
      error: { code: 'access-denied', what: 'Cannot audit the labeling job a in us-east-1' },
    },
    { kind: 'job', name: 'b', findings: [] },
  ])
  expect(counts).toEqual([
    { clean: 0, findings: 0, unreadable: 1 },
    { clean: 1, findings: 0, unreadable: 1 },
  ])
})

test('ends with the error of AWS when the jobs cannot be listed', async () => {
  sagemaker
    .on(ListLabelingJobsCommand)
    .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }))

  await expect(all()).rejects.toMatchObject({ code: 'access-denied' })
})

test.each([
  ['alias/aws/s3', 'aws-managed', ['output-without-customer-key']],
  ['arn:aws:kms:us-east-1:111122223333:alias/aws/s3', 'aws-managed', ['output-without-customer-key']],
  ['aws/s3', 'aws-managed', ['output-without-customer-key']],
  [
    'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'another-account',
    ['another-account-key'],
  ],
])(
  'never takes the name %s for a key of the customer, and asks KMS nothing',
  async (name, standing, codes) => {
    list('a')
    sagemaker.on(DescribeLabelingJobCommand).resolves(job('a', name))

    const [row] = await all()

    expect(row).toMatchObject({ kind: 'job', keys: { output: { given: name, standing } } })
    expect(row?.kind === 'job' && row.findings.map(({ code }) => code)).toEqual(codes)
    expect(String(row)).not.toContain('your key')
    expect(kms.calls()).toHaveLength(0)
  },
)

test.each<[string, object | Error, string, readonly string[]]>([
  ['of AWS, named by its ARN', { KeyManager: 'AWS' }, 'aws-managed', ['output-without-customer-key']],
  ['that is disabled', { KeyState: 'Disabled' }, 'unusable', ['key-disabled']],
  ['that will be deleted', { KeyState: 'PendingDeletion' }, 'unusable', ['key-pending-deletion']],
  [
    'that is gone',
    Object.assign(new Error('gone'), { name: 'NotFoundException' }),
    'not-found',
    ['key-not-found'],
  ],
  [
    'that may not be looked up',
    Object.assign(new Error('no'), { name: 'AccessDeniedException' }),
    'unreadable',
    ['output-unreadable'],
  ],
])('tells a key %s', async (_which, change, standing, codes) => {
  list('a')
  sagemaker.on(DescribeLabelingJobCommand).resolves(job('a', KEY))
  if (change instanceof Error) kms.on(DescribeKeyCommand).rejects(change)
  else kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...METADATA, ...change } as never })

  const [row] = await all()

  expect(row).toMatchObject({ keys: { output: { given: KEY, standing } } })
  expect(row?.kind === 'job' && row.findings.map(({ code }) => code)).toEqual(codes)
})

test('looks each key up once, whatever number of jobs name it', async () => {
  list('a', 'b', 'c')
  sagemaker.on(DescribeLabelingJobCommand).callsFake(({ LabelingJobName }) => job(LabelingJobName, KEY))

  await all()

  expect(kms.commandCalls(DescribeKeyCommand)).toHaveLength(1)
})

test('holds the keys beside those that were expected, an alias resolved', async () => {
  const OTHER = KEY.replace('1234abcd', '99999999')
  list('a', 'b')
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'a' }).resolves(job('a', KEY))
  sagemaker.on(DescribeLabelingJobCommand, { LabelingJobName: 'b' }).resolves(job('b', OTHER))
  kms.on(DescribeKeyCommand, { KeyId: OTHER }).resolves({ KeyMetadata: { ...METADATA, Arn: OTHER } as never })

  const rows = await all({ expect: { outputKey: 'alias/gt' } })

  expect(rows.map((row) => row.kind === 'job' && row.findings)).toEqual([
    [],
    [
      {
        code: 'output-under-another-key',
        severity: 'error',
        what: `the job names ${OTHER} for the output`,
        why: `the expected key is alias/gt (${KEY})`,
        fix: 'Run the job again with the expected key, or expect the one that was meant',
      },
    ],
  ])
})

test.each([
  [{ since: new Date('x') }, 'its option since is an invalid Date: give a valid Date'],
  [{ until: '2026' }, 'its option until is "2026": give a valid Date'],
  [{ since: '2026-01-01' }, "give a valid Date: new Date('2026-01-01')"],
  [{ untill: new Date() }, 'it has no option untill'],
  [{ status: 'Done' }, 'its option status is "Done": give one of Initializing'],
  [{ concurrency: 0 }, 'its option concurrency is'],
  [{ expect: { outputkey: KEY } }, 'its option expect is'],
])('refuses the odd options %j instead of an audit that looks clean', async (options, why) => {
  await expect(all(options as never)).rejects.toMatchObject({
    code: 'refused-call',
    why: expect.stringContaining(why),
  })
  expect(sagemaker.calls()).toHaveLength(0)
})

test('ends with an error of its own when the signal is aborted', async () => {
  list('a')
  sagemaker.on(DescribeLabelingJobCommand).resolves(job('a', KEY))

  await expect(all({ signal: AbortSignal.abort('enough') })).rejects.toMatchObject({
    name: 'AbortError',
    code: 'aborted',
    cause: 'enough',
  })
})

test('inspects one job, as a table for people', async () => {
  sagemaker
    .on(DescribeLabelingJobCommand)
    .resolves(job('a', KEY, { LabelingJobAlgorithmSpecificationArn: 'x' }))

  const { report, status } = await inspectJob('a', aws)

  expect(status).toBe('Completed')
  expect(String(report)).toBe(`Declared encryption of a in us-east-1
  labels, worker answers and everything else the job writes
    at   s3://gt/out
    key  ${KEY}
         the job asks for SSE-KMS under this key
  storage volume of training and inference
    at   machines of automated labeling
    key  AWS key
         a key of AWS, none of yours: give .autoLabeling() a volume key
  input objects, manifest, label file and worker page
    at   s3://gt/in.manifest
    key  not by this job
         they keep the encryption they were written with; the role needs kms:Decrypt on those keys
  CloudWatch log of the job
    at   /aws/sagemaker/LabelingJobs
    key  not by this job
         no field of a labeling job sets it: encrypt the log group itself`)
})

test.each([
  ['without a list', {}],
  ['with null for the list', { LabelingJobSummaryList: null }],
  ['with a job without a name', { LabelingJobSummaryList: [{}] }],
  ['with null for a job', { LabelingJobSummaryList: [null] }],
])('takes an answer %s for no audit that looks clean', async (_which, answer) => {
  sagemaker.on(ListLabelingJobsCommand).resolves(answer as never)

  await expect(all()).rejects.toMatchObject({
    code: 'aws-call-failed',
    why: 'sagemaker:ListLabelingJobs gave an answer that is not whole: no list, or a job without a name',
  })
})
