// Nothing here runs: each block pins one rule of the builder's types, allowed and refused.
import { describe, expectTypeOf, test } from 'vitest'
import type {
  Aws,
  CreateLabelingJobRequest,
  CreateOptions,
  LabelingJob,
  Outcome,
  OutputKmsKey,
  Part,
  Refused,
  ResolvedJob,
  ResolveOptions,
  RoleArn,
  RoleArnText,
  RunningJob,
  S3Uri,
  S3UriText,
  StillMissing,
  Task,
  TaskName,
  TopicArnText,
  VolumeKmsKey,
  WorkteamArn,
  WorkteamArnText,
} from '../../src/index.js'
import { labelingJob } from '../../src/index.js'
import type { Refusals } from '../../src/job/refusals.js'
import type { Choice } from '../../src/job/state.js'
import type { AutoLabelingTask, PlainTask, RefTask, SingleWorkerTask } from '../../src/tasks/task-kinds.js'

declare const boxes: Task<'bounding-box'>
declare const masks: Task<'semantic-segmentation'>
declare const entities: Task<'named-entity-recognition'>
declare const cloud: Task<'point-cloud-object-detection'>
declare const role: RoleArn
declare const team: WorkteamArn
declare const outputKmsKey: OutputKmsKey
declare const volumeKmsKey: VolumeKmsKey
const SNS = 'arn:aws:sns:us-east-1:111122223333:signs'

describe('parts', () => {
  test('a new job misses every part', () => {
    expectTypeOf(labelingJob()).toEqualTypeOf<LabelingJob<'undecided', never, Part>>()
    expectTypeOf(labelingJob().create).toEqualTypeOf<StillMissing<Part>>()
  })

  test('a named job misses the other parts', () => {
    expectTypeOf(labelingJob('a')).toEqualTypeOf(labelingJob().named('a'))
    expectTypeOf(labelingJob('a').toRequest).toEqualTypeOf<
      StillMissing<'task' | 'input' | 'output' | 'role' | 'workers'>
    >()
  })

  test('each call gives its part, and both sources give the input', () => {
    const half = labelingJob('a').input('s3://b/in').role(role)
    const streaming = labelingJob('a').stream(SNS).role(role)

    expectTypeOf(half.create).toEqualTypeOf<StillMissing<'task' | 'output' | 'workers'>>()
    expectTypeOf(half.resolve).toEqualTypeOf<StillMissing<'task' | 'output' | 'workers'>>()
    expectTypeOf(streaming.toRequest).toEqualTypeOf<StillMissing<'task' | 'output' | 'workers'>>()
  })

  test('a job with all its parts can be asked for its request, resolved and created', () => {
    const job = labelingJob('a').task(boxes).input('s3://b/in').output('s3://b/out/').role(role).workers(team)

    expectTypeOf(job.toRequest).toEqualTypeOf<
      (options: { readonly region: string }) => CreateLabelingJobRequest
    >()
    expectTypeOf(job.resolve).toEqualTypeOf<
      (aws: Aws, options?: ResolveOptions) => Promise<ResolvedJob<'bounding-box'>>
    >()
    expectTypeOf(job.create).toEqualTypeOf<
      (aws: Aws, options?: CreateOptions) => Promise<RunningJob<'bounding-box'>>
    >()
  })

  test('the order of calls does not show in the type', () => {
    const one = labelingJob('a').task(boxes).input('s3://b/in').output('s3://b/out/').autoLabeling()
    const other = labelingJob().autoLabeling().output('s3://b/out/').input('s3://b/in').task(boxes).named('a')

    expectTypeOf(one).toEqualTypeOf(other)
  })
})

describe('a job under construction', () => {
  test('is not changed by a call on it', () => {
    const base = labelingJob('a').role(role)
    const fork = base.input('s3://b/in')

    expectTypeOf(base).toEqualTypeOf<
      LabelingJob<'undecided', never, 'task' | 'input' | 'output' | 'workers'>
    >()
    expectTypeOf(fork).toEqualTypeOf<LabelingJob<'undecided', 'input', 'task' | 'output' | 'workers'>>()
    expectTypeOf(base.stream).toBeFunction()
  })

  test('keeps its type through calls that limit nothing', () => {
    const job = labelingJob('a')

    expectTypeOf(job.tags({ team: 'vision' })).toEqualTypeOf(job)
    expectTypeOf(job.raw({ NewField: 1 })).toEqualTypeOf(job)
    expectTypeOf(job.named('b')).toEqualTypeOf(job)
  })

  test('can be taken by a helper that does not know its state', () => {
    const finish = <State extends TaskName, Chosen extends Choice, Missing extends Part>(
      job: LabelingJob<State, Chosen, Missing>,
    ) => job.role(role).output('s3://b/out/', outputKmsKey).workers(team).tags({ team: 'vision' })

    expectTypeOf(finish).toBeFunction()
  })
})

