import { describe, expect, test } from 'vitest'
import {
  boundingBox,
  custom,
  fromRequest,
  labelingJob,
  namedEntityRecognition,
  outputKey,
  pointCloudObjectDetection,
  semanticSegmentation,
  volumeKey,
} from '../../src/index.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const OTHER = 'arn:aws:kms:us-east-1:111122223333:key/9876abcd-12ab-34cd-56ef-1234567890ab'
const TEXTS = {
  title: 'Box every sign',
  description: 'One tight box each',
  labels: 's3://gt/ui/labels.json',
} as const
const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
const region = 'us-east-1'

const signs = labelingJob('street-signs')
  .task(boundingBox({ ...TEXTS, template: 's3://gt/ui/box.html' }))
  .input('s3://gt/in/dataset.manifest')
  .output('s3://gt/out/', outputKey(KEY))
  .role(ROLE)
  .workers(TEAM)

const SIGNS_REQUEST = {
  LabelingJobName: 'street-signs',
  LabelAttributeName: 'street-signs',
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/in/dataset.manifest' } } },
  OutputConfig: { S3OutputPath: 's3://gt/out/', KmsKeyId: KEY },
  RoleArn: ROLE,
  LabelCategoryConfigS3Uri: 's3://gt/ui/labels.json',
  HumanTaskConfig: {
    WorkteamArn: TEAM,
    UiConfig: { UiTemplateS3Uri: 's3://gt/ui/box.html' },
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
    TaskTitle: 'Box every sign',
    TaskDescription: 'One tight box each',
    NumberOfHumanWorkersPerDataObject: 5,
    TaskTimeLimitInSeconds: 3600,
    AnnotationConsolidationConfig: {
      AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
    },
  },
}

describe('roleArn', () => {
  test.each([
    ['set by role()', signs, ROLE],
    ['overridden by raw()', signs.raw({ RoleArn: `${ROLE}2` }), `${ROLE}2`],
    ['read in', fromRequest({ RoleArn: ROLE }), ROLE],
    ['taken out by raw()', signs.raw({ RoleArn: null }), undefined],
    ['missing', labelingJob(), undefined],
  ])('gives the role: %s', (_, job, expected) => {
    expect(job.roleArn).toBe(expected)
  })
})

