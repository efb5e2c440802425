import {
  CreateLabelingJobCommand,
  DescribeLabelingJobCommand,
  ListLabelingJobsCommand,
  ResourceInUse,
  ResourceNotFound,
  StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { refusal } from '../refusal.js'
import { automated, boxes, forTask, labelingWorld, ROLE, streaming } from './labeling-world.js'

const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/street-signs'

test('a job is described as it was asked for, with the values AWS fills in', async () => {
  const { cloud, keyArn } = labelingWorld()
  const request = boxes(keyArn)

  const created = await cloud.send(new CreateLabelingJobCommand(request))
  const { $metadata, ...described } = await cloud.send(
    new DescribeLabelingJobCommand({ LabelingJobName: 'street-signs' }),
  )

  const at = new Date('2026-11-23T09:00:00Z')
  expect(created.LabelingJobArn).toBe(ARN)
  expect(described).toEqual({
    ...request,
    LabelingJobStatus: 'Initializing',
    LabelCounters: {
      TotalLabeled: 0,
      HumanLabeled: 0,
      MachineLabeled: 0,
      FailedNonRetryableError: 0,
      Unlabeled: 0,
    },
    CreationTime: at,
    LastModifiedTime: at,
    JobReferenceCode: expect.stringMatching(/^[0-9a-f]{32}$/),
    LabelingJobArn: ARN,
    StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 100 },
    HumanTaskConfig: {
      ...request.HumanTaskConfig,
      TaskAvailabilityLifetimeInSeconds: 2_592_000,
      MaxConcurrentTaskCount: 1_000,
    },
    Tags: [],
  })
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual(['sagemaker:CreateLabelingJob'])
})

test('what was given is kept, and what was left out reads as empty', async () => {
  const { cloud } = labelingWorld()
  const request = boxes(undefined, (one) => {
    automated(undefined)(one)
    delete one.LabelCategoryConfigS3Uri
    one.HumanTaskConfig.WorkteamArn = 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default'
    one.HumanTaskConfig.MaxConcurrentTaskCount = 5
    one.StoppingConditions = { MaxHumanLabeledObjectCount: 7 }
    one.Tags = [{ Key: 'team', Value: 'vision' }]
  })

  await cloud.send(new CreateLabelingJobCommand(request))
  const described = await cloud.send(new DescribeLabelingJobCommand({ LabelingJobName: 'Street-Signs' }))

  expect(described).toMatchObject({
    OutputConfig: { KmsKeyId: '' },
    LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: { VolumeKmsKeyId: '' } },
    HumanTaskConfig: { TaskAvailabilityLifetimeInSeconds: 21_600, MaxConcurrentTaskCount: 5 },
    StoppingConditions: { MaxHumanLabeledObjectCount: 7 },
    Tags: [{ Key: 'team', Value: 'vision' }],
  })
  expect(described).not.toHaveProperty('LabelCategoryConfigS3Uri')
})

test('a name is taken for ever, whatever its case', async () => {
  const { cloud, keyArn } = labelingWorld()
  await cloud.send(new CreateLabelingJobCommand(boxes(keyArn)))
  cloud.clock.advance(86_400_000)

  const again = cloud.send(
    new CreateLabelingJobCommand(
      boxes(keyArn, (request) => {
        request.LabelingJobName = 'STREET-signs'
      }),
    ),
  )

  await expect(again).rejects.toBeInstanceOf(ResourceInUse)
  await expect(again).rejects.toThrow('Labeling job name STREET-signs is already in use.')
})

const TRUST =
  'The role ARN isn\'t valid. Make sure the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".'

