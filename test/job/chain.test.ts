import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Aws,
  adjustBoundingBox,
  adjustSemanticSegmentation,
  boundingBox,
  fromDescribe,
  imageClassification,
  labelingJob,
  type Outcome,
  outputKey,
  verifyBoundingBox,
  volumeKey,
} from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v'
const MANIFEST = 's3://gt/out/signs/manifests/output/output.manifest'

const texts = {
  title: 'Box',
  description: 'Box it',
  template: 's3://gt/t.html',
  labels: 's3://gt/l.json',
} as const
const boxes = boundingBox(texts)

let cloud: FakeAws
let aws: Aws
let ended: Outcome

/** Runs a job of boxes to its end. */
async function runSigns({ automated = false } = {}): Promise<Outcome> {
  const job = labelingJob('signs')
    .task(boxes)
    .input('s3://gt/in.manifest')
    .output('s3://gt/out/', outputKey('alias/out'))
    .role(ROLE)
    .workers(TEAM, { perObject: 3 })
  return (await (automated ? job.autoLabeling() : job).create(aws)).completed()
}

beforeEach(async () => {
  cloud = fakeAws()
  cloud.key({ alias: 'alias/out', keyId: KEY.slice(-36) })
  const all = { Version: '2012-10-17', Statement: { Effect: 'Allow' as const, Action: '*', Resource: '*' } }
  cloud.role({ name: 'GtExec', inline: { All: all } })
  cloud.object('s3://gt/l.json', '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}')
  cloud.object('s3://gt/in.manifest', '{"source-ref": "s3://gt/in/1.jpg"}\n')
  aws = cloud.connect()
  ended = await runSigns()
})

const codes = (job: { problems(): readonly { readonly code: string }[] }) =>
  job.problems().map(({ code }) => code)

describe('a job that is chained', () => {
  test('takes manifest, output, key, role and team, and goes on under the same attribute', () => {
    const request = labelingJob('signs-2').task(boxes).chainFrom(ended).toRequest({ region: 'us-east-1' })

    expect(request).toEqual({
      ...labelingJob('signs-2')
        .task(boxes)
        .input(MANIFEST)
        .output('s3://gt/out/', outputKey(KEY))
        .role(ROLE)
        .workers(TEAM)
        .labelAttribute('signs')
        .toRequest({ region: 'us-east-1' }),
    })
  })

  test('is the same in whichever order the calls come', () => {
    const other = outputKey('alias/out')
    const first = labelingJob('a')
      .output('s3://gt/other/', other)
      .workers(TEAM, { perObject: 2 })
      .chainFrom(ended)
      .task(boxes)
    const last = labelingJob('a')
      .task(boxes)
      .chainFrom(ended)
      .workers(TEAM, { perObject: 2 })
      .output('s3://gt/other/', other)

    expect(first.problems()).toEqual([])
    expect(first.toJSON()).toEqual(last.toJSON())
    expect(String(first)).toContain('chain    from signs')
  })

  test.each([
    ['an adjustment', adjustBoundingBox(texts)],
    ['a verification', verifyBoundingBox(texts)],
    ['another task', imageClassification(texts)],
  ])('writes under its own name as %s', (_, task) => {
    const job = labelingJob('signs-2').task(task).chainFrom(ended)

    expect(codes(job)).toEqual([])
    expect(job.toRequest({ region: 'us-east-1' }).LabelAttributeName).toBe('signs-2')
  })

  test('takes an attribute of its own', () => {
    const job = labelingJob('signs-2').task(boxes).chainFrom(ended, { attribute: 'again' })

    expect(job.toRequest({ region: 'us-east-1' }).LabelAttributeName).toBe('again')
  })

  test('takes the label categories where its task names none', () => {
    const { labels: _, ...without } = texts
    const job = labelingJob('signs-2')
      .task(boundingBox(without as never))
      .chainFrom(ended)

    expect(job.toRequest({ region: 'us-east-1' }).LabelCategoryConfigS3Uri).toBe('s3://gt/l.json')
  })

  test('begins automated labeling with the model that the earlier job ended with', async () => {
    cloud.object(
      's3://gt/in.manifest',
      Array.from({ length: 1_250 }, (_, index) => `{"source-ref": "s3://gt/in/${index}.jpg"}`).join('\n'),
    )
    const before = { ...ended, finalModel: 'arn:aws:sagemaker:us-east-1:111122223333:model/signs' } as Outcome
    const model = (job: { toRequest(at: { region: string }): object }) =>
      (job.toRequest({ region: 'us-east-1' }) as { LabelingJobAlgorithmsConfig: object })
        .LabelingJobAlgorithmsConfig

    const chained = labelingJob('signs-2').task(boxes).chainFrom(before).autoLabeling()
    const other = labelingJob('signs-2').task(imageClassification(texts)).chainFrom(before).autoLabeling()

    expect(model(chained)).toHaveProperty('InitialActiveLearningModelArn', before.finalModel)
    expect(model(other)).not.toHaveProperty('InitialActiveLearningModelArn')
  })

  test('keeps the volumes of automated labeling under the key that they had', () => {
    const LabelingJobAlgorithmsConfig = (VolumeKmsKeyId: string) => ({
      LabelingJobAlgorithmSpecificationArn:
        'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
      LabelingJobResourceConfig: { VolumeKmsKeyId },
    })
    const under = (key: string): Outcome =>
      ({
        ...ended,
        description: { ...ended.description, LabelingJobAlgorithmsConfig: LabelingJobAlgorithmsConfig(key) },
      }) as Outcome
    const signs = labelingJob('signs-2').task(boxes)
    const other = KEY.replace('1234abcd', '00000000')
    const volumeKeys = [
      signs.chainFrom(under(KEY)).autoLabeling(),
      signs.autoLabeling().chainFrom(under(KEY)),
      signs.autoLabeling(volumeKey(other)).chainFrom(under(KEY)),
      signs.chainFrom(under(KEY)).autoLabeling(volumeKey(other)),
      signs.chainFrom(under('alias/aws/ebs')).autoLabeling(),
      signs.chainFrom(under(KEY)),
    ].map(
      (job) =>
        job.toRequest({ region: 'us-east-1' }).LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig
          ?.VolumeKmsKeyId,
    )

    expect(volumeKeys).toEqual([KEY, KEY, other, other, undefined, undefined])
  })

  test('takes no key of AWS for one of its own', () => {
    const description = {
      ...ended.description,
      OutputConfig: { S3OutputPath: 's3://gt/out/', KmsKeyId: 'alias/aws/s3' },
    }
    const job = labelingJob('signs-2')
      .task(boxes)
      .chainFrom({ ...ended, description } as Outcome)

    expect(job.toRequest({ region: 'us-east-1' }).OutputConfig).toEqual({ S3OutputPath: 's3://gt/out/' })
  })

  test('changes the input of a job that was read in, and no more', () => {
    const job = fromDescribe(ended.description).named('signs-2').chainFrom(ended)

    expect(job.toRequest({ region: 'us-east-1' })).toMatchObject({
      LabelingJobName: 'signs-2',
      LabelAttributeName: 'signs',
      InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: MANIFEST } } },
      HumanTaskConfig: { NumberOfHumanWorkersPerDataObject: 3 },
    })
  })

  test('runs, and labels what has no label yet', async () => {
    const adjusted = await (
      await labelingJob('signs-2').task(adjustBoundingBox(texts)).chainFrom(ended).create(aws)
    ).completed()
    const again = await (await labelingJob('signs-3').task(boxes).chainFrom(ended).create(aws)).completed()

    expect(adjusted).toMatchObject({ outcome: 'completed', counters: { labeled: 1 } })
    expect(again.counters.labeled).toBe(0)
  })
})