describe('toRequest', () => {
  test('gives the whole body of CreateLabelingJob', () => {
    expect(signs.toRequest({ region })).toEqual(SIGNS_REQUEST)
    expect(signs.problems(region)).toEqual([])
  })

  test('adds algorithm, volume key, model and network of automated labeling', () => {
    const job = signs.autoLabeling(volumeKey(OTHER), {
      initialModel: 'arn:aws:sagemaker:us-east-1:111122223333:model/signs-1',
      vpc: { securityGroups: ['sg-0a'], subnets: ['subnet-0a'] },
    })

    expect(job.toRequest({ region })).toEqual({
      ...SIGNS_REQUEST,
      LabelingJobAlgorithmsConfig: {
        LabelingJobAlgorithmSpecificationArn:
          'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
        InitialActiveLearningModelArn: 'arn:aws:sagemaker:us-east-1:111122223333:model/signs-1',
        LabelingJobResourceConfig: {
          VolumeKmsKeyId: OTHER,
          VpcConfig: { SecurityGroupIds: ['sg-0a'], Subnets: ['subnet-0a'] },
        },
      },
    })
  })

  test('leaves the resources of automated labeling out when there is neither key nor network', () => {
    expect(signs.autoLabeling().toRequest({ region }).LabelingJobAlgorithmsConfig).toEqual({
      LabelingJobAlgorithmSpecificationArn:
        'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
    })
  })

  test('gives a streaming job its topics and its first manifest', () => {
    const job = labelingJob('live')
      .stream('arn:aws:sns:us-east-1:111122223333:in', { manifest: 's3://gt/seed.manifest' })
      .output('s3://gt/out', { topic: 'arn:aws:sns:us-east-1:111122223333:out' })
      .task(namedEntityRecognition(TEXTS))
      .workers(TEAM, { perObject: 2, availability: 3600, maxConcurrentTasks: 10 })
      .role(ROLE)

    expect(job.toRequest({ region })).toEqual({
      LabelingJobName: 'live',
      LabelAttributeName: 'live',
      InputConfig: {
        DataSource: {
          S3DataSource: { ManifestS3Uri: 's3://gt/seed.manifest' },
          SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:in' },
        },
      },
      OutputConfig: { S3OutputPath: 's3://gt/out', SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:out' },
      RoleArn: ROLE,
      LabelCategoryConfigS3Uri: 's3://gt/ui/labels.json',
      HumanTaskConfig: {
        WorkteamArn: TEAM,
        UiConfig: {
          HumanTaskUiArn: 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/NamedEntityRecognition',
        },
        PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-NamedEntityRecognition',
        TaskTitle: 'Box every sign',
        TaskDescription: 'One tight box each',
        NumberOfHumanWorkersPerDataObject: 2,
        TaskTimeLimitInSeconds: 3600,
        TaskAvailabilityLifetimeInSeconds: 3600,
        MaxConcurrentTaskCount: 10,
        AnnotationConsolidationConfig: {
          AnnotationConsolidationLambdaArn:
            'arn:aws:lambda:us-east-1:432418664414:function:ACS-NamedEntityRecognition',
        },
      },
    })
  })

  test('takes the name as label attribute, with -ref where the task needs it', () => {
    const mask = semanticSegmentation({ ...TEXTS, template: 's3://gt/ui/mask.html' })

    expect(signs.task(mask).toRequest({ region }).LabelAttributeName).toBe('street-signs-ref')
    expect(signs.named('signs-ref').task(mask).toRequest({ region }).LabelAttributeName).toBe('signs-ref')
    expect(signs.task(mask).labelAttribute('mask-ref').toRequest({ region }).LabelAttributeName).toBe(
      'mask-ref',
    )
  })

  test('gives one worker to tasks that take one', () => {
    const job = signs.task(pointCloudObjectDetection(TEXTS))

    expect(job.toRequest({ region }).HumanTaskConfig.NumberOfHumanWorkersPerDataObject).toBe(1)
    expect(job.problems(region)).toEqual([])
  })

  test('gives a custom task the Lambdas it has', () => {
    const preLambda = 'arn:aws:lambda:us-east-1:111122223333:function:pre'
    const job = signs.task(
      custom({ title: 'Rank', description: 'Rank two answers', template: 's3://gt/r.html', preLambda }),
    )

    const { HumanTaskConfig } = job.toRequest({ region })

    expect(HumanTaskConfig.PreHumanTaskLambdaArn).toBe(preLambda)
    expect(HumanTaskConfig.AnnotationConsolidationConfig).toBeUndefined()
  })

  test('splits a price given as text without rounding', () => {
    const priceOf = (price: string) =>
      signs.workers(TEAM, { price }).toRequest({ region }).HumanTaskConfig.PublicWorkforceTaskPrice
        ?.AmountInUsd

    expect(priceOf('0.29')).toEqual({ Dollars: 0, Cents: 29, TenthFractionsOfACent: 0 })
    expect(priceOf('1.2')).toEqual({ Dollars: 1, Cents: 20, TenthFractionsOfACent: 0 })
    expect(priceOf('0.036')).toEqual({ Dollars: 0, Cents: 3, TenthFractionsOfACent: 6 })
  })

  test('refuses an alias, since a request carries ARNs or ids', () => {
    const job = signs.output('s3://gt/out', outputKey('alias/gt'))

    expect(() => job.toRequest({ region })).toThrow(
      'alias/gt is an alias, and a request carries key ARNs or ids: call .resolve(aws)',
    )
  })

  test('says which regions have the task when one has not', () => {
    expect(() => signs.toRequest({ region: 'eu-north-1' })).toThrow(/eu-north-1.*us-east-1/s)
    expect(signs.problems('eu-north-1').map(({ code }) => code)).toContain('region-not-supported')
  })
})

describe('a job under construction', () => {
  test('is not changed by the calls on it', () => {
    const before = signs.toRequest({ region })

    signs.named('other').tags({ a: 'b' }).autoLabeling(volumeKey(OTHER)).stopWhen({ humanLabeled: 1 })

    expect(signs.toRequest({ region })).toEqual(before)
  })

  test('does not follow later changes of what it was given', () => {
    const tags = { team: 'a' }
    const conditions = { humanLabeled: 1 }
    const groups = ['sg-1']
    const job = signs
      .tags(tags)
      .stopWhen(conditions)
      .autoLabeling({ vpc: { securityGroups: groups, subnets: ['s'] } })

    tags.team = 'b'
    conditions.humanLabeled = 2
    groups.push('sg-2')

    expect(job.toRequest({ region })).toMatchObject({
      Tags: [{ Key: 'team', Value: 'a' }],
      StoppingConditions: { MaxHumanLabeledObjectCount: 1 },
      LabelingJobAlgorithmsConfig: {
        LabelingJobResourceConfig: { VpcConfig: { SecurityGroupIds: ['sg-1'] } },
      },
    })
  })

  test('takes its calls in any order', () => {
    const job = labelingJob()
      .workers(TEAM)
      .autoLabeling(volumeKey(OTHER))
      .role(ROLE)
      .output('s3://gt/out/', outputKey(KEY))
      .input('s3://gt/in/dataset.manifest')
      .task(boundingBox({ ...TEXTS, template: 's3://gt/ui/box.html' }))
      .named('street-signs')

    expect(job.toRequest({ region })).toEqual(signs.autoLabeling(volumeKey(OTHER)).toRequest({ region }))
  })

  test('begins with the two keys alone', () => {
    const s3 = 's3://gt/out/'
    const kmsKey = outputKey('alias/out')
    const volumeKmsKey = volumeKey('alias/vol')

    const job = labelingJob().output(s3, kmsKey).autoLabeling(volumeKmsKey)

    expect(job.problems().map(({ code }) => code)).toEqual([
      'missing-name',
      'missing-task',
      'missing-input',
      'missing-role',
      'missing-workers',
    ])
  })

  test('merges tags, the later value of a key counting', () => {
    expect(signs.tags({ a: '1', b: '2' }).tags({ b: '3' }).toRequest({ region }).Tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '3' },
    ])
  })
})

