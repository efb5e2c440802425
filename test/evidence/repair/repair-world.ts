import type { Aws } from '../../../src/aws/aws.js'
import type { FakeAws } from '../../../src/testing/index.js'
import type { LabelingSettings } from '../../../src/testing/world/labeling-settings.js'
import { automated, boxes, create, labelingWorld } from '../../testing/sagemaker/labeling-world.js'

export const ARN = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/street-signs'
export const FOLDER = 's3://acme-gt/out/Street-Signs/'
export const FOREIGN: string = 'arn:aws:kms:us-east-1:444455556666:key/0a1b2c3d-0000-0000-0000-000000000000'

export interface RepairWorld {
  readonly cloud: FakeAws
  readonly aws: Aws
  /** The key that the job wrote under, and the one that everything shall be under. */
  readonly old: string
  readonly ours: string
}

/** A job that has ended; what it wrote is under the old key, unless the settings misplace it. */
export async function endedJob({
  versions = false,
  objects = 2,
  isAutomated = false,
  ...settings
}: LabelingSettings & {
  readonly versions?: boolean
  readonly objects?: number
  readonly isAutomated?: boolean
} = {}): Promise<RepairWorld> {
  const { cloud, keyArn: old, volumeArn } = labelingWorld({ objects })
  const manifest = cloud.read('s3://acme-gt/in/dataset.manifest')
  const labels = cloud.read('s3://acme-gt/ui/labels.json')
  cloud.bucket('acme-gt', { versions })
  cloud.object('s3://acme-gt/in/dataset.manifest', manifest)
  cloud.object('s3://acme-gt/ui/labels.json', labels)
  cloud.labeling({ leastForAutomation: 1, ...settings })
  await create(cloud, boxes(old, isAutomated ? automated(volumeArn) : undefined))
  cloud.clock.advance(3_600_000)
  const ours = cloud.key({ alias: 'alias/ours' }).keyArn
  cloud.calls.clear()
  return { cloud, aws: cloud.connect(), old, ours }
}
