import {
  attachJob,
  imageClassification,
  labelingJob,
  roleArn as makeRoleArn,
  outputKey,
  volumeKey,
} from '../../src/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import type { LabelingSettings } from '../../src/testing/world/labeling-settings.js'

/** An account where a labeling job runs under keys of the customer, and an auditor looks at what became of it. */
export interface EvidenceWorld {
  readonly cloud: FakeAws
  readonly aws: ReturnType<FakeAws['connect']>
  readonly output: string
  readonly volume: string
  readonly other: string
  readonly awsKey: string
  /** Runs a job to its end: `undefined` for no key. */
  readonly run: (name: string, job?: RunOptions) => Promise<void>
}

interface RunOptions {
  readonly key?: string | undefined
  readonly auto?: boolean
  readonly settings?: LabelingSettings
  /** Objects to label. Default: 4. */
  readonly objects?: number
  /** Leaves it running. */
  readonly unfinished?: boolean
}

export function evidenceWorld(): EvidenceWorld {
  const cloud = fakeAws()
  const { keyArn: output } = cloud.key({ alias: 'alias/gt-output' })
  const { keyArn: volume } = cloud.key({ alias: 'alias/gt-volume' })
  const { keyArn: other } = cloud.key({ alias: 'alias/other' })
  const { keyArn: awsKey } = cloud.key({ alias: 'alias/aws/s3', manager: 'AWS' })
  const allow = { Effect: 'Allow', Action: ['s3:*', 'kms:*', 'logs:*', 'cloudwatch:*'], Resource: '*' }
  const { roleArn } = cloud.role({
    name: 'GtExec',
    inline: { all: { Version: '2012-10-17', Statement: [allow] } },
  })
  cloud.object('s3://gt/ui/page.html', '<crowd-form></crowd-form>')
  cloud.object('s3://gt/ui/labels.json', '{"labels":[{"label":"a"},{"label":"b"}]}')
  cloud.bucket('gt-out')
  const aws = cloud.connect()
  const run = async (name: string, options: RunOptions = {}) => {
    const { auto = false, settings = {}, objects = 4, unfinished = false } = options
    const key = 'key' in options ? options.key : 'alias/gt-output'
    const lines = Array.from({ length: objects }, (_, index) => `{"source-ref":"s3://gt/in/${index}.jpg"}\n`)
    cloud.object('s3://gt/in/dataset.manifest', lines.join(''))
    cloud.labeling({ leastForAutomation: 2, ...settings })
    const complete = labelingJob(name)
      .task(
        imageClassification({
          title: 'Classify',
          description: 'Classify it',
          template: 's3://gt/ui/page.html',
          labels: 's3://gt/ui/labels.json',
        }),
      )
      .input('s3://gt/in/dataset.manifest')
      .role(makeRoleArn(roleArn))
      .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team')
    const folder = 's3://gt-out/labels/'
    const written = key === undefined ? complete.output(folder) : complete.output(folder, outputKey(key))
    const job = auto ? written.autoLabeling(volumeKey('alias/gt-volume')) : written
    await job.create(aws)
    if (!unfinished) await (await attachJob(name, aws)).completed()
    cloud.calls.clear()
  }
  return { cloud, aws, output, volume, other, awsKey, run }
}
