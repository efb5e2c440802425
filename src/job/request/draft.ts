import type { JsonObject } from '../../json/json.js'
import type { KeyPurpose, KmsKey } from '../../names/kms-key.js'
import type { TopicArnText } from '../../names/topic-arn.js'
import type { Task } from '../../tasks/task.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { ContentClassifier, RequestDraft } from './request.js'

/** What the user has said so far: the builder's calls as data. Frozen; every call makes a new one. */
export interface Draft {
  /** The request it was read from, by `fromRequest()` or `fromDescribe()`; the calls below change it. */
  readonly base?: RequestDraft
  readonly name?: string
  readonly task?: Task
  readonly input?: { readonly manifest: string; readonly contentClassifiers?: readonly ContentClassifier[] }
  readonly stream?: { readonly topic: string; readonly manifest?: string }
  readonly output?: { readonly uri: string; readonly key?: DeclaredKey; readonly topic?: string }
  readonly role?: string
  readonly workers?: { readonly team: string } & WorkersOptions
  readonly autoLabeling?: { readonly key?: DeclaredKey } & AutoLabelingOptions
  readonly labelAttribute?: string
  readonly stopWhen?: StopConditions
  readonly tags?: Readonly<Record<string, string>>
  readonly chain?: Chain
  /** What `.raw()` was given, call by call. */
  readonly patches?: readonly JsonObject[]
}

/** The key that a call names; `aws-managed` where it says that a key of AWS is meant. */
export type DeclaredKey = KmsKey<KeyPurpose> | 'aws-managed'

/** The job whose output a job reads. */
interface Chain {
  readonly job: string
  /** The attribute that carries its labels. */
  readonly attribute: string
  /** Its task, when it is one of AWS's. */
  readonly task?: TaskName
  /** Its label category file. */
  readonly labels?: string
  /** The model that its automated labeling ended with. */
  readonly finalModel?: string
  /** The key that it wrote its output under. */
  readonly outputKey?: KmsKey<KeyPurpose>
  /** The key of its storage volumes. */
  readonly volumeKey?: KmsKey<KeyPurpose>
}

/**
 * How the work is spread over workers.
 *
 * @example
 * const team = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
 * labelingJob('signs').workers(team, { perObject: 5, availability: 7 * 24 * 3600, maxConcurrentTasks: 200 })
 */
export interface WorkersOptions extends WorkersTerms {
  /** How many workers label each object, 1 to 9. Default: what the console fills in for the task. */
  readonly perObject?: number
}

/** What holds for workers whatever the task is. */
export interface WorkersTerms {
  /** How long a task stays open to workers, in seconds. Default: AWS's (30 days for private and vendor teams). */
  readonly availability?: number
  /** How many objects may be out with workers at once, 1 to 5,000. Default: AWS's (1,000). */
  readonly maxConcurrentTasks?: number
  /**
   * What the public workforce is paid for each task and worker, in US dollars as text, for instance `'0.036'`.
   *
   * @deprecated Amazon Mechanical Turk, the public workforce, closed on 30 September 2026.
   */
  readonly price?: string
}

/** Where each label of a streaming job is published as well. */
export interface OutputOptions {
  readonly topic?: TopicArnText
}

/**
 * How automated labeling runs.
 *
 * @example
 * const vpc = { securityGroups: ['sg-0a1b2c3d4e5f60718'], subnets: ['subnet-0a1b2c3d4e5f60718'] }
 * labelingJob('signs').autoLabeling(volumeKey('alias/gt-volume'), { vpc })
 */
export interface AutoLabelingOptions {
  /** The ARN of a model that an earlier job ended with. Default: the model starts from nothing. */
  readonly initialModel?: string
  /** The network that training and inference run in. Default: AWS's own. */
  readonly vpc?: {
    readonly securityGroups: readonly string[]
    readonly subnets: readonly string[]
  }
}

/** When a job stops by itself; whichever comes first. */
export interface StopConditions {
  /** Stop after this many objects were labeled by people, 1 or more. */
  readonly humanLabeled?: number
  /** Stop after this percentage of the input was labeled, 1 to 100. */
  readonly percentLabeled?: number
}
