import type { Aws } from '../aws/aws.js'
import type { Problem } from '../errors/problem.js'
import type { JsonObject } from '../json/json.js'
import type { RoleArnText } from '../names/role-arn.js'
import type { S3UriText } from '../names/s3-uri.js'
import type { TopicArnText } from '../names/topic-arn.js'
import type { WorkteamArnText } from '../names/workteam-arn.js'
import type { Shown } from '../show/shown.js'
import type { Task as TaskValue } from '../tasks/task.js'
import type { AutoLabelingTask, PlainTask, RefTask, SingleWorkerTask } from '../tasks/task-kinds.js'
import type { TaskName } from '../tasks/task-table.js'
import type { GivenKey, KeyForOutput, KeyForVolume, Named } from './given-names.js'
import type { Refusals, Refused, StillMissing } from './refusals.js'
import type { AutoLabelingOptions, OutputOptions, StopConditions, WorkersTerms } from './request/draft.js'
import type { ContentClassifier, CreateLabelingJobRequest } from './request/request.js'
import type { CreateOptions, ResolvedJob, ResolveOptions } from './resolved-job.js'
import type { Outcome, RunningJob } from './running-job.js'
import type { Choice, Part, TaskState } from './state.js'

type AutoTask = AutoLabelingTask | 'undecided' | 'open'

/**
 * A labeling job under construction. Immutable: every call returns a new job and leaves the old one as it was,
 * so a half-built one can be shared. Calls come in any order; a call that cannot go with an earlier one is a
 * compile error that says what to do, and the same words at run time.
 *
 * `Task` is the task, `Chosen` what limits later calls, `Missing` what the job still needs.
 */
