import { beforeEach, describe, expect, test } from 'vitest'
import type { LabelingJobDescription } from '../../src/aws/sagemaker-calls.js'
import {
  type Aws,
  attachJob,
  boundingBox,
  connect,
  labelingJob,
  outputKey,
  volumeKey,
} from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import { runs } from '../support/runs.js'

const REGION = 'us-east-1'
const JOBS = runs(1_000, 100)
const START = Date.parse('2026-11-23T09:00:00Z')
const OUT_ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const VOLUME_ARN = 'arn:aws:kms:us-east-1:111122223333:key/9876abcd-12ab-34cd-56ef-1234567890ab'
const JOB_ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'
const MANIFEST = 's3://gt/out/signs/manifests/output/output.manifest'

let cloud: FakeAws
let pauses: number[]
let aws: Aws

beforeEach(() => {
  cloud = fakeAws({ now: new Date(START) })
  cloud.key({ alias: 'alias/out', keyId: OUT_ARN.slice(-36) })
  cloud.key({ alias: 'alias/vol', keyId: VOLUME_ARN.slice(-36) })
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  pauses = []
  const clock = {
    now: cloud.clock.now,
    sleep: async (pause: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      pauses.push(pause)
      await cloud.clock.sleep(pause, signal)
    },
  }
  aws = connect({ region: REGION, clients: cloud, clock })
})

