import type { FakeEncryption } from './stored-object.js'

/** How labeling jobs go in the fake; it holds for the jobs created from then on. */
export interface LabelingSettings {
  /** Seconds a job is `Initializing`. Default: 60. */
  readonly initializingSeconds?: number
  /** Seconds it takes until the next object is labeled. Default: 2. */
  readonly secondsPerObject?: number
  /** Seconds a job is `Stopping`. Default: 30. */
  readonly stoppingSeconds?: number
  /** One object in so many fails, for instance 50. Default: none. */
  readonly failEvery?: number
  /** `absent`: nobody works, so that all objects fail once the time they are on offer is over. */
  readonly workers?: 'present' | 'absent'
  /** How much of what follows the first batch of automated labeling is labeled by machine, 0 to 1. Default: 0.75. */
  readonly machineShare?: number
  /**
   * Objects that automated labeling needs. Default: 1,250, as the guide says. What AWS does with fewer is not
   * written anywhere; here the job fails, so that it is noticed. Lower it for small examples.
   */
  readonly leastForAutomation?: number
  /**
   * `everything`: a job also depends on the work team, the worker page, the objects themselves, the regions of buckets
   * and their CORS rules. Default: `essentials`, so that tests need not set up what they are not about.
   */
  readonly looksAt?: 'essentials' | 'everything'
  /**
   * `true`: boxes, their number and confidences differ from object to object, and each worker of an object (`perObject`)
   * answers, the last of several otherwise than the rest for every third object; the same in every run. Default: `false`:
   * all labels are alike, and one worker answers.
   */
  readonly varied?: boolean
  /** Writes some objects under another key than the job's, or under none. Default: none. */
  readonly misplace?: Misplacing
}

/** Which objects of a job are written under what they should not be under. */
export interface Misplacing {
  /** The part of the job's folder they are in, for instance `annotations/worker-response/`. Default: all of it. */
  readonly in?: string
  /** One in so many of them. Default: every one. */
  readonly every?: number
  /** ARN of the key they are put under. */
  readonly key?: string
  /** Default: `kms` with a key, `s3` without one. */
  readonly encryption?: FakeEncryption['kind']
}

/** The settings with every default in place. */
export type FullLabelingSettings = Required<Omit<LabelingSettings, 'misplace'>> &
  Pick<LabelingSettings, 'misplace'>

/** Fills in the defaults. */
export function withDefaults(settings: LabelingSettings): FullLabelingSettings {
  return {
    initializingSeconds: 60,
    secondsPerObject: 2,
    stoppingSeconds: 30,
    failEvery: Number.POSITIVE_INFINITY,
    workers: 'present',
    machineShare: 0.75,
    varied: false,
    leastForAutomation: 1_250,
    looksAt: 'essentials',
    ...settings,
  }
}