test('tags that are added keep one that has the name of a method of objects', () => {
  const Tags = [{ Key: 'constructor', Value: 'acme' }]
  const job = fromRequest({ ...SIGNS_REQUEST, Tags }).tags({ team: 'vision' })

  expect(job.toRequest({ region }).Tags).toEqual([...Tags, { Key: 'team', Value: 'vision' }])
})

describe('raw', () => {
  test('merges fields last, replaces lists and removes with null', () => {
    const job = signs
      .raw({ HumanTaskConfig: { TaskKeywords: ['a'], NewField: { x: 1 } } })
      .raw({ HumanTaskConfig: { TaskKeywords: ['b'] }, LabelCategoryConfigS3Uri: null })

    const request = job.toRequest({ region })

    expect(request.HumanTaskConfig).toEqual({
      ...SIGNS_REQUEST.HumanTaskConfig,
      TaskKeywords: ['b'],
      NewField: { x: 1 },
    })
    expect(request.LabelCategoryConfigS3Uri).toBeUndefined()
  })
})

describe('fromRequest', () => {
  test('changes only what is called', () => {
    const job = fromRequest(SIGNS_REQUEST)
      .named('again')
      .input('s3://gt/out/street-signs/manifests/output/output.manifest')

    expect(job.toRequest({ region })).toEqual({
      ...SIGNS_REQUEST,
      LabelingJobName: 'again',
      InputConfig: {
        DataSource: {
          S3DataSource: { ManifestS3Uri: 's3://gt/out/street-signs/manifests/output/output.manifest' },
        },
      },
    })
  })

  test('keeps unknown fields, and drops empty texts and blocks but not an empty tag', () => {
    const body = {
      ...SIGNS_REQUEST,
      Later: { x: 1 },
      StoppingConditions: {},
      Tags: [{ Key: 'a', Value: '' }],
    }
    const request = { ...body, OutputConfig: { S3OutputPath: 's3://gt/out/', KmsKeyId: '' } }

    expect(fromRequest(request).toRequest({ region })).toEqual({
      ...SIGNS_REQUEST,
      OutputConfig: { S3OutputPath: 's3://gt/out/' },
      Later: { x: 1 },
      Tags: [{ Key: 'a', Value: '' }],
    })
  })

  test.each([[null], ['text'], [[]]])('refuses %j', (value) => {
    expect(() => fromRequest(value as unknown as object)).toThrow('expected the body of CreateLabelingJob')
  })
})
