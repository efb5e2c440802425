import { describe, expect, test } from 'vitest'
import { connect } from '../../src/aws/connect.js'
import { fromRequest, labelingJob } from '../../src/labeling-job.js'
import { outputKey, volumeKey } from '../../src/names/kms-key.js'
import type { LabelingJobError } from '../../src/running/error-data.js'
import { boundingBox, semanticSegmentation } from '../../src/tasks/image-tasks.js'
import { pointCloudObjectDetection } from '../../src/tasks/point-cloud-tasks.js'
import { namedEntityRecognition } from '../../src/tasks/text-tasks.js'
import { MISUSES, type Misuse } from '../types/compile-snippets.js'

const TEXTS = { title: 'Sign', description: 'Mark it', labels: 's3://acme/labels.json' } as const
const TEMPLATE = { ...TEXTS, template: 's3://acme/page.liquid.html' } as const

/** The names that the snippets of misuses use. */
const NAMES = {
  labelingJob,
  outputKey,
  volumeKey,
  boundingBox,
  s3: 's3://acme/in.manifest',
  topic: 'arn:aws:sns:us-east-1:111122223333:signs',
  role: 'arn:aws:iam::111122223333:role/GtExec',
  team: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
  aws: {},
  text: 'a text of the program',
  boxes: boundingBox(TEMPLATE),
  masks: semanticSegmentation(TEMPLATE),
  entities: namedEntityRecognition(TEXTS),
  cloud: pointCloudObjectDetection(TEXTS),
}

// A caller without a type checker.
// biome-ignore lint/suspicious/noExplicitAny: the types are what these tests go round
type Untyped = any

/** Runs a snippet as JavaScript and gives what it throws. */
async function thrownBy(code: string): Promise<unknown> {
  try {
    await new Function(...Object.keys(NAMES), `return ${code}`)(...Object.values(NAMES))
  } catch (thrown) {
    return thrown
  }
  return undefined
}

function said(misuse: Misuse, wrapper: string): string | undefined {
  return new RegExp(`${wrapper}<(.+?)>' has no call|${wrapper}<(.+?)>'\\.`)
    .exec(misuse.says.join('\n'))
    ?.slice(1)
    .find(Boolean)
}

describe('a call that does not compile', () => {
  const refused = MISUSES.filter(
    (misuse) => misuse.typesOnly !== true && said(misuse, 'Refused') !== undefined,
  )
  const missing = MISUSES.filter(
    (misuse) => misuse.typesOnly !== true && said(misuse, 'StillMissing') !== undefined,
  )

  test('is one of these two kinds', () => {
    const others = MISUSES.filter(
      (misuse) => misuse.typesOnly !== true && !refused.includes(misuse) && !missing.includes(misuse),
    )

    expect(others).toEqual([])
    expect(refused.length).toBeGreaterThan(15)
    expect(missing.length).toBe(3)
  })

  test.each(refused.map((misuse) => [misuse.title, misuse] as const))(
    'is refused with the same sentence when it runs: %s',
    async (_title, misuse) => {
      const thrown = await thrownBy(misuse.code)

      expect(thrown).toMatchObject({ code: 'refused-call' })
      expect(JSON.stringify((thrown as LabelingJobError).why)).toBe(said(misuse, 'Refused'))
    },
  )

  test.each(missing.map((misuse) => [misuse.title, misuse] as const))(
    'names the same missing parts when it runs: %s',
    async (_title, misuse) => {
      const parts = said(misuse, 'StillMissing')
        ?.split(' | ')
        .map((part) => JSON.parse(part)) as string[]

      const thrown = await thrownBy(misuse.code)

      expect(thrown).toMatchObject({ code: 'incomplete-job' })
      expect([...((thrown as LabelingJobError<'incomplete-job'>).data.missing ?? [])].sort()).toEqual(
        parts.sort(),
      )
    },
  )
})

