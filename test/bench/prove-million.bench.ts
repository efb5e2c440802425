import { listObjects } from '../../src/evidence/proof/list-objects.js'
import { proveJob } from '../../src/evidence/proof/prove-job.js'
import { imageClassification, labelingJob, outputKey } from '../../src/index.js'
import { fakeAws } from '../../src/testing/index.js'

const OBJECTS = 1_000_000

/**
 * Proves a job with a million objects on the fake, which keeps them all; gives how much the heap grew meanwhile at most,
 * and how many HEADs there were. Each thousandth object is under another key.
 */
export async function benchMillion() {
  const cloud = fakeAws()
  const { keyArn: key } = cloud.key({ alias: 'alias/gt-output' })
  const { keyArn: other } = cloud.key()
  const all = { Effect: 'Allow', Action: '*', Resource: '*' } as const
  const { roleArn } = cloud.role({
    name: 'GtExec',
    inline: { all: { Version: '2012-10-17', Statement: [all] } },
  })
  cloud.object('s3://gt/ui/page.html', '<crowd-form></crowd-form>')
  cloud.object('s3://gt/ui/labels.json', '{"labels":[{"label":"a"},{"label":"b"}]}')
  cloud.object('s3://gt/in/dataset.manifest', '{"source-ref":"s3://gt/in/1.jpg"}\n')
  const aws = cloud.connect()
  const job = labelingJob('a')
    .task(
      imageClassification({
        title: 'Classify',
        description: 'Classify it',
        template: 's3://gt/ui/page.html',
        labels: 's3://gt/ui/labels.json',
      }),
    )
    .input('s3://gt/in/dataset.manifest')
    .output('s3://gt/out/', outputKey('alias/gt-output'))
    .role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team')
  await (await job.create(aws)).completed()
  for (let index = 0; index < OBJECTS; index++)
    cloud.object(`s3://gt/out/a/annotations/${index}.json`, '{}', { key: index % 1_000 === 0 ? other : key })

  // The fake works an ETag out, and keeps it, when it is first asked for: that is not the proof's.
  for await (const _ of listObjects({ bucket: 'gt', prefix: 'out/a/' }, aws, {}));

  const heads = { count: 0 }
  cloud.inject({ call: 's3:HeadObject', fault: { after: () => void heads.count++ }, times: Infinity })
  cloud.calls.clear()
  collect()
  const before = process.memoryUsage().heapUsed
  let peak = 0
  let pages = 0
  const start = performance.now()
  const proof = await proveJob('a', aws, {
    onProgress: () => {
      // The fake keeps a log of every call, which is not the proof's.
      cloud.calls.clear()
      if (pages++ % 100 !== 0) return
      collect()
      peak = Math.max(peak, process.memoryUsage().heapUsed - before)
    },
  })
  return {
    counted: proof.objects.reduce((sum, { count }) => sum + count, 0),
    exceptions: proof.exceptions.length,
    heads: heads.count,
    seconds: Math.round((performance.now() - start) / 1_000),
    peakHeapGrowthMb: Math.round(peak / 2 ** 20),
  }
}

function collect(): void {
  ;(globalThis as { gc?: () => void }).gc?.()
}
