import { describe, expect, test } from 'vitest'
import {
  boundingBox,
  fromDescribe,
  fromRequest,
  jobFromConfig,
  labelingJob,
  type Outcome,
  outputKey,
  volumeKey,
} from '../../src/index.js'

const region = 'us-east-1'
const at = { region }
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const OTHER = 'arn:aws:kms:us-east-1:111122223333:key/5678abcd-12ab-34cd-56ef-1234567890ab'
const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:labels'
const VPC = { securityGroups: ['sg-1'], subnets: ['subnet-1'] }
const VPC_CONFIG = { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] }
const AWS = { key: 'aws-managed' } as const

const boxes = boundingBox({
  title: 'Box',
  description: 'Box it',
  template: 's3://acme-gt/t.html',
  labels: 's3://acme-gt/l.json',
})
const signs = labelingJob('signs')
  .task(boxes)
  .input('s3://acme-gt/in.manifest')
  .output('s3://acme-gt/out/', outputKey(KEY))
  .role(ROLE)
  .workers(TEAM)
  .autoLabeling(volumeKey(OTHER), { vpc: VPC })
  .tags({ team: 'vision' })
const REQUEST = signs.toRequest(at)
const ENDED = {
  outcome: 'completed',
  name: 'signs',
  counters: { human: 1, machine: 0, failed: 0, unlabeled: 0, labeled: 1 },
  outputManifest: 's3://acme-gt/out/signs/manifests/output/output.manifest',
  description: REQUEST,
} as unknown as Outcome

type Requestable = { toRequest(options: typeof at): typeof REQUEST }
const outputOf = (job: Requestable) => job.toRequest(at).OutputConfig
const resourcesOf = (job: Requestable) =>
  job.toRequest(at).LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig

describe('raw takes no key away with the block that it stands in:', () => {
  test.each([
    ['the block of the volume key', { LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: null } }],
    ['a text in its place', { LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: 'x' } }],
    ['the block of the output key', { OutputConfig: null }],
    ['a list in its place', { OutputConfig: [] }],
  ])('%s', (_, patch) => {
    for (const job of [signs.raw(patch as never), fromRequest(REQUEST).raw(patch as never)]) {
      expect(() => job.toRequest(at)).toThrow(
        expect.objectContaining({
          code: 'refused-call',
          why: expect.stringContaining('it would take away a key that the job declares'),
        }),
      )
      expect(job.problems().map(({ code }) => code)).toContain('raw-takes-key')
    }
  })

  test('also in a configuration, whose text would still name the key', () => {
    const config = {
      name: 'signs',
      task: { name: 'bounding-box', title: 'a', description: 'b', template: 's3://a/t', labels: 's3://a/l' },
      input: 's3://acme-gt/in.manifest',
      output: 's3://acme-gt/out/',
      role: ROLE,
      workers: TEAM,
      autoLabeling: { key: OTHER },
      raw: { LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: null } },
    }

    expect(() => jobFromConfig(config)).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        data: expect.objectContaining({
          problems: [expect.objectContaining({ code: 'raw-takes-key', path: 'autoLabeling.key' })],
        }),
      }),
    )
  })

  test('automated labeling that it switches off needs no key, and the job says so', () => {
    const job = signs.raw({ LabelingJobAlgorithmsConfig: null } as never)

    expect(job.toRequest(at)).not.toHaveProperty('LabelingJobAlgorithmsConfig')
    expect(String(job)).not.toContain(OTHER)
  })

  test('what one call of raw removes, the next does not bring back', () => {
    const automated = (part: unknown) => ({ LabelingJobAlgorithmsConfig: part }) as never
    const job = signs
      .stopWhen({ humanLabeled: 5, percentLabeled: 50 })
      .raw({ StoppingConditions: null })
      .raw({ StoppingConditions: { MaxHumanLabeledObjectCount: 7 } })

    expect(job.toRequest(at).StoppingConditions).toEqual({ MaxHumanLabeledObjectCount: 7 })
    expect(() =>
      job
        .raw(automated(null))
        .raw(automated({ New: 1 }))
        .toRequest(at),
    ).toThrow('it would take away a key that the job declares')
  })
})

describe('a request that was read in', () => {
  const read = fromRequest(REQUEST)

  test('keeps its network when automated labeling gets another key', () => {
    expect(resourcesOf(read.autoLabeling(volumeKey(KEY)))).toEqual({
      VolumeKmsKeyId: KEY,
      VpcConfig: VPC_CONFIG,
    })
  })

  test('keeps its volume key when automated labeling gets another network', () => {
    const vpc = { securityGroups: ['sg-2'], subnets: ['subnet-2'] }

    expect(resourcesOf(read.autoLabeling({ vpc }))).toEqual({
      VolumeKmsKeyId: OTHER,
      VpcConfig: { SecurityGroupIds: ['sg-2'], Subnets: ['subnet-2'] },
    })
  })

  test('keeps its output key and topic in another folder', () => {
    const request = { ...REQUEST, OutputConfig: { ...REQUEST.OutputConfig, SnsTopicArn: TOPIC } }
    const elsewhere = { S3OutputPath: 's3://acme-gt/out3/', SnsTopicArn: TOPIC }

    for (const job of [fromRequest(request), fromDescribe(request as never)]) {
      expect(outputOf(job.output('s3://acme-gt/out3/'))).toEqual({ ...elsewhere, KmsKeyId: KEY })
      expect(String(job.output('s3://acme-gt/out3/'))).toContain(`s3://acme-gt/out3/ under ${KEY}`)
      expect(outputOf(job.output('s3://acme-gt/out3/', OTHER))).toEqual({ ...elsewhere, KmsKeyId: OTHER })
    }
  })

  test('gives its keys up where a key of AWS is asked for by name', () => {
    const job = read.output('s3://acme-gt/out3/', AWS).autoLabeling(AWS)

    expect(outputOf(job)).toEqual({ S3OutputPath: 's3://acme-gt/out3/' })
    expect(resourcesOf(job)).toEqual({ VpcConfig: VPC_CONFIG })
    expect(String(job)).toContain('s3://acme-gt/out3/ under a key of AWS')
  })
})

