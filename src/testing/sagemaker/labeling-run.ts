import type { LabelCounters, LabelingJobStatus } from '../../aws/sagemaker-calls.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { FullLabelingSettings, Misplacing } from '../world/labeling-settings.js'
import type { FakeJob, World } from '../world/world.js'
import { trainModel } from './automated-labeling.js'
import { findKeyObstacle } from './job-keys.js'
import { OutputWriter } from './output-writer.js'
import { type LabelingPlan, labeler, type PlannedObject, planLabeling } from './plan-labeling.js'
import { type JobInput, readInput, s3Address } from './read-input.js'
import { canBeShown, findViewObstacle } from './worker-view.js'

/** Seconds from `InProgress` until the keys have been tried and the first task is on offer. */
const PREPARATION = 30
/** Streaming jobs end by themselves after ten idle days. */
const IDLE = 10 * 86_400

/** A labeling job on its way. It moves with the clock; every step happens at its own time. */
export class LabelingRun implements FakeJob {
  readonly arn: string
  readonly request: CreateLabelingJobRequest
  readonly createdAt: Date
  readonly referenceCode: string
  status: LabelingJobStatus = 'Initializing'
  failureReason: string | undefined
  modifiedAt: Date
  readonly #world: World
  readonly #settings: FullLabelingSettings
  readonly #counts = { human: 0, machine: 0, nobody: 0 }
  #objects: { readonly line: number; readonly at: number; readonly by: PlannedObject['by'] }[] = []
  #done = 0
  readonly #ids = new Set<string>()
  #end: LabelingPlan['end'] | undefined
  #writer: OutputWriter | undefined
  #stoppedAt = Number.POSITIVE_INFINITY

  constructor(world: World, arn: string, request: CreateLabelingJobRequest, createdAt: Date) {
    this.arn = arn
    this.request = request
    this.createdAt = createdAt
    this.#world = world
    this.#settings = world.labeling
    this.modifiedAt = createdAt
    this.referenceCode = world.ids.hex(32)
  }

  /** The work team, bucket and role of the job are in this region. */
  get region(): string {
    return this.arn.split(':')[3] as string
  }

  get varied(): boolean {
    return this.#settings.varied
  }

  get misplace(): Misplacing | undefined {
    return this.#settings.misplace
  }

  get outputManifestUri(): string {
    return `${this.#folder}/manifests/output/output.manifest`
  }

  get hasOutput(): boolean {
    return this.#writer !== undefined
  }

  /** Empty, as AWS gives it, unless automated labeling came to its end. */
  get finalModelArn(): string {
    const isTrained = this.#world.modelJobs.models.has(this.#modelArn) && this.status === 'Completed'
    return isTrained ? this.#modelArn : ''
  }

  counters(): Required<LabelCounters> {
    const { human, machine, nobody } = this.#counts
    const labelable = this.#writer?.objects.length ?? 0
    return {
      TotalLabeled: human + machine,
      HumanLabeled: human,
      MachineLabeled: machine,
      FailedNonRetryableError: nobody,
      Unlabeled: labelable - human - machine - nobody,
    }
  }

  /** Goes on until the given moment. */
  moveTo(now: Date): void {
    for (;;) {
      const step = this.#nextStep()
      const isDue = step !== undefined && step.at <= now.getTime()
      this.#labelUntil(isDue ? step.at : now.getTime())
      if (!isDue || this.status === 'Failed') return
      this.modifiedAt = new Date(step.at)
      step.take(step.at)
    }
  }

  /** Stops the job; `false` when it has ended. */
  stop(now: Date): boolean {
    if (this.status === 'Stopping') return true
    if (this.status !== 'Initializing' && this.status !== 'InProgress') return false
    this.#beginToStop(now.getTime())
    this.modifiedAt = now
    return true
  }

  /** Takes a message of the input topic; one that comes before the job listens is lost, and so is an object that came before. */
  receive(topicArn: string, message: string, now: Date): void {
    if (this.#topic !== topicArn || this.status !== 'InProgress' || this.#writer === undefined) return
    const object = objectOf(message)
    const id = object?.[String(object['dataset-objectid-attribute-name'])]
    if (object === undefined || (typeof id === 'string' && this.#ids.has(id))) return
    if (typeof id === 'string') this.#ids.add(id)
    const line = this.#writer.add(message)
    // What comes before the first task is on offer is taken up then.
    if (this.#end !== undefined) this.#schedule(line, Math.max(this.#lastDone(0), now.getTime()))
  }

  get #folder(): string {
    return `${s3Address(this.request.OutputConfig.S3OutputPath).replace(/\/$/, '')}/${this.request.LabelingJobName}`
  }

  get #modelArn(): string {
    return this.arn.replace(':labeling-job/', ':model/')
  }

  get #startsAt(): number {
    return this.createdAt.getTime() + this.#settings.initializingSeconds * 1_000
  }

  get #labelingFrom(): number {
    return this.#startsAt + PREPARATION * 1_000
  }

