import { describe, expect, test } from 'vitest'
import { shareReads } from '../../src/aws/share-reads.js'
import type { Aws } from '../../src/index.js'
import {
  labelingJob,
  outputKey,
  pointCloudObjectDetection,
  pointCloudObjectTracking,
  preflight,
} from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { type JOB, ROLE, TEAM, wholeWorld } from './whole-world.js'

const WORDS = {
  title: 'Box cars',
  description: 'One box around each car',
  labels: 's3://acme-gt/ui/labels.json',
} as const

function jobOf(task: object) {
  return labelingJob('clouds')
    .task(task as ReturnType<typeof pointCloudObjectDetection>)
    .input('s3://acme-gt/in/dataset.manifest')
    .output('s3://acme-gt/out/', outputKey('alias/gt-output'))
    .role(ROLE)
    .workers(TEAM) as unknown as typeof JOB
}

const DETECTION = jobOf(pointCloudObjectDetection(WORDS))
const TRACKING = jobOf(pointCloudObjectTracking(WORDS)).raw({ LabelAttributeName: 'clouds-ref' })

const POSE = { position: { x: 0, y: 0, z: 0 }, heading: { qx: 0, qy: 0, qz: 0, qw: 1 } }

/** A frame with the images of two cameras. */
function frame(index: number) {
  const camera = { 'unix-timestamp': index, fx: 1, fy: 1, cx: 1, cy: 1, ...POSE }
  return {
    'unix-timestamp': index,
    images: ['left', 'right'].map((side) => ({ 'image-path': `${side}/${index}.jpg`, ...camera })),
  }
}

/** A world with three frames, on their own or as a sequence, and the images of two cameras for each. */
function worldOfClouds(kind: 'frames' | 'sequence'): FakeAws {
  const cloud = wholeWorld()
  cloud.bucket('acme-gt', { cors: 'frames' })
  cloud.bucket('acme-cameras', { cors: 'frames' })
  cloud.object(
    's3://acme-gt/ui/labels.json',
    '{"documentVersion": "2020-03-01", "labels": [{"label": "Car"}]}',
  )
  const indexes = [1, 2, 3]
  for (const index of indexes) {
    cloud.object(`s3://acme-gt/clouds/${index}.bin`, 'points')
    for (const side of ['left', 'right'])
      cloud.object(`s3://acme-cameras/${side}/${index}.jpg`, 'an image', { contentType: 'image/jpeg' })
  }
  const prefix = 's3://acme-cameras/'
  const frames = indexes.map((index) => ({ frame: `${index}.bin`, ...frame(index), prefix }))
  const sequence = { 'seq-no': 1, prefix: 's3://acme-gt/clouds/', 'number-of-frames': 3, frames }
  cloud.object('s3://acme-gt/in/1.json', JSON.stringify(sequence))
  const lines =
    kind === 'sequence'
      ? [{ 'source-ref': 's3://acme-gt/in/1.json' }]
      : indexes.map((index) => ({
          'source-ref': `s3://acme-gt/clouds/${index}.bin`,
          'source-ref-metadata': { ...frame(index), prefix },
        }))
  cloud.object('s3://acme-gt/in/dataset.manifest', lines.map((line) => JSON.stringify(line)).join('\n'))
  return cloud
}

async function told(job: typeof JOB, aws: Aws) {
  const { checks } = await preflight(job, aws)
  return checks
    .filter(({ code }) => code === 'objects-readable')
    .map(({ status, what }) => `${status}: ${what}`)
}

describe('the images of cameras', () => {
  test('are looked at beside the point clouds that lines name', async () => {
    expect(await told(DETECTION, worldOfClouds('frames').connect())).toEqual([
      'passed: 3 of the 3 objects in S3 were looked at: there, and readable',
      'passed: 6 of the 6 images of cameras in the manifest were looked at: there, and readable',
    ])
  })

  test('are looked at beside the frames of sequences', async () => {
    expect(await told(TRACKING, worldOfClouds('sequence').connect())).toEqual([
      'passed: 1 of the 1 objects in S3 were looked at: there, and readable',
      'passed: 3 of the 3 frames in 1 sequence file were looked at: there, and readable',
      'passed: 6 of the 6 images of cameras in 1 sequence file were looked at: there, and readable',
    ])
  })

  test('that are not there are told, and it is not known what becomes of their frames', async () => {
    const cloud = worldOfClouds('frames')
    cloud.object('s3://acme-cameras/left/2.jpg', '')

    const { ok, checks } = await preflight(DETECTION, cloud.connect())

    expect(ok).toBe(false)
    expect(checks.filter(({ about, status }) => about === 'input' && status !== 'passed')).toEqual([
      {
        code: 'objects-readable',
        about: 'input',
        status: 'unknown',
        what: '1 of 6 images looked at (there are 6 in the manifest) are empty',
        why: 'camera image: s3://acme-cameras/left/2.jpg; AWS does not say what becomes of a point cloud without them',
        fix: 'Put the objects there again',
        owner: 'you',
      },
    ])
  })

  test('need their bucket to be as that of other objects: its region, its CORS rules, and the right to read it', async () => {
    const cloud = worldOfClouds('sequence')
    cloud.bucket('acme-cameras', { region: 'eu-west-1' })
    cloud.role({
      name: 'GtExec',
      path: '/service-role/',
      inline: {
        Work: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:*', 'kms:*'],
              Resource: ['arn:aws:s3:::acme-gt*', 'arn:aws:kms:*:*:key/*'],
            },
          ],
        },
      },
    })

    const { checks } = await preflight(TRACKING, cloud.connect())

    expect(
      checks.filter(({ status }) => status === 'failed').map(({ code, about }) => `${about} ${code}`),
    ).toEqual(['input bucket-region', 'input bucket-cors', 'input bucket-allowed'])
  })
})

test('a sequence file that is too long to be one is not known, and not called no JSON', async () => {
  const aws = worldOfClouds('sequence').connect()
  const part = new Uint8Array(1 << 22).fill(0x20)
  let given = 0
  const long = async function* () {
    for (; given < 100; given++) yield part
  }
  const call = (name: string, input: { readonly Key?: string }, options: never) =>
    name === 's3:GetObject' && input.Key === 'in/1.json'
      ? Promise.resolve({ Body: long(), ContentLength: 100 * part.length })
      : aws.call(name as 's3:GetObject', input as never, options)

  expect((await told(TRACKING, { ...shareReads(aws), call: call as never }))[1]).toBe(
    'unknown: the sequence file s3://acme-gt/in/1.json of line 1: not known',
  )
  expect(given).toBeLessThan(10)
})
