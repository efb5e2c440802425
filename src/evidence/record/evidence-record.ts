import type { CallOptions } from '../../aws/aws.js'
import type { Shown } from '../../show/shown.js'
import type { AuditedJob } from '../audit/audited-job.js'
import type { ProofData, Unreadable } from '../proof/proof.js'

/** Which jobs were looked at, how closely, and what was expected of them. */
export interface EvidenceScope {
  /** ISO 8601; absent: all jobs from the first on. */
  readonly since?: string
  readonly until?: string
  readonly status?: string
  readonly nameContains?: string
  readonly objects: 'none' | 'manifest' | 'all'
  readonly versions: boolean
  /** ARNs of the keys that were expected; absent: those that each job declares. */
  readonly expect: { readonly outputKey?: string; readonly volumeKey?: string }
}

/** One job of the evidence, with its proof when everything in its folder was looked at. */
export interface EvidenceJob {
  readonly job: AuditedJob
  readonly proof?: ProofData
}

/** What the labeling jobs of a region declare and what their data is under, as plain data. */
export interface EvidenceData {
  /** Of the JSON schema `labeling-job/evidence.schema.json`. */
  readonly schemaVersion: string
  /** Of this library. */
  readonly toolVersion: string
  readonly account: string
  readonly region: string
  /** ARN of whoever asked AWS. */
  readonly caller: string
  readonly scope: EvidenceScope
  /** ISO 8601. */
  readonly startedAt: string
  readonly endedAt: string
  /**
   * There is a job in the scope, everything in it could be read, nothing found is an error, and where objects were looked
   * at, all is proven.
   */
  readonly ok: boolean
  /** Oldest first. */
  readonly jobs: readonly EvidenceJob[]
  readonly totals: Readonly<Record<string, number>>
  /** Everything that could not be read, of all jobs. */
  readonly unreadable: readonly Unreadable[]
  /** SHA-256 in hexadecimal of everything else, as canonical JSON. */
  readonly sha256: string
}

/** A record for an auditor, that stands by itself. */
export interface EvidenceRecord extends EvidenceData, Shown<EvidenceData> {
  /** The jobs, a line each. */
  toCsv(): string
  /**
   * Every object of every job, a line each, asked of AWS anew: it is kept nowhere.
   *
   * @throws LabelingJobError `aborted`, and the codes of AWS when a job cannot be described.
   */
  objectsCsv(options?: CallOptions): AsyncIterable<string>
  /** Findings for Security Hub, one a job: at most 100 a batch, as BatchImportFindings takes them. */
  toAsff(): Iterable<readonly object[]>
}

/** Version of the form of the record. A reader of one version reads every record of the same first number. */
export const SCHEMA_VERSION = '1.0'