export interface LabelingJob<Task extends TaskState, Chosen extends Choice, Missing extends Part>
  extends Shown<object> {
  /** Gives the job's name: 1 to 63 letters, digits and hyphens, unique in the account and region for ever. */
  named(name: string): LabelingJob<Task, Chosen, Exclude<Missing, 'name'>>

  /** Says what workers do: the value of a task constructor such as `boundingBox()`. */
  task<Name extends TaskName>(
    task: TaskFor<Name, Chosen>,
  ): LabelingJob<Name, Chosen, Exclude<Missing, 'task'>>

  /** Reads the objects from a manifest in S3: a one-time job. */
  input: SourceFree<Chosen> extends true
    ? <Uri extends string>(
        manifest: Named<Uri, S3UriText, Refusals['uncheckedS3Uri']>,
        options?: InputOptions,
      ) => LabelingJob<Task, Chosen | 'input', Exclude<Missing, 'input'>>
    : Refused<Refusals['secondSource']>

  /** Reads the objects from an SNS topic as they come, after those of an optional manifest: a streaming job. */
  stream: SourceFree<Chosen> extends true
    ? 'autoLabeling' extends Chosen
      ? Refused<Refusals['streamWithAutoLabeling']>
      : 'stopWhen' extends Chosen
        ? Refused<Refusals['streamWithStopWhen']>
        : <Arn extends string>(
            topic: Named<Arn, TopicArnText, Refusals['uncheckedTopicArn']>,
            options?: StreamOptions,
          ) => LabelingJob<Task, Chosen | 'stream', Exclude<Missing, 'input'>>
    : Refused<Refusals['secondSource']>

  /**
   * Goes on where an earlier job ended: reads its output manifest, and takes its output folder and key, its role and its
   * team, unless other calls give them. A job of the same task keeps the attribute, so that only objects without a label
   * are labeled; another task, an adjustment or a verification writes under a name of its own. Automated labeling of the
   * same task begins with the model that the earlier job ended with, and its volumes are under the same key, unless
   * `.autoLabeling()` is given another.
   *
   * @throws LabelingJobError `job-not-finished` when the earlier job has no output manifest, or labeled nothing.
   */
  chainFrom: SourceFree<Chosen> extends true
    ? (
        earlier: Outcome,
        options?: ChainOptions,
      ) => LabelingJob<Task, Chosen | 'input', Exclude<Missing, 'input' | 'output' | 'role' | 'workers'>>
    : Refused<Refusals['secondSource']>

  /**
   * Says where labels are written. The key of an earlier call, of the request that was read in or of the earlier job of a
   * chain stays, and so does the topic; without any of them labels are written under `aws/s3`, a key of AWS.
   */
  output<Uri extends string>(
    uri: Named<Uri, S3UriText, Refusals['uncheckedS3Uri']>,
  ): LabelingJob<Task, Chosen, Exclude<Missing, 'output'>>
  /**
   * Says where labels are written, and under which customer managed key; `topic` also publishes each label of a streaming
   * job. Options may stand in the place of the key, which stays what it is then; `{ key: 'aws-managed' }` says that no key of
   * yours is meant.
   *
   * @throws LabelingJobError `invalid-name` for what names no key, `refused-call` for one that is undefined or for volumes.
   */
  output<Key extends GivenKey, Uri extends string = S3UriText>(
    uri: Named<Uri, S3UriText, Refusals['uncheckedS3Uri']>,
    key: KeyForOutput<Key>,
    options?: OutputOptions,
  ): LabelingJob<Task, Chosen, Exclude<Missing, 'output'>>

  /** Names the execution role, by its ARN with path: Ground Truth reads, writes and uses the keys with it. */
  role<Arn extends string>(
    arn: Named<Arn, RoleArnText, Refusals['uncheckedRoleArn']>,
  ): LabelingJob<Task, Chosen, Exclude<Missing, 'role'>>

  /** Says who labels. */
  workers<PerObject extends number = 1, Arn extends string = WorkteamArnText>(
    team: Named<Arn, WorkteamArnText, Refusals['uncheckedWorkteamArn']>,
    options?: JobWorkersOptions<Task, PerObject>,
  ): LabelingJob<Task, ChosenWorkers<Chosen, PerObject>, Exclude<Missing, 'workers'>>

  /**
   * Has a model label what it can (1,250 objects or more; AWS advises 5,000). The key encrypts the storage volume
   * of the machines that train and infer; the algorithm follows from the task. Options may stand in the place of the key:
   * the key of an earlier call, of the request that was read in or of the earlier job of a chain stays then, and without any
   * the volumes are under a key of AWS; `{ key: 'aws-managed' }` says that this is meant.
   *
   * @throws LabelingJobError `invalid-name` for what names no key, `refused-call` for one that is undefined or for outputs.
   */
  autoLabeling: 'stream' extends Chosen
    ? Refused<Refusals['autoLabelingOnStream']>
    : [Task] extends [AutoTask]
      ? AutoLabelingCall<Task, Chosen, Missing>
      : Refused<`${Exclude<Task, AutoTask>} ${Refusals['noAutoLabeling']}`>

  /** Names the attribute that carries the label in the output manifest. Default: the job's name, with `-ref` where the task needs it. */
  labelAttribute<Name extends string>(
    name: AttributeFor<Name, Task>,
  ): LabelingJob<Task, ChosenAttribute<Chosen, Name>, Missing>

  /** Stops the job by itself, at whichever condition is met first. */
  stopWhen: 'stream' extends Chosen
    ? Refused<Refusals['stopWhenOnStream']>
    : (conditions: StopConditions) => LabelingJob<Task, Chosen | 'stopWhen', Missing>

  /** Adds tags to the labeling job; a key given again takes the new value. */
  tags(tags: Readonly<Record<string, string>>): LabelingJob<Task, Chosen, Missing>

  /**
   * Merges fields of CreateLabelingJob that this library does not know, last of all: objects are merged, other
   * values replaced, `null` removes. Keys go through `.output()` and `.autoLabeling()`: a patch that names one is refused,
   * and a job whose patch takes one away breaks a rule.
   */
  raw(patch: RawPatch): LabelingJob<Task, Chosen, Missing>

  /** The job's name; `undefined` while it is missing. */
  readonly name: string | undefined

  /** The ARN of the execution role; `undefined` while it is missing. */
  readonly roleArn: string | undefined

  /** Lists every rule of CreateLabelingJob that the job breaks, in the order of the calls; empty when none. */
  problems(region?: string): readonly Problem[]

  /**
   * Gives the exact body of CreateLabelingJob; sends nothing. Keys must be ARNs or ids: `.resolve()` looks up aliases.
   *
   * An alias in a request that was read in stays, with the problem `key-alias` or `volume-key-alias`.
   *
   * @throws LabelingJobError `incomplete-job`, `refused-call` (a key of `.output()` or `.autoLabeling()` is an alias, or
   * `.raw()` takes a key away), `region-not-supported`.
   */
  toRequest: [Missing] extends [never]
    ? (options: { readonly region: string }) => CreateLabelingJobRequest
    : StillMissing<Missing>

  /**
   * Looks up both keys and checks the job: gives what AWS will be told, and sends nothing else.
   * Needs `kms:DescribeKey` on the keys.
   *
   * @throws LabelingJobError `invalid-job` with every problem, `key-…` for a key that cannot be used.
   */
  resolve: [Missing] extends [never]
    ? (aws: Aws, options?: ResolveOptions) => Promise<ResolvedJob<Task>>
    : StillMissing<Missing>

  /**
   * Resolves, checks and creates the job; with `{ ifExists: 'attach' }` a job of the name that is the same is taken up
   * instead. Throttling is waited out, and so is a role made seconds ago, for a minute. Needs
   * `sagemaker:CreateLabelingJob`, `iam:PassRole` on the role and `kms:DescribeKey` on the keys, and for `attach` also
   * `sagemaker:DescribeLabelingJob`.
   *
   * @throws what `.resolve()` throws, those of AWS (`name-taken`, `access-denied`, `throttled`, `aws-validation` …), and
   * with `attach` `job-differs`, with every field.
   */
  create: [Missing] extends [never]
    ? (aws: Aws, options?: CreateOptions) => Promise<RunningJob<Task>>
    : StillMissing<Missing>
}

