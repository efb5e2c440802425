import { isNameOfAwsKey } from '../names/kms-key.js'
import { makeShown, type Shown } from '../show/shown.js'
import type { CreateLabelingJobRequest } from './request/request.js'

/** What a labeling job declares about the keys its data is encrypted with. What it *is* under is not looked at. */
export interface EncryptionReport extends Shown<object> {
  readonly job: string
  readonly region: string
  readonly rows: readonly EncryptionRow[]
}

/** One thing that is written or read, and the key that is declared for it. */
export interface EncryptionRow {
  /** What is meant, for instance `labels and worker answers`. */
  readonly what: string
  /** Where it lies. */
  readonly where: string
  /**
   * `declared-key`: the job names a key; `aws-key`: a key of AWS, by its name or because the job names none;
   * `not-by-this-job`: set elsewhere; `nothing-written`: there is nothing to encrypt.
   */
  readonly by: 'declared-key' | 'aws-key' | 'not-by-this-job' | 'nothing-written'
  /** The key as the job names it. */
  readonly key?: string
  /** What follows, in one sentence. */
  readonly note: string
}

/**
 * Reads out of a request which keys it declares. Pure: a name proves nothing of the key behind it, and what a bucket or
 * topic is set to by itself is said to be outside, never guessed.
 *
 * @param given The names that were typed, by ARN: an alias is easier to recognize.
 */
export function reportEncryption(
  request: CreateLabelingJobRequest,
  region: string,
  given: Readonly<Record<string, string>> = {},
): EncryptionReport {
  const rows: readonly EncryptionRow[] = [
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
  ]
  const job = request.LabelingJobName
  const line = ({ what, where, by, key, note }: EncryptionRow) =>
    `  ${what}\n    at   ${where}\n    key  ${key === undefined ? WITHOUT_KEY[by] : named(key, given[key])}\n         ${note}`
  return makeShown(
    { job, region, rows: Object.freeze(rows.map((row) => Object.freeze(row))) },
    { text: () => [`Declared encryption of ${job} in ${region}`, ...rows.map(line)].join('\n') },
  )
}

function named(key: string, given: string | undefined): string {
  return given === undefined || given === key ? key : `${given} (${key})`
}

function outputRow({ OutputConfig }: CreateLabelingJobRequest): EncryptionRow {
  const what = 'labels, worker answers and everything else the job writes'
  const where = OutputConfig?.S3OutputPath || 'nowhere'
  const key = OutputConfig?.KmsKeyId
  if (key && isNameOfAwsKey(key))
    return { what, where, by: 'aws-key', key, note: 'SSE-KMS under a key of AWS, none of yours' }
  return key
    ? { what, where, by: 'declared-key', key, note: 'the job asks for SSE-KMS under this key' }
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
  if (key && isNameOfAwsKey(key))
    return { what, where, by: 'aws-key', key, note: 'EBS under a key of AWS, none of yours' }
  return key
    ? { what, where, by: 'declared-key', key, note: 'the job asks for EBS under this key' }
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
            by: 'not-by-this-job',
            note: 'the topic is encrypted as it is set up in SNS',
          } as const,
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
