import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCalls } from '../../aws/calls.js'
import type { JobBucket } from '../look/job-buckets.js'
import { isNotThere, type Look, look, notSeen } from '../look/look.js'
import { MOST_BUCKETS, type SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** Looks at buckets: there, in the region of the job, and what the output bucket does with encryption. */
export async function checkBuckets(
  subject: Subject,
  buckets: readonly JobBucket[],
): Promise<readonly MadeCheck[]> {
  return (await Promise.all(buckets.map((bucket) => checkBucket(subject, bucket)))).flat()
}

/** Tells that objects lie in more buckets than are looked at. Pure. */
export function checkMoreBuckets(seen: SeenManifest | undefined): readonly MadeCheck[] {
  if (seen?.hasMoreBuckets !== true) return []
  return [
    unknown('bucket-exists', {
      about: 'input',
      what: `objects lie in more than ${MOST_BUCKETS} buckets, and the first ${MOST_BUCKETS} were looked at`,
      why: 'whether the others are there, in the region of the job, and let browsers load from them is not known',
      fix: 'Look at the objects of the others with a manifest of their own',
      owner: 'you',
    }),
  ]
}

async function checkBucket(subject: Subject, bucket: JobBucket): Promise<readonly MadeCheck[]> {
  const { name, isOutput } = bucket
  const [location, encryption] = await Promise.all([
    look(subject, 's3:GetBucketLocation', { Bucket: name }, `Cannot look up the bucket ${name}`),
    isOutput
      ? look(subject, 's3:GetBucketEncryption', { Bucket: name }, `Cannot read the encryption of ${name}`)
      : undefined,
  ])
  return [
    ...place(subject, bucket, location),
    ...(encryption === undefined || isNotThere(location.error) ? [] : encrypted(subject, bucket, encryption)),
  ]
}

function place(
  { region }: Subject,
  { name, about, isBound }: JobBucket,
  { found, error }: Look<AwsCalls['s3:GetBucketLocation']['output']>,
): readonly MadeCheck[] {
  if (isNotThere(error))
    return [
      failed('bucket-exists', {
        about,
        what: `there is no bucket ${name}`,
        why: 'the job reads or writes there',
        fix: 'Correct the address, or make the bucket',
        owner: 'you',
      }),
    ]
  if (error !== undefined) return [notSeen('bucket-exists', `the bucket ${name}`, error, about)]
  const where = regionOf(found.LocationConstraint)
  const exists = passed('bucket-exists', `the bucket ${name} is there`, about)
  if (where === region) return [exists, passed('bucket-region', `the bucket ${name} is in ${region}`, about)]
  const what = `the bucket ${name} is in ${where}, and the job runs in ${region}`
  return [
    exists,
    (isBound ? failed : warning)('bucket-region', {
      about,
      what,
      why: isBound
        ? 'the manifest, its objects and the output must be in the region of the job'
        : 'AWS asks for the region of the job for manifest, objects and output, and says nothing of pages and label files',
      fix: `Use a bucket in ${region}, or run the job in ${where}`,
      owner: 'you',
    }),
  ]
}

/** S3 says nothing for its first region, and writes the first of Europe in an old way. */
function regionOf(constraint: string | undefined): string {
  if (constraint === undefined || constraint === null || constraint === '') return 'us-east-1'
  return constraint === 'EU' ? 'eu-west-1' : constraint
}

function encrypted(
  subject: Subject,
  { name, about }: JobBucket,
  { found, error }: Look<AwsCalls['s3:GetBucketEncryption']['output']>,
): readonly MadeCheck[] {
  const key = subject.text('OutputConfig.KmsKeyId')
  const isWithout = isAwsError(error, 'ServerSideEncryptionConfigurationNotFoundError')
  if (error !== undefined && !isWithout)
    return [notSeen('bucket-encryption', `the default encryption of ${name}`, error, about)]
  const [rule] = found?.ServerSideEncryptionConfiguration?.Rules ?? []
  const blocked = rule?.BlockedEncryptionTypes?.EncryptionType ?? []
  if (key !== undefined && blocked.some((type) => /KMS/i.test(type)))
    return [
      failed('bucket-encryption', {
        about,
        what: `the bucket ${name} refuses objects under ${blocked.join(', ')}`,
        why: `the job writes its objects under the key ${key}`,
        fix: 'Have the bucket take SSE-KMS, or write elsewhere',
        owner: 'bucket',
      }),
    ]
  const { SSEAlgorithm: algorithm = 'AES256', KMSMasterKeyID: bucketKey } =
    rule?.ApplyServerSideEncryptionByDefault ?? {}
  const usual = bucketKey === undefined ? algorithm : `${algorithm} under ${bucketKey}`
  if (key !== undefined)
    return [
      passed(
        'bucket-encryption',
        `the job names its key, and AWS says that it writes under that one; the default of ${name} is ${usual}`,
        about,
      ),
    ]
  if (bucketKey === undefined)
    return [
      passed('bucket-encryption', `the job names no key, and ${name} has none of its own (${usual})`, about),
    ]
  return [
    warning('bucket-encryption', {
      about,
      what: `the bucket ${name} encrypts with ${bucketKey} by default, and the job names no key`,
      why: 'AWS writes the output of such a job under aws/s3, a key of AWS, whatever the default of the bucket is',
      fix: `Name the key: .output('${subject.text('OutputConfig.S3OutputPath') ?? ''}', outputKey('${bucketKey}'))`,
      owner: 'you',
    }),
  ]
}
