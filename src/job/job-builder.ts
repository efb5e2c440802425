import type { Aws } from '../aws/aws.js'
import { formatValue } from '../errors/format-value.js'
import { describeProblem, type Problem } from '../errors/problem.js'
import { refusedCall, refuseNoConnection } from '../errors/refused-call.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { refuseOddLookUp } from '../keys/refuse-odd-look-up.js'
import { keyForm } from '../names/kms-key.js'
import { makeShown, printAs, type Shown } from '../show/shown.js'
import type { Task } from '../tasks/task.js'
import { TASK_TABLE, type TaskRow } from '../tasks/task-table.js'
import {
  readKeyAndOptions,
  refuseAttribute,
  refuseNoObject,
  refuseOddCreate,
  refuseUnknown,
} from './check-call.js'
import { missingParts, requestOf } from './complete-draft.js'
import { describeDraft, givenField } from './describe-draft.js'
import { findDraftProblems } from './find-draft-problems.js'
import type { ChainOptions, LabelingJob } from './labeling-job.js'
import { readChain } from './read-chain.js'
import { readPatch } from './read-patch.js'
import { incompleteJob, REFUSALS } from './refusals.js'
import { declaredOutputKey, declaredVolumeKey } from './request/declared-keys.js'
import type { AutoLabelingOptions, Draft, StopConditions, WorkersOptions } from './request/draft.js'
import type { ContentClassifier, CreateLabelingJobRequest } from './request/request.js'
import type { CreateOptions, ResolvedJob, ResolveOptions } from './resolved-job.js'
import type { Outcome, RunningJob } from './running-job.js'
import { PARTS } from './state.js'

/** What a job needs from outside once it is sent; given from above, so that building a job loads none of it. */
export interface JobEngine {
  resolve(draft: Draft, aws: Aws, options?: ResolveOptions): Promise<ResolvedJob>
  create(draft: Draft, aws: Aws, options: CreateOptions): Promise<RunningJob>
}

/** A job with the given parts, whose types the caller states. */
export function makeJob(draft: Draft, engine: JobEngine): JobBuilder {
  return new JobBuilder(draft, engine)
}

// The state types change with every call, and only the interface tells them.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Untold = any

// Two corners of the interface: between them they allow every call, so a call that is missing here, or takes
// other parameters, does not compile.
type Complete = LabelingJob<'image-classification', never, never>
type Undecided = LabelingJob<'open', never, never>
type Calls<Job> = {
  [Name in keyof Job as Job[Name] extends (...args: never) => unknown ? Name : never]: Job[Name]
}

class JobBuilder implements Calls<Complete>, Calls<Undecided> {
  readonly #draft: Draft
  readonly #engine: JobEngine

  constructor(draft: Draft, engine: JobEngine) {
    this.#draft = Object.freeze(draft)
    this.#engine = engine
    printAs(this, () => this.toString())
  }

  named(name: string) {
    return this.#with({ name })
  }

  task(task: Task) {
    const { autoLabeling, workers, labelAttribute } = this.#draft
    const row: TaskRow | undefined = TASK_TABLE[task?.name]
    if (row === undefined)
      throw refusedCall('.task', 'this is no task: give the value of boundingBox() or another task')
    const refuse = (reason: string) => {
      throw refusedCall('.task', `${task.name} ${reason}`)
    }
    if (autoLabeling !== undefined && row.algorithm === undefined) refuse(REFUSALS.noAutoLabeling)
    if (row.workers === 'one' && (workers?.perObject ?? 1) > 1) refuse(REFUSALS.oneWorker)
    if (labelAttribute !== undefined) refuseAttribute('task', task.name, labelAttribute)
    return this.#with({ task })
  }

