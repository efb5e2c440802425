import { expect, test } from 'vitest'
import { labelingJob, outputKey, preflight, videoFrameObjectDetection } from '../../../src/index.js'
import { JOB, putLabels, ROLE, TEAM, wholeWorld } from '../whole-world.js'

const FRAMES = labelingJob('frames')
  .task(
    videoFrameObjectDetection({ title: 'Box', description: 'Box', labels: 's3://acme-gt/ui/labels.json' }),
  )
  .input('s3://acme-gt/in/dataset.manifest')
  .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
  .role(ROLE)
  .workers(TEAM) as unknown as typeof JOB

async function checkOf(job: typeof JOB, text: string) {
  const cloud = wholeWorld()
  putLabels(cloud, text)
  const { checks } = await preflight(job, cloud.connect())
  return checks.find(({ code }) => code === 'categories-fit')
}

const SIMPLE = '"labels": [{"label": "a"}, {"label": "b"}]'

test.each([
  [JOB, `{${SIMPLE}}`, 'it has no version, and AWS has 2018-11-28 in every file of this form'],
  [
    JOB,
    `{"document-version": "2019-01-01", ${SIMPLE}}`,
    'its version is "2019-01-01", and AWS has 2018-11-28 in every file of this form',
  ],
  [
    FRAMES,
    '{"documentVersion": "2020-03-01", "labels": [{"label": "a"}], "comment": "of Ann"}',
    'it has "comment", which no page of AWS has',
  ],
  [
    FRAMES,
    '{"documentVersion": "2020-03-01", "labels": [{"label": "a", "comment": "of Ann"}]}',
    'labels[0]: it has "comment", which no page of AWS has',
  ],
  [
    JOB,
    `\uFEFF{"document-version": "2018-11-28", ${SIMPLE}}`,
    'it begins with a byte order mark, and AWS does not say that it takes one',
  ],
  [JOB, ' '.repeat(4_200_000), 'it is longer than 4,194,304 characters, and was not read'],
])('whether AWS takes a label file that is not as AWS writes it is not known', async (job, text, why) => {
  expect(await checkOf(job, text)).toMatchObject({ status: 'unknown', why })
})

test.each([
  [FRAMES, '{"document-version": "2020-03-01", "labels": [{"label": "a"}]}', 'passed'],
  [JOB, 's3://acme-gt/ui/other.json', 'failed'],
])('a label file is what stands in it: %#', async (job, text, status) => {
  expect((await checkOf(job, text))?.status).toBe(status)
})
