import { expect, test } from 'vitest'
import { boundingBox, connect, labelingJob, outputKey, volumeKey } from '../../src/index.js'
import { checkPermissions, ensurePermissions } from '../../src/permissions/index.js'
import { fakeAws } from '../../src/testing/index.js'

function street() {
  const cloud = fakeAws()
  const lines = Array.from({ length: 20 }, (_, index) => `{"source-ref":"s3://acme-gt/in/${index}.jpg"}\n`)
  cloud.object('s3://acme-gt/in/dataset.manifest', lines.join(''))
  cloud.object('s3://acme-gt/ui/labels.json', '{"labels":[{"label":"stop"},{"label":"yield"}]}')
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  cloud.key({ alias: 'alias/gt-output' })
  cloud.key({ alias: 'alias/gt-volume' })
  cloud.labeling({ leastForAutomation: 10, failEvery: 20 })
  const job = labelingJob('street-signs')
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
    .role('arn:aws:iam::111122223333:role/service-role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision')
    .autoLabeling(volumeKey('alias/gt-volume'))
  return { cloud, job }
}

test('a job whose role may not use the keys fails as checkPermissions says it would', async () => {
  const { cloud, job } = street()
  const aws = cloud.connect()

  const report = await checkPermissions(job, aws)
  const outcome = await (await job.create(aws)).completed()

  expect(report.decisions.map(({ verdict }) => verdict)).not.toContain('allowed')
  expect(outcome).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('is not authorized to perform: kms:'),
  })
})

test('once the permissions are mended, the job runs and its labels can be read', async () => {
  const { cloud, job } = street()
  const aws = cloud.connect()

  await ensurePermissions(job, aws, { apply: true })
  const written = cloud.calls.writes().map(({ name }) => name)
  const running = await job.create(aws)
  const seen: string[] = []
  const outcome = await running.completed({ onProgress: ({ status }) => seen.push(status) })
  const sources: string[] = []
  for await (const label of outcome.labels()) sources.push(label.source)

  expect(written).toContain('iam:PutRolePolicy')
  expect(seen[0]).toBe('Initializing')
  expect(outcome).toMatchObject({
    outcome: 'completed-with-failed-objects',
    counters: { labeled: 19, failed: 1, unlabeled: 0 },
  })
  expect(sources).toHaveLength(19)
})

test('the fake stands in for every client of a connection', async () => {
  const { cloud, job } = street()

  const resolved = await job.resolve(connect({ clients: cloud }))

  expect(resolved.region).toBe('us-east-1')
  expect(cloud.calls.names()).toEqual(['kms:DescribeKey', 'kms:DescribeKey'])
})