describe('a volume key without automated labeling', () => {
  const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const complete = () =>
    labelingJob('signs')
      .task(boundingBox(TEMPLATE))
      .input('s3://acme/in.manifest')
      .output('s3://acme/out/')
      .role('arn:aws:iam::111122223333:role/GtExec')
      .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision') as Untyped
  const nested = (resources: unknown) => ({
    LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: resources },
  })

  test.each<readonly [string, unknown]>([
    ['in its place', nested({ VolumeKmsKeyId: KEY })],
    ['at the top', { VolumeKmsKeyId: KEY }],
    ['in a place that AWS does not know', { HumanTaskConfig: { Anything: { VolumeKmsKeyId: KEY } } }],
    ['in a list', { Tags: [{ VolumeKmsKeyId: KEY }] }],
    ['in another case', nested({ volumekmskeyid: KEY })],
    ['in capitals', nested({ VOLUMEKMSKEYID: KEY })],
    [
      'behind a getter',
      nested({
        get VolumeKmsKeyId() {
          return KEY
        },
      }),
    ],
    ['behind toJSON', nested({ toJSON: () => ({ VolumeKmsKeyId: KEY }) })],
    [
      'with the algorithm beside it',
      {
        LabelingJobAlgorithmsConfig: {
          LabelingJobAlgorithmSpecificationArn:
            'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
          LabelingJobResourceConfig: { VolumeKmsKeyId: KEY },
        },
      },
    ],
    ['under __proto__', JSON.parse(`{"__proto__":${JSON.stringify(nested({ VolumeKmsKeyId: KEY }))}}`)],
  ])('is refused by raw %s', (_where, patch) => {
    const job = complete()

    expect(() => job.raw(patch)).toThrow(expect.objectContaining({ code: 'refused-call' }))
  })

  test.each<readonly [string, () => unknown]>([
    [
      'a field that is not enumerable',
      () =>
        Object.defineProperty({}, 'LabelingJobAlgorithmsConfig', {
          value: nested({ VolumeKmsKeyId: KEY }).LabelingJobAlgorithmsConfig,
        }),
    ],
    ['a symbol', () => ({ [Symbol('VolumeKmsKeyId')]: KEY })],
    ['a map', () => nested(new Map([['VolumeKmsKeyId', KEY]]))],
  ])('does not come out of raw from %s', (_what, patch) => {
    const request = complete().raw(patch()).toRequest({ region: 'us-east-1' })

    expect(JSON.stringify(request)).not.toContain(KEY)
  })

  test('does not get in by the prototype of a patch: only plain objects are taken', () => {
    const patch = Object.create(nested({ VolumeKmsKeyId: KEY }))

    expect(() => complete().raw(patch)).toThrow(expect.objectContaining({ code: 'refused-call' }))
  })

  test('does not get in when the patch is changed later', () => {
    const patch: Untyped = { LabelingJobAlgorithmsConfig: { LabelingJobResourceConfig: {} } }
    const job = complete().raw(patch)
    patch.LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId = KEY
    patch.VolumeKmsKeyId = KEY

    const request = job.toRequest({ region: 'us-east-1' })

    expect(JSON.stringify(request)).not.toContain(KEY)
  })

  test('does not stay behind when raw takes automated labeling away', () => {
    const job = complete().autoLabeling(KEY)
    const fields: readonly Untyped[] = [
      { LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: null } },
      { LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: '' } },
      { LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 7 } },
    ]

    for (const patch of fields) {
      expect(() => job.raw(patch).toRequest({ region: 'us-east-1' })).toThrow(
        expect.objectContaining({ code: 'refused-call' }),
      )
    }
    expect(job.raw({ LabelingJobAlgorithmsConfig: null }).toRequest({ region: 'us-east-1' })).toEqual(
      complete().toRequest({ region: 'us-east-1' }),
    )
  })

  test.each<readonly [string, (job: Untyped) => Untyped]>([
    ['output', (job) => job.output('s3://acme/out/', { VolumeKmsKeyId: KEY, volumeKey: KEY })],
    [
      'input',
      (job) =>
        labelingJob('signs')
          .task(boundingBox(TEMPLATE))
          .output('s3://acme/out/')
          .role(NAMES.role as Untyped)
          .workers(NAMES.team as Untyped)
          .input('s3://acme/in.manifest', { VolumeKmsKeyId: KEY } as Untyped) ?? job,
    ],
    ['workers', (job) => job.workers(NAMES.team, { VolumeKmsKeyId: KEY })],
    ['stopWhen', (job) => job.stopWhen({ humanLabeled: 5, VolumeKmsKeyId: KEY })],
    ['autoLabeling', (job) => job.autoLabeling({ VolumeKmsKeyId: KEY })],
  ])('does not get in through the options of %s, which are refused by name', (call, change) => {
    expect(() => change(complete())).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        what: `Cannot call .${call}()`,
        why: expect.stringContaining('it has no option "VolumeKmsKeyId"'),
      }),
    )
  })
})

describe('what a program without a type checker leaves out', () => {
  // biome-ignore lint/suspicious/noExplicitAny: an untyped caller
  const job = labelingJob('signs') as any
  const KEY = 'alias/gt'

  test('an unset variable for a key does not silently mean a key of AWS', () => {
    expect(() => job.output('s3://gt/out', process.env['NOT_SET'])).toThrow('the key is undefined')
    expect(() => job.autoLabeling(undefined)).toThrow('the key is undefined')
    expect(() => job.output('s3://gt/out', undefined, {})).toThrow('the key is undefined')
    expect(() => job.autoLabeling(undefined, { initialModel: 'arn' })).toThrow('the key is undefined')
    expect(() => job.output('s3://gt/out', { key: undefined })).toThrow('the key is undefined')
    expect(() => job.output('s3://gt/out', { key: KEY })).toThrow('give a key before the options')
    expect(() => job.output('s3://gt/out', {}, { topic: 'arn' })).toThrow('options twice')
    expect(() => job.output('s3://gt/out', KEY, { key: 'aws-managed' })).toThrow('it has no option "key"')
    expect(() => job.output('s3://gt/out', { key: 'aws-managed' })).not.toThrow()
    expect(() => job.output('s3://gt/out')).not.toThrow()
  })

  test.each<readonly [string, () => unknown, string]>([
    ['workers', () => job.workers('arn', { perobject: 3 }), 'it has no option "perobject"'],
    ['stream', () => job.stream('arn', { manifesto: 's3://gt/in' }), 'it has no option "manifesto"'],
    ['stopWhen', () => job.stopWhen(), 'it was given no object with options'],
    ['connect', () => connect({ reigon: 'us-east-1' } as never), 'it has no option "reigon"'],
  ])('a mistyped option of %s is not passed over in silence', (_call, make, words) => {
    expect(make).toThrow(words)
  })

  test('a connection and a region are asked for by name', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: an untyped caller
    const complete = fromRequest({ LabelingJobName: 'a' }) as any

    await expect(complete.create()).rejects.toThrow('give the value of connect()')
    await expect(complete.resolve({ send: async () => ({}) })).rejects.toThrow('give the value of connect()')
    expect(() => complete.toRequest()).toThrow("{ region: 'us-east-1' }")
  })
})