describe('a chain', () => {
  const next = labelingJob('signs-2').task(boxes)
  const elsewhere = 's3://acme-gt/out2/'

  test('keeps the output key in another folder, in whichever order the calls come', () => {
    for (const job of [next.chainFrom(ENDED).output(elsewhere), next.output(elsewhere).chainFrom(ENDED)])
      expect(outputOf(job)).toEqual({ S3OutputPath: elsewhere, KmsKeyId: KEY })
  })

  test('gives it up for another, or for a key of AWS that is asked for by name', () => {
    for (const [given, KmsKeyId] of [
      [outputKey(OTHER), OTHER],
      [AWS, undefined],
    ] as const)
      for (const job of [
        next.chainFrom(ENDED).output(elsewhere, given as typeof AWS),
        next.output(elsewhere, given as typeof AWS).chainFrom(ENDED),
      ])
        expect(outputOf(job)).toEqual({ S3OutputPath: elsewhere, ...(KmsKeyId && { KmsKeyId }) })
  })

  test('keeps the key of the volumes beside options, and gives it up by name', () => {
    expect(resourcesOf(next.chainFrom(ENDED).autoLabeling({ vpc: VPC }))).toEqual({
      VolumeKmsKeyId: OTHER,
      VpcConfig: VPC_CONFIG,
    })
    expect(resourcesOf(next.autoLabeling(AWS).chainFrom(ENDED))).toBeUndefined()
  })

  test('warns where a request that was read in keeps none of its keys', () => {
    const { OutputConfig: _, LabelingJobAlgorithmsConfig: automated, ...rest } = REQUEST
    const bare = {
      ...rest,
      LabelingJobName: 'signs-2',
      OutputConfig: { S3OutputPath: elsewhere },
      LabelingJobAlgorithmsConfig: { ...automated, LabelingJobResourceConfig: { VpcConfig: VPC_CONFIG } },
    }
    const chained = fromRequest(bare).chainFrom(ENDED)
    const told = (job: Pick<typeof chained, 'problems'>) =>
      job.problems(region).map(({ code, severity, path }) => `${severity} ${code} ${path}`)

    expect(told(chained)).toEqual([
      'warning chain-without-key OutputConfig.KmsKeyId',
      'warning chain-without-key LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId',
    ])
    expect(told(chained.output(elsewhere, AWS).autoLabeling(AWS))).toEqual([])
    expect(outputOf(chained.output(elsewhere))).toEqual({ S3OutputPath: elsewhere, KmsKeyId: KEY })
  })
})

test('a second call keeps the key of the first, and what it does not name', () => {
  const job = signs.output('s3://acme-gt/berlin/').autoLabeling({ initialModel: 'arn:model' })

  expect(outputOf(job)).toEqual({ S3OutputPath: 's3://acme-gt/berlin/', KmsKeyId: KEY })
  expect(resourcesOf(job)).toEqual({ VolumeKmsKeyId: OTHER, VpcConfig: VPC_CONFIG })
  expect(outputOf(signs.output('s3://acme-gt/berlin/', AWS))).toEqual({
    S3OutputPath: 's3://acme-gt/berlin/',
  })
})

describe('a job cannot be changed through what it hands out:', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what the types forbid is tried
  type Untyped = any

  test.each<[string, (draft: Untyped) => unknown]>([
    ['the output key', ({ output }) => delete output.key],
    ['a key of the other purpose', ({ output }) => Object.assign(output, { key: { name: KEY } })],
    ['the request that was read in', ({ base }) => delete base.OutputConfig.KmsKeyId],
    ['a patch', ({ patches }) => Object.assign(patches[0].HumanTaskConfig, { TaskTitle: 'x' })],
    ['the list of patches', ({ patches }) => patches.push({ OutputConfig: null })],
  ])('%s', (_, change) => {
    const job = fromRequest(REQUEST)
      .output('s3://acme-gt/out/', outputKey(KEY))
      .raw({ HumanTaskConfig: { New: 1 } })
    const before = job.toRequest(at)

    expect(() => change(job.toJSON())).toThrow(TypeError)
    expect(job.toRequest(at)).toEqual(before)
  })

  test('the tags of a request', () => {
    const job = fromRequest(REQUEST)
    job.toRequest(at).Tags?.push({ Key: 'more', Value: '' })

    expect(job.toRequest(at).Tags).toEqual([{ Key: 'team', Value: 'vision' }])
  })

  test('and nothing that it was given is frozen', () => {
    const options = { vpc: { securityGroups: ['sg-1'], subnets: ['subnet-1'] } }
    const tags = { a: '1' }
    signs.autoLabeling(options).tags(tags)

    expect([options, options.vpc, options.vpc.subnets, tags].some(Object.isFrozen)).toBe(false)
  })
})