const job = labelingJob('signs')
  .task(
    boundingBox({
      title: 'Box signs',
      description: 'One box each',
      template: 's3://gt/box.html',
      labels: 's3://gt/labels.json',
    }),
  )
  .input('s3://gt/in.manifest')
  .output('s3://gt/out/', outputKey('alias/out'))
  .role('arn:aws:iam::111122223333:role/service-role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  .autoLabeling(volumeKey('alias/vol'))

/** Answers each look at the job in turn, and the last one for ever. */
function states(...descriptions: LabelingJobDescription[]) {
  const left = descriptions.map((description) => ({
    LabelingJobName: 'signs',
    LabelingJobArn: JOB_ARN,
    LabelAttributeName: 'signs',
    CreationTime: new Date(START),
    HumanTaskConfig: {
      PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
    },
    ...description,
  }))
  const instead = () => (left.length > 1 ? left.shift() : left[0]) as object
  cloud.inject({ call: 'sagemaker:DescribeLabelingJob', fault: { instead }, times: Number.POSITIVE_INFINITY })
}

/** Has every call of a name end in an error. */
function failing(call: string, error: Error) {
  const before = () => {
    throw error
  }
  cloud.inject({ call, fault: { before }, times: Number.POSITIVE_INFINITY })
}

function created() {
  return cloud.calls.of('sagemaker:CreateLabelingJob')
}

const counters = (TotalLabeled: number, Unlabeled: number, more = {}) => ({
  LabelCounters: {
    TotalLabeled,
    HumanLabeled: TotalLabeled,
    MachineLabeled: 0,
    FailedNonRetryableError: 0,
    Unlabeled,
    ...more,
  },
})

describe('create', () => {
  test('looks both aliases up at once and sends their ARNs', async () => {
    const running = await job.create(aws)

    expect(cloud.calls.of('kms:DescribeKey').map(({ input }) => input['KeyId'])).toEqual([
      'alias/out',
      'alias/vol',
    ])
    expect(created().map(({ input }) => input)).toEqual([
      {
        ...job
          .output('s3://gt/out/', outputKey(OUT_ARN))
          .autoLabeling(volumeKey(VOLUME_ARN))
          .toRequest({ region: REGION }),
      },
    ])
    expect(running).toMatchObject({ name: 'signs', arn: JOB_ARN, region: REGION })
  })

  test(`asks KMS twice in all for ${JOBS} jobs on the same two keys`, async () => {
    for (let index = 0; index < JOBS; index++) await job.named(`signs-${index}`).create(aws)

    expect(cloud.calls.of('kms:DescribeKey')).toHaveLength(2)
    expect(created()).toHaveLength(JOBS)
  })

  test('gives what will be sent, frozen, before anything is created', async () => {
    const resolved = await job.resolve(aws)

    expect(resolved.keys.output?.arn).toBe(OUT_ARN)
    expect(resolved.keys.volume?.arn).toBe(VOLUME_ARN)
    expect(resolved.warnings).toEqual([])
    expect(Object.isFrozen(resolved.request.HumanTaskConfig.UiConfig)).toBe(true)
    expect(resolved.report().rows.map(({ key: keyArn }) => keyArn)).toEqual([
      OUT_ARN,
      VOLUME_ARN,
      undefined,
      undefined,
    ])
    expect(created()).toEqual([])
  })

  test('reports broken rules and both keys together', async () => {
    cloud.setKeyState(OUT_ARN, 'Disabled')
    cloud.setKeyState(VOLUME_ARN, 'PendingImport')

    const error = await job
      .named('a_b')
      .create(aws)
      .catch((thrown) => thrown)

    expect(error).toMatchObject({ code: 'invalid-job' })
    expect(error.data.problems.map(({ code }: { code: string }) => code)).toEqual([
      'labeling-job-name-pattern',
      'key-disabled',
      'key-not-ready',
    ])
    expect(error.message).toContain('\n- ')
    expect(created()).toEqual([])
  })

  test('throws the error of a lone key as it is', async () => {
    cloud.setKeyState(VOLUME_ARN, 'Disabled')

    await expect(job.create(aws)).rejects.toMatchObject({
      code: 'key-disabled',
      data: { purpose: 'volume', keyArn: VOLUME_ARN },
    })
  })

  test('finds a role or team of another region before the call', async () => {
    const error = await job
      .workers('arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/v')
      .create(aws)
      .catch((thrown) => thrown)

    expect(error.data.problems).toMatchObject([
      { code: 'region-mismatch', path: 'HumanTaskConfig.WorkteamArn' },
    ])
  })

  test('does not leave open in silence whether a job was created', async () => {
    cloud.inject({ call: 'sagemaker:CreateLabelingJob', fault: 'timeout-after-write' })

    const error = await job.create(aws).catch((thrown) => thrown)

    expect(error).toMatchObject({
      code: 'network',
      data: { mayHaveHappened: true },
      fix: "It is not known whether the job was created: attachJob('signs', aws) finds it if it was",
    })
  })

  test.each([
    [Object.assign(new Error('taken'), { name: 'ResourceInUse' }), 'name-taken'],
    [Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 'throttled'],
    [Object.assign(new Error('no'), { name: 'AccessDeniedException' }), 'access-denied'],
    [Object.assign(new Error('bad'), { name: 'ValidationException' }), 'aws-validation'],
  ])('explains %s', async (thrown, code) => {
    failing('sagemaker:CreateLabelingJob', thrown)

    const error = await job.create(aws).catch((caught) => caught)

    expect(error).toMatchObject({ code, cause: thrown })
    expect(error.message).toMatch(/^Cannot create the labeling job signs in us-east-1: /)
  })
})

test('a name that is taken is told with the way to take the job up, for a cell that is run again', async () => {
  const taken = Object.assign(new Error('taken'), { name: 'ResourceInUse' })
  failing('sagemaker:CreateLabelingJob', taken)

  await expect(job.create(aws)).rejects.toThrow(
    "If it is this very job, take it up: create(aws, { ifExists: 'attach' }), or attachJob(name, aws)",
  )
})

test('a connection in the place of the name is said to be swapped', async () => {
  await expect(attachJob(aws as never, 'signs' as never)).rejects.toThrow(
    'its arguments are swapped: the name or ARN of the job comes before the connection',
  )
})

test('labels of a list are one problem of the job, and not missing besides', () => {
  const labels = ['stop'] as never
  const words = {
    title: 'Box signs',
    description: 'One box each',
    template: 's3://gt/box.html',
    labels,
  } as const
  const problems = job.task(boundingBox(words)).problems()

  expect(problems.filter(({ path }) => path === 'LabelCategoryConfigS3Uri')).toHaveLength(1)
})

describe('waiting', () => {
  test('looks with growing pauses until the job ends, and tells its progress', async () => {
    states(
      { LabelingJobStatus: 'Initializing' },
      { LabelingJobStatus: 'InProgress', ...counters(10, 90) },
      {
        LabelingJobStatus: 'Completed',
        ...counters(100, 0),
        LabelingJobOutput: { OutputDatasetS3Uri: MANIFEST, FinalActiveLearningModelArn: '' },
      },
    )
    const running = await job.create(aws)
    const lines: string[] = []

    const outcome = await running.completed({ onProgress: (progress) => lines.push(String(progress)) })

    expect(pauses).toEqual([10_000, 15_000])
    expect(lines).toEqual([
      'signs: Initializing, after 0 s',
      'signs: InProgress, 10 of 100 labeled (10 %), after 10 s',
      'signs: Completed, 100 of 100 labeled (100 %), after 25 s',
    ])
    expect(outcome).toMatchObject({ outcome: 'completed', outputManifest: MANIFEST })
    expect(outcome).not.toHaveProperty('finalModel')
  })

  test.each<[string, LabelingJobDescription]>([
    ['completed', { LabelingJobStatus: 'Completed', ...counters(3, 0) }],
    [
      'completed-with-failed-objects',
      { LabelingJobStatus: 'Completed', ...counters(3, 0, { FailedNonRetryableError: 1 }) },
    ],
    [
      'completed-without-labels',
      { LabelingJobStatus: 'Completed', ...counters(0, 0, { FailedNonRetryableError: 4 }) },
    ],
    ['stopped', { LabelingJobStatus: 'Stopped', ...counters(1, 2) }],
    [
      'failed',
      {
        LabelingJobStatus: 'Failed',
        FailureReason: 'ClientError: not authorized to perform: kms:CreateGrant',
      },
    ],
  ])('ends as %s', async (outcome, description) => {
    states(description)

    expect((await (await job.create(aws)).completed()).outcome).toBe(outcome)
  })

  test.each<[string, LabelingJobDescription]>([
    ['no counters', { LabelingJobStatus: 'Completed' }],
    ['no count of what is labeled', { LabelingJobStatus: 'Completed', LabelCounters: { Unlabeled: 0 } }],
  ])('is not said to end without labels where AWS gives %s', async (_, description) => {
    states(description)

    const outcome = await (await job.create(aws)).completed()

    expect(outcome.outcome).toBe('completed')
    expect(String(outcome)).toContain('AWS gives no counts: read the labels to see how many there are')
  })

  test.each([
    ['User … is not authorized to perform: kms:GenerateDataKey', 'checkPermissions(job, aws)'],
    ['The role … sts:AssumeRole …', 'trust policy'],
    ['LambdaErrorCode: Unhandled', 'The Lambda function itself threw'],
    ['Lambda could not be invoked', 'lambda:InvokeFunction'],
    ['Access Denied', 'S3 permissions'],
    ['Invalid manifest', 'one JSON object a line'],
    ['DisabledException: the key is disabled', 'in its present state'],
    ['needs at least 1250 objects; the input manifest has 3', '1,250 objects'],
    ['The bucket does not exist', 'A bucket is missing'],
    ['Annotation tasks expired', 'availability'],
    ['Something else', undefined],
  ])('explains the failure "%s"', async (FailureReason, words) => {
    states({ LabelingJobStatus: 'Failed', FailureReason })

    const outcome = await (await job.create(aws)).completed()

    if (outcome.outcome !== 'failed') return expect.unreachable(outcome.outcome)
    expect(outcome.reason).toBe(FailureReason)
    if (words === undefined) expect(outcome.explanation).toBeUndefined()
    else expect(outcome.explanation).toContain(words)
  })

  test('gives up after maxWait, and leaves the job alone', async () => {
    states({ LabelingJobStatus: 'InProgress', ...counters(1, 9) })

    const waiting = (await job.create(aws)).completed({ maxWait: 60_000 })

    await expect(waiting).rejects.toMatchObject({ code: 'wait-timeout' })
    expect(cloud.clock.now().getTime() - START).toBeLessThan(120_000)
    expect(cloud.calls.of('sagemaker:StopLabelingJob')).toEqual([])
  })

  test.each([[{ maxWait: '1h' }], [{ maxWait: Number.NaN }], [{ firstPause: 0 }], [{ maxwait: 10 }]])(
    'refuses the odd options %j instead of asking AWS without a pause',
    async (options) => {
      states({ LabelingJobStatus: 'InProgress' })
      const running = await job.create(aws)

      await expect(running.completed(options as object)).rejects.toMatchObject({ code: 'refused-call' })
      expect(cloud.calls.of('sagemaker:DescribeLabelingJob')).toEqual([])
    },
  )

  test('stops waiting when the signal is aborted', async () => {
    states({ LabelingJobStatus: 'InProgress' })
    const controller = new AbortController()

    const waiting = (await job.create(aws)).completed({
      signal: controller.signal,
      onProgress: () => controller.abort('enough'),
    })

    await expect(waiting).rejects.toMatchObject({ code: 'aborted', name: 'AbortError', cause: 'enough' })
  })

  test('says of a cell that is run again with the same aborted signal that the signal is of no use', async () => {
    const running = await job.create(aws)

    await expect(running.completed({ signal: AbortSignal.abort('stop') })).rejects.toMatchObject({
      code: 'aborted',
      what: 'Cannot wait for the labeling job signs',
      why: 'its signal was aborted before the call, and stays so; the job itself runs on',
      fix: 'Give the signal of a new AbortController',
      data: { waitingFor: ['signs'] },
    })
  })

  test('does not call what is labeled all of a job in which objects failed', async () => {
    states({ LabelingJobStatus: 'InProgress', ...counters(475, 0, { FailedNonRetryableError: 25 }) })

    const progress = await (await job.create(aws)).status()

    expect(String(progress)).toContain('475 of 500 labeled (95 %), 25 failed')
    expect(progress.fraction).toBe(1)
  })

  test('outlives throttling and a bad gateway, but not a refusal', async () => {
    const look = 'sagemaker:DescribeLabelingJob'
    cloud.inject({ call: look, fault: 'throttle' })
    cloud.inject({ call: look, fault: { name: 'InternalFailure', message: 'gateway', status: 502 } })
    cloud.inject({ call: look, fault: 'access-denied', after: 1, times: Number.POSITIVE_INFINITY })

    await expect((await job.create(aws)).completed()).rejects.toMatchObject({ code: 'access-denied' })
    expect(pauses).toHaveLength(3)
  })

  test('tells no negative time where the clock of the machine is behind that of AWS', async () => {
    states({ LabelingJobStatus: 'InProgress', CreationTime: new Date(START + 90_000) })

    const { elapsed } = await (await attachJob('signs', aws)).status()

    expect(elapsed).toBe(0)
  })

  test('says when nothing has moved for a day', async () => {
    states({ LabelingJobStatus: 'InProgress', ...counters(1, 9) })
    const running = await job.create(aws)

    for await (const progress of running.progress({ longestPause: 3_600_000 })) {
      if (!progress.stalled) continue
      expect(progress.elapsed).toBeGreaterThan(86_000_000)
      expect(String(progress)).toContain('can the workers see and open the tasks?')
      break
    }
  })
})

describe('labels', () => {
  const lines = [
    {
      'source-ref': 's3://gt/1.jpg',
      signs: {
        image_size: [{ width: 10, height: 10, depth: 3 }],
        annotations: [{ class_id: 0, left: 1, top: 2, width: 3, height: 4 }],
      },
      'signs-metadata': {
        type: 'groundtruth/object-detection',
        'human-annotated': 'yes',
        'creation-date': '2026-11-23T09:00:00',
        'job-name': 'labeling-job/signs',
        objects: [{ confidence: 0.5 }],
        'class-map': { '0': 'stop' },
      },
    },
    {
      'source-ref': 's3://gt/2.jpg',
      'signs-metadata': { 'failure-reason': 'ClientError: Annotation tasks expired' },
    },
    { 'source-ref': 's3://gt/3.jpg' },
  ]

  test('come typed by task, only the labeled ones; every line is there too', async () => {
    states({
      LabelingJobStatus: 'Completed',
      ...counters(1, 1),
      LabelingJobOutput: { OutputDatasetS3Uri: MANIFEST },
    })
    cloud.object(MANIFEST, lines.map((line) => JSON.stringify(line)).join('\n'))
    const finished = await (await job.create(aws)).completed()

    const boxes = []
    for await (const label of finished.labels()) boxes.push(...label.boxes)
    const statuses = []
    for await (const line of finished.lines()) statuses.push(line.status)

    expect(boxes).toMatchObject([
      { className: 'stop', left: 1, top: 2, width: 3, height: 4, confidence: 0.5 },
    ])
    expect(statuses).toEqual(['labeled', 'failed', 'unlabeled'])
  })

  test('are not passed over in silence when a line is broken', async () => {
    states({
      LabelingJobStatus: 'Completed',
      ...counters(1, 0),
      LabelingJobOutput: { OutputDatasetS3Uri: MANIFEST },
    })
    cloud.object(MANIFEST, '{"source-ref": ')
    const finished = await (await job.create(aws)).completed()

    await expect(finished.labels()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'line-unreadable',
    })
    const statuses = []
    for await (const { status } of finished.lines()) statuses.push(status)
    expect(statuses).toEqual(['unreadable'])
  })

  test('say why there are none when the manifest was never written', async () => {
    states({
      LabelingJobStatus: 'Failed',
      FailureReason: 'no objects',
      LabelingJobOutput: { OutputDatasetS3Uri: MANIFEST },
    })
    cloud.bucket('gt')
    const finished = await (await job.create(aws)).completed()

    await expect(finished.labels()[Symbol.asyncIterator]().next()).rejects.toThrow(
      'the job is Failed (no objects)',
    )
  })

  test('cannot be read from a job without an output manifest', async () => {
    states({ LabelingJobStatus: 'Failed', FailureReason: 'x' })
    const finished = await (await job.create(aws)).completed()

    await expect(finished.labels()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'job-not-finished',
    })
  })
})

