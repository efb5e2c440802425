import { describe, expect, test } from 'vitest'
import {
  adjustVideoFrameObjectDetection,
  type Check,
  custom,
  fromRequest,
  labelingJob,
  namedEntityRecognition,
  outputKey,
  preflight,
  textClassification,
  videoFrameObjectDetection,
  volumeKey,
} from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { diceOf } from '../job/request/dice.js'
import { runs } from '../support/runs.js'
import {
  JOB,
  OUTPUT_KEY,
  PAGE,
  policy,
  putLabels,
  putManifest,
  putPage,
  putRole,
  ROLE,
  TEAM,
  wholeWorld,
} from './whole-world.js'

const TEXTS = { title: 'Sort', description: 'Sort each' }
const FILES = { template: 's3://acme-gt/ui/box.liquid.html', labels: 's3://acme-gt/ui/labels.json' } as const

function jobOf(task: Parameters<typeof JOB.task>[0] | object) {
  return labelingJob('random')
    .task(task as Parameters<typeof JOB.task>[0])
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(ROLE)
    .workers(TEAM) as unknown as typeof JOB
}

async function notPassed(job: typeof JOB, cloud: FakeAws, options = {}) {
  const { checks } = await preflight(job, cloud.connect(), options)
  return checks.filter(({ status }) => status !== 'passed').map(sayCheck)
}

function sayCheck({ code, about, status }: Check): string {
  return `${about} ${code} ${status}`
}

describe('a job over texts', () => {
  const job = jobOf(textClassification({ ...TEXTS, ...FILES }))

  test('needs no CORS rules, and no access to an object', async () => {
    const cloud = wholeWorld()
    putManifest(cloud, ['{"source": "a text"}'])
    putPage(
      cloud,
      PAGE.replaceAll('crowd-bounding-box', 'crowd-classifier').replace(' | grant_read_access', ''),
    )

    expect(await notPassed(job, cloud)).toEqual([])
  })

  test('fails when its page puts the text through grant_read_access', async () => {
    const cloud = wholeWorld()
    putManifest(cloud, ['{"source": "a text"}'])
    putPage(cloud, PAGE.replaceAll('crowd-bounding-box', 'crowd-classifier'))

    expect(await notPassed(job, cloud)).toEqual(['page page-renders failed'])
  })
})

test("a page of an account of one's own is not said to be one that AWS hosts", async () => {
  const HumanTaskUiArn = 'arn:aws:sagemaker:us-east-1:111122223333:human-task-ui/Mine'
  const job = JOB.raw({ HumanTaskConfig: { UiConfig: { HumanTaskUiArn } } })

  const { checks } = await preflight(job, wholeWorld().connect())

  expect(checks.filter(({ code }) => code === 'page-renders')).toEqual([])
  expect(checks.find(({ status }) => status === 'failed')?.code).toBe('job-rules')
})

test('a page that AWS hosts is there', async () => {
  const cloud = wholeWorld()
  putManifest(cloud, ['{"source": "a text"}'])
  putLabels(
    cloud,
    '{"document-version": "2018-11-28", "labels": [{"label": "a"}], "instructions": {"shortInstruction": "x", "fullInstruction": "y"}}',
  )
  const job = jobOf(namedEntityRecognition({ ...TEXTS, labels: FILES.labels }))

  expect(await notPassed(job, cloud)).toEqual([])
})

