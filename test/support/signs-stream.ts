import { boundingBox, labelingJob, outputKey, type TopicArnText } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'

/** Starts a streaming job on a topic, and waits until it takes objects. */
export async function signsStream(cloud: FakeAws, topic: TopicArnText) {
  cloud.key({ alias: 'alias/gt' })
  cloud.role({
    name: 'GtExec',
    inline: {
      All: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
    },
  })
  cloud.bucket('gt')
  cloud.object('s3://gt/l.json', '{"document-version": "2018-11-28", "labels": [{"label": "Stop"}]}')
  const running = await labelingJob('signs')
    .task(
      boundingBox({
        title: 'Box',
        description: 'Box it',
        template: 's3://gt/t.html',
        labels: 's3://gt/l.json',
      }),
    )
    .stream(topic)
    .output('s3://gt/out', outputKey('alias/gt'))
    .role('arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')
    .create(cloud.connect())
  cloud.clock.advance(600_000)
  const manifest = (): readonly Record<string, unknown>[] =>
    cloud
      .read('s3://gt/out/signs/manifests/output/output.manifest')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { running, manifest }
}