  // The names of what follows are wider than in the interface, where a refusal may stand in their place; the rules
  // report what is not a name.
  input(manifest: unknown, options: { readonly contentClassifiers?: readonly ContentClassifier[] } = {}) {
    this.#refuseSecondSource('input')
    refuseUnknown('input', options, 'contentClassifiers')
    const { contentClassifiers } = options
    return this.#with({
      input: {
        manifest: manifest as string,
        ...(contentClassifiers && { contentClassifiers: [...contentClassifiers] }),
      },
    })
  }

  stream(topic: unknown, options: { readonly manifest?: string } = {}) {
    this.#refuseSecondSource('stream')
    if (this.#draft.autoLabeling !== undefined) throw refusedCall('.stream', REFUSALS.streamWithAutoLabeling)
    if (this.#draft.stopWhen !== undefined) throw refusedCall('.stream', REFUSALS.streamWithStopWhen)
    refuseUnknown('stream', options, 'manifest')
    const { manifest } = options
    return this.#with({ stream: { topic: topic as string, ...(manifest !== undefined && { manifest }) } })
  }

  chainFrom(earlier: Outcome, options: ChainOptions = {}) {
    this.#refuseSecondSource('chainFrom')
    refuseUnknown('chainFrom', options, 'attribute')
    const { attribute } = options
    const { task } = this.#draft
    if (attribute !== undefined && task !== undefined)
      refuseAttribute('chainFrom', task.name, String(attribute))
    return this.#with({
      ...readChain(earlier, this.#draft),
      ...(attribute !== undefined && { labelAttribute: attribute }),
    })
  }

  output(uri: unknown, ...given: readonly [keyOrOptions?: unknown, options?: { readonly topic?: string }]) {
    const { key, options } = readKeyAndOptions('output', 'output', given, 'topic')
    const { topic } = options
    return this.#with({
      output: {
        ...this.#draft.output,
        uri: uri as string,
        ...(key !== undefined && { key }),
        ...(topic !== undefined && { topic }),
      },
    })
  }

  role(role: unknown) {
    return this.#with({ role: role as string })
  }

  workers(team: unknown, options: WorkersOptions = {}) {
    refuseUnknown('workers', options, 'perObject', 'availability', 'maxConcurrentTasks', 'price')
    const { task } = this.#draft
    if (task !== undefined && TASK_TABLE[task.name].workers === 'one' && (options.perObject ?? 1) !== 1) {
      throw refusedCall('.workers', `${task.name} ${REFUSALS.oneWorker}`)
    }
    return this.#with({ workers: { team: team as string, ...options } })
  }

  autoLabeling(...given: readonly [keyOrOptions?: unknown, options?: AutoLabelingOptions]) {
    const { stream, task } = this.#draft
    if (stream !== undefined) throw refusedCall('.autoLabeling', REFUSALS.autoLabelingOnStream)
    const row: TaskRow | undefined = task && TASK_TABLE[task.name]
    if (row !== undefined && row.algorithm === undefined) {
      throw refusedCall('.autoLabeling', `${task?.name} ${REFUSALS.noAutoLabeling}`)
    }
    const { key, options } = readKeyAndOptions('autoLabeling', 'volume', given, 'initialModel', 'vpc')
    const { initialModel, vpc } = options
    return this.#with({
      autoLabeling: {
        ...this.#draft.autoLabeling,
        ...(key !== undefined && { key }),
        ...(initialModel !== undefined && { initialModel }),
        ...(vpc !== undefined && {
          vpc: { securityGroups: [...vpc.securityGroups], subnets: [...vpc.subnets] },
        }),
      },
    })
  }

  labelAttribute(name: unknown) {
    const labelAttribute = name as string
    const { task } = this.#draft
    if (task !== undefined) refuseAttribute('labelAttribute', task.name, String(name))
    return this.#with({ labelAttribute })
  }

  stopWhen(conditions: StopConditions) {
    if (this.#draft.stream !== undefined) throw refusedCall('.stopWhen', REFUSALS.stopWhenOnStream)
    refuseUnknown('stopWhen', conditions, 'humanLabeled', 'percentLabeled')
    if (Object.values(conditions).every((value) => value === undefined))
      throw refusedCall('.stopWhen', REFUSALS.stopWhenEmpty)
    return this.#with({ stopWhen: { ...conditions } })
  }

  tags(tags: Readonly<Record<string, string>>) {
    refuseNoObject('tags', tags)
    return this.#with({ tags: { ...this.#draft.tags, ...tags } })
  }

  raw(patch: unknown) {
    return this.#with({ patches: [...(this.#draft.patches ?? []), readPatch(patch)] })
  }

  get name(): string | undefined {
    return givenField(this.#draft, 'name', 'LabelingJobName')
  }

  get roleArn(): string | undefined {
    return givenField(this.#draft, 'role', 'RoleArn')
  }

  toString(): string {
    return String(this.#shown())
  }

  toMarkdown(): string {
    return this.#shown().toMarkdown()
  }

  toHtml(): string {
    return this.#shown().toHtml()
  }

  toJSON(): object {
    return deepFreeze(this.#draft)
  }

  problems(region?: string): readonly Problem[] {
    if (region !== undefined && typeof region !== 'string')
      throw refusedCall(
        '.problems',
        `the region is ${formatValue(region)}: give its code, for instance 'us-east-1'`,
      )
    return listProblems(findDraftProblems(this.#draft, missingParts(this.#draft), region))
  }

  toRequest(options: { readonly region: string }): CreateLabelingJobRequest {
    this.#refuseIncomplete()
    if (typeof options?.region !== 'string') throw refusedCall('.toRequest', REFUSALS.noRegion)
    for (const key of [declaredOutputKey(this.#draft), declaredVolumeKey(this.#draft)]) {
      if (key !== undefined && keyForm(String(key))?.startsWith('alias')) {
        throw refusedCall(
          '.toRequest',
          `${key} is an alias, and a request carries key ARNs or ids: call .resolve(aws), which looks it up`,
        )
      }
    }
    return requestOf(this.#draft, options.region)
  }

  async resolve(aws: Aws, options: ResolveOptions = {}): Promise<Untold> {
    this.#refuseIncomplete()
    refuseNoConnection('.resolve', aws)
    refuseUnknown('resolve', options, 'fresh', 'signal')
    refuseOddLookUp('.resolve', options)
    return this.#engine.resolve(this.#draft, aws, options)
  }

  async create(aws: Aws, options: CreateOptions = {}): Promise<Untold> {
    this.#refuseIncomplete()
    refuseNoConnection('.create', aws)
    refuseOddCreate(options)
    return this.#engine.create(this.#draft, aws, options)
  }

  #shown(): Shown<object> {
    return makeShown({}, { text: () => describeDraft(this.#draft, missingParts(this.#draft)) })
  }

  #with(change: Partial<Draft>): Untold {
    return new JobBuilder({ ...this.#draft, ...change }, this.#engine)
  }

  #refuseSecondSource(call: string): void {
    if (this.#draft.input !== undefined || this.#draft.stream !== undefined) {
      throw refusedCall(`.${call}`, REFUSALS.secondSource)
    }
  }

  #refuseIncomplete(): void {
    const missing = missingParts(this.#draft)
    if (missing.length > 0) {
      throw incompleteJob(
        this.name,
        missing,
        missing.map((part) => PARTS[part]),
      )
    }
  }
}

/** A plain list, which prints itself as sentences. */
function listProblems(problems: readonly Problem[]): readonly Problem[] {
  return printAs(
    problems,
    () =>
      problems.map((problem) => `${problem.severity}: ${describeProblem(problem)}`).join('\n') ||
      'no problems',
  )
}
