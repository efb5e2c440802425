import {
  CreateLabelingJobCommand,
  DescribeLabelingJobCommand,
  StopLabelingJobCommand,
} from '@aws-sdk/client-sagemaker'
import { expect } from 'vitest'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { type FakeAws, type FakeAwsOptions, fakeAws } from '../../../src/testing/index.js'

export const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'

export interface LabelingWorld {
  readonly cloud: FakeAws
  readonly keyArn: string
  readonly volumeArn: string
}

/** A fake with keys, a role that may use them, a manifest of so many objects, and a label file. */
export function labelingWorld({
  objects = 3,
  policy,
  ...options
}: FakeAwsOptions & { objects?: number; policy?: object } = {}): LabelingWorld {
  const cloud = fakeAws(options)
  cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    inline: {
      Keys: policy ?? {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['kms:*', 's3:*'], Resource: '*' }],
      },
    },
  })
  const lines = Array.from({ length: objects }, (_, index) =>
    JSON.stringify({ 'source-ref': `s3://acme-gt/in/${index}.jpg` }),
  )
  cloud.object('s3://acme-gt/in/dataset.manifest', lines.join('\n'))
  cloud.object(
    's3://acme-gt/ui/labels.json',
    JSON.stringify({ 'document-version': '2018-11-28', labels: [{ label: 'stop' }, { label: 'yield' }] }),
  )
  return {
    cloud,
    keyArn: cloud.key({ alias: 'alias/gt-output' }).keyArn,
    volumeArn: cloud.key({ alias: 'alias/gt-volume' }).keyArn,
  }
}

type Change = (request: CreateLabelingJobRequest) => void

/** A bounding box request that goes through, changed as a test needs it. */
export function boxes(keyArn: string | undefined, change: Change = () => {}): CreateLabelingJobRequest {
  const request: CreateLabelingJobRequest = {
    LabelingJobName: 'Street-Signs',
    LabelAttributeName: 'signs',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://acme-gt/in/dataset.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://acme-gt/out/', ...(keyArn !== undefined && { KmsKeyId: keyArn }) },
    RoleArn: ROLE,
    LabelCategoryConfigS3Uri: 's3://acme-gt/ui/labels.json',
    HumanTaskConfig: {
      WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
      UiConfig: { UiTemplateS3Uri: 's3://acme-gt/ui/box.liquid.html' },
      PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
      TaskTitle: 'Box every street sign',
      TaskDescription: 'Draw one tight box around each sign',
      NumberOfHumanWorkersPerDataObject: 3,
      TaskTimeLimitInSeconds: 600,
      AnnotationConsolidationConfig: {
        AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
      },
    },
  }
  change(request)
  return request
}

/** The Lambdas of another built-in task. */
export function forTask(stem: string): Change {
  return ({ HumanTaskConfig }) => {
    HumanTaskConfig.PreHumanTaskLambdaArn = `arn:aws:lambda:us-east-1:432418664414:function:PRE-${stem}`
    HumanTaskConfig.AnnotationConsolidationConfig = {
      AnnotationConsolidationLambdaArn: `arn:aws:lambda:us-east-1:432418664414:function:ACS-${stem}`,
    }
  }
}

/** Automated labeling with a volume key. */
export function automated(volumeArn: string | undefined): Change {
  return (request) => {
    request.LabelingJobAlgorithmsConfig = {
      LabelingJobAlgorithmSpecificationArn:
        'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
      ...(volumeArn !== undefined && { LabelingJobResourceConfig: { VolumeKmsKeyId: volumeArn } }),
    }
  }
}

/** A stream with no manifest. */
export const TOPIC = 'arn:aws:sns:us-east-1:111122223333:groundtruth-in'
export function streaming(request: CreateLabelingJobRequest): void {
  request.InputConfig.DataSource = { SnsDataSource: { SnsTopicArn: TOPIC } }
}

const NAME = { LabelingJobName: 'street-signs' }
export const MANIFEST = 's3://acme-gt/out/Street-Signs/manifests/output/output.manifest'

export function create(cloud: FakeAws, request: CreateLabelingJobRequest) {
  return cloud.send(new CreateLabelingJobCommand(request))
}

export function describeJob(cloud: FakeAws) {
  return cloud.send(new DescribeLabelingJobCommand(NAME))
}

export function stop(cloud: FakeAws) {
  return cloud.send(new StopLabelingJobCommand(NAME))
}

export async function stateOf(cloud: FakeAws) {
  const { LabelingJobStatus, LabelCounters: counters } = await describeJob(cloud)
  const { HumanLabeled, MachineLabeled, FailedNonRetryableError, Unlabeled, TotalLabeled } = counters
  expect(TotalLabeled).toBe(HumanLabeled + MachineLabeled)
  return [LabelingJobStatus, HumanLabeled, MachineLabeled, FailedNonRetryableError, Unlabeled]
}

export function manifestOf(cloud: FakeAws) {
  return cloud
    .read(MANIFEST)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}