// biome-ignore lint/suspicious/noExplicitAny: broken requests are the point
type Broken = (request: any) => void
const BROKEN: [string, Broken, string][] = [
  [
    'a name that does not match',
    (request) => {
      request.LabelingJobName = 'street_signs'
    },
    "1 validation error detected: Value 'street_signs' at 'labelingJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
  ],
  [
    'several broken fields',
    (request) => {
      delete request.RoleArn
      request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject = 10
      request.HumanTaskConfig.TaskTimeLimitInSeconds = 5
      request.HumanTaskConfig.TaskKeywords = ['street signs', 'multi-label']
    },
    "4 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; Value 'multi-label' at 'humanTaskConfig.taskKeywords.2.member'",
  ],
  [
    'a title that is too long',
    (request) => {
      request.HumanTaskConfig.TaskTitle = 'x'.repeat(129)
    },
    'failed to satisfy constraint: Member must have length less than or equal to 128',
  ],
  [
    'values of the wrong type',
    (request) => {
      request.Tags = 'none'
      request.OutputConfig = []
      request.HumanTaskConfig.TaskTitle = 7
      request.HumanTaskConfig.MaxConcurrentTaskCount = 1.5
    },
    '4 validation errors detected: ',
  ],
  [
    'an unknown classifier',
    (request) => {
      request.InputConfig.DataAttributes = { ContentClassifiers: ['Harmless'] }
    },
    'Member must satisfy enum value set: [FreeOfPersonallyIdentifiableInformation, FreeOfAdultContent]',
  ],
  [
    'a role that does not exist',
    (request) => {
      request.RoleArn = 'arn:aws:iam::111122223333:role/GtExec'
    },
    TRUST,
  ],
  [
    'a role that SageMaker may not assume',
    (request) => {
      request.RoleArn = 'arn:aws:iam::111122223333:role/ForLambda'
    },
    TRUST,
  ],
  [
    'a work team elsewhere',
    (request) => {
      request.HumanTaskConfig.WorkteamArn =
        'arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/vision'
    },
    'workteam/private-crowd/vision is in eu-west-1. It must be in the same region as the labeling job, us-east-1.',
  ],
  [
    'no data source',
    (request) => {
      request.InputConfig.DataSource = {}
    },
    'You must specify at least one of S3DataSource and SnsDataSource in DataSource.',
  ],
  [
    'automated labeling of a stream',
    (request) => {
      streaming(request)
      automated(undefined)(request)
    },
    'LabelingJobAlgorithmsConfig is not supported for streaming labeling jobs.',
  ],
  [
    'two pages for workers',
    (request) => {
      request.HumanTaskConfig.UiConfig.HumanTaskUiArn =
        'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/NamedEntityRecognition'
    },
    'You must specify exactly one of UiTemplateS3Uri and HumanTaskUiArn in UiConfig.',
  ],
  [
    'an attribute name without -ref where the task needs it',
    forTask('SemanticSegmentation'),
    "The value of the LabelAttributeName field for the Semantic Segmentation task type must end with '-ref'.",
  ],
  [
    'an attribute name with -ref where the task forbids it',
    (request) => {
      request.LabelAttributeName = 'signs-ref'
    },
    "The value of the LabelAttributeName field for the Bounding Box task type must not end with '-ref'.",
  ],
  [
    'an attribute name that ends in -metadata',
    (request) => {
      request.LabelAttributeName = 'signs-metadata'
    },
    "The value of the LabelAttributeName field must not end with '-metadata'.",
  ],
  [
    'Lambdas of two tasks',
    (request) => {
      request.HumanTaskConfig.PreHumanTaskLambdaArn =
        'arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass'
    },
    'PreHumanTaskLambdaArn and AnnotationConsolidationLambdaArn are for different task types.',
  ],
  [
    'a Lambda in the wrong account',
    (request) => {
      request.HumanTaskConfig.PreHumanTaskLambdaArn =
        'arn:aws:lambda:us-east-1:326177286064:function:PRE-BoundingBox'
    },
    'The account 326177286064 does not own the Lambda function BoundingBox in us-east-1.',
  ],
  [
    'an algorithm of another task',
    (request) => {
      request.LabelingJobAlgorithmsConfig = {
        LabelingJobAlgorithmSpecificationArn:
          'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/text-classification',
      }
    },
    'cannot be used for the Bounding Box task type.',
  ],
  [
    'automated labeling of a task without it',
    (request) => {
      forTask('VerificationBoundingBox')(request)
      automated(undefined)(request)
    },
    'cannot be used for the Bounding Box Verification task type.',
  ],
]

test.each(BROKEN)('CreateLabelingJob refuses %s', async (_, breakIt, message) => {
  const { cloud, keyArn } = labelingWorld()
  cloud.role({
    name: 'ForLambda',
    trust: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
  })

  const refused = await refusal(cloud.send(new CreateLabelingJobCommand(boxes(keyArn, breakIt))))

  expect(refused).toEqual({ name: 'ValidationException', message: expect.stringContaining(message) })
  expect(cloud.calls.writes()).toEqual([])
})

test('an empty request names every field it lacks', async () => {
  const { cloud } = labelingWorld()

  const refused = await refusal(
    cloud.send(new CreateLabelingJobCommand({} as unknown as CreateLabelingJobRequest)),
  )

  expect(refused.message).toMatch(/^6 validation errors detected: Value null at 'labelingJobName'/)
})

test('a trust policy may name everybody, and takes back what it gave', async () => {
  const { cloud, keyArn } = labelingWorld()
  const open = { Effect: 'Allow', Principal: '*', Action: 'sts:*' }
  const closed = {
    ...open,
    Effect: 'Deny',
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  }
  cloud.role({ name: 'Open', trust: { Statement: open } })
  cloud.role({ name: 'Closed', trust: { Statement: [open, closed] } })
  const create = (name: string) =>
    cloud.send(
      new CreateLabelingJobCommand(
        boxes(keyArn, (request) => {
          request.RoleArn = `arn:aws:iam::111122223333:role/${name}`
        }),
      ),
    )

  const refused = await refusal(create('Closed'))
  const created = await create('Open')

  expect(refused.message).toBe(TRUST)
  expect(created.LabelingJobArn).toBe(ARN)
})

