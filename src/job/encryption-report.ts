/** What of a labeling job is encrypted with which key. */
export interface EncryptionReport {
  readonly job: string
  readonly region: string
  readonly rows: readonly EncryptionRow[]
  /** The report as a table for a terminal. */
  toString(): string
}

/** One thing that is written or read, and the key it is under. */
export interface EncryptionRow {
  /** What is meant, for instance `labels and worker answers`. */
  readonly what: string
  /** Where it lies. */
  readonly where: string
  /** Whose key it is under: the customer's, AWS's own, none, or not decided by this job. */
  readonly by: 'customer key' | 'AWS key' | 'not by this job' | 'nothing written'
  readonly keyArn?: string
  /** What follows, in one sentence. */
  readonly note: string
}
