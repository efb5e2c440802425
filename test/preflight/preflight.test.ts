import { describe, expect, test } from 'vitest'
import { labelingJob, type PreflightReport, preflight } from '../../src/index.js'
import { inWaves } from '../support/in-waves.js'
import { DEEP } from '../support/runs.js'
import { CAUSES, WARNINGS } from './causes.js'
import { JOB, OUTPUT_KEY, putImages, putManifest, ROLE, wholeWorld } from './whole-world.js'

function notPassed({ checks }: PreflightReport) {
  return checks.filter(({ status }) => status !== 'passed').map(({ code, status }) => `${code} ${status}`)
}

describe('a job whose every part is there', () => {
  test('passes every check', async () => {
    const report = await preflight(JOB, wholeWorld().connect())

    expect(report.ok).toBe(true)
    expect(report.checks.map(({ code, about, status, what }) => [about, code, status, what])).toEqual([
      ['job', 'job-rules', 'passed', 'the request breaks no rule of CreateLabelingJob'],
      ['job', 'job-name-free', 'passed', 'no labeling job in us-east-1 is called street-signs'],
      ['job', 'job-time-limit', 'passed', 'a worker has 1 hour for a task, which is on offer for 30 days'],
      ['role', 'role-exists', 'passed', `the role ${ROLE} is there`],
      ['role', 'role-trust', 'passed', 'SageMaker may assume the role GtExec'],
      [
        'role',
        'role-session-length',
        'passed',
        'sessions of the role GtExec last up to 1 hour, and a task up to 1 hour',
      ],
      [
        'keys',
        'keys-usable',
        'passed',
        `the output key alias/gt-output (${OUTPUT_KEY}) is enabled, and encrypts data`,
      ],
      [
        'keys',
        'keys-allowed',
        'passed',
        `the role may use the output key alias/gt-output (${OUTPUT_KEY}): 9 actions allowed`,
      ],
      ['input', 'manifest-exists', 'passed', 'the manifest s3://acme-gt/in/dataset.manifest is there'],
      ['input', 'manifest-lines', 'passed', 'the manifest has 3 objects for bounding-box'],
      ['input', 'objects-readable', 'passed', '3 of the 3 objects in S3 were looked at: there, and readable'],
      ['input', 'bucket-cors', 'passed', 'browsers of workers may GET from acme-gt'],
      ['input', 'bucket-allowed', 'passed', 'the role may s3:GetObject on acme-gt'],
      ['page', 'categories-fit', 'passed', '2 labels to choose from, as the task takes them'],
      ['page', 'page-renders', 'passed', 'SageMaker shows the page with the first object'],
      ['page', 'page-grants-access', 'passed', 'the page shows the object, with the access it needs'],
      ['page', 'bucket-allowed', 'passed', 'the role may s3:GetObject on acme-gt'],
      ['output', 'bucket-exists', 'passed', 'the bucket acme-gt is there'],
      ['output', 'bucket-region', 'passed', 'the bucket acme-gt is in us-east-1'],
      [
        'output',
        'bucket-encryption',
        'passed',
        'the job names its key, and AWS says that it writes under that one; the default of acme-gt is AES256',
      ],
      [
        'output',
        'bucket-allowed',
        'passed',
        'the role may s3:ListBucket, s3:GetBucketLocation, s3:PutObject, s3:AbortMultipartUpload, s3:GetObject on acme-gt',
      ],
      ['workers', 'team-exists', 'passed', 'the work team vision is there'],
      [
        'workers',
        'team-members',
        'passed',
        'its workers are those of the group workers; who is in it, SageMaker does not say',
      ],
      [
        'caller',
        'caller-may-create',
        'passed',
        'the caller may sagemaker:CreateLabelingJob on arn:aws:sagemaker:us-east-1:111122223333:labeling-job/street-signs',
      ],
      ['caller', 'caller-may-pass-role', 'passed', `the caller may iam:PassRole on ${ROLE}`],
    ])
  })

  test('is told the same once it is resolved', async () => {
    const aws = wholeWorld().connect()

    const built = await preflight(JOB, aws)
    const resolved = await preflight(await JOB.resolve(aws), aws)

    expect(resolved.checks.map(({ code }) => code)).toEqual(built.checks.map(({ code }) => code))
    expect(resolved.ok).toBe(true)
  })

  test('is only read', async () => {
    const cloud = wholeWorld()

    await preflight(JOB, cloud.connect())

    expect(cloud.calls.writes()).toEqual([])
  })

  test('hears how far it is', async () => {
    const heard: string[] = []

    await preflight(JOB, wholeWorld().connect(), { onProgress: (progress) => heard.push(String(progress)) })

    expect(heard.at(-1)).toBe('checks: 25; passed: 25')
  })
})