/** A job read in by `fromRequest()` or `fromDescribe()`: every call is open, and the rules run when asked for. */
export type OpenLabelingJob = LabelingJob<'open', never, never>

/** A job that has all it needs, whatever its task. */
export interface CompleteJob {
  readonly name: string | undefined
  readonly roleArn: string | undefined
  problems(region?: string): readonly Problem[]
  toRequest(options: { readonly region: string }): CreateLabelingJobRequest
  resolve(aws: Aws, options?: ResolveOptions): Promise<ResolvedJob>
  create(aws: Aws, options?: CreateOptions): Promise<RunningJob>
}

/** How a job goes on with the work of an earlier one. */
export interface ChainOptions {
  /** The attribute that carries this job's labels. Default: that of the earlier job for the same task, else the job's name. */
  readonly attribute?: string
}

/** What is stated about the input data. */
export interface InputOptions {
  readonly contentClassifiers?: readonly ContentClassifier[]
}

/** What a streaming job reads before the stream. */
export interface StreamOptions {
  readonly manifest?: S3UriText
}

/** Fields of CreateLabelingJob to merge; keys are left out on purpose. */
export type RawPatch = JsonObject & {
  readonly OutputConfig?: JsonObject & { readonly KmsKeyId?: Refused<Refusals['rawKey']> }
  readonly LabelingJobAlgorithmsConfig?: JsonObject & {
    readonly LabelingJobResourceConfig?: JsonObject & {
      readonly VolumeKmsKeyId?: Refused<Refusals['rawKey']>
    }
  }
}

/** The options of `.workers()`; with a task of one worker, `perObject` is 1. */
interface JobWorkersOptions<Task extends TaskState, PerObject extends number> extends WorkersTerms {
  /** How many workers label each object, 1 to 9. Default: what the console fills in for the task. */
  readonly perObject?: PerObjectFor<Task, PerObject>
}

type SourceFree<Chosen extends Choice> = 'input' extends Chosen
  ? false
  : 'stream' extends Chosen
    ? false
    : true

/** The call that switches automated labeling on, with or without a key for its storage volume. */
interface AutoLabelingCall<Task extends TaskState, Chosen extends Choice, Missing extends Part> {
  (): LabelingJob<Task, Chosen | 'autoLabeling', Missing>
  <Key extends GivenKey>(
    key: KeyForVolume<Key>,
    options?: AutoLabelingOptions,
  ): LabelingJob<Task, Chosen | 'autoLabeling', Missing>
}

// Each of the following is what a parameter takes, or the refusal in its place. The parameter itself stands in a
// branch, where the compiler infers it from: an intersection with a refusal would be shown with all its members.
// A key that is optional would be inferred as the first of its four forms, so calls without one are a line of their own.
type TaskFor<Name extends TaskName, Chosen extends Choice> = 'autoLabeling' extends Chosen
  ? [Name] extends [AutoTask]
    ? TaskForWorkers<Name, Chosen>
    : Refused<`${Exclude<Name, AutoTask>} ${Refusals['noAutoLabeling']}`>
  : TaskForWorkers<Name, Chosen>

type TaskForWorkers<Name extends TaskName, Chosen extends Choice> = 'several-workers' extends Chosen
  ? [Name] extends [SingleWorkerTask]
    ? Refused<`${Name} ${Refusals['oneWorker']}`>
    : TaskForAttribute<Name, Chosen>
  : TaskForAttribute<Name, Chosen>

type TaskForAttribute<Name extends TaskName, Chosen extends Choice> = 'ref-attribute' extends Chosen
  ? [Name] extends [PlainTask]
    ? Refused<`${Name} ${Refusals['forbidsRef']}`>
    : TaskValue<Name>
  : 'plain-attribute' extends Chosen
    ? [Name] extends [RefTask]
      ? Refused<`${Name} ${Refusals['needsRef']}`>
      : TaskValue<Name>
    : TaskValue<Name>

type PerObjectFor<Task extends TaskState, PerObject extends number> = [Task] extends [SingleWorkerTask]
  ? PerObject extends 1
    ? PerObject
    : Refused<`${Task} ${Refusals['oneWorker']}`>
  : PerObject

type ChosenWorkers<Chosen extends Choice, PerObject extends number> =
  | Exclude<Chosen, 'several-workers'>
  | (number extends PerObject ? never : PerObject extends 1 ? never : 'several-workers')

type AttributeFor<Name extends string, Task extends TaskState> = string extends Name
  ? Name
  : Name extends `${string}-ref`
    ? [Task] extends [PlainTask]
      ? Refused<`${Task} ${Refusals['forbidsRef']}`>
      : Name
    : [Task] extends [RefTask]
      ? Refused<`${Task} ${Refusals['needsRef']}`>
      : Name

type ChosenAttribute<Chosen extends Choice, Name extends string> =
  | Exclude<Chosen, 'ref-attribute' | 'plain-attribute'>
  | (string extends Name ? never : Name extends `${string}-ref` ? 'ref-attribute' : 'plain-attribute')
