import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Aws,
  attachJob,
  boundingBox,
  fromRequest,
  labelingJob,
  outputKey,
  volumeKey,
} from '../../src/index.js'
import { compareRequests } from '../../src/job/request/compare-requests.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'

const CREATE = 'sagemaker:CreateLabelingJob'
const DESCRIBE = 'sagemaker:DescribeLabelingJob'
const OUT_ID = '1234abcd-12ab-34cd-56ef-1234567890ab'
const OUT_ARN = `arn:aws:kms:us-east-1:111122223333:key/${OUT_ID}`
const OTHER_ARN = 'arn:aws:kms:us-east-1:111122223333:key/5555abcd-12ab-34cd-56ef-1234567890ab'
const JOB_ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'

let cloud: FakeAws
let aws: Aws

beforeEach(() => {
  cloud = fakeAws()
  cloud.key({ alias: 'alias/out', keyId: OUT_ID })
  cloud.key({ alias: 'alias/other', keyId: OTHER_ARN.slice(-36) })
  cloud.key({ alias: 'alias/vol' })
  cloud.role({ name: 'GtExec' })
  aws = cloud.connect()
})

const job = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box signs',
      description: 'One box each',
      keywords: ['signs', 'boxes'],
      template: 's3://gt/box.html',
      labels: 's3://gt/labels.json',
    }),
  )
  .input('s3://gt/in.manifest', { contentClassifiers: ['FreeOfAdultContent'] })
  .output('s3://gt/out/', outputKey('alias/out'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  .autoLabeling(volumeKey('alias/vol'))
  .tags({ team: 'vision', cost: '42' })

const elapsed = () => cloud.clock.now().getTime() - Date.parse('2026-11-23T09:00:00Z')
const caught = (promise: Promise<unknown>) => promise.then(() => undefined).catch((thrown) => thrown)

describe('a job whose name is taken', () => {
  test('is refused unless told otherwise', async () => {
    await job.create(aws)

    expect(await caught(job.create(aws))).toMatchObject({ code: 'name-taken' })
  })

  test('is taken up when it is the same, with the time when it was created', async () => {
    await job.create(aws)
    cloud.clock.advance(200_000)
    cloud.calls.clear()

    const running = await job.create(aws, { ifExists: 'attach' })

    expect(cloud.calls.names()).toEqual([CREATE, DESCRIBE])
    expect(running).toMatchObject({ name: 'signs', arn: JOB_ARN, region: 'us-east-1' })
    expect((await running.status()).elapsed).toBe(200_000)
  })

  test('is refused with every field in which it is another', async () => {
    await job.output('s3://gt/out/', outputKey('alias/other')).tags({ team: 'signs' }).create(aws)

    const error = await caught(job.create(aws, { ifExists: 'attach' }))

    expect(error).toMatchObject({
      code: 'job-differs',
      data: {
        differences: [
          { path: 'OutputConfig.KmsKeyId', wanted: OUT_ARN, found: OTHER_ARN },
          { path: 'Tags.team', wanted: 'vision', found: 'signs' },
        ],
      },
    })
    expect(String(error)).toBe(
      `LabelingJobError: Cannot create the labeling job signs in us-east-1: a job of that name exists, and differs in 2 fields. Choose another name, or take the other job up with attachJob('signs', aws)\n- OutputConfig.KmsKeyId: wanted "${OUT_ARN}", found "${OTHER_ARN}"\n- Tags.team: wanted "vision", found "signs".`,
    )
  })

  test('is found whatever the case of its letters, and has its own spelling', async () => {
    await job.labelAttribute('box').create(aws)

    const running = await job.named('SIGNS').labelAttribute('box').create(aws, { ifExists: 'attach' })

    expect(running.name).toBe('signs')
  })

  test('under another spelling and different is told by both names', async () => {
    await job.create(aws)

    await expect(job.named('SIGNS').create(aws, { ifExists: 'attach' })).rejects.toThrow(
      'Cannot create the labeling job SIGNS in us-east-1: signs exists, which is the same name to AWS, and differs in a field. Choose another name, or take the other job up with attachJob(\'signs\', aws)\n- LabelAttributeName: wanted "SIGNS", found "signs".',
    )
  })

  test('is taken up by a resolved job as well', async () => {
    const resolved = await job.resolve(aws)
    await resolved.create()

    expect((await resolved.create({ ifExists: 'attach' })).arn).toBe(JOB_ARN)
  })
})

describe('a call that left open whether the job was created', () => {
  test('is settled by describing the job', async () => {
    cloud.inject({ call: CREATE, fault: 'timeout-after-write' })

    const running = await job.create(aws, { ifExists: 'attach' })

    expect(running.arn).toBe(JOB_ARN)
    expect(cloud.calls.names()).toEqual(['kms:DescribeKey', 'kms:DescribeKey', CREATE, DESCRIBE])
  })

  test('is made again when there is no such job', async () => {
    cloud.inject({ call: CREATE, fault: 'crash-before', times: 2 })

    await job.create(aws, { ifExists: 'attach' })

    expect(cloud.calls.names().slice(2)).toEqual([CREATE, DESCRIBE, CREATE, DESCRIBE, CREATE])
    expect(elapsed()).toBe(3_000)
  })

  test('is told as such when the SDK made it twice, and the second found the name taken', async () => {
    const taken = Object.assign(new Error('in use'), { name: 'ResourceInUse', $metadata: { attempts: 2 } })
    const before = () => {
      throw taken
    }
    cloud.inject({ call: CREATE, fault: { before } })

    expect(await caught(job.create(aws))).toMatchObject({
      code: 'name-taken',
      fix: "The SDK sent the call 2 times, and the first may have created the job: create(aws, { ifExists: 'attach' }) takes it up if it is the same",
    })
  })

  test('is told as such when throttling hid the first answers of the SDK, and the name is taken then', async () => {
    const failing = (name: string, attempts: number) => ({
      before: () => {
        throw Object.assign(new Error(name), { name, $metadata: { attempts } })
      },
    })
    cloud.inject({ call: CREATE, fault: failing('ThrottlingException', 3) })
    cloud.inject({ call: CREATE, fault: failing('ResourceInUse', 1), after: 1 })

    expect(await caught(job.create(aws))).toMatchObject({
      code: 'name-taken',
      fix: "The SDK sent the call 3 times, and the first may have created the job: create(aws, { ifExists: 'attach' }) takes it up if it is the same",
      data: { mayHaveHappened: true },
    })
  })

  test('is given up after six tries that AWS never answered, and says that nothing is known', async () => {
    cloud.inject({ call: CREATE, fault: 'crash-before', times: Number.POSITIVE_INFINITY })

    const error = await caught(job.create(aws, { ifExists: 'attach' }))

    expect(cloud.calls.of(CREATE)).toHaveLength(6)
    expect(error).toMatchObject({
      code: 'network',
      fix: "It is not known whether the job was created: attachJob('signs', aws) finds it if it was",
    })
  })

  test.each([
    ['is denied', { name: 'AccessDeniedException', message: 'no' }],
    ['is throttled for minutes', 'throttle' as const],
  ])('says that the job may exist when the look at it %s', async (_, fault) => {
    cloud.inject({ call: CREATE, fault: 'timeout-after-write' })
    cloud.inject({ call: DESCRIBE, fault, times: Number.POSITIVE_INFINITY })

    const error = await caught(job.create(aws, { ifExists: 'attach' }))

    expect(error).toMatchObject({
      code: 'network',
      why: expect.stringContaining(`; then ${DESCRIBE} failed: `),
      fix: "It is not known whether the job was created: attachJob('signs', aws) finds it if it was",
      data: { call: CREATE, mayHaveHappened: true },
    })
    expect(String(error)).not.toContain('nothing was changed')
  })

  test('stays in doubt when the second call is refused: the first may still be on its way', async () => {
    cloud.inject({ call: CREATE, fault: 'crash-before' })
    cloud.inject({ call: CREATE, fault: { name: 'AccessDeniedException', message: 'no' } })

    expect(await caught(job.create(aws, { ifExists: 'attach' }))).toMatchObject({
      code: 'network',
      why: expect.stringContaining(`; then ${CREATE} failed: `),
      data: { call: CREATE, mayHaveHappened: true },
    })
  })

  test('stays in doubt when it is aborted in the pause after it', async () => {
    const stop = new AbortController()
    cloud.inject({ call: CREATE, fault: 'crash-before' })
    vi.spyOn(cloud.clock, 'sleep').mockImplementation(async () => {
      stop.abort('enough')
      throw stop.signal.reason
    })

    expect(await caught(job.create(aws, { ifExists: 'attach', signal: stop.signal }))).toMatchObject({
      code: 'aborted',
      why: expect.stringContaining('it is not known whether the job was created'),
    })
  })

  test('says so when it is aborted on its way', async () => {
    const stop = new AbortController()
    const instead = () => {
      stop.abort('enough')
      return new Promise<object>(() => {})
    }
    cloud.inject({ call: CREATE, fault: { instead } })

    const error = await caught(job.create(aws, { signal: stop.signal }))

    expect(error).toMatchObject({
      code: 'aborted',
      cause: 'enough',
      why: 'the signal was aborted while the call was on its way, so it is not known whether the job was created',
    })
  })
})

describe('what passes by itself', () => {
  test('is waited out when AWS throttles', async () => {
    cloud.inject({ call: CREATE, fault: 'throttle', times: 6 })

    await job.create(aws)

    expect(elapsed()).toBe(63_000)
  })

  test('is not waited for without end', async () => {
    cloud.inject({ call: CREATE, fault: 'throttle', times: Number.POSITIVE_INFINITY })

    expect(await caught(job.create(aws))).toMatchObject({ code: 'throttled' })
    expect(elapsed()).toBe(243_000)
  })

  test('is not waited for once the signal is aborted', async () => {
    cloud.inject({ call: CREATE, fault: 'throttle', times: Number.POSITIVE_INFINITY })
    const stop = new AbortController()
    cloud.inject({ call: CREATE, fault: { before: () => void stop.abort('enough') }, after: 1 })

    expect(await caught(job.create(aws, { signal: stop.signal }))).toMatchObject({ code: 'aborted' })
    expect(cloud.calls.of(CREATE)).toHaveLength(2)
  })

  test.each([
    "SageMaker was unable to assume the role 'arn:aws:iam::111122223333:role/GtExec'",
    "Could not assume role arn:aws:iam::111122223333:role/GtExec. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.",
    "SageMaker is unable to perform: sts:AssumeRole on the role. Check if you have a trust relationship for 'sagemaker.amazonaws.com' to assume the role.",
    'The execution role ARN "arn:aws:iam::111122223333:role/GtExec" is invalid. Please ensure that the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com"',
    'The role ARN isn\'t valid. Make sure the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".',
  ])('is a role made seconds ago: %s', async (message) => {
    cloud.inject({ call: CREATE, fault: { name: 'ValidationException', message }, times: 3 })

    await job.create(aws)

    expect(elapsed()).toBe(8_000)
  })

  test('is no role that is wrong: a minute, and no longer', async () => {
    cloud.role({ name: 'Untrusted', trust: { Version: '2012-10-17', Statement: [] } })

    const error = await caught(job.role('arn:aws:iam::111122223333:role/Untrusted').create(aws))

    expect(error).toMatchObject({ code: 'aws-validation' })
    expect(elapsed()).toBe(60_000)
    expect(cloud.calls.of(CREATE)).toHaveLength(7)
  })

  test('is nothing else that AWS calls invalid', async () => {
    cloud.inject({ call: CREATE, fault: { name: 'ValidationException', message: 'The role is too long' } })

    expect(await caught(job.create(aws))).toMatchObject({ code: 'aws-validation' })
    expect(elapsed()).toBe(0)
  })
})

describe('sameAs', () => {
  const describing = async () => (await (await attachJob('signs', aws)).describe()) as Record<string, object>

  test('passes over what AWS fills in, the order of words, the form of a key, and tags that were added', async () => {
    const resolved = await job.resolve(aws)
    await resolved.create()
    const description = await describing()

    const compared = resolved.sameAs({
      ...description,
      LabelingJobName: 'Signs',
      OutputConfig: { ...description['OutputConfig'], KmsKeyId: OUT_ID },
      HumanTaskConfig: { ...description['HumanTaskConfig'], TaskKeywords: ['boxes', 'signs'] },
      Tags: [
        { Key: 'cost', Value: '42' },
        { Key: 'owner', Value: 'added later' },
        { Key: 'team', Value: 'vision' },
      ],
    })

    expect(compared).toEqual({ same: true, differences: [] })
    expect(Object.isFrozen(compared.differences)).toBe(true)
  })

  test('finds what is there beside what was asked for, and what is not', async () => {
    const plain = labelingJob('signs').task(
      boundingBox({
        title: 'Box signs',
        description: 'One box each',
        template: 's3://gt/box.html',
        labels: 's3://gt/labels.json',
      }),
    )
    const resolved = await plain
      .input('s3://gt/in.manifest')
      .output('s3://gt/out/')
      .role('arn:aws:iam::111122223333:role/GtExec')
      .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
      .tags({ team: 'vision' })
      .resolve(aws)
    await resolved.create()
    const { Tags: _, ...description } = await describing()

    const { differences } = resolved.sameAs({
      ...description,
      OutputConfig: { S3OutputPath: 's3://gt/out/', KmsKeyId: OUT_ARN },
      StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 50 },
      HumanTaskConfig: { ...description['HumanTaskConfig'], MaxConcurrentTaskCount: 5 },
    })

    expect(differences).toEqual([
      { path: 'HumanTaskConfig.MaxConcurrentTaskCount', wanted: undefined, found: 5 },
      { path: 'OutputConfig.KmsKeyId', wanted: undefined, found: OUT_ARN },
      {
        path: 'StoppingConditions',
        wanted: undefined,
        found: { MaxPercentageOfInputDatasetLabeled: 50 },
      },
      { path: 'Tags', wanted: { team: 'vision' }, found: undefined },
    ])
  })

  test('takes a price without its zeros for the same price', async () => {
    const resolved = await job.resolve(aws)
    const price = (amount: object) => ({
      ...resolved.request,
      HumanTaskConfig: {
        ...resolved.request.HumanTaskConfig,
        PublicWorkforceTaskPrice: { AmountInUsd: amount },
      },
    })
    const priced = fromRequest(price({ Cents: 3, TenthFractionsOfACent: 6 }))
    const { HumanTaskConfig } = (await priced.resolve(aws)).request

    expect(
      compareRequests(
        price({ Dollars: 0, ...HumanTaskConfig.PublicWorkforceTaskPrice?.AmountInUsd }),
        priced.toRequest({ region: 'us-east-1' }),
      ),
    ).toEqual([])
  })

  test('does not take an alias for the key that it points to today', async () => {
    const resolved = await job.resolve(aws)
    await resolved.create()
    const description = await describing()

    const { same } = resolved.sameAs({
      ...description,
      OutputConfig: { ...description['OutputConfig'], KmsKeyId: 'alias/out' },
    })

    expect(same).toBe(false)
  })

  test('refuses what is no description', async () => {
    const resolved = await job.resolve(aws)

    expect(() => resolved.sameAs('signs' as never)).toThrow(expect.objectContaining({ code: 'invalid-job' }))
  })
})

test.each([[{ timeout: 1 }], [{ signal: 5 }]])('a handle refuses the odd options %j', async (options) => {
  const running = await job.create(aws)
  cloud.calls.clear()

  for (const call of [running.describe, running.status, running.stop])
    expect(await caught(call(options as object))).toMatchObject({ code: 'refused-call' })
  expect(await caught(attachJob('signs', aws, options as object))).toMatchObject({ code: 'refused-call' })
  expect(cloud.calls.names()).toEqual([])
})

test.each([[{ ifExists: 'replace' }], [{ ifexists: 'attach' }], [{ maxWait: 1 }]])(
  'refuses the odd options %j before anything is sent',
  async (options) => {
    const resolved = await job.resolve(aws)
    cloud.calls.clear()

    expect(await caught(job.create(aws, options as object))).toMatchObject({ code: 'refused-call' })
    expect(await caught(resolved.create(options as object))).toMatchObject({ code: 'refused-call' })
    expect(cloud.calls.names()).toEqual([])
  },
)