describe('a job over video frames', () => {
  const job = jobOf(videoFrameObjectDetection({ ...TEXTS, labels: FILES.labels })).raw({
    LabelAttributeName: 'frames-ref',
  })

  test.each([
    ['images', ['output bucket-cors failed']],
    ['frames', []],
  ] as const)('needs CORS rules: those for %s', async (cors, expected) => {
    const cloud = worldOfFrames(cors)

    expect(await notPassed(job, cloud)).toEqual(expected)
  })

  test('has its frames looked at, some of each of the first files', async () => {
    const cloud = worldOfFrames()

    const { checks } = await preflight(job, cloud.connect(), { sample: 4 })

    expect(checks.filter(({ code }) => code === 'objects-readable').map(({ what }) => what)).toEqual([
      '2 of the 2 objects in S3 were looked at: there, and readable',
      '4 of the 6 frames in 2 sequence files were looked at: there, and readable',
    ])
  })

  test('fails for frames that are not there, and for one that is empty', async () => {
    const cloud = worldOfFrames()
    putSequence(cloud, 2, { frames: [{ 'frame-no': 1, frame: 'gone.jpg' }], 'number-of-frames': 1 })
    cloud.object('s3://acme-gt/frames/2.jpg', '')

    expect(await told(cloud)).toEqual([
      'failed: 1 of 4 frames looked at (2 sequence files name 4) are empty',
      'failed: 1 of 4 frames looked at (2 sequence files name 4) are not there',
    ])
  })

  test.each([
    [{ prefix: 's3://acme-gt/frames' }, 'prefix: it is "s3://acme-gt/frames"'],
    [{ 'number-of-frames': 4 }, 'number-of-frames: it is 4, and there are 3 frames'],
    [{ frames: {} }, 'number-of-frames: it is 3, and there are 0 frames'],
    [{ frames: [null], 'number-of-frames': 1 }, 'frames[0].frame: it is missing'],
    [
      { frames: [{ 'frame-no': 1, frame: '1.gif' }], 'number-of-frames': 1 },
      'frames[0].frame: it is "1.gif"',
    ],
  ])('fails for a sequence file that breaks a rule: %j', async (change, why) => {
    const cloud = worldOfFrames()
    putSequence(cloud, 1, change)

    const [check] = await objectsReadable(cloud)

    expect(check).toMatchObject({
      status: 'failed',
      what: expect.stringContaining('the sequence file s3://acme-gt/in/1.json of line 1 has'),
      why: expect.stringContaining(why),
    })
  })

  test('fails for a sequence file that is none, and looks at the frames of the others', async () => {
    const cloud = worldOfFrames()
    cloud.object('s3://acme-gt/in/1.json', 'frame 1')

    expect(await told(cloud)).toEqual([
      'failed: the sequence file s3://acme-gt/in/1.json of line 1 has 1 error',
    ])
  })

  test('does not know the frames of sequence files that are not there', async () => {
    const cloud = worldOfFrames()
    putManifest(cloud, ['{"source-ref": "s3://acme-gt/in/3.json"}'])

    expect(await told(cloud)).toEqual([
      'failed: 1 of 1 objects looked at (the manifest has 1 in S3) are not there',
      'unknown: the frames of the sequence files: not known',
    ])
  })

  test('needs the bucket of the frames as well: its region, its CORS rules, and the right to read it', async () => {
    const cloud = worldOfFrames()
    cloud.bucket('acme-frames', { region: 'eu-west-1' })
    cloud.object('s3://acme-frames/1.jpg', 'x')
    const frames = [{ 'frame-no': 1, frame: '1.jpg' }]
    putSequence(cloud, 1, { prefix: 's3://acme-frames/', frames, 'number-of-frames': 1 })

    expect(await notPassed(job, cloud)).toEqual(['input bucket-region failed', 'input bucket-cors failed'])
  })

  test.each([
    ['frames-ref', '', []],
    ['boxes-ref', '', ['the first object of the manifest has none of that name']],
    [
      'boxes-ref',
      ', "frames-ref-metadata": {}',
      ['the first object of the manifest has none of that name; it has frames-ref'],
    ],
    ['boxes-ref', ', "boxes-ref-metadata": {"failure-reason": "expired"}', []],
  ])('that adjusts labels under %s finds them in the manifest', async (earlier, more, expected) => {
    const cloud = worldOfFrames()
    const adjustment = jobOf(adjustVideoFrameObjectDetection({ ...TEXTS, labels: FILES.labels })).raw({
      LabelAttributeName: 'adjusted-ref',
    })
    const frames = earlier === 'frames-ref' ? ', "frames-ref": "s3://acme-gt/SeqLabel.json"' : ''
    putManifest(cloud, [`{"source-ref": "s3://acme-gt/in/1.json"${frames}${more}}`])
    putLabels(
      cloud,
      `{"documentVersion": "2020-03-01", "labels": [{"label": "a"}], "annotationType": "BoundingBox", "auditLabelAttributeName": "${earlier}"}`,
    )

    const { checks } = await preflight(adjustment, cloud.connect())

    expect(
      checks
        .filter(({ code, status }) => code === 'categories-fit' && status !== 'passed')
        .map(({ why }) => why),
    ).toEqual(expected)
  })

  function worldOfFrames(cors: 'images' | 'frames' = 'frames'): FakeAws {
    const cloud = wholeWorld()
    cloud.bucket('acme-gt', { cors })
    for (const number of [1, 2]) putSequence(cloud, number, {})
    for (const number of [1, 2, 3]) cloud.object(`s3://acme-gt/frames/${number}.jpg`, 'x')
    putManifest(cloud, [
      '{"source-ref": "s3://acme-gt/in/1.json"}',
      '{"source-ref": "s3://acme-gt/in/2.json"}',
    ])
    putLabels(cloud, '{"documentVersion": "2020-03-01", "labels": [{"label": "a"}]}')
    return cloud
  }

  function putSequence(cloud: FakeAws, number: number, change: object): void {
    const names = ['1.jpg', '2.jpg', '3.jpg']
    const frames = names.map((frame, index) => ({ 'frame-no': index, frame }))
    const file = {
      'seq-no': number,
      prefix: 's3://acme-gt/frames/',
      'number-of-frames': 3,
      frames,
      ...change,
    }
    cloud.object(`s3://acme-gt/in/${number}.json`, JSON.stringify(file))
  }

  async function objectsReadable(cloud: FakeAws) {
    const { checks } = await preflight(job, cloud.connect())
    return checks.filter(({ code, status }) => code === 'objects-readable' && status !== 'passed')
  }

  async function told(cloud: FakeAws): Promise<readonly string[]> {
    return (await objectsReadable(cloud)).map(({ status, what }) => `${status}: ${what}`)
  }
})

