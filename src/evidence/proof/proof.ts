import type { ManyOptions } from '../../aws/many.js'
import type { LabelingJobStatus } from '../../aws/sagemaker-calls.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import type { S3UriText } from '../../names/s3-uri.js'
import type { Shown } from '../../show/shown.js'
import type { Expectation } from '../declared/expected-keys.js'
import type { Finding } from '../declared/find-findings.js'

/** What S3 says of one object, or of one version of it, at the moment when it was asked. */
export interface ProvenObject {
  /** Bucket and name as they are; names may hold any character. */
  readonly uri: S3UriText
  /** With `versions`, and in a bucket that keeps versions. */
  readonly versionId?: string
  /** As S3 gives it, quotes included; empty when the object could not be read. */
  readonly etag: string
  /** As listed, when the object could not be read. */
  readonly bytes: number
  /** `kms`, `dsse`: under the key in `keyArn`; `s3`: SSE-S3; `none`: written without, before 2023. */
  readonly encryption: 'kms' | 'dsse' | 's3' | 'customer-provided' | 'none' | 'unreadable'
  readonly keyArn?: KmsKeyArn
  /**
   * `expected`: under the key that is expected; `aws-key`: under aws/s3; `another-key`: under any other KMS key;
   * `not-kms`: under none; `unreadable`: cannot be told, which is never taken for fine.
   */
  readonly standing: 'expected' | 'aws-key' | 'another-key' | 'not-kms' | 'unreadable'
}

/** How many objects stand how. */
export interface ObjectCount {
  readonly standing: ProvenObject['standing']
  readonly keyArn?: KmsKeyArn
  readonly count: number
  readonly bytes: number
}

/** A job of automated labeling that SageMaker ran on machines with a storage volume. */
export interface ProvenVolume {
  /** ARN of the training or transform job. */
  readonly arn: string
  readonly kind: 'training' | 'transform'
  /** The key that SageMaker was asked to put the volume under; absent: none, or none that could be looked up. */
  readonly keyArn?: KmsKeyArn
}

/** Something that could not be read. */
export interface Unreadable {
  readonly what: string
  readonly why: string
}

/** What the objects and volumes of a job are under, as plain data. */
export interface ProofData {
  /**
   * The job has ended, everything was read, there is something to read, and every object and volume is under the key
   * that is expected: the one of `expect`, else the one that the job declares.
   */
  readonly ok: boolean
  readonly job: string
  readonly arn: string
  /** The job has not ended: it writes on, and rewrites what was looked at. */
  readonly soFar: boolean
  /** When the proof was begun, ISO 8601. It says what was then. */
  readonly at: string
  /** The keys as the job names them. */
  readonly declared: { readonly outputKey?: string; readonly volumeKey?: string }
  readonly objects: readonly ObjectCount[]
  readonly volumes: readonly ProvenVolume[]
  /** Objects that are not as expected: as many as the option `exceptions` allows, by name. */
  readonly exceptions: readonly ProvenObject[]
  readonly findings: readonly Finding[]
  /** What nothing that AWS shows can prove of this job. */
  readonly notProven: readonly string[]
  readonly unreadable: readonly Unreadable[]
}

/** What the objects and volumes of a job are under. */
export interface Proof extends ProofData, Shown<ProofData> {}

/** How a job is proven. */
export interface ProofOptions extends ManyOptions {
  /**
   * The keys that everything should be under; looked up first. Default: those that the job declares.
   */
  readonly expect?: Expectation
  /** Whether noncurrent versions of objects are looked at as well. Default: only what is current. */
  readonly versions?: boolean
  /** How many objects that are not as expected are named. Default: 100. */
  readonly exceptions?: number
  /** Hears of every object, in no order. It is awaited, and what it throws ends the proof. */
  readonly onObject?: (object: ProvenObject) => unknown
}

const ENDED: readonly (LabelingJobStatus | undefined)[] = ['Completed', 'Failed', 'Stopped']

/** Tells whether a job in a status writes no more. */
export function hasEnded(status: LabelingJobStatus | undefined): boolean {
  return ENDED.includes(status)
}