  get #topic(): string | undefined {
    return this.request.InputConfig.DataSource.SnsDataSource?.SnsTopicArn
  }

  #nextStep(): { readonly at: number; take(at: number): void } | undefined {
    if (this.status === 'Initializing') return { at: this.#startsAt, take: () => this.#start() }
    if (this.status === 'Stopping') return { at: this.#stoppedAt, take: () => this.#stopped() }
    if (this.status !== 'InProgress') return undefined
    if (this.#end === undefined) return { at: this.#labelingFrom, take: (at) => this.#prepare(at) }
    if (this.#topic === undefined) {
      return { at: this.#labelingFrom + this.#end.after * 1_000, take: (at) => this.#finish(at) }
    }
    return { at: this.#lastDone(this.#labelingFrom) + IDLE * 1_000, take: (at) => this.#beginToStop(at) }
  }

  #start(): void {
    this.status = 'InProgress'
    const input = readInput(this.#world, this)
    const why = typeof input === 'string' ? input : this.#findViewObstacle(input)
    if (why !== undefined) this.#fail(why)
    else this.#writer = new OutputWriter(this.#world, this, this.#folder, input as JobInput)
  }

  #findViewObstacle(input: JobInput): string | undefined {
    return this.#settings.looksAt === 'everything' ? findViewObstacle(this.#world, this, input) : undefined
  }

  #prepare(at: number): void {
    const why = findKeyObstacle(this.#world, this, new Date(at))
    if (why !== undefined) {
      this.#fail(why)
      return
    }
    const objects = this.#writer?.objects ?? []
    if (this.#topic !== undefined) {
      this.#end = { after: 0, status: 'Completed' }
      for (const line of objects) this.#schedule(line, this.#lastDone(at))
      return
    }
    const plan = planLabeling(objects.length, this.request, this.#settings, this.#canBeShown(objects))
    this.#end = plan.end
    this.#objects = plan.objects.map(({ after, by }, index) => ({
      line: objects[index] as number,
      at: at + after * 1_000,
      by,
    }))
  }

  /** Whether workers can be shown the object at a place of the manifest. */
  #canBeShown(lines: readonly number[]): (index: number) => boolean {
    if (this.#settings.looksAt !== 'everything') return () => true
    return (index) => canBeShown(this.#world, this, this.#writer?.line(lines[index] as number) as string)
  }

  #lastDone(at: number): number {
    return this.#objects.at(-1)?.at ?? at
  }

  /** Puts one more object of a stream on offer. */
  #schedule(line: number, from: number): void {
    const { workers, secondsPerObject } = this.#settings
    const { TaskAvailabilityLifetimeInSeconds: lifetime = 2_592_000 } = this.request.HumanTaskConfig
    const seconds = workers === 'absent' ? lifetime : secondsPerObject
    const by =
      workers === 'absent'
        ? 'nobody'
        : labeler(this.#objects.length, Number.POSITIVE_INFINITY, this.#settings)
    this.#objects.push({ line, at: from + seconds * 1_000, by })
  }

  #labelUntil(moment: number): void {
    let next = this.#objects[this.#done]
    if (this.status !== 'InProgress' || this.#writer === undefined || next === undefined) return
    if (next.at > moment) return
    const why = findKeyObstacle(this.#world, this, new Date(next.at))
    if (why !== undefined) {
      this.modifiedAt = new Date(next.at)
      this.#fail(why)
      return
    }
    while (next !== undefined && next.at <= moment) {
      const before = this.modifiedAt
      this.modifiedAt = new Date(next.at)
      if (next.by === 'machine' && this.#counts.machine === 0) this.#train(before)
      this.#writer.finish(next.line, next.by, this.modifiedAt)
      this.#counts[next.by] += 1
      this.#done += 1
      next = this.#objects[this.#done]
    }
    this.#writer.publish(this.modifiedAt)
  }

  /** Trains the model before the first object that a machine labels. */
  #train(from: Date): void {
    const { arn, request, referenceCode } = this
    const job = { arn, request, referenceCode, modelArn: this.#modelArn }
    trainModel(this.#world, job, this.#writer as OutputWriter, { from, to: this.modifiedAt })
  }

  #finish(at: number): void {
    const end = this.#end as LabelingPlan['end']
    if (end.status === 'Failed') this.#fail(end.reason)
    else if (end.status === 'Stopping') this.#beginToStop(at)
    else {
      this.status = 'Completed'
      this.#writer?.publish(new Date(at))
    }
  }

  #beginToStop(at: number): void {
    this.status = 'Stopping'
    this.#stoppedAt = at + this.#settings.stoppingSeconds * 1_000
  }

  #stopped(): void {
    this.status = 'Stopped'
  }

  #fail(reason: string): void {
    this.status = 'Failed'
    this.failureReason = reason.slice(0, 1_024)
  }
}

/** What a message says of an object; `undefined` for one that is no line of a manifest. */
function objectOf(message: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const object: unknown = JSON.parse(message)
    return typeof object === 'object' && object !== null ? { ...object } : undefined
  } catch {
    return undefined
  }
}
