import { describe, expect, test } from 'vitest'
import { adjustSemanticSegmentation, labelingJob, outputKey, preflight } from '../../src/index.js'
import { workerTemplate } from '../../src/manifests/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { type JOB, policy, putManifest, putPage, ROLE, TEAM, wholeWorld } from './whole-world.js'

const ADJUSTMENT = labelingJob('signs-adjusted')
  .task(
    adjustSemanticSegmentation({
      title: 'Adjust each mask',
      description: 'Move the borders where they belong',
      template: 's3://acme-gt/ui/box.liquid.html',
      labels: 's3://acme-gt/ui/labels.json',
    }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role(ROLE)
  .workers(TEAM)
  .labelAttribute('adjusted-ref') as unknown as typeof JOB

/** A chain whose earlier job left masks under its own attribute. */
function chain(attribute = 'masks-ref'): FakeAws {
  const cloud = wholeWorld()
  cloud.bucket('acme-masks')
  for (const index of [0, 1, 2]) cloud.object(`s3://acme-masks/${index}.png`, 'a mask')
  putManifest(
    cloud,
    [0, 1, 2].map((index) =>
      JSON.stringify({
        'source-ref': `s3://acme-gt/in/${index}.jpg`,
        [attribute]: `s3://acme-masks/${index}.png`,
        [`${attribute}-metadata`]: { type: 'groundtruth/semantic-segmentation' },
      }),
    ),
  )
  const words = { header: 'Adjust', shortInstructions: 'Borders', fullInstructions: 'Where they belong' }
  putPage(cloud, workerTemplate({ task: 'semantic-segmentation-adjustment', adjusts: 'masks-ref', ...words }))
  return cloud
}

async function notPassed(cloud: FakeAws) {
  const { checks } = await preflight(ADJUSTMENT, cloud.connect())
  return checks.filter(({ status }) => status !== 'passed')
}

describe('the labels that a job is to adjust', () => {
  test('are looked at where they are files', async () => {
    const { ok, checks } = await preflight(ADJUSTMENT, chain().connect())

    expect(ok).toBe(true)
    expect(checks.filter(({ code }) => code === 'objects-readable').map(({ what }) => what)).toEqual([
      '3 of the 3 objects in S3 were looked at: there, and readable',
      '3 of the 3 labels of earlier jobs in the manifest were looked at: there, and readable',
    ])
  })

  test('that are not there are told', async () => {
    const cloud = chain()
    cloud.bucket('acme-masks')

    expect(await notPassed(cloud)).toMatchObject([
      {
        code: 'objects-readable',
        status: 'unknown',
        what: '3 of 3 labels looked at (there are 3 in the manifest) are not there',
        why: expect.stringContaining('AWS does not say what becomes of an object without them'),
      },
    ])
  })

  test('are under a key that the role may use, or the job fails', async () => {
    const cloud = chain()
    const use = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
      Action: 'kms:*',
      Resource: '*',
    }
    const { keyArn } = cloud.key({ policy: policy(use) })
    for (const index of [0, 1, 2]) cloud.object(`s3://acme-masks/${index}.png`, 'a mask', { key: keyArn })

    expect(await notPassed(cloud)).toMatchObject([
      {
        code: 'bucket-allowed',
        about: 'input',
        status: 'failed',
        what: expect.stringContaining(`kms:Decrypt on ${keyArn}`),
      },
    ])
  })

  test('are those that the page shows', async () => {
    expect(await notPassed(chain('other-ref'))).toMatchObject([
      {
        code: 'page-renders',
        status: 'failed',
        what: 'SageMaker cannot show the page with the first object',
      },
      {
        code: 'page-renders',
        status: 'warning',
        what: 'the page reads masks-ref, masks-ref-metadata from the line of the manifest',
        why: 'the first object has nothing of that name: workers would begin without the labels to adjust or verify',
      },
    ])
  })
})

test('what stands in the place of a page and is far too long for one is not read to its end', async () => {
  const cloud = chain()
  putPage(cloud, 'x'.repeat(1_100_000))

  expect(await notPassed(cloud)).toMatchObject([
    {
      code: 'page-renders',
      status: 'unknown',
      why: 'it is longer than 1,048,576 characters, and was not read',
    },
  ])
})
