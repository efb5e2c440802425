import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { World } from '../world/world.js'
import { taskOfRequest } from './check-labeling-request.js'
import { outputKeyOf } from './job-keys.js'
import { makeLabel } from './make-label.js'
import type { PlannedObject } from './plan-labeling.js'
import { type JobInput, s3Address } from './read-input.js'

/** Writes what a job leaves in its bucket: the output manifest, the labels' files and the workers' answers. */
export class OutputWriter {
  /** The lines that get a label; those that have one already stay as they are. */
  readonly objects: number[] = []
  readonly #world: World
  readonly #job: { readonly request: CreateLabelingJobRequest; readonly region: string }
  readonly #folder: string
  readonly #input: JobInput
  readonly #task: TaskName
  readonly #lines: string[] = []

  constructor(
    world: World,
    job: { readonly request: CreateLabelingJobRequest; readonly region: string },
    folder: string,
    input: JobInput,
  ) {
    this.#world = world
    this.#job = job
    this.#folder = s3Address(folder)
    this.#input = input
    this.#task = taskOfRequest(job.request)
    for (const line of input.lines) this.add(line)
  }

  /** Adds a line of input and gives its place. */
  add(line: string): number {
    const place = this.#lines.push(line) - 1
    if (!(this.#job.request.LabelAttributeName in JSON.parse(line))) this.objects.push(place)
    return place
  }

  /** Finishes one object: its line gets a label or the reason why it has none. */
  finish(place: number, by: PlannedObject['by'], at: Date): void {
    const { LabelingJobName, LabelAttributeName: attribute, HumanTaskConfig } = this.#job.request
    const line = JSON.parse(this.#lines[place] as string)
    const { label, metadata, file } = makeLabel(this.#task, {
      place,
      source: String(line['source'] ?? line['source-ref']),
      classes: this.#input.classes,
      confidence:
        by === 'machine' ? 0.94 : HumanTaskConfig.NumberOfHumanWorkersPerDataObject === 1 ? 0 : 0.81,
      folder: `${this.#folder}/annotations/consolidated-annotation/output/${place}`,
    })
    const common = {
      'job-name': `labeling-job/${LabelingJobName.toLowerCase()}`,
      'human-annotated': by === 'machine' ? 'no' : 'yes',
      'creation-date': `${at.toISOString().slice(0, -1)}000`,
    }
    if (by === 'nobody') {
      const failure = { 'failure-reason': EXPIRED, type: metadata['type'], ...common }
      this.#lines[place] = JSON.stringify({ ...line, [`${attribute}-metadata`]: failure })
      return
    }
    if (file !== undefined) this.#put(file.uri, file.bytes, at)
    const answers = by === 'human' ? this.#putAnswer(place, label, at) : undefined
    const { AnnotationConsolidationConfig: consolidation } = HumanTaskConfig
    this.#lines[place] = JSON.stringify({
      ...line,
      ...(consolidation === undefined && answers !== undefined
        ? unconsolidated(attribute, LabelingJobName, answers, common)
        : { [attribute]: label, [`${attribute}-metadata`]: { ...metadata, ...common } }),
    })
  }

  /** Writes the output manifest as it stands. */
  publish(at: Date): void {
    const lines = [...this.#lines]
    let bytes: Uint8Array | undefined
    this.#put(
      `${this.#folder}/manifests/output/output.manifest`,
      () => {
        bytes ??= new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
        return bytes
      },
      at,
    )
  }

  /** Gives the address of the answers. */
  #putAnswer(place: number, label: unknown, at: Date): string {
    const time = at.toISOString()
    const answers = [
      {
        acceptanceTime: time,
        submissionTime: time,
        timeSpentInSeconds: 1,
        workerId: 'private.us-east-1.0123456789abcdef',
        answerContent: { [this.#job.request.LabelAttributeName]: label },
      },
    ]
    const bytes = new TextEncoder().encode(JSON.stringify({ answers }))
    const stamp = time.replace(/[:.]/g, '-')
    const uri = `${this.#folder}/annotations/worker-response/iteration-1/${place}/${stamp}.json`
    this.#put(uri, () => bytes, at)
    return uri
  }

  #put(uri: string, body: () => Uint8Array, lastModified: Date): void {
    const { bucket, key } = parseS3Uri(uri)
    const kmsKeyArn = outputKeyOf(this.#world, this.#job, lastModified)
    this.#world.buckets.get(bucket)?.objects.set(key, { body, lastModified, kmsKeyArn })
  }
}

/** What AWS writes when no Lambda consolidates the answers: an empty label, and where the answers are. */
function unconsolidated(
  attribute: string,
  jobName: string,
  answers: string,
  common: { readonly 'human-annotated': string; readonly 'creation-date': string },
): object {
  const metadata = {
    job_name: jobName.toLowerCase(),
    type: 'groundTruth/custom',
    'human-annotated': common['human-annotated'],
    creation_date: common['creation-date'],
    'worker-response-ref': answers,
  }
  return { [attribute]: {}, [`${attribute}-metadata`]: metadata }
}

const EXPIRED =
  'ClientError: Annotation tasks expired. No worker answered in the time the task was available.'