describe('a job with Lambda functions of its own', () => {
  const PRE = 'arn:aws:lambda:us-east-1:111122223333:function:pre'
  const job = jobOf(custom({ ...TEXTS, ...FILES, preLambda: PRE, postLambda: PRE }))
  const PAGE_WARNING = 'page page-renders warning'

  test('is looked at without what they give', async () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'lambda:*' })
    cloud.lambda({ name: 'pre' })

    expect(await notPassed(job, cloud)).toEqual([PAGE_WARNING])
  })

  test('fails without a form on its page only perhaps', async () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'lambda:*' })
    cloud.lambda({ name: 'pre' })
    putPage(cloud, '<p>{{ task.input.x }}</p>')

    expect(await notPassed(job, cloud)).toEqual([PAGE_WARNING, PAGE_WARNING])
  })

  test('fails when they are not there, of which what the role may do with them is no second cause', async () => {
    expect(await notPassed(job, wholeWorld())).toEqual([PAGE_WARNING, 'workers lambda-allowed failed'])
  })

  test('fails when they are not allowed', async () => {
    const cloud = wholeWorld()
    cloud.lambda({ name: 'pre' })

    expect(await notPassed(job, cloud)).toEqual([PAGE_WARNING, 'workers lambda-allowed failed'])
  })

  test('fails when one of them has failed itself', async () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'lambda:*' })
    cloud.lambda({ name: 'pre' })
    const fault = { instead: () => ({ State: 'Failed' }) }
    cloud.inject({ call: 'lambda:GetFunctionConfiguration', fault })

    expect(await notPassed(job, cloud)).toEqual([PAGE_WARNING, 'workers lambda-allowed failed'])
  })

  test('does not know of them what it may not see', async () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'lambda:*' })
    cloud.inject({ call: 'lambda:*', fault: 'access-denied', times: Number.POSITIVE_INFINITY })

    expect((await notPassed(job, cloud)).slice(1)).toEqual([
      'workers lambda-allowed unknown',
      'workers lambda-allowed unknown',
    ])
  })
})

