import { createHash } from 'node:crypto'
import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { refusedCall } from '../../errors/refused-call.js'
import { readAnew } from '../../manifests/read/read-anew.js'
import { parseArn } from '../../names/arn.js'
import { isRoleArn } from '../../names/role-arn.js'
import { parseS3Uri, type S3UriText } from '../../names/s3-uri.js'
import { batchRolePolicy } from './batch-role-policy.js'
import { keyInFolder, whyUnsafe } from './place-in-folder.js'
import { type FollowedObject, readPlan } from './read-plan.js'
import type { ReencryptionPlanData } from './reencryption-plan.js'

/** Where S3 Batch Operations finds what it needs. */
export interface BatchOptions {
  /** Where you put the manifest, for instance `s3://acme-ops/batch/street-signs.csv`. */
  readonly manifest: S3UriText
  /** The folder that S3 puts its completion report in. */
  readonly report: S3UriText
  /** ARN of the role that S3 Batch Operations takes on. */
  readonly role: string
}

/** A plan as documents for S3 Batch Operations. */
export interface BatchOperations {
  /** The body of CreateJob of S3 Control, but for the ETag of the manifest, which S3 gives when you put it there. */
  readonly request: object
  /** The manifest, in pieces. */
  readonly manifestCsv: AsyncIterable<string>
  /** What the role must be allowed. */
  readonly rolePolicy: object
  readonly warnings: readonly string[]
}

const CALL = 'toBatchOperations'

/**
 * Writes a plan as documents for S3 Batch Operations, for folders of millions of objects: the request, the manifest, and
 * what the role must be allowed. Only what S3 changes in place is in them. Pure: nothing is sent, and nothing is held
 * against AWS, so give it a plan that you trust. The role policy reaches no further than the folder in the plan.
 *
 * @throws LabelingJobError `refused-call` for what is no plan, for a plan with an object outside of its folder, and for odd
 * options; `invalid-name` for what is no address in S3.
 * @example
 * const plan = await planReencryption(await proveJob('street-signs', aws), 'alias/gt-output', aws)
 * const { request, manifestCsv, rolePolicy, warnings } = toBatchOperations(plan, {
 *   manifest: 's3://acme-ops/batch/street-signs.csv',
 *   report: 's3://acme-ops/reports/',
 *   role: 'arn:aws:iam::111122223333:role/Batch',
 * })
 */
export function toBatchOperations(plan: ReencryptionPlanData, options: BatchOptions): BatchOperations {
  refuseUnknownOptions({ call: CALL, what: `Cannot call ${CALL}()` }, options, ['manifest', 'report', 'role'])
  const followed = readPlan(CALL, plan)
  const { arn, keyArn, job } = followed
  const { partition = 'aws', account = '' } = parseArn(arn) ?? {}
  const { role } = options
  if (!isRoleArn(role)) throw refusedCall(CALL, `role is ${formatValue(role)}: give the ARN of a role`)
  const manifest = parseS3Uri(options.manifest)
  if (manifest.key === '')
    throw refusedCall(CALL, `manifest is ${options.manifest}: give the address of an object`)
  const report = parseS3Uri(options.report)
  const folder = folderIn(followed.folder)
  const objects = followed.objects.filter(({ how }) => how === 'update-encryption')
  const rows = objects.map((object) => ({
    bucket: folder.bucket,
    key: keyOf(object, folder),
    versionId: object.versionId,
  }))
  const hasVersions = rows.some(({ versionId }) => versionId !== undefined)
  const withBucketKey = objects.filter(({ bucketKey }) => bucketKey).length
  const keepsBucketKeys = withBucketKey > 0 && withBucketKey === objects.length
  const arnOf = (bucket: string, key?: string) =>
    `arn:${partition}:s3:::${bucket}${key === undefined ? '' : `/${key}`}`
  const request = {
    AccountId: account,
    ClientRequestToken: tokenOf({ arn, keyArn, rows, options }),
    ConfirmationRequired: true,
    Description: `Output of the labeling job ${job} under ${keyArn}`.slice(0, 256),
    Priority: 10,
    RoleArn: role,
    Operation: {
      S3UpdateObjectEncryption: {
        ObjectEncryption: {
          SSEKMS: { KMSKeyArn: keyArn, ...(keepsBucketKeys && { BucketKeyEnabled: true }) },
        },
      },
    },
    Manifest: {
      Spec: {
        Format: 'S3BatchOperations_CSV_20180820',
        Fields: hasVersions ? ['Bucket', 'Key', 'VersionId'] : ['Bucket', 'Key'],
      },
      Location: { ObjectArn: arnOf(manifest.bucket, manifest.key), ETag: ETAG_TO_COME },
    },
    Report: {
      Enabled: true,
      Bucket: arnOf(report.bucket),
      ...(report.key !== '' && { Prefix: report.key.replace(/\/$/, '') }),
      Format: 'Report_CSV_20180820',
      ReportScope: 'FailedTasksOnly',
    },
  }
  return Object.freeze({
    request,
    manifestCsv: csvOf(rows, hasVersions),
    rolePolicy: batchRolePolicy({
      objects: arnOf(folder.bucket, `${folder.prefix}*`),
      manifest: arnOf(manifest.bucket, manifest.key),
      report: arnOf(report.bucket, report.key === '' ? '*' : `${report.key.replace(/\/$/, '')}/*`),
      keyArns: [keyArn, ...objects.map(({ fromKeyArn }) => fromKeyArn)].filter((key) => key !== undefined),
    }),
    warnings: [
      ...(withBucketKey === 0 || keepsBucketKeys ? [] : [mixedWarning(withBucketKey, objects.length)]),
      ...warningsOf(rows.length, followed.objects.length - rows.length),
    ],
  })
}

