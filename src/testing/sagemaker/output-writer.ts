import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { LABEL_KINDS } from '../../manifests/read/label-kinds.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import { encryptionOf } from '../world/encryption-setup.js'
import type { Misplacing } from '../world/labeling-settings.js'
import type { FakeEncryption, StoredObjectParts } from '../world/stored-object.js'
import type { World } from '../world/world.js'
import { taskOfRequest } from './check-labeling-request.js'
import { firstFrame } from './first-frame.js'
import { outputKeyOf } from './job-keys.js'
import { makeLabel } from './make-label.js'
import type { PlannedObject } from './plan-labeling.js'
import { type JobInput, s3Address } from './read-input.js'

/** The part of a job that its output depends on. */
interface WrittenJob {
  readonly request: CreateLabelingJobRequest
  readonly region: string
  readonly misplace: Misplacing | undefined
  readonly varied: boolean
}

/** Writes what a job leaves in its bucket: the output manifest, the labels' files and the workers' answers. */
export class OutputWriter {
  /** The lines that get a label; those that have one already stay as they are. */
  readonly objects: number[] = []
  readonly #world: World
  readonly #job: WrittenJob
  readonly #folder: string
  readonly #input: JobInput
  readonly #task: TaskName
  readonly #lines: string[] = []
  #inMisplacedFolder = 0

  constructor(world: World, job: WrittenJob, folder: string, input: JobInput) {
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

  /** Gives a line as it stands. */
  line(place: number): string {
    return this.#lines[place] as string
  }

  /** Finishes one object: its line gets a label or the reason why it has none. */
  finish(place: number, by: PlannedObject['by'], at: Date): void {
    const { LabelingJobName, LabelAttributeName: attribute, HumanTaskConfig } = this.#job.request
    const line = JSON.parse(this.#lines[place] as string)
    const { varied } = this.#job
    const workers = HumanTaskConfig.NumberOfHumanWorkersPerDataObject
    const usual = by === 'machine' ? 0.94 : workers === 1 ? 0 : 0.81
    const material = {
      place,
      source: String(line['source'] ?? line['source-ref']),
      classes: this.#input.classes,
      confidence: varied && usual !== 0 ? variedConfidence(place) : usual,
      varied,
      frame: LABEL_KINDS[this.#task].includes('sequence')
        ? firstFrame(this.#world, line['source-ref'])
        : undefined,
      folder: `${this.#folder}/annotations/consolidated-annotation/output/${place}`,
    }
    const { label, metadata, file } = makeLabel(this.#task, material)
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
    const given = Array.from({ length: varied ? workers : 1 }, (_, worker) =>
      worker > 0 && worker === workers - 1 && place % 3 === 2
        ? makeLabel(this.#task, { ...material, place: place + 1 }).label
        : label,
    )
    const answers = by === 'human' ? this.#putAnswers(place, given, at) : undefined
    const { AnnotationConsolidationConfig: consolidation } = HumanTaskConfig
    if (consolidation !== undefined && answers !== undefined) this.#putConsolidation(answers, label, at)
    this.#lines[place] = JSON.stringify({
      ...line,
      ...(consolidation === undefined && answers !== undefined
        ? unconsolidated(attribute, LabelingJobName, answers, common)
        : { [attribute]: label, [`${attribute}-metadata`]: { ...metadata, ...common } }),
    })
  }

  /** Writes the output manifest and the annotations of the batch as they stand. */
  publish(at: Date): void {
    const lines = [...this.#lines]
    let bytes: Uint8Array | undefined
    const content = () => {
      bytes ??= new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
      return bytes
    }
    this.write('annotations/intermediate/1/annotations.json', content, at)
    this.write('manifests/output/output.manifest', content, at)
  }

  /** Writes a file of the job's folder, and gives its address. */
  write(path: string, content: StoredObjectParts['content'], at: Date): string {
    const uri = `${this.#folder}/${path}`
    this.#put(uri, content, at)
    return uri
  }

  /** Gives the address of the answers. */
  #putAnswers(place: number, labels: readonly unknown[], at: Date): string {
    const time = at.toISOString()
    const answers = labels.map((label, worker) => ({
      acceptanceTime: time,
      submissionTime: time,
      timeSpentInSeconds: 1,
      workerId: `private.us-east-1.0123456789abcde${'f0123456789'[worker] ?? 'e'}`,
      answerContent: { [this.#job.request.LabelAttributeName]: label },
    }))
    const content = JSON.stringify({ answers })
    return this.write(`annotations/worker-response/iteration-1/${place}/${stampOf(at)}.json`, content, at)
  }

  /** What the consolidating Lambda is sent, and what it answers. */
  #putConsolidation(answers: string, label: unknown, at: Date): void {
    const folder = 'annotations/consolidated-annotation'
    const file = `iteration-1/${stampOf(at)}.json`
    this.write(`${folder}/consolidation-request/${file}`, JSON.stringify([{ answers }]), at)
    this.write(`${folder}/consolidation-response/${file}`, JSON.stringify([{ label }]), at)
  }

  #put(uri: string, content: StoredObjectParts['content'], lastModified: Date): void {
    const { bucket, key } = parseS3Uri(uri)
    const path = uri.slice(this.#folder.length + 1)
    const encryption = this.#misplacedUnder(path) ?? {
      kind: 'kms',
      keyArn: outputKeyOf(this.#world, this.#job, lastModified),
    }
    this.#world.buckets.get(bucket)?.objects.put(key, { content, lastModified, encryption })
  }

  /** What an object is put under that shall go astray. */
  #misplacedUnder(path: string): FakeEncryption | undefined {
    const { misplace } = this.#job
    if (misplace === undefined || !path.startsWith(misplace.in ?? '')) return undefined
    this.#inMisplacedFolder += 1
    if (this.#inMisplacedFolder % (misplace.every ?? 1) !== 0) return undefined
    return encryptionOf(misplace) ?? { kind: 's3' }
  }
}

/** From 0.5 to 0.99, higher more often than lower. */
function variedConfidence(place: number): number {
  return Math.round((0.99 - 0.49 * (((place * 37) % 101) / 101) ** 2) * 100) / 100
}

/** Time stamps in the names of files have colons in them. */
function stampOf(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', '_')
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
