import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { FullLabelingSettings } from '../world/labeling-settings.js'

/** When an object is done, in seconds from the start of the labeling, and how. */
export interface PlannedObject {
  readonly after: number
  readonly by: 'human' | 'machine' | 'nobody'
}

/** What will become of the objects of a job, and how the job will end. */
export interface LabelingPlan {
  readonly objects: readonly PlannedObject[]
  readonly end:
    | { readonly after: number; readonly status: 'Completed' | 'Stopping' }
    | { readonly after: number; readonly status: 'Failed'; readonly reason: string }
}

/** Works out how a one-time job over so many objects goes. */
export function planLabeling(
  count: number,
  request: Pick<
    CreateLabelingJobRequest,
    'HumanTaskConfig' | 'LabelingJobAlgorithmsConfig' | 'StoppingConditions'
  >,
  settings: FullLabelingSettings,
  canBeShown: (index: number) => boolean = () => true,
): LabelingPlan {
  const automated = request.LabelingJobAlgorithmsConfig !== undefined
  if (automated && count < settings.leastForAutomation) {
    return failing(
      0,
      [],
      `ClientError: Automated data labeling needs at least ${settings.leastForAutomation} objects; the input manifest has ${count}.`,
    )
  }
  if (settings.workers === 'absent') {
    const { TaskAvailabilityLifetimeInSeconds: lifetime = 2_592_000 } = request.HumanTaskConfig
    const objects = Array.from({ length: count }, () => ({ after: lifetime, by: 'nobody' as const }))
    return { objects, end: { after: lifetime, status: 'Completed' } }
  }
  const firstBatch = automated ? Math.ceil(count * (count < 5_000 ? 0.2 : 0.1)) : count
  const objects = Array.from(
    { length: count },
    (_, index): PlannedObject => ({
      after: (index + 1) * settings.secondsPerObject,
      by: canBeShown(index) ? labeler(index, firstBatch, settings) : 'nobody',
    }),
  )
  const failedFirst = objects.slice(0, firstBatch).filter(({ by }) => by === 'nobody').length
  if (automated && failedFirst > firstBatch * 0.1) {
    return failing(
      firstBatch * settings.secondsPerObject,
      objects.slice(0, firstBatch),
      'ClientError: More than 10% of the objects in the first batch of automated data labeling failed.',
    )
  }
  return stoppedEarly(objects, request.StoppingConditions ?? {})
}

/** Says who labels an object: one in `failEvery` fails, and after the first batch machines do their share. */
export function labeler(
  index: number,
  firstBatch: number,
  { failEvery, machineShare }: Pick<FullLabelingSettings, 'failEvery' | 'machineShare'>,
): PlannedObject['by'] {
  if ((index + 1) % failEvery === 0) return 'nobody'
  if (index < firstBatch) return 'human'
  const place = index - firstBatch
  return Math.floor((place + 1) * machineShare) > Math.floor(place * machineShare) ? 'machine' : 'human'
}

function stoppedEarly(
  objects: readonly PlannedObject[],
  { MaxHumanLabeledObjectCount, MaxPercentageOfInputDatasetLabeled }: StoppingConditions,
): LabelingPlan {
  const mostByHumans = MaxHumanLabeledObjectCount ?? Number.POSITIVE_INFINITY
  const most = ((MaxPercentageOfInputDatasetLabeled ?? 100) / 100) * objects.length
  let [human, labeled] = [0, 0]
  for (const [index, { after, by }] of objects.entries()) {
    if (by === 'human') human += 1
    if (by !== 'nobody') labeled += 1
    const isLast = index === objects.length - 1
    if (!isLast && (human >= mostByHumans || labeled >= most)) {
      return { objects: objects.slice(0, index + 1), end: { after, status: 'Stopping' } }
    }
  }
  return { objects, end: { after: objects.at(-1)?.after ?? 0, status: 'Completed' } }
}

type StoppingConditions = NonNullable<CreateLabelingJobRequest['StoppingConditions']>

function failing(after: number, objects: readonly PlannedObject[], reason: string): LabelingPlan {
  return { objects, end: { after, status: 'Failed', reason } }
}
