import type { FakeAws } from '../../src/testing/index.js'
import {
  JOB,
  OUTPUT_KEY,
  PAGE,
  policy,
  putBucket,
  putImages,
  putLabels,
  putManifest,
  putPage,
  putRole,
  ROLE,
  TEAM,
} from './whole-world.js'

/** Something that keeps a job from running, or may, and the checks that do not pass because of it. */
export interface Cause {
  readonly cause: string
  readonly checks: readonly string[]
  /** Changes the world. */
  readonly world?: (cloud: FakeAws) => unknown
  /** Changes the job. */
  readonly job?: (job: typeof JOB) => typeof JOB
}

/** A statement that lets SageMaker assume the role for one account. */
function trustFor(account: string): object {
  return {
    Effect: 'Allow',
    Principal: { Service: 'sagemaker.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': account } },
  }
}

function imagesIn(cloud: FakeAws, setup: Parameters<FakeAws['bucket']>[1]): void {
  cloud.bucket('acme-images', setup)
  putImages(cloud, 2, 'acme-images')
}

const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'
const ADMIN = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' } }

/** A bucket policy that denies writing, always or under a condition. */
function putBucketPolicy(cloud: FakeAws, condition?: object): void {
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::acme-gt/out/*',
    ...(condition && { Condition: condition }),
  }
  putBucket(cloud, { policy: policy(statement) })
}

const LABELS = '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}, {"label": "Stop"}]}'

export const CAUSES: readonly Cause[] = [
  {
    cause: 'a name that is taken',
    checks: ['job-name-free failed'],
    world: (cloud) => JOB.create(cloud.connect()),
  },
  {
    cause: 'a role that is not there',
    checks: ['role-exists failed', 'keys-allowed unknown', 'page-renders unknown', 'bucket-allowed unknown'],
    world: (cloud) => cloud.deleteRole(ROLE),
  },
  {
    cause: 'a role that trusts another service',
    checks: ['role-trust failed', 'page-renders unknown'],
    world: (cloud) =>
      putRole(cloud, {
        trust: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      }),
  },
  {
    cause: 'a role that trusts SageMaker in another account',
    checks: ['role-trust failed', 'page-renders unknown'],
    world: (cloud) => putRole(cloud, { trust: trustFor('999988887777') }),
  },
  {
    cause: 'a key that is disabled',
    checks: ['keys-usable failed', 'keys-allowed unknown'],
    world: (cloud) => cloud.setKeyState(OUTPUT_KEY, 'Disabled'),
  },
  {
    cause: 'a role that may not use the key',
    checks: ['keys-allowed failed'],
    world: (cloud) => putRole(cloud, { deny: 'kms:GenerateDataKey' }),
  },
  {
    cause: 'a manifest that is not there',
    checks: ['manifest-exists failed', 'objects-readable unknown', 'page-renders unknown'],
    job: (job) =>
      job.raw({ InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://acme-gt/none' } } } }),
  },
  {
    cause: 'a line of the manifest that is no JSON',
    checks: ['manifest-lines failed'],
    world: (cloud) => putManifest(cloud, ['{"source-ref": "s3://acme-gt/in/1.jpg"}', 'hello']),
  },
  {
    cause: 'an object that is not there',
    checks: ['objects-readable failed'],
    world: (cloud) => putManifest(cloud, ['{"source-ref": "s3://acme-gt/in/none.jpg"}']),
  },
  {
    cause: 'objects in a bucket that is not there',
    checks: ['objects-readable failed', 'bucket-exists failed'],
    world: (cloud) => putManifest(cloud, ['{"source-ref": "s3://acme-none/in/none.jpg"}']),
  },
  {
    cause: 'an empty object',
    checks: ['objects-readable failed'],
    world: (cloud) => cloud.object('s3://acme-gt/in/1.jpg', ''),
  },
  {
    cause: 'an image of more than 40 MiB',
    checks: ['objects-readable failed'],
    world: (cloud) => cloud.object('s3://acme-gt/in/1.jpg', 'x', { size: 41_943_041 }),
  },
  {
    cause: 'a bucket of images without CORS rules',
    checks: ['bucket-cors failed'],
    world: (cloud) => imagesIn(cloud, {}),
  },
  {
    cause: 'CORS rules for writing alone',
    checks: ['bucket-cors failed'],
    world: (cloud) => imagesIn(cloud, { cors: [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] }] }),
  },
  {
    cause: 'images in another region',
    checks: ['bucket-region failed'],
    world: (cloud) => imagesIn(cloud, { cors: 'images', region: 'eu-west-1' }),
  },
  {
    cause: 'a role that may not read the bucket',
    checks: ['bucket-allowed failed', 'bucket-allowed failed', 'bucket-allowed failed'],
    world: (cloud) => putRole(cloud, { deny: 's3:GetObject' }),
  },
  {
    cause: 'a bucket policy that demands another key',
    checks: ['bucket-allowed failed'],
    world: (cloud) => putBucketPolicy(cloud, { StringNotEquals: { [KEY_ID]: `${OUTPUT_KEY}-of-old` } }),
  },
  {
    cause: 'a bucket policy that denies writing',
    checks: ['bucket-allowed failed'],
    world: (cloud) => putBucketPolicy(cloud),
  },
  {
    cause: 'objects under a key that the role may not use',
    checks: ['bucket-allowed failed'],
    world: (cloud) => {
      const { keyArn } = cloud.key({ policy: policy({ ...ADMIN, Action: 'kms:*', Resource: '*' }) })
      cloud.object('s3://acme-gt/in/1.jpg', 'an image', { key: keyArn })
    },
  },
  {
    cause: 'a label file that is not there',
    checks: ['categories-fit failed'],
    job: (job) => job.raw({ LabelCategoryConfigS3Uri: 's3://acme-gt/none' }),
  },
  {
    cause: 'a label file that is no JSON',
    checks: ['categories-fit failed'],
    world: (cloud) => putLabels(cloud, 'Stop, Yield'),
  },
  {
    cause: 'a label that is there twice',
    checks: ['categories-fit failed'],
    world: (cloud) => putLabels(cloud, LABELS),
  },
  {
    cause: 'a label file for frames',
    checks: ['categories-fit failed'],
    world: (cloud) => putLabels(cloud, '{"documentVersion": "2020-03-01", "labels": [{"label": "Stop"}]}'),
  },
  {
    cause: 'a page that is not there',
    checks: ['page-renders failed'],
    job: (job) => job.raw({ HumanTaskConfig: { UiConfig: { UiTemplateS3Uri: 's3://acme-gt/none' } } }),
  },
  {
    cause: 'a page with a variable that is not closed',
    checks: ['page-renders failed'],
    world: (cloud) => putPage(cloud, `${PAGE}{{ task.input.labels`),
  },
  {
    cause: 'a page with a block that is not closed',
    checks: ['page-renders failed'],
    world: (cloud) => putPage(cloud, `${PAGE}{% if task.input.labels %}`),
  },
  {
    cause: 'a page without the element of its task',
    checks: ['page-renders failed'],
    world: (cloud) => putPage(cloud, PAGE.replaceAll('crowd-bounding-box', 'crowd-classifier')),
  },
  {
    cause: 'a page that takes its labels from what no function gives',
    checks: ['page-renders failed'],
    world: (cloud) => putPage(cloud, PAGE.replaceAll('task.input.labels', 'task.input.label')),
  },
  {
    cause: 'a page that shows what no function gives',
    checks: ['page-renders warning', 'page-renders failed', 'page-grants-access warning'],
    world: (cloud) => putPage(cloud, PAGE.replace('task.input.taskObject', 'task.input.image')),
  },
  ...(['GLACIER', 'DEEP_ARCHIVE'] as const).map((storageClass) => ({
    cause: `an object in ${storageClass}`,
    checks: ['objects-readable failed'],
    world: (cloud: FakeAws) => cloud.object('s3://acme-gt/in/1.jpg', 'x', { storageClass }),
  })),
  {
    cause: 'an object that only its writer has the key of',
    checks: ['objects-readable failed'],
    world: (cloud) => cloud.object('s3://acme-gt/in/1.jpg', 'x', { encryption: 'customer-provided' }),
  },
  {
    cause: 'an archived manifest',
    checks: ['manifest-exists failed', 'objects-readable unknown', 'page-renders unknown'],
    world: (cloud) => cloud.object('s3://acme-gt/in/dataset.manifest', '', { storageClass: 'GLACIER' }),
  },
  {
    cause: 'a page without access to the object',
    checks: ['page-grants-access failed'],
    world: (cloud) => putPage(cloud, PAGE.replace(' | grant_read_access', '')),
  },
  {
    cause: 'an output bucket that is not there',
    checks: ['bucket-exists failed'],
    job: (job) => job.raw({ OutputConfig: { S3OutputPath: 's3://acme-none/out/' } }),
  },
  {
    cause: 'a work team that is not there',
    checks: ['team-exists failed'],
    job: (job) => job.raw({ HumanTaskConfig: { WorkteamArn: `${TEAM}-of-old` } }),
  },
  {
    cause: 'a work team without members',
    checks: ['team-members failed'],
    world: (cloud) => cloud.workteam({ name: 'vision', groups: [] }),
  },
]

/** What may go well: the job runs in the fake. */
export const WARNINGS: readonly Cause[] = [
  {
    cause: 'a role that trusts SageMaker for its own account',
    checks: ['role-trust warning'],
    world: (cloud) => putRole(cloud, { trust: trustFor('111122223333') }),
  },
  {
    cause: 'a bucket that takes uploads under the key of the job only',
    checks: ['bucket-allowed warning'],
    world: (cloud) =>
      putBucket(cloud, {
        policy: policy({
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::acme-gt/*',
          Condition: {
            StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': OUTPUT_KEY },
          },
        }),
      }),
  },
  {
    cause: 'a role that lacks what the guide alone asks for',
    checks: ['keys-allowed warning'],
    world: (cloud) => putRole(cloud, { deny: 'kms:ReEncrypt*' }),
  },
  {
    cause: 'an image that is stored as a page',
    checks: ['objects-readable warning'],
    world: (cloud) => cloud.object('s3://acme-gt/in/1.jpg', 'x', { contentType: 'text/html' }),
  },
  {
    cause: 'CORS rules that expose nothing',
    checks: ['bucket-cors warning'],
    world: (cloud) => imagesIn(cloud, { cors: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] }),
  },
  {
    cause: 'tasks that are on offer for a shorter time than a worker has',
    checks: ['job-time-limit warning'],
    job: (job) => job.raw({ HumanTaskConfig: { TaskAvailabilityLifetimeInSeconds: 1_800 } }),
  },
  {
    cause: 'tasks that last longer than a session of the role',
    checks: ['role-session-length warning'],
    job: (job) => job.raw({ HumanTaskConfig: { TaskTimeLimitInSeconds: 28_800 } }),
  },
]
