import { expect, test } from 'vitest'
import { labelingJob, outputKey, videoFrameObjectDetection } from '../../../src/index.js'
import {
  frameCategories,
  videoFrameSequence,
  writeLabelCategories,
  writeManifest,
  writeSequence,
} from '../../../src/manifests/index.js'
import { fakeAws } from '../../../src/testing/index.js'

test('labels of a sequence are of its own frames, not of one that does not exist', async () => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt-output' })
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }] }
  cloud.role({ name: 'GtExec', inline: { All: all } })
  cloud.workteam({ name: 'vision' })
  cloud.bucket('acme-gt', { cors: 'frames' })
  for (const frame of ['1.jpg', '2.jpg']) cloud.object(`s3://acme-gt/v/${frame}`, 'an image')
  const aws = cloud.connect()
  const sequence = videoFrameSequence({ number: 1, prefix: 's3://acme-gt/v/', frames: ['1.jpg', '2.jpg'] })
  const line = await writeSequence(sequence, 's3://acme-gt/v/seq.json', aws)
  await writeManifest([line], 's3://acme-gt/v/m.manifest', aws, { task: 'video-frame-object-detection' })
  const categories = frameCategories({ labels: ['car'] })
  const labels = await writeLabelCategories(categories, 's3://acme-gt/v/l.json', aws)
  const job = labelingJob('clips')
    .task(videoFrameObjectDetection({ title: 'Box cars', description: 'Box each car', labels }))
    .input('s3://acme-gt/v/m.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')

  const ended = await (await job.create(aws)).completed()

  const frames: string[] = []
  if (ended.outcome !== 'completed') throw new Error(String(ended))
  for await (const label of ended.labels())
    for await (const { frame } of label.frames()) frames.push(frame ?? '')
  expect(frames).toEqual(['1.jpg'])
})
