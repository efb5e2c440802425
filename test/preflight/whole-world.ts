import { boundingBox, labelingJob, outputKey } from '../../src/index.js'
import { workerTemplate } from '../../src/manifests/index.js'
import { type FakeAws, type FakeAwsOptions, fakeAws } from '../../src/testing/index.js'

export const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
export const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
export const OUTPUT_KEY = 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-00000000feed'

export const PAGE = workerTemplate({
  task: 'bounding-box',
  header: 'Box every street sign',
  shortInstructions: 'One tight box around each sign',
  fullInstructions: 'Signs that are cut off count as well',
})

/** A job whose every part is there in a whole world. */
export const JOB = labelingJob('street-signs')
  .task(
    boundingBox({
      title: 'Box every street sign',
      description: 'Draw one tight box around each sign',
      template: 's3://acme-gt/ui/box.liquid.html',
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role(ROLE)
  .workers(TEAM)

const ALL = { Effect: 'Allow', Action: ['s3:*', 'kms:*'], Resource: '*' }

/** A policy document. */
export function policy(...statements: readonly object[]) {
  return { Version: '2012-10-17', Statement: statements as never }
}

/** Puts a role in the place of the one there is; it may do all with S3 and KMS but what is denied. */
export function putRole(
  cloud: FakeAws,
  {
    trust,
    deny,
    allow,
  }: {
    readonly trust?: object
    readonly deny?: string
    readonly allow?: string | readonly string[]
  } = {},
): void {
  const denied = deny === undefined ? [] : [{ Effect: 'Deny', Action: deny, Resource: '*' }]
  const allowed = allow === undefined ? [] : [{ Effect: 'Allow', Action: allow, Resource: '*' }]
  cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    inline: { Work: policy(ALL, ...allowed, ...denied) },
    ...(trust !== undefined && { trust: policy(trust) }),
  })
}

/** Puts a manifest of so many images, and the images. */
export function putImages(cloud: FakeAws, count: number, bucket = 'acme-gt'): void {
  const images = Array.from({ length: count }, (_, index) => `s3://${bucket}/in/${index}.jpg`)
  for (const image of images) cloud.object(image, 'an image', { contentType: 'image/jpeg' })
  putManifest(
    cloud,
    images.map((image) => JSON.stringify({ 'source-ref': image })),
  )
}

export function putManifest(cloud: FakeAws, lines: readonly string[]): void {
  cloud.object('s3://acme-gt/in/dataset.manifest', lines.join('\n'))
}

export function putLabels(cloud: FakeAws, text: string): void {
  cloud.object('s3://acme-gt/ui/labels.json', text)
}

export function putPage(cloud: FakeAws, text: string): void {
  cloud.object('s3://acme-gt/ui/box.liquid.html', text)
}

/** Puts the bucket with all that is in it. */
export function putBucket(cloud: FakeAws, setup: Parameters<FakeAws['bucket']>[1] = {}): void {
  cloud.bucket('acme-gt', { cors: 'images', ...setup })
  putImages(cloud, 3)
  putLabels(cloud, '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}, {"label": "Yield"}]}')
  putPage(cloud, PAGE)
}

/** An AWS in which the job runs, and whose jobs fail for whatever is taken away. */
export function wholeWorld(options: FakeAwsOptions = {}): FakeAws {
  const cloud = fakeAws(options)
  cloud.labeling({ looksAt: 'everything' })
  cloud.key({ alias: 'alias/gt-output', keyId: OUTPUT_KEY.slice(-36) })
  putRole(cloud)
  putBucket(cloud)
  cloud.workteam({ name: 'vision' })
  return cloud
}