describe('a job with automated labeling', () => {
  const job = JOB.autoLabeling(volumeKey('alias/gt-output'))

  test('has objects, machines and a role that hands itself on', async () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'iam:PassRole' })
    putManifest(
      cloud,
      Array.from({ length: 5_000 }, (_, index) => `{"source-ref": "s3://acme-gt/in/${index % 3}.jpg"}`),
    )

    expect(await notPassed(job, cloud)).toEqual(['job auto-labeling-quota unknown'])
    expect((await preflight(job, cloud.connect())).ok).toBe(true)
  })

  test('fails with few objects, and a role that may not hand itself on', async () => {
    expect(await notPassed(job, wholeWorld())).toEqual([
      'job auto-labeling-objects failed',
      'job auto-labeling-quota unknown',
      'role caller-may-pass-role failed',
    ])
  })

  test.each([
    ['not-there', ['job auto-labeling-model failed']],
    ['hidden', ['job auto-labeling-model unknown']],
  ])('starts from a model that is %s', async (name, expected) => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'iam:PassRole' })
    if (name === 'hidden') cloud.inject({ call: 'sagemaker:DescribeModel', fault: 'access-denied' })
    const model = `arn:aws:sagemaker:us-east-1:111122223333:model/${name}`
    const from = JOB.autoLabeling(volumeKey('alias/gt-output'), { initialModel: model })

    expect((await notPassed(from, cloud)).filter((check) => check.includes('model'))).toEqual(expected)
  })

  test.each([
    ['111122223333', []],
    ['999988887777', ['job auto-labeling-model failed']],
  ])('does not take a model of its own for that of account %s', async (account, expected) => {
    const cloud = wholeWorld()
    const ModelArn = 'arn:aws:sagemaker:us-east-1:111122223333:model/signs'
    cloud.inject({ call: 'sagemaker:DescribeModel', fault: { instead: () => ({ ModelArn }) } })
    const model = `arn:aws:sagemaker:us-east-1:${account}:model/Signs`
    const from = JOB.autoLabeling(volumeKey('alias/gt-output'), { initialModel: model as never })

    expect((await notPassed(from, cloud)).filter((check) => check.includes('model'))).toEqual(expected)
  })
})

describe('a stream', () => {
  const IN = 'arn:aws:sns:us-east-1:111122223333:groundtruth-in'
  const OUT = 'arn:aws:sns:us-east-1:111122223333:groundtruth-out'
  const job = labelingJob('stream')
    .task(textClassification({ ...TEXTS, ...FILES }))
    .stream(IN)
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'), { topic: OUT })
    .role(ROLE)
    .workers(TEAM) as unknown as typeof JOB
  const world = () => {
    const cloud = wholeWorld()
    putRole(cloud, { allow: ['sns:*', 'sqs:*'] })
    putPage(
      cloud,
      PAGE.replaceAll('crowd-bounding-box', 'crowd-classifier').replace(' | grant_read_access', ''),
    )
    return cloud
  }

  test('has topics that its role may use', async () => {
    const cloud = world()
    cloud.topic({ name: 'groundtruth-in' })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })

    expect(await notPassed(job, cloud)).toEqual([])
  })

  test('has a queue that its role may make and read', async () => {
    const cloud = world()
    putRole(cloud, { allow: 'sns:*' })
    cloud.topic({ name: 'groundtruth-in' })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })

    expect(await notPassed(job, cloud)).toEqual(['input topic-usable failed'])
  })

  test.each([
    [['sqs:*', 'sns:Publish'], undefined],
    [['sqs:*', 'sns:*'], 'sns:Subscribe'],
  ])('has a role that may subscribe its queue to the topic: %j, but for %s', async (allow, deny) => {
    const cloud = world()
    putRole(cloud, { allow, ...(deny !== undefined && { deny }) })
    const own = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
      Action: 'sns:*',
      Resource: '*',
    }
    cloud.topic({ name: 'groundtruth-in', policy: policy(own) })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })

    expect(await notPassed(job, cloud)).toEqual(['input topic-usable failed'])
    expect((await (await job.create(cloud.connect())).completed()).outcome).toBe('failed')
  })

  test('may subscribe queues alone, and the queue of the job among them', async () => {
    const cloud = world()
    const Condition = {
      StringEquals: { 'sns:Protocol': 'sqs' },
      StringLike: { 'sns:Endpoint': 'arn:aws:sqs:*:*:*GroundTruth*' },
    }
    const subscribe = { Effect: 'Allow', Action: 'sns:Subscribe', Resource: IN, Condition }
    const others = { Effect: 'Allow', Action: ['s3:*', 'kms:*', 'sqs:*', 'sns:Publish'], Resource: '*' }
    cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Work: policy(others, subscribe) } })
    cloud.topic({ name: 'groundtruth-in' })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })

    expect(await notPassed(job, cloud)).toEqual([])
  })

  test('from a topic of another account is not known', async () => {
    const cloud = world()
    const topic = IN.replace('111122223333', '444455556666')
    cloud.topic({ name: 'groundtruth-in', account: '444455556666' })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })
    const elsewhere = job.raw({ InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: topic } } } })

    expect(await notPassed(elsewhere, cloud)).toEqual(['input topic-usable unknown'])
  })

  test('that begins with an empty manifest is not known, as all its objects may come later', async () => {
    const cloud = world()
    cloud.topic({ name: 'groundtruth-in' })
    cloud.topic({ name: 'groundtruth-out', key: OUTPUT_KEY })
    putManifest(cloud, [])
    const manifest = 's3://acme-gt/in/dataset.manifest'
    const seeded = job.raw({ InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: manifest } } } })

    expect(await notPassed(seeded, cloud)).toContain('input manifest-lines unknown')
  })

  test('fails when they are not there', async () => {
    expect((await notPassed(job, world())).slice(0, 2)).toEqual([
      'output topic-usable failed',
      'output topic-usable failed',
    ])
  })

  test.each([
    ['alias/aws/sns', 'output topic-usable failed'],
    ['alias/none', 'output topic-usable unknown'],
  ])('does not publish under %s', async (key, expected) => {
    const cloud = world()
    cloud.topic({ name: 'groundtruth-in' })
    cloud.topic({ name: 'groundtruth-out', key })

    expect(await notPassed(job, cloud)).toEqual([expected])
  })

  test('fails when a topic is in another region', async () => {
    const elsewhere = job.raw({ OutputConfig: { SnsTopicArn: OUT.replace('us-east-1', 'eu-west-1') } })

    expect(await notPassed(elsewhere, world())).toContain('output topic-usable failed')
  })
})

