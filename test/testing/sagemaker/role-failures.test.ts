import { expect, test } from 'vitest'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import type { FakeAws } from '../../../src/testing/index.js'
import { automated, boxes, create, describeJob, labelingWorld, streaming, TOPIC } from './labeling-world.js'

const OWN = 'arn:aws:lambda:us-east-1:111122223333:function:own'
const OUT = 'arn:aws:sns:us-east-1:111122223333:groundtruth-out'

function world(policy: object = { Effect: 'Allow', Action: '*', Resource: '*' }) {
  const made = labelingWorld({ policy: { Version: '2012-10-17', Statement: policy } })
  made.cloud.workteam({ name: 'vision' })
  made.cloud.labeling({ looksAt: 'everything', leastForAutomation: 1 })
  made.cloud.bucket('acme-images', { cors: 'images' })
  made.cloud.object('s3://acme-images/1.jpg', 'an image')
  made.cloud.object('s3://acme-gt/in/dataset.manifest', '{"source-ref": "s3://acme-images/1.jpg"}')
  const element = '<crowd-bounding-box src="{{ task.input.taskObject | grant_read_access }}">'
  made.cloud.object(
    's3://acme-gt/ui/box.liquid.html',
    `<script src="crowd-html-elements.js"></script><crowd-form>${element}</crowd-form>`,
  )
  return made
}

async function reasonOf(cloud: FakeAws, request: CreateLabelingJobRequest) {
  await create(cloud, request)
  cloud.clock.advance(200_000)
  const { LabelingJobStatus, FailureReason } = await describeJob(cloud)
  return FailureReason ?? LabelingJobStatus
}

const toOwnLambdas = ({ HumanTaskConfig }: CreateLabelingJobRequest) => {
  HumanTaskConfig.PreHumanTaskLambdaArn = OWN
  HumanTaskConfig.AnnotationConsolidationConfig = { AnnotationConsolidationLambdaArn: OWN }
}
const toTopic = (request: CreateLabelingJobRequest) => {
  streaming(request)
  request.OutputConfig.SnsTopicArn = OUT
}
const denying = (action: string) => [
  { Effect: 'Allow', Action: '*', Resource: '*' },
  { Effect: 'Deny', Action: action, Resource: '*' },
]

test('a job that looks at everything completes when everything is there', async () => {
  const { cloud, keyArn } = world()

  expect(await reasonOf(cloud, boxes(keyArn))).toBe('Completed')
})

test.each<[string, string, (request: CreateLabelingJobRequest) => void]>([
  ['s3:PutObject', 'is not authorized to perform: s3:PutObject', () => {}],
  ['lambda:InvokeFunction', 'is not authorized to perform: lambda:InvokeFunction', toOwnLambdas],
  ['sns:Publish', 'is not authorized to perform: sns:Publish', toTopic],
  ['iam:PassRole', 'is not authorized to perform: iam:PassRole', () => {}],
])('a job whose role is denied %s fails for it', async (action, reason, change) => {
  const { cloud, keyArn, volumeArn } = world(denying(action))
  cloud.lambda({ name: 'own' })
  cloud.topic({ name: 'groundtruth-out' })
  cloud.topic({ name: TOPIC.split(':').at(-1) as string })
  const automate = action === 'iam:PassRole' ? automated(volumeArn) : () => {}

  const why = await reasonOf(
    cloud,
    boxes(keyArn, (request) => {
      change(request)
      automate(request)
    }),
  )

  expect(why).toContain(reason)
})

test.each([
  ['a Lambda function', toOwnLambdas, `ClientError: Function not found: ${OWN}`],
  ['a topic', toTopic, `ClientError: NotFound: Topic does not exist: ${OUT}`],
])('a job fails without %s that it names', async (_, change, reason) => {
  const { cloud, keyArn } = world()

  expect(await reasonOf(cloud, boxes(keyArn, change))).toBe(reason)
})

test.each([
  [
    'alias/aws/sns',
    `ClientError: KMSAccessDenied: The key alias/aws/sns of ${OUT} cannot be used by the role.`,
  ],
  ['alias/none', 'ClientError: NotFoundException: Alias'],
])('a job fails when its topic is under %s', async (key, reason) => {
  const { cloud, keyArn } = world()
  cloud.topic({ name: 'groundtruth-out', key })

  expect(await reasonOf(cloud, boxes(keyArn, toTopic))).toContain(reason)
})

test('a team or a model that is not there keeps a job from being created', async () => {
  const { cloud, keyArn, volumeArn } = world()
  const model = 'arn:aws:sagemaker:us-east-1:111122223333:model/none'

  await expect(
    create(
      cloud,
      boxes(keyArn, (request) => {
        request.HumanTaskConfig.WorkteamArn += '-of-old'
      }),
    ),
  ).rejects.toMatchObject({ message: expect.stringContaining('vision-of-old does not exist.') })
  await expect(
    create(
      cloud,
      boxes(keyArn, (request) => {
        automated(volumeArn)(request)
        Object.assign(request.LabelingJobAlgorithmsConfig ?? {}, { InitialActiveLearningModelArn: model })
      }),
    ),
  ).rejects.toMatchObject({ message: `Could not find model "${model}".` })
})