test('jobs that do not exist are not found', async () => {
  const { cloud, keyArn } = labelingWorld()
  await cloud.send(new CreateLabelingJobCommand(boxes(keyArn)))
  const LabelingJobName = 'street-signs'

  const elsewhere = cloud.in('eu-west-1').send(new DescribeLabelingJobCommand({ LabelingJobName }))
  const stopped = cloud.send(new StopLabelingJobCommand({ LabelingJobName: 'other' }))
  const unnamed = await refusal(cloud.send(new StopLabelingJobCommand({ LabelingJobName: undefined })))

  await expect(elsewhere).rejects.toBeInstanceOf(ResourceNotFound)
  await expect(stopped).rejects.toBeInstanceOf(ResourceNotFound)
  expect(unnamed.name).toBe('ResourceNotFound')
})

test('jobs are listed by filter, order and page', async () => {
  const { cloud, keyArn } = labelingWorld()
  const create = (name: string, change: (request: CreateLabelingJobRequest) => void = () => {}) =>
    cloud.send(
      new CreateLabelingJobCommand(
        boxes(keyArn, (request) => {
          request.LabelingJobName = name
          change(request)
        }),
      ),
    )
  const list = async (input: object) => {
    const { LabelingJobSummaryList, NextToken } = await cloud.send(new ListLabelingJobsCommand(input))
    const names = LabelingJobSummaryList.map((job: { LabelingJobName: string }) => job.LabelingJobName)
    return NextToken === undefined ? names : [...names, NextToken]
  }
  await create('c-done')
  cloud.clock.advance(600_000)
  const later = cloud.clock.now()
  await create('a-new', (request) => {
    delete request.HumanTaskConfig.PreHumanTaskLambdaArn
    delete request.HumanTaskConfig.AnnotationConsolidationConfig
  })
  cloud.clock.advance(1_000)
  await create('b-new', automated(undefined))

  const { LabelingJobSummaryList } = await cloud.send(new ListLabelingJobsCommand({ MaxResults: 1 }))
  const [first] = LabelingJobSummaryList
  const pages = [await list({ MaxResults: 2 }), await list({ MaxResults: 2, NextToken: 'from-2' })]

  expect(pages).toEqual([['c-done', 'a-new', 'from-2'], ['b-new']])
  expect(await list({ SortBy: 'Name' })).toEqual(['a-new', 'b-new', 'c-done'])
  expect(await list({ SortOrder: 'Descending' })).toEqual(['b-new', 'a-new', 'c-done'])
  expect(await list({ StatusEquals: 'Completed' })).toEqual(['c-done'])
  expect(await list({ SortBy: 'Status' })).toEqual(['c-done', 'a-new', 'b-new'])
  expect(await list({ NameContains: 'new' })).toEqual(['a-new', 'b-new'])
  expect(await list({ CreationTimeAfter: later })).toEqual(['a-new', 'b-new'])
  expect(await list({ CreationTimeBefore: later })).toEqual(['c-done', 'a-new'])
  expect(await list({ LastModifiedTimeBefore: new Date(later.getTime() - 1) })).toEqual(['c-done'])
  expect(await list({ LastModifiedTimeAfter: later })).toEqual(['a-new', 'b-new'])
  expect(first).toEqual({
    LabelingJobName: 'c-done',
    LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/c-done',
    CreationTime: new Date('2026-11-23T09:00:00Z'),
    LastModifiedTime: new Date('2026-11-23T09:01:36Z'),
    LabelingJobStatus: 'Completed',
    LabelCounters: {
      TotalLabeled: 3,
      HumanLabeled: 3,
      MachineLabeled: 0,
      FailedNonRetryableError: 0,
      Unlabeled: 0,
    },
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
    InputConfig: boxes(keyArn).InputConfig,
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
    AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
    LabelingJobOutput: {
      OutputDatasetS3Uri: 's3://acme-gt/out/c-done/manifests/output/output.manifest',
      FinalActiveLearningModelArn: '',
    },
  })
})