describe('a work team', () => {
  test.each([
    [true, []],
    [false, ['workers team-exists failed']],
  ])('of a vendor is subscribed to: %s', async (isThere, expected) => {
    const cloud = wholeWorld()
    if (isThere) cloud.workteam({ name: 'acme', vendor: true })
    const job = JOB.workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/vendor-crowd/acme')

    expect(await notPassed(job, cloud)).toEqual(expected)
  })

  test('that AWS does not show is unknown', async () => {
    const cloud = wholeWorld()
    cloud.inject({ call: 'sagemaker:DescribeSubscribedWorkteam', fault: 'access-denied' })
    const job = JOB.workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/vendor-crowd/acme')

    expect(await notPassed(job, cloud)).toEqual(['workers team-exists unknown'])
  })

  test.each([
    ['2026-09-29T23:59:59Z', 'warning'],
    ['2026-09-30T00:00:00Z', 'unknown'],
  ])('of the public is warned about until it closes, and not known from then on: %s', async (now, status) => {
    const job = JOB.workers('arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default')

    expect(await notPassed(job, wholeWorld({ now: new Date(now) }))).toContain(
      `workers team-exists ${status}`,
    )
  })

  test('of that name in another account is another team', async () => {
    const job = JOB.workers(TEAM.replace('111122223333', '999988887777') as typeof TEAM)

    expect(await notPassed(job, wholeWorld())).toEqual(['workers team-exists failed'])
  })
})

describe('a bucket', () => {
  const encryption = (rule: object) => ({
    instead: () => ({ ServerSideEncryptionConfiguration: { Rules: [rule] } }),
  })

  test('whose key does not count is warned about when the job names none', async () => {
    const cloud = wholeWorld()
    const { keyArn } = cloud.key()
    cloud.bucket('acme-out', { defaultKey: keyArn })
    const job = JOB.output('s3://acme-out/', { key: 'aws-managed' })

    expect(await notPassed(job, cloud)).toContain('output bucket-encryption warning')
  })

  test('that refuses SSE-KMS fails a job with a key', async () => {
    const cloud = wholeWorld()
    const fault = encryption({ BlockedEncryptionTypes: { EncryptionType: ['SSE-KMS'] } })
    cloud.inject({ call: 's3:GetBucketEncryption', fault })

    expect(await notPassed(JOB, cloud)).toEqual(['output bucket-encryption failed'])
  })

  test('whose encryption is not shown is unknown, and one without any is fine', async () => {
    const hidden = wholeWorld()
    hidden.inject({ call: 's3:GetBucketEncryption', fault: 'access-denied' })
    const without = wholeWorld()
    const name = 'ServerSideEncryptionConfigurationNotFoundError'
    without.inject({ call: 's3:GetBucketEncryption', fault: { name, message: 'none', status: 404 } })

    expect(await notPassed(JOB, hidden)).toEqual(['output bucket-encryption unknown'])
    expect(await notPassed(JOB.output('s3://acme-gt/out/', { key: 'aws-managed' }), without)).toEqual([])
  })

  test('beyond the hundredth that objects lie in is not known', async () => {
    const cloud = wholeWorld()
    const images = Array.from({ length: 101 }, (_, index) => `s3://acme-${index}/1.jpg`)
    for (const image of images) {
      cloud.bucket(image.split('/')[2] ?? '', { cors: 'images' })
      cloud.object(image, 'x', { contentType: 'image/jpeg' })
    }
    const manifest = (from: number) =>
      images.slice(from).map((image) => JSON.stringify({ 'source-ref': image }))
    putManifest(cloud, manifest(1))
    const within = await notPassed(JOB, cloud)
    putManifest(cloud, manifest(0))

    expect([within, await notPassed(JOB, cloud)]).toEqual([[], ['input bucket-exists unknown']])
  })

  test('with the page alone may be in another region', async () => {
    const cloud = wholeWorld()
    cloud.bucket('acme-eu', { region: 'eu-west-1' })
    cloud.object('s3://acme-eu/page.html', PAGE)
    const job = JOB.raw({ HumanTaskConfig: { UiConfig: { UiTemplateS3Uri: 's3://acme-eu/page.html' } } })

    expect(await notPassed(job, cloud)).toEqual(['page bucket-region warning'])
  })
})

