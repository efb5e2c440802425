/**
 * Takes the labels of a job out: counted, as files for other tools under your own key, and as pictures.
 *
 *   node --import ./examples/register.mjs examples/12-labels.mts
 *
 * in a clone of the repository. From the package: copy the file into a folder of yours, and `npx tsx 12-labels.mts`.
 *
 * Prints: 60 objects: 57 labeled, left out: it failed, coco/instances_train.json, yolo/data.yaml, under arn:aws:kms:, <title>in/0.jpg · line 1 · bounding-box
 */
import { boundingBox, labelingJob, outputKey } from 'labeling-job'
import {
  charts,
  contactSheet,
  drawLabel,
  toCoco,
  toCsv,
  toLabelStudio,
  toYolo,
  writeFiles,
} from 'labeling-job/export'
import {
  collect,
  labelCategories,
  workerTemplate,
  writeLabelCategories,
  writeManifest,
  writeWorkerTemplate,
} from 'labeling-job/manifests'
import { fakeAws } from 'labeling-job/testing'

// %% A job that has ended, on the embedded AWS; every twentieth object failed
const cloud = fakeAws()
cloud.labeling({ failEvery: 20 })
cloud.workteam({ name: 'vision' })
cloud.bucket('acme-gt', { cors: 'images' })
const { keyArn } = cloud.key({ alias: 'alias/gt-output' })
const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
const Statement = [
  { Effect: 'Allow', Action: ['s3:*', 'logs:*', 'cloudwatch:PutMetricData'], Resource: '*' },
  { Effect: 'Allow', Action: use, Resource: keyArn },
]
cloud.role({ name: 'GtExec', path: '/service-role/', inline: { Work: { Version: '2012-10-17', Statement } } })
const aws = cloud.connect()

const images = Array.from({ length: 60 }, (_, index) => ({ 'source-ref': `s3://acme-gt/in/${index}.jpg` }))
for (const { 'source-ref': uri } of images) cloud.object(uri as 's3://acme-gt/in/0.jpg', 'an image')
const classes = labelCategories({ labels: ['stop', 'yield', 'speed limit'], task: 'bounding-box' })
await writeLabelCategories(classes, 's3://acme-gt/ui/labels.json', aws)
await writeManifest(images, 's3://acme-gt/in/dataset.manifest', aws, { task: 'bounding-box' })
const words = {
  header: 'Box every street sign',
  shortInstructions: 'One tight box',
  fullInstructions: 'A box each',
}
await writeWorkerTemplate(
  workerTemplate({ task: 'bounding-box', ...words }),
  's3://acme-gt/ui/box.liquid.html',
  aws,
)

const job = labelingJob('street-signs')
  .task(
    boundingBox({
      title: 'Box every street sign',
      description: 'One tight box around each sign',
      template: 's3://acme-gt/ui/box.liquid.html',
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role('arn:aws:iam::111122223333:role/service-role/GtExec')
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
const ended = await (await job.create(aws)).completed()

// %% Its lines, those without a label too: each loop over them reads the manifest anew
if (ended.outcome === 'failed') throw new Error(ended.reason)
const labels = ended.lines()

const collected = await collect(labels)
console.log(String(collected))

// %% Files for other tools, under the key of the labels. What does not come along is told
const split = { train: 0.8, val: 0.2 }
const leftOut: string[] = []
const onSkipped = ({ lineNumber, why }: { lineNumber: number; why: string }) =>
  leftOut.push(`${lineNumber} ${why}`)

const key = 'alias/gt-output'
const written = [
  ...(await writeFiles(toCoco(labels, { classes, split, onSkipped }), 's3://acme-gt/export/coco', aws, {
    key,
  })),
  ...(await writeFiles(toYolo(labels, { classes, split }), 's3://acme-gt/export/yolo', aws, { key })),
  ...(await writeFiles(toLabelStudio(labels, { classes }), 's3://acme-gt/export/label-studio', aws, { key })),
  ...(await writeFiles(toCsv(labels), 's3://acme-gt/export/tables', aws, { key })),
]
for (const line of leftOut) console.log('left out:', line.replace(/^\d+ /, ''))
console.log(written.filter((uri) => !uri.endsWith('.txt')).join('\n'))

const [put] = cloud.calls.of('s3:PutObject').slice(-1)
console.log('under', (put?.input as { SSEKMSKeyId?: string } | undefined)?.SSEKMSKeyId)

// %% Pictures: of one label, of many on a page, and of what was counted. In a notebook they show themselves
for await (const label of labels) {
  if (label.status !== 'labeled') continue
  console.log(String(drawLabel(label)).slice(0, 400))
  break
}
const pages = [
  { path: 'labels.html', content: (await contactSheet(labels, { limit: 12 })).toHtml() },
  { path: 'charts.svg', content: String(charts(collected)) },
]
console.log((await writeFiles(pages, 's3://acme-gt/export/pictures', aws, { key })).join('\n'))