test('a strict caller needs the permission to create and to pass the role', async () => {
  const { cloud, keyArn } = labelingWorld({ strict: true })
  const may = (name: string, ...Action: string[]) =>
    cloud.user({
      name,
      policies: { jobs: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
    }).userArn
  const command = new CreateLabelingJobCommand(boxes(keyArn))

  const nobody = await refusal(cloud.send(command))
  const unpassing = await refusal(cloud.as(may('ana', 'sagemaker:*')).send(command))
  const created = await cloud.as(may('ben', 'sagemaker:*', 'iam:PassRole')).send(command)

  expect(nobody).toEqual({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sagemaker:CreateLabelingJob on resource: ${ARN} because no identity-based policy allows the sagemaker:CreateLabelingJob action`,
  })
  expect(unpassing.message).toContain(`iam:PassRole on resource: ${ROLE}`)
  expect(created.LabelingJobArn).toBe(ARN)
})

test.each<[string, object, string]>([
  ['MaxResults', { MaxResults: 101 }, "Value '101' at 'maxResults'"],
  ['MaxResults', { MaxResults: 0 }, "Value '0' at 'maxResults'"],
  ['StatusEquals', { StatusEquals: 'Done' }, "Value 'Done' at 'statusEquals'"],
  ['SortBy', { SortBy: 'Age' }, "Value 'Age' at 'sortBy'"],
])('a list is refused for %s out of range: %j', async (_, input, words) => {
  const { cloud } = labelingWorld()

  const { name, message } = await refusal(cloud.send(new ListLabelingJobsCommand(input as never)))

  expect(name).toBe('ValidationException')
  expect(message).toContain(`1 validation error detected: ${words} failed to satisfy constraint`)
})

test.each<[string, (request: CreateLabelingJobRequest) => void, string]>([
  [
    'a task of nine hours',
    ({ HumanTaskConfig }) => {
      HumanTaskConfig.TaskTimeLimitInSeconds = 32_400
    },
    'The value of TaskTimeLimitInSeconds, 32400, must not be greater than 28800.',
  ],
  [
    'tasks that stay open for 31 days',
    ({ HumanTaskConfig }) => {
      HumanTaskConfig.TaskAvailabilityLifetimeInSeconds = 2_678_400
    },
    'The value of TaskAvailabilityLifetimeInSeconds, 2678400, must not be greater than 2592000.',
  ],
  [
    'a tag twice',
    (request) => {
      request.Tags = ['Team', 'team'].map((Key) => ({ Key, Value: 'vision' }))
    },
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ],
  [
    'a tag of AWS',
    (request) => {
      request.Tags = [{ Key: 'aws:team', Value: 'vision' }]
    },
    'aws: prefixed tag key names are not allowed for external use.',
  ],
])('a job with %s is refused', async (_, change, message) => {
  const { cloud, keyArn } = labelingWorld()

  expect(await refusal(cloud.send(new CreateLabelingJobCommand(boxes(keyArn, change))))).toEqual({
    name: 'ValidationException',
    message,
  })
})

test.each<[string, (volumeArn: string) => object, boolean]>([
  ['the volume key', (key) => ({ ArnEquals: { 'sagemaker:VolumeKmsKeyArn': key } }), true],
  ['another volume key', (key) => ({ ArnEquals: { 'sagemaker:VolumeKmsKeyArn': `${key}x` } }), false],
  ['the kind of team', () => ({ StringEquals: { 'sagemaker:WorkteamType': 'private-crowd' } }), true],
  ['another kind of team', () => ({ StringEquals: { 'sagemaker:WorkteamType': 'public-crowd' } }), false],
  ['a tag', () => ({ StringEquals: { 'aws:RequestTag/team': 'vision' } }), true],
  ['another tag', () => ({ StringEquals: { 'aws:RequestTag/team': 'audio' } }), false],
  ['the keys of its tags', () => ({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }), true],
  ['the tag of whoever asks', () => ({ StringEquals: { 'aws:PrincipalTag/team': 'vision' } }), true],
  ['another tag of whoever asks', () => ({ StringEquals: { 'aws:PrincipalTag/team': 'audio' } }), false],
])('a Deny for %s counts when a job is created', async (_, condition, isDenied) => {
  const { cloud, keyArn, volumeArn } = labelingWorld({ strict: true })
  const all = { Effect: 'Allow', Action: '*', Resource: '*' }
  const guard = { ...all, Effect: 'Deny', Action: 'sagemaker:*', Condition: condition(volumeArn) }
  const policies = { Guard: { Version: '2012-10-17', Statement: [all, guard] } }
  const { userArn } = cloud.user({ name: 'ci', tags: { team: 'vision' }, policies })
  const request = boxes(keyArn, (one) => {
    automated(volumeArn)(one)
    one.Tags = [{ Key: 'team', Value: 'vision' }]
  })

  const created = cloud.as(userArn).send(new CreateLabelingJobCommand(request))

  if (isDenied) expect((await refusal(created)).name).toBe('AccessDeniedException')
  else expect((await created).LabelingJobArn).toBe(ARN)
})