describe('whoever reads the labels', () => {
  test.each([
    [ROLE, []],
    [
      'arn:aws:iam::111122223333:role/Reader',
      ['caller reader-may-read failed', 'caller reader-may-read failed'],
    ],
    [true, []],
  ])('%s', async (reader, expected) => {
    const cloud = wholeWorld()
    cloud.role({
      name: 'Reader',
      inline: { None: policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }) },
    })

    expect(await notPassed(JOB, cloud, { reader })).toEqual(expected)
  })

  test('is the role behind the session that asks', async () => {
    const cloud = wholeWorld()
    cloud.role({ name: 'Ci', inline: { All: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) } })
    const aws = cloud.connect({ as: 'arn:aws:sts::111122223333:assumed-role/Ci/run' })

    const { checks } = await preflight(JOB, aws, { reader: true })

    expect(checks.filter(({ code }) => code === 'reader-may-read').map(sayCheck)).toEqual([
      'caller reader-may-read passed',
    ])
  })
})

test('tickets for the owners of role and key have what the plan would change, in every form', async () => {
  const cloud = wholeWorld()
  cloud.role({ name: 'GtExec', path: '/service-role/' })

  const report = await preflight(JOB, cloud.connect())

  expect(report.toTicket('role')).toContain('aws iam put-role-policy')
  expect(report.toTicket('role')).toContain('GtExec')
  expect(report.toTicket('key')).toContain('Nothing is asked of the owner of the KMS key.')
})

test('whatever a request may be, it is told and nothing is thrown', async () => {
  const cloud = wholeWorld()
  const request = (await JOB.resolve(cloud.connect())).request
  const dice = diceOf(7)

  for (let round = 0; round < runs(200); round++) {
    const spoilt: Record<string, unknown> = structuredClone(request) as never
    const junk = dice.pick([null, 7, '', 'x', [], {}, ['x'], true])
    const [field, inner] = dice.pick(
      Object.entries(spoilt).map(([name, value]) => [name, Object.keys(Object(value))] as const),
    )
    const deep = spoilt[field]
    if (typeof deep === 'object' && inner.length > 0 && dice.chance(0.6))
      (deep as Record<string, unknown>)[dice.pick(inner)] = junk
    else spoilt[field] = junk

    const { ok, checks } = await preflight(fromRequest(spoilt) as never, cloud.connect())

    expect(checks.length).toBeGreaterThan(3)
    expect(ok, JSON.stringify([field, junk])).toBe(
      checks.every(({ status }) => status === 'passed' || status === 'warning'),
    )
  }
})

test('a key that expires while the job may run is warned about', async () => {
  const cloud = wholeWorld()
  const validTo = new Date('2026-12-01T00:00:00Z')
  cloud.key({ alias: 'alias/gt-output', origin: 'EXTERNAL', validTo })

  expect(await notPassed(JOB, cloud)).toEqual(['keys keys-usable warning'])
})

test.each([
  [{ TaskTimeLimitInSeconds: 90_000 }, 'a worker has 25 hours for a task, which is on offer for 30 days'],
  [{ TaskTimeLimitInSeconds: 45 }, 'a worker has 45 seconds for a task, which is on offer for 30 days'],
])('the time limit of %j is told in words', async (human, what) => {
  const { checks } = await preflight(JOB.raw({ HumanTaskConfig: human }), wholeWorld().connect())

  expect(checks.find(({ code }) => code === 'job-time-limit')?.what).toBe(what)
})