const ETAG_TO_COME = 'THE-ETAG-OF-THE-MANIFEST'

interface Row {
  readonly bucket: string
  readonly key: string
  readonly versionId: string | undefined
}

function folderIn(folder: string) {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.+\/)$/s.exec(folder) ?? []
  if (bucket === undefined || prefix === undefined)
    throw refusedCall(CALL, `folder of the plan is ${formatValue(folder)}: it has to be a folder in S3`)
  return { bucket, prefix }
}

function keyOf({ uri }: FollowedObject, folder: ReturnType<typeof folderIn>): string {
  const key = keyInFolder(uri, folder)
  if (key !== undefined && whyUnsafe(key) === undefined) return key
  throw refusedCall(CALL, `the plan names ${formatValue(uri)}, which is not in the folder of its job`)
}

/** The same plan makes the same job, however often it is sent. */
function tokenOf(parts: object): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function csvOf(rows: readonly Row[], hasVersions: boolean): AsyncIterable<string> {
  return readAnew(async function* () {
    for (const { bucket, key, versionId = 'null' } of rows) {
      // Keys stand URL-encoded in the manifest; that also takes care of commas and quotes.
      const name = key.split('/').map(encodeURIComponent).join('/')
      yield `${[bucket, name, ...(hasVersions ? [versionId] : [])].join(',')}\n`
    }
  }, 'lines of CSV')
}

/** One setting holds for all objects of a job of S3 Batch Operations. */
function mixedWarning(withBucketKey: number, all: number): string {
  return `${countOf(withBucketKey, 'object')} of ${all} ${withBucketKey === 1 ? 'uses' : 'use'} an S3 Bucket Key, and will not afterwards, so that reading them asks KMS each time: reencrypt() keeps it, and so do two jobs, each with its part of the manifest.`
}

function warningsOf(count: number, left: number): readonly string[] {
  return [
    `Put the manifest at its address first, and write its ETag, as S3 gives it, in place of ${ETAG_TO_COME}.`,
    'The completion report names objects, and S3 always encrypts it with a key of S3 (SSE-S3), never with yours: put it under your key afterwards, or switch it off (Report: { Enabled: false }).',
    'The role must trust batchoperations.s3.amazonaws.com; whoever sends the request needs s3:CreateJob and iam:PassRole on it.',
    'S3 does not look whether objects changed since the plan: in a bucket without versions, whatever has the name then is changed.',
    `It costs 0.25 USD for the job and 1 USD for a million objects beside the requests (us-east-1): for ${countOf(count, 'object')}, reencrypt() is ${count < 100_000 ? 'cheaper, and looks at each afterwards' : 'slower'}.`,
    ...(left === 0
      ? []
      : [`${countOf(left, 'object')} of the plan cannot be changed in place, and are not in the manifest.`]),
  ]
}
