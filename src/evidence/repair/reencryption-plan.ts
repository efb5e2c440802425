import type { CallOptions } from '../../aws/aws.js'
import type { ManyOptions } from '../../aws/many.js'
import type { KmsKeyArn, KmsKeyText, OutputKmsKey } from '../../names/kms-key.js'
import type { S3UriText } from '../../names/s3-uri.js'
import type { Verdict } from '../../permissions/evaluate/unknown-reason.js'
import type { Owner } from '../../show/owner.js'
import type { Shown } from '../../show/shown.js'

/** One object, or one version of it, that is not under the key. */
export interface PlannedObject {
  readonly uri: S3UriText
  /** The version that was looked at, in a bucket that keeps versions. */
  readonly versionId?: string
  /** Whether a newer version, or a delete marker, lies above it. */
  readonly noncurrent?: true
  /** As S3 gives it, quotes included; empty when the object could not be read. */
  readonly etag: string
  /**
   * `update-encryption`: S3 changes the key where the object is, and nothing else of it. `copy-in-place`: it is copied
   * over itself, and loses what `loses` says. `not-possible`: for the reason in `why`.
   */
  readonly how: 'update-encryption' | 'copy-in-place' | 'not-possible'
  readonly why?: string
  readonly loses?: readonly string[]
  /** The key that it is under, when it is under one of KMS. */
  readonly fromKeyArn?: KmsKeyArn
  /** Whether it uses an S3 Bucket Key, and goes on to. */
  readonly bucketKey?: true
}

/** Somebody who reads the job's files and needs `kms:Decrypt` on the new key. */
export interface PlannedReader {
  /** ARN of a role. */
  readonly who: string
  /** Whoever has to act when it may not: the owner of the key or of the role. */
  readonly owner: Owner
  readonly verdict: Verdict
}

/** How the objects of a job get under a key, as plain data: it may travel as JSON. */
export interface ReencryptionPlanData {
  /** The name of the job. */
  readonly job: string
  readonly arn: string
  /** The job's folder; nothing outside of it is ever touched. */
  readonly folder: S3UriText
  /** The key that everything is put under. */
  readonly keyArn: KmsKeyArn
  /** Whether noncurrent versions were looked at. */
  readonly versions: boolean
  /** Whether everything that was looked at will be under the key once the plan is carried out. */
  readonly complete: boolean
  /** How many objects are under the key already, also doubly (DSSE-KMS); they are not among `objects`. */
  readonly alreadyUnderKey: number
  readonly objects: readonly PlannedObject[]
  /** How many requests to S3 it takes. */
  readonly requests: number
  /** What these cost by the prices of us-east-1, in US dollars: an order of magnitude. Requests to KMS come on top. */
  readonly aboutUsd: number
  readonly readers: readonly PlannedReader[]
  readonly warnings: readonly string[]
}

/** How the objects of a job get under a key. */
export interface ReencryptionPlan extends ReencryptionPlanData, Shown<ReencryptionPlanData> {
  /**
   * What one owner has to do for it, as text to send to them.
   *
   * @throws LabelingJobError `refused-call` for what is no owner.
   */
  toTicket(owner: Owner): string
}

/** What may be planned. */
export interface ReencryptionOptions extends CallOptions {
  /** Whether noncurrent versions are put under the key as well. Default: only what is current. */
  readonly versions?: boolean
  /**
   * Whether objects that S3 cannot change where they are may be copied over themselves: what is lost thereby stands with
   * each of them. Default: no.
   */
  readonly copyInPlace?: boolean
}

/** What became of a plan. */
export interface Reencrypted extends Shown<object> {
  /** Whether every object of the plan is under the key. */
  readonly ok: boolean
  readonly counts: Readonly<Record<ReencryptedAs, number>>
  /** Every object that was tried and is not under the key. */
  readonly failed: readonly { readonly uri: S3UriText; readonly versionId?: string; readonly why: string }[]
  /** Why it ended early, when it did. */
  readonly endedBecause?: string
}

/**
 * `done`: it was put under the key, and S3 says so. `already-done`: it was there before. `changed-since`: it is not what
 * the plan saw, and was left alone. `not-tried`: the plan says that it is not possible, or the work ended before.
 */
export type ReencryptedAs = 'done' | 'already-done' | 'changed-since' | 'failed' | 'not-tried'

/** How a plan is carried out. */
export interface ReencryptOptions extends ManyOptions {
  /**
   * The key that you mean: a plan for another one is refused. It has to be given for a key of another account than the
   * job's; else the key of the plan is taken.
   */
  readonly key?: OutputKmsKey | KmsKeyText
}