describe('one data source', () => {
  type SecondSource = Refused<Refusals['secondSource']>

  test('is taken once, whichever it is', () => {
    expectTypeOf(labelingJob().input('s3://b/in').input).toEqualTypeOf<SecondSource>()
    expectTypeOf(labelingJob().input('s3://b/in').stream).toEqualTypeOf<SecondSource>()
    expectTypeOf(labelingJob().stream(SNS).input).toEqualTypeOf<SecondSource>()
    expectTypeOf(labelingJob().stream(SNS).stream).toEqualTypeOf<SecondSource>()
  })

  test('takes a shape, not any text', () => {
    const job = labelingJob()

    expectTypeOf(job.input<'s3://b/in'>)
      .parameter(0)
      .toEqualTypeOf<'s3://b/in'>()
    expectTypeOf(job.input<'b/in'>)
      .parameter(0)
      .toEqualTypeOf<S3UriText>()
    expectTypeOf(job.stream<'signs'>)
      .parameter(0)
      .toEqualTypeOf<TopicArnText>()
    expectTypeOf(job.role<'GtExec'>)
      .parameter(0)
      .toEqualTypeOf<RoleArnText>()
    expectTypeOf(job.workers<1, 'vision'>)
      .parameter(0)
      .toEqualTypeOf<WorkteamArnText>()
  })

  test('says of a plain string which constructor checks it', () => {
    const job = labelingJob()

    expectTypeOf(job.input<string>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['uncheckedS3Uri']>>()
    expectTypeOf(job.stream<string>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['uncheckedTopicArn']>>()
    expectTypeOf(job.role<string>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['uncheckedRoleArn']>>()
    expectTypeOf(job.workers<1, string>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['uncheckedWorkteamArn']>>()
  })

  test('takes what the library itself gives as an address', () => {
    expectTypeOf(labelingJob().input<S3Uri>)
      .parameter(0)
      .toEqualTypeOf<S3Uri>()
    expectTypeOf<NonNullable<Outcome['outputManifest']>>().toEqualTypeOf<S3Uri>()
  })
})

describe('automated labeling', () => {
  test('is refused on a stream, and a stream after it', () => {
    expectTypeOf(labelingJob().stream(SNS).autoLabeling).toEqualTypeOf<
      Refused<Refusals['autoLabelingOnStream']>
    >()
    expectTypeOf(labelingJob().autoLabeling().stream).toEqualTypeOf<
      Refused<Refusals['streamWithAutoLabeling']>
    >()
  })

  test('is open to the four tasks that have it, and to no other', () => {
    type Open = {
      [Name in TaskName]: LabelingJob<Name, never, never>['autoLabeling'] extends (...given: never) => unknown
        ? Name
        : never
    }[TaskName]

    expectTypeOf<Open>().toEqualTypeOf<AutoLabelingTask>()
    expectTypeOf<AutoLabelingTask>().toEqualTypeOf<
      'image-classification' | 'bounding-box' | 'semantic-segmentation' | 'text-classification'
    >()
    expectTypeOf(labelingJob().task(entities).autoLabeling).toEqualTypeOf<
      Refused<`named-entity-recognition ${Refusals['noAutoLabeling']}`>
    >()
  })

  test('refuses a task that is not known to have it', () => {
    expectTypeOf<LabelingJob<TaskName, never, never>['autoLabeling']>().not.toBeFunction()
  })

  test('refuses a task without it afterwards', () => {
    const job = labelingJob().autoLabeling()

    expectTypeOf(job.task(boxes)).toEqualTypeOf(labelingJob().task(boxes).autoLabeling())
    expectTypeOf(job.task<'named-entity-recognition'>)
      .parameter(0)
      .toEqualTypeOf<Refused<`named-entity-recognition ${Refusals['noAutoLabeling']}`>>()
  })

  test('takes keys that are no output keys', () => {
    const job = labelingJob()

    expectTypeOf(job.autoLabeling<VolumeKmsKey>)
      .parameter(0)
      .toEqualTypeOf<VolumeKmsKey>()
    expectTypeOf(job.autoLabeling<OutputKmsKey>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['outputKeyAsVolume']>>()
    expectTypeOf(job.autoLabeling<OutputKmsKey | VolumeKmsKey>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['outputKeyAsVolume']>>()
    expectTypeOf(job.autoLabeling<string>)
      .parameter(0)
      .toEqualTypeOf<Refused<Refusals['uncheckedVolumeKey']>>()
  })
})

describe('output', () => {
  test('takes keys that are no volume keys', () => {
    const job = labelingJob()

    expectTypeOf(job.output<OutputKmsKey, 's3://b/out/'>)
      .parameter(1)
      .toEqualTypeOf<OutputKmsKey>()
    expectTypeOf(job.output<'alias/gt', 's3://b/out/'>)
      .parameter(1)
      .toEqualTypeOf<'alias/gt'>()
    expectTypeOf(job.output<VolumeKmsKey, 's3://b/out/'>)
      .parameter(1)
      .toEqualTypeOf<Refused<Refusals['volumeKeyAsOutput']>>()
    expectTypeOf<OutputKmsKey & VolumeKmsKey>().toBeNever()
    expectTypeOf(job.output<string, 's3://b/out/'>)
      .parameter(1)
      .toEqualTypeOf<Refused<Refusals['uncheckedOutputKey']>>()
  })

  test('stands beside automated labeling with two keys', () => {
    const job = labelingJob().output('s3://b/out/', outputKmsKey).autoLabeling(volumeKmsKey)

    expectTypeOf(job).toEqualTypeOf<LabelingJob<'undecided', 'autoLabeling', Exclude<Part, 'output'>>>()
  })
})

describe('workers', () => {
  test('are one an object for video frames and 3D, before and after the task', () => {
    type Sentence = Refused<`point-cloud-object-detection ${Refusals['oneWorker']}`>

    expectTypeOf(labelingJob().task(cloud).workers<3>)
      .parameter(1)
      .exclude<undefined>()
      .toHaveProperty('perObject')
      .toEqualTypeOf<Sentence | undefined>()
    expectTypeOf(labelingJob().task(cloud).workers<1>)
      .parameter(1)
      .exclude<undefined>()
      .toHaveProperty('perObject')
      .toEqualTypeOf<1 | undefined>()
    expectTypeOf(labelingJob().workers(team, { perObject: 3 }).task<'point-cloud-object-detection'>)
      .parameter(0)
      .toEqualTypeOf<Sentence>()
  })

  test('forget several an object when one is said later', () => {
    const job = labelingJob().workers(team, { perObject: 3 }).workers(team, { perObject: 1 })

    expectTypeOf(job).toEqualTypeOf(labelingJob().workers(team))
  })

  test('are one an object for exactly the tasks on video frames and point clouds', () => {
    expectTypeOf<SingleWorkerTask>().toEqualTypeOf<
      Extract<TaskName, `${'video-frame' | 'point-cloud'}-${string}`>
    >()
  })
})

describe('the label attribute', () => {
  test('ends in -ref where the task needs it, and nowhere it must not', () => {
    expectTypeOf(labelingJob().task(masks).labelAttribute<'mask-ref'>)
      .parameter(0)
      .toEqualTypeOf<'mask-ref'>()
    expectTypeOf(labelingJob().task(masks).labelAttribute<'mask'>)
      .parameter(0)
      .toEqualTypeOf<Refused<`semantic-segmentation ${Refusals['needsRef']}`>>()
    expectTypeOf(labelingJob().task(boxes).labelAttribute<'box'>)
      .parameter(0)
      .toEqualTypeOf<'box'>()
    expectTypeOf(labelingJob().task(boxes).labelAttribute<'box-ref'>)
      .parameter(0)
      .toEqualTypeOf<Refused<`bounding-box ${Refusals['forbidsRef']}`>>()
  })

  test('decides which tasks may follow', () => {
    expectTypeOf(labelingJob().labelAttribute('x').task<'semantic-segmentation'>)
      .parameter(0)
      .toEqualTypeOf<Refused<`semantic-segmentation ${Refusals['needsRef']}`>>()
    expectTypeOf(labelingJob().labelAttribute('x-ref').task<'bounding-box'>)
      .parameter(0)
      .toEqualTypeOf<Refused<`bounding-box ${Refusals['forbidsRef']}`>>()
    expectTypeOf(labelingJob().labelAttribute('x-ref').labelAttribute('x').task<'bounding-box'>)
      .parameter(0)
      .toEqualTypeOf<Task<'bounding-box'>>()
  })

  test('is judged when the program runs if it is a plain string', () => {
    expectTypeOf(labelingJob().task(masks).labelAttribute<string>)
      .parameter(0)
      .toBeString()
  })

  test('has a rule for every task but the two of your own', () => {
    expectTypeOf<Exclude<TaskName, RefTask | PlainTask>>().toEqualTypeOf<'pass-through' | 'custom'>()
  })
})

describe('stopping conditions', () => {
  test('do not go with a stream', () => {
    expectTypeOf(labelingJob().stream(SNS).stopWhen).toEqualTypeOf<Refused<Refusals['stopWhenOnStream']>>()
    expectTypeOf(labelingJob().stopWhen({ humanLabeled: 1 }).stream).toEqualTypeOf<
      Refused<Refusals['streamWithStopWhen']>
    >()
    expectTypeOf(labelingJob().input('s3://b/in').stopWhen).toBeFunction()
  })
})

describe('raw', () => {
  test('takes unknown fields, and no keys', () => {
    type Patch = Parameters<LabelingJob<'undecided', never, Part>['raw']>[0]

    expectTypeOf<{ NewField: { Inner: 1 } }>().toExtend<Patch>()
    expectTypeOf<{ OutputConfig: { KmsKeyId: string } }>().not.toExtend<Patch>()
    expectTypeOf<{
      LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: { VolumeKmsKeyId: string } }
    }>().not.toExtend<Patch>()
  })
})
