/**
 * The main job, end to end: build, ask whether it will run and why not, fix that, create, wait, read labels.
 *
 *   npm start                      on the embedded AWS, no account needed
 *   npm start -- --aws             on your account; the cell "Names" says which variables it reads
 *   npm start -- --aws --apply     and fixes what is missing
 *
 * Without npm: `node examples/quickstart.mts` or `npx ts-node examples/quickstart.mts` on Node 22 and 24,
 * `node --import ./examples/register.mjs examples/quickstart.mts` on Node 20 as well. All this in a clone of the repository.
 * From the package: copy the file into a folder of yours, and `npx tsx quickstart.mts`.
 *
 * Prints: Preflight, will fail, missing, Plan, Applied, nothing found, Progress, InProgress, Outcome, Labels, Declared encryption
 */
import {
  boundingBox,
  connect,
  ensurePermissions,
  labelingJob,
  outputKey,
  planPermissions,
  preflight,
  roleArn,
  s3Uri,
  showProgress,
  volumeKey,
  workteamArn,
} from 'labeling-job'
import {
  collect,
  labelCategories,
  workerTemplate,
  writeLabelCategories,
  writeManifest,
  writeWorkerTemplate,
} from 'labeling-job/manifests'
import { fakeAws } from 'labeling-job/testing'

// %% The embedded AWS: all that a job touches, two keys under the default policy, and a role that may use neither fully
function imagesIn(bucket: string) {
  const numbers = Array.from({ length: 1300 }, (_, index) => String(index).padStart(5, '0'))
  return numbers.map((number) => `s3://${bucket}/images/${number}.jpg`)
}

function embeddedAws(bucket: string) {
  const cloud = fakeAws()
  const { keyArn: outputArn } = cloud.key({ alias: 'alias/gt-output' })
  const { keyArn: volumeArn } = cloud.key({ alias: 'alias/gt-volume' })
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
  cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    inline: {
      Work: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:*', 'logs:*', 'cloudwatch:PutMetricData'], Resource: '*' },
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
          { Effect: 'Allow', Action: use, Resource: [outputArn, volumeArn] },
        ],
      },
    },
  })
  cloud.bucket(bucket, { cors: 'images' })
  for (const image of imagesIn(bucket)) cloud.object(image, 'an image')
  cloud.workteam({ name: 'vision' })
  return cloud.connect()
}

// %% Names: of the embedded AWS, or of your own account
const real = process.argv.includes('--aws')
const bucket = process.env['GT_BUCKET'] ?? 'acme-groundtruth'
const role = process.env['GT_ROLE_ARN'] ?? 'arn:aws:iam::111122223333:role/service-role/GtExec'
const team =
  process.env['GT_WORKTEAM_ARN'] ?? 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision'
const keys = {
  output: outputKey(process.env['GT_OUTPUT_KEY'] ?? 'alias/gt-output'),
  volume: volumeKey(process.env['GT_VOLUME_KEY'] ?? 'alias/gt-volume'),
}
const aws = real ? connect() : embeddedAws(bucket)

// %% The job: two keys, each where it belongs; nothing is sent yet
const job = labelingJob(real ? `street-signs-${Date.now()}` : 'street-signs')
  .task(
    boundingBox({
      title: 'Box every street sign',
      description: 'Draw one tight box around each sign',
      template: `s3://${bucket}/ui/box.liquid.html`,
      labels: `s3://${bucket}/ui/labels.json`,
    }),
  )
  .input(s3Uri(`s3://${bucket}/in/dataset.manifest`))
  .output(s3Uri(`s3://${bucket}/out/`), keys.output)
  .role(roleArn(role))
  .workers(workteamArn(team), { perObject: 3 })
  .autoLabeling(keys.volume)

// %% Input: a manifest (automated labeling needs 1,250 objects), the labels, and the worker page
const key = keys.output
await writeManifest(
  imagesIn(bucket).map((image) => ({ 'source-ref': image })),
  `s3://${bucket}/in/dataset.manifest`,
  aws,
  { task: 'bounding-box', autoLabeling: true, key },
)
const categories = labelCategories({ labels: ['Stop', 'Yield', 'Speed limit'], task: 'bounding-box' })
await writeLabelCategories(categories, `s3://${bucket}/ui/labels.json`, aws, { key })
const page = workerTemplate({
  task: 'bounding-box',
  header: 'Box every street sign',
  shortInstructions: 'One tight box around each sign',
  fullInstructions: 'Signs that are cut off count as well',
})
await writeWorkerTemplate(page, `s3://${bucket}/ui/box.liquid.html`, aws, { key })

// %% Preflight: will the job run, and why not? Reads only
console.log(`Preflight\n${await preflight(job, aws)}`)

// %% Plan: what would fix the permissions on the keys, and nothing more
console.log(`\nPlan\n${await planPermissions(job, aws)}`)

// %% Fix: on a real account only with --apply; without it, this throws when something is missing
const apply = !real || process.argv.includes('--apply')
const { done } = await ensurePermissions(job, aws, apply ? { apply: true } : {})
const [verdict] = String(await preflight(job, aws)).split('\n')
console.log(`\nApplied\n  changes: ${done.length}\n  ${verdict}`)

// %% Create and wait: one line that moves on a terminal, a line for each change elsewhere
const running = await job.create(aws)
console.log('\nProgress')
const ended = await running.completed({ onProgress: showProgress() })
console.log(`\nOutcome\n  ${ended.outcome}: ${JSON.stringify(ended.counters)}`)
if (ended.outcome === 'failed') throw new Error(`${ended.reason} ${ended.explanation ?? ''}`)
if (ended.outcome === 'completed-without-labels')
  throw new Error('AWS calls it completed, and nothing was labeled')

// %% Labels, and the proof of what is encrypted with which key
for await (const label of ended.labels()) {
  console.log(`\nLabels\n  the first: ${label.source} has ${label.boxes.length} box(es)`)
  break
}
console.log(String(await collect(ended.lines())))
console.log(`\n${(await job.resolve(aws)).report()}`)
