/**
 * Chains an adjustment after a job, and labels what comes through a topic as it comes.
 *
 *   node --import ./examples/register.mjs examples/09-chain-and-stream.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 09-chain-and-stream.mts`.
 *
 * Beside the packages of the README it needs `npm install @aws-sdk/client-sns`.
 *
 * Prints: signs: completed, signs-adjusted: completed, reads signs, sent: 12, labels so far: 12
 */
import { adjustBoundingBox, boundingBox, labelingJob, outputKey, sendObjects } from 'labeling-job'
import { workerTemplate, writeManifest, writeWorkerTemplate } from 'labeling-job/manifests'
import { fakeAws } from 'labeling-job/testing'

// %% An embedded region
const cloud = fakeAws()
cloud.key({ alias: 'alias/gt-output' })
cloud.role({
  name: 'GtExec',
  inline: { Work: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
})
cloud.bucket('acme-gt')
cloud.object(
  's3://acme-gt/ui/labels.json',
  '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}',
)
const aws = cloud.connect()

// %% The first job: boxes
const texts = {
  header: 'Box every sign',
  shortInstructions: 'One tight box',
  fullInstructions: 'One tight box each',
}
const images = Array.from({ length: 12 }, (_, index) => ({ 'source-ref': `s3://acme-gt/in/${index}.jpg` }))
await writeManifest(images, 's3://acme-gt/in/dataset.manifest', aws, { task: 'bounding-box' })
const boxes = boundingBox({
  title: 'Box every street sign',
  description: 'Draw one tight box around each sign',
  template: await writeWorkerTemplate(
    workerTemplate({ task: 'bounding-box', ...texts }),
    's3://acme-gt/ui/box.html',
    aws,
  ),
  labels: 's3://acme-gt/ui/labels.json',
})
const signs = labelingJob('signs')
  .task(boxes)
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
const ended = await (await signs.create(aws)).completed()
console.log(`signs: ${ended.outcome}`)

// %% The second job: people correct its boxes. It takes manifest, output, key, role and team from the first
const page = workerTemplate({ task: 'bounding-box-adjustment', adjusts: 'signs', ...texts })
const adjusting = labelingJob('signs-adjusted')
  .task(
    adjustBoundingBox({
      title: 'Correct the boxes',
      description: 'Move what is not tight',
      template: await writeWorkerTemplate(page, 's3://acme-gt/ui/adjust.html', aws),
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .chainFrom(ended)
console.log(String(adjusting))
const adjusted = await (await adjusting.create(aws)).completed()
console.log(
  `signs-adjusted: ${adjusted.outcome}, reads signs, writes ${adjusted.description.LabelAttributeName}`,
)

// %% A stream: objects are labeled as they come. Two workers may send the same object; it is labeled once
const topic = 'arn:aws:sns:us-east-1:111122223333:groundtruth-signs'
const streaming = await labelingJob('signs-stream')
  .task(boxes)
  .stream(topic)
  .output('s3://acme-gt/stream/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
  .create(aws)
for await (const { status } of streaming.progress()) if (status === 'InProgress') break
let sent = 0
for (const _ of ['once', 'and again'])
  for await (const { object, status, error } of sendObjects(images, topic, aws)) {
    if (status === 'sent') sent++
    else console.error(object, error?.message)
  }
console.log(`sent: ${sent / 2}, each twice`)

// %% What is labeled so far
cloud.clock.advance(24 * 3_600_000)
let labels = 0
for await (const label of streaming.labels()) labels += label.boxes.length > 0 ? 1 : 0
console.log(`labels so far: ${labels}`)
await streaming.stop()