describe('a job that runs already', () => {
  test('is taken up by its name, described and stopped', async () => {
    states({ LabelingJobStatus: 'InProgress', CreationTime: new Date(START - 3_600_000), ...counters(1, 1) })
    await job.create(aws)

    const running = await attachJob('signs', aws)
    await running.stop()

    expect(running.arn).toBe(JOB_ARN)
    expect((await running.describe()).LabelingJobStatus).toBe('InProgress')
    expect(cloud.calls.of('sagemaker:StopLabelingJob')[0]?.input).toEqual({
      LabelingJobName: 'signs',
    })
    for await (const progress of running.progress()) {
      expect(String(progress)).toBe('signs: InProgress, 1 of 2 labeled (50 %), after 1 h 0 min')
      break
    }
  })

  test('is not found by a wrong name', async () => {
    await expect(attachJob('gone', aws)).rejects.toMatchObject({ code: 'not-found' })
  })

  test.each([
    [' signs ', '" signs "'],
    ['"signs"', '"\\"signs\\""'],
    ['signs\n', '"signs\\n"'],
    ['s3://gt/out/signs', '"s3://gt/out/signs"'],
    ['x'.repeat(64), `"${'x'.repeat(64)}"`],
  ])('is not asked for by what no job is called: %j', async (name, shown) => {
    cloud.calls.clear()

    await expect(attachJob(name, aws)).rejects.toThrow(
      `Cannot call attachJob(): ${shown} is neither the name nor the ARN of a labeling job: a name has 1 to 63 letters, digits and hyphens.`,
    )
    expect(cloud.calls).toHaveLength(0)
  })
})