test.each(CAUSES)('$cause is told', async ({ checks, world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  const report = await preflight(job(JOB), cloud.connect())

  expect(notPassed(report)).toEqual(checks)
  expect(report.ok).toBe(false)
})

test.each(WARNINGS)('$cause is warned about', async ({ checks, world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  const report = await preflight(job(JOB), cloud.connect())

  expect(notPassed(report)).toEqual(checks)
  expect(report.ok).toBe(true)
})

test('a request that breaks rules is told rule by rule, and the rest is looked at all the same', async () => {
  const job = JOB.raw({ HumanTaskConfig: { TaskTitle: '', NumberOfHumanWorkersPerDataObject: 12 } })

  const { ok, checks } = await preflight(job, wholeWorld().connect())

  expect(ok).toBe(false)
  expect(checks.filter(({ code }) => code === 'job-rules').map(({ what }) => what)).toEqual([
    expect.stringContaining('HumanTaskConfig.TaskTitle: '),
    expect.stringContaining('HumanTaskConfig.NumberOfHumanWorkersPerDataObject: '),
  ])
  expect(checks.filter(({ status }) => status === 'passed')).toHaveLength(24)
})

test('what AWS does not show is unknown, with the permission that would help', async () => {
  const cloud = wholeWorld()
  for (const call of ['s3:GetBucketCors', 's3:HeadObject', 'sagemaker:DescribeWorkteam', 'kms:GetKeyPolicy'])
    cloud.inject({ call, fault: 'access-denied', times: Number.POSITIVE_INFINITY })

  const { ok, checks } = await preflight(JOB, cloud.connect())

  expect(ok).toBe(false)
  expect(checks.filter(({ status }) => status === 'unknown').map(({ code, fix }) => [code, fix])).toEqual([
    ['keys-allowed', 'Needed: a caller of account 111122223333 that is allowed kms:GetKeyPolicy'],
    ['objects-readable', expect.stringContaining('Allow s3:GetObject ')],
    ['bucket-cors', expect.stringContaining('Allow s3:GetBucketCORS ')],
    ['team-exists', expect.stringContaining('Allow sagemaker:DescribeWorkteam ')],
  ])
})

test('a caller who may do nothing hears of everything that it is unknown', async () => {
  const cloud = wholeWorld()
  cloud.inject({ call: '*', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

  const { ok, checks } = await preflight(JOB, cloud.connect())

  expect(ok).toBe(false)
  expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(['passed', 'unknown']))
  expect(checks.filter(({ status }) => status === 'passed').map(({ code }) => code)).toEqual([
    'job-rules',
    'job-time-limit',
  ])
})

test('what passes by itself is outlived', async () => {
  const cloud = wholeWorld()
  cloud.inject({ call: 's3:GetBucketCors', fault: 'throttle', times: 2 })
  cloud.inject({ call: 'sagemaker:DescribeWorkteam', fault: 'server-error' })

  expect((await preflight(JOB, cloud.connect())).ok).toBe(true)
})

test('an abort ends it, under the name that every abort has', async () => {
  const cloud = wholeWorld()
  const stop = new AbortController()
  cloud.inject({ call: 's3:GetBucketCors', fault: { before: () => void stop.abort() } })

  const ended = preflight(JOB, cloud.connect(), { signal: stop.signal })

  await expect(ended).rejects.toMatchObject({ code: 'aborted', name: 'AbortError' })
})

test.each([
  [{ sample: -1 }, 'its option sample is -1: give a whole number, 0 to 100,000'],
  [
    { reader: 'me' },
    'its option reader is "me": give true, or the ARN of a role, of its session, or of a user',
  ],
  [{ concurrency: 0 }, 'its option concurrency is 0: give a whole number, 1 to 256'],
  [{ onProgress: 1 }, 'its option onProgress is 1: give a function'],
  [{ smaple: 1 }, 'it has no option "smaple"'],
])('the options %j are refused', async (options, why) => {
  const refused = preflight(JOB, wholeWorld().connect(), options as never)

  await expect(refused).rejects.toMatchObject({ code: 'refused-call', why })
})

test('what is no job is refused', async () => {
  await expect(preflight({} as never, wholeWorld().connect())).rejects.toMatchObject({ code: 'refused-call' })
})

test('a job that lacks parts is told which', async () => {
  const report = await preflight(labelingJob('half') as never, wholeWorld().connect())

  expect(report.checks.filter(({ code }) => code === 'job-rules').map(({ why }) => why)).toEqual(
    Array.from({ length: 5 }, () => 'CreateLabelingJob needs it'),
  )
})

test('a plain job is looked at in four waves of calls at most, each thing once', async () => {
  const cloud = wholeWorld()
  putImages(cloud, 40)
  const { aws, waves } = inWaves(cloud.connect())

  await preflight(JOB, aws)

  expect(waves.length).toBeLessThanOrEqual(4)
  const asked = [...cloud.calls].map(({ name, input }) => `${name} ${JSON.stringify(input)}`)
  expect(asked.filter((call, index) => asked.indexOf(call) !== index)).toEqual([])
})

test.each(['iam:*', '*'])('who may not %s asks for each thing once all the same', async (call) => {
  const cloud = wholeWorld()
  cloud.inject({ call, fault: 'access-denied', times: Number.POSITIVE_INFINITY })

  await preflight(JOB, cloud.connect(), { reader: ROLE })

  const asked = [...cloud.calls]
    .filter(({ name }) => name !== 's3:GetObject')
    .map(({ name, input }) => `${name} ${JSON.stringify(input)}`)
  expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([])
})

describe(`a manifest of ${DEEP ? '100,000' : '10,000'} lines`, () => {
  const count = DEEP ? 100_000 : 10_000

  test('is streamed once, and a sample of its objects looked at', async () => {
    const cloud = wholeWorld()
    const lines = Array.from(
      { length: count },
      (_, index) => `{"source-ref":"s3://acme-gt/in/${index % 3}.jpg"}`,
    )
    putManifest(cloud, lines)
    const small = wholeWorld()

    const report = await preflight(JOB, cloud.connect(), { sample: 30 })
    await preflight(JOB, small.connect())

    expect(report.ok).toBe(true)
    expect(cloud.calls.of('s3:GetObject')).toHaveLength(small.calls.of('s3:GetObject').length)
    expect(cloud.calls.of('s3:HeadObject').length).toBeLessThanOrEqual(30 + 3)
  })
})
