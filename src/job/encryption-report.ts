import type { CreateLabelingJobRequest } from './request/request.js'

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
  readonly by: 'declared-key' | 'aws-key' | 'not-by-this-job' | 'nothing-written'
  readonly key?: string
  /** What follows, in one sentence. */
  readonly note: string
}

/**
 * Reads out of a request what is encrypted with which key. Pure: what a bucket or topic is set to by itself is
 * said to be outside, never guessed.
 */
export function reportEncryption(request: CreateLabelingJobRequest, region: string): EncryptionReport {
  const rows = [
    outputRow(request),
    volumeRow(request),
    ...topicRows(request),
    inputRow(request),
    {
      what: 'CloudWatch log of the job',
      where: '/aws/sagemaker/LabelingJobs',
      by: 'not-by-this-job',
      note: 'no field of a labeling job sets it: encrypt the log group itself',
    },
  ] satisfies EncryptionRow[]
  const job = request.LabelingJobName
  return Object.freeze({
    job,
    region,
    rows: Object.freeze(rows.map((row) => Object.freeze(row))),
    toString: () => [`Encryption of ${job} in ${region}`, ...rows.map(line)].join('\n'),
  })
}

function outputRow({ OutputConfig }: CreateLabelingJobRequest): EncryptionRow {
  const what = 'labels, worker answers and everything else the job writes'
  const where = OutputConfig?.S3OutputPath ?? 'nowhere'
  const key = OutputConfig?.KmsKeyId
  return key
    ? { what, where, by: 'declared-key', key, note: 'SSE-KMS under your key' }
    : {
        what,
        where,
        by: 'aws-key',
        note: "SSE-KMS under aws/s3, a key of AWS in the role's account; a default key of the bucket does not count",
      }
}

function volumeRow({ LabelingJobAlgorithmsConfig: automated }: CreateLabelingJobRequest): EncryptionRow {
  const what = 'storage volume of training and inference'
  const where = 'machines of automated labeling'
  if (automated === undefined) {
    return { what, where, by: 'nothing-written', note: 'automated labeling is off, so no machine is started' }
  }
  const key = automated.LabelingJobResourceConfig?.VolumeKmsKeyId
  return key
    ? { what, where, by: 'declared-key', key, note: 'EBS under your key' }
    : { what, where, by: 'aws-key', note: 'a key of AWS, none of yours: give .autoLabeling() a volume key' }
}

function topicRows({ InputConfig, OutputConfig }: CreateLabelingJobRequest): EncryptionRow[] {
  const topics = [
    ['messages that bring objects', InputConfig?.DataSource?.SnsDataSource?.SnsTopicArn],
    ['messages that carry labels', OutputConfig?.SnsTopicArn],
  ] as const
  return topics.flatMap(([what, where]) =>
    where === undefined
      ? []
      : [
          {
            what,
            where,
            by: 'not-by-this-job' as const,
            note: 'the topic is encrypted as it is set up in SNS',
          },
        ],
  )
}

function inputRow({ InputConfig }: CreateLabelingJobRequest): EncryptionRow {
  return {
    what: 'input objects, manifest, label file and worker page',
    where: InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri ?? 'the stream',
    by: 'not-by-this-job',
    note: 'they keep the encryption they were written with; the role needs kms:Decrypt on those keys',
  }
}

const WITHOUT_KEY: Readonly<Record<EncryptionRow['by'], string>> = {
  'declared-key': 'declared key',
  'aws-key': 'AWS key',
  'not-by-this-job': 'not by this job',
  'nothing-written': 'nothing written',
}

function line({ what, where, by, key, note }: EncryptionRow): string {
  return `  ${what}\n    at   ${where}\n    key  ${key ?? WITHOUT_KEY[by]}\n         ${note}`
}