describe('a wrong chain is a problem before it is sent:', () => {
  test('the name of the earlier job', async () => {
    const job = labelingJob('SIGNS').task(adjustBoundingBox(texts)).chainFrom(ended, { attribute: 'fixed' })

    expect(codes(job)).toEqual(['chain-same-name'])
    await expect(job.create(aws)).rejects.toMatchObject({ code: 'invalid-job' })
  })

  test('an adjustment over the labels that it reads', () => {
    const job = labelingJob('signs-2').task(adjustBoundingBox(texts)).chainFrom(ended, { attribute: 'signs' })

    expect(job.problems()).toEqual([
      {
        code: 'chain-same-attribute',
        severity: 'error',
        call: 'labelAttribute',
        path: 'LabelAttributeName',
        what: 'it is "signs", which carries the labels of signs',
        why: 'an adjustment or verification writes beside the earlier labels, under a name of its own',
        fix: 'Call .labelAttribute() with another name, or leave it out',
        source: 'CreateLabelingJob, LabelAttributeName; developer guide, sms-reusing-data',
      },
    ])
  })

  test('labels of another kind under the same attribute', () => {
    const job = labelingJob('signs-2')
      .task(imageClassification(texts))
      .chainFrom(ended)
      .labelAttribute('signs')

    expect(codes(job)).toEqual(['chain-same-attribute'])
  })

  test('an adjustment of labels of another kind', () => {
    const job = labelingJob('signs-2').task(adjustSemanticSegmentation(texts)).chainFrom(ended)

    expect(codes(job)).toEqual(['chain-other-task'])
  })

  test('a job without an output manifest', () => {
    const { outputManifest: _, ...nothing } = { ...ended }

    expect(() => labelingJob('signs-2').chainFrom(nothing as Outcome)).toThrow(
      'Cannot chain a job from signs: it has no output manifest (completed). Chain from a job that labeled something; of this one, create another.',
    )
  })

  test('what is no outcome, a second source, and an option that does not exist', () => {
    const job = labelingJob('signs-2').task(boxes)
    const refused = expect.objectContaining({ code: 'refused-call' })

    expect(() => job.chainFrom('signs' as never)).toThrow(refused)
    expect(() => job.chainFrom(undefined as never)).toThrow(refused)
    expect(() => (job.input('s3://gt/in.manifest') as unknown as typeof job).chainFrom(ended)).toThrow(
      refused,
    )
    expect(() => job.chainFrom(ended, { name: 'a' } as never)).toThrow(refused)
    expect(() => job.chainFrom(ended, { attribute: 'boxes-ref' })).toThrow(refused)
  })
})

test('a job that failed before it labeled anything is no job to chain from, though AWS names its manifest', () => {
  const failed = {
    outcome: 'failed',
    name: 'signs',
    counters: { human: 0, machine: 0, failed: 0, unlabeled: 10, labeled: 0 },
    outputManifest: 's3://acme-gt/out/signs/manifests/output/output.manifest',
    description: { LabelingJobName: 'signs' },
  } as unknown as Outcome

  expect(() => labelingJob('signs-2').chainFrom(failed)).toThrow(
    'Cannot chain a job from signs: it labeled nothing (failed)',
  )
})
