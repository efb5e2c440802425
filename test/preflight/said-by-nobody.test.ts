import { describe, expect, test } from 'vitest'
import {
  boundingBox,
  type Check,
  labelingJob,
  outputKey,
  preflight,
  videoFrameObjectDetection,
  volumeKey,
} from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import {
  JOB,
  PAGE,
  putBucket,
  putLabels,
  putManifest,
  putPage,
  putRole,
  ROLE,
  TEAM,
  wholeWorld,
} from './whole-world.js'

async function notPassed(job: typeof JOB, cloud: FakeAws) {
  const { ok, checks } = await preflight(job, cloud.connect())
  const open = checks.filter(({ status }) => status !== 'passed')
  return {
    ok,
    open: open.map(({ code, status, about }: Check) => `${about} ${code} ${status}`),
    checks: open,
  }
}

describe('what nobody says does not leave a job ok', () => {
  test('that a manifest may begin with a byte order mark', async () => {
    const cloud = wholeWorld()
    cloud.object('s3://acme-gt/in/dataset.manifest', '\uFEFF{"source-ref": "s3://acme-gt/in/1.jpg"}\r\n')

    expect(await notPassed(JOB, cloud)).toMatchObject({ ok: false, open: ['input manifest-lines unknown'] })
  })

  test('that an image of more than 40 MB may have less than 40 MiB', async () => {
    const cloud = wholeWorld()
    cloud.object('s3://acme-gt/in/1.jpg', 'x', { size: 40_000_001 })

    expect(await notPassed(JOB, cloud)).toMatchObject({ ok: false, open: ['input objects-readable unknown'] })
  })

  test('that the pages of workers come from the origin that CORS rules name', async () => {
    const cloud = wholeWorld()
    putBucket(cloud, { cors: [{ AllowedOrigins: ['https://acme.example'], AllowedMethods: ['GET'] }] })

    expect(await notPassed(JOB, cloud)).toMatchObject({ ok: false, open: ['input bucket-cors unknown'] })
  })

  test('that AWS has raised the quota of objects', async () => {
    const job = labelingJob('frames')
      .task(
        videoFrameObjectDetection({
          title: 'Box',
          description: 'Box',
          labels: 's3://acme-gt/ui/labels.json',
        }),
      )
      .input('s3://acme-gt/in/dataset.manifest')
      .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
      .role(ROLE)
      .workers(TEAM)
      .labelAttribute('frames-ref') as unknown as typeof JOB
    const cloud = wholeWorld()
    cloud.bucket('acme-gt', { cors: 'frames' })
    putLabels(cloud, '{"documentVersion": "2020-03-01", "labels": [{"label": "a"}]}')
    const prefix = 's3://acme-gt/frames/'
    cloud.object(`${prefix}1.jpg`, 'x')
    const sequence = {
      'seq-no': 1,
      prefix,
      'number-of-frames': 1,
      frames: [{ 'frame-no': 1, frame: '1.jpg' }],
    }
    cloud.object('s3://acme-gt/in/1.json', JSON.stringify(sequence))
    putManifest(cloud, Array(11).fill('{"source-ref": "s3://acme-gt/in/1.json"}'))

    expect(await notPassed(job, cloud)).toMatchObject({ ok: false, open: ['input manifest-lines unknown'] })
  })

  test('that AWS lets an account have more than 1,000 objects at once', async () => {
    const job = JOB.raw({ HumanTaskConfig: { MaxConcurrentTaskCount: 1_001 } })

    expect(await notPassed(job, wholeWorld())).toMatchObject({ ok: false, open: ['job job-rules unknown'] })
  })

  test('that a job labels objects anew that all have a label', async () => {
    const cloud = wholeWorld()
    putManifest(cloud, ['{"source-ref": "s3://acme-gt/in/1.jpg", "street-signs": {}}'])

    const { ok, checks } = await notPassed(JOB, cloud)

    expect(ok).toBe(false)
    expect(checks).toEqual([
      {
        code: 'manifest-lines',
        about: 'input',
        status: 'unknown',
        what: "every object of the manifest has a label under the job's attribute",
        why: 'AWS says that a job labels only objects without one, and elsewhere that it writes over it',
        fix: 'Use another label attribute name, or add objects that wait for a label',
        owner: 'you',
      },
    ])
  })

  test('that subnets and security groups are there', async () => {
    const VpcConfig = { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] }
    const job = JOB.autoLabeling(volumeKey('alias/gt-output')).raw({
      LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: { VpcConfig } },
    })
    const cloud = wholeWorld()
    putRole(cloud, { allow: 'iam:PassRole' })
    putManifest(cloud, Array(5_000).fill('{"source-ref": "s3://acme-gt/in/1.jpg"}'))

    expect(await notPassed(job, cloud)).toMatchObject({
      ok: false,
      open: ['job auto-labeling-quota unknown', 'job auto-labeling-network unknown'],
      checks: [{}, { what: 'subnet-1, sg-1: not known' }],
    })
  })
})

test('the images that a stream gets are not known before they come, and leave it ok as far as could be seen', async () => {
  const topic = 'arn:aws:sns:us-east-1:111122223333:groundtruth-in'
  const job = labelingJob('stream')
    .task(
      boundingBox({
        title: 'Box',
        description: 'Box',
        template: 's3://acme-gt/ui/box.liquid.html',
        labels: 's3://acme-gt/ui/labels.json',
      }),
    )
    .stream(topic)
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(ROLE)
    .workers(TEAM) as unknown as typeof JOB
  const cloud = wholeWorld()
  putRole(cloud, { allow: ['sns:*', 'sqs:*'] })
  putPage(cloud, PAGE)
  cloud.topic({ name: 'groundtruth-in' })

  const report = await preflight(job, cloud.connect())

  expect(report.ok).toBe(true)
  expect(String(report).split('\n')[0]).toContain('as far as could be seen')
  expect(report.checks.filter(({ status }) => status !== 'passed')).toMatchObject([
    { code: 'objects-readable', status: 'unknown', what: 'the objects that the stream gets: not known' },
  ])
})
