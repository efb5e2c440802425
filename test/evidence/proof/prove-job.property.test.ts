import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ProvenObject, proveJob } from '../../../src/evidence/index.js'
import { type Fault, fakeAws } from '../../../src/testing/index.js'
import { runs } from '../../support/runs.js'

const PREFIX = 'out/a/'
const STATUS = { throttled: 503, hidden: 403, malformed: 400, moved: 301 } as const

type Under = 'ours' | 'ours-twice' | 'another' | 'aws' | 's3' | 'none' | 'writers'

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' }),
  fc.constantFrom('a b', 'a+b', '%2F', '2026-11-23_00:42:47.json', 'training/x', '../x', 'ü', '\u0001'),
)
const under = fc.constantFrom<Under>(
  'ours',
  'ours',
  'ours',
  'ours-twice',
  'another',
  'aws',
  's3',
  'none',
  'writers',
)
/** What somebody else does, or what goes wrong, when so many HEADs have been sent. */
const event = (names: readonly string[]) =>
  fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      at: fc.nat(12),
      name: fc.constantFrom(...names),
      under,
    }),
    fc.record({ kind: fc.constant('delete' as const), at: fc.nat(12), name: fc.constantFrom(...names) }),
    fc.record({
      kind: fc.constant('fault' as const),
      at: fc.nat(12),
      fault: fc.constantFrom<keyof typeof STATUS>('throttled', 'hidden', 'malformed', 'moved'),
    }),
  )
const bucket = fc
  .uniqueArray(fc.tuple(name, fc.array(under, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 8,
    selector: ([each]) => each,
  })
  .chain((objects) =>
    fc.record({
      objects: fc.constant(objects),
      events: fc.array(event(objects.map(([each]) => each)), { maxLength: 6 }),
      versions: fc.boolean(),
      concurrency: fc.integer({ min: 1, max: 6 }),
      pageSize: fc.integer({ min: 1, max: 5 }),
    }),
  )

test('no object is called as expected that was not under the key when S3 was asked, and none is left out', async () => {
  await fc.assert(
    fc.asyncProperty(bucket, async ({ objects, events, versions, concurrency, pageSize }) => {
      const cloud = fakeAws({ pageSize })
      const keys = { ours: cloud.key().keyArn, another: cloud.key().keyArn }
      const aws = cloud.key({ alias: 'alias/aws/s3', manager: 'AWS' }).keyArn
      const setups = {
        ours: { key: keys.ours },
        'ours-twice': { key: keys.ours, encryption: 'dsse' },
        another: { key: keys.another },
        aws: { key: aws },
        s3: {},
        none: { encryption: 'none' },
        writers: { encryption: 'customer-provided' },
      } as const
      cloud.bucket('gt', { versions })
      cloud.inject({
        call: 'sagemaker:DescribeLabelingJob',
        fault: {
          instead: () => ({
            LabelingJobName: 'a',
            LabelingJobArn: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/a',
            LabelingJobStatus: 'Completed',
            OutputConfig: { S3OutputPath: 's3://gt/out/', KmsKeyId: keys.ours },
          }),
        },
      })
      // The judge's own books: what is stored under each name now, newest last.
      const books = new Map<string, Under[]>()
      const write = (object: string, as: Under) => {
        cloud.object(`s3://gt/${PREFIX}${object}`, 'x', setups[as] as object)
        books.set(object, versions ? [...(books.get(object) ?? []), as] : [as])
      }
      for (const [object, states] of objects) for (const state of states) write(object, state)
      const stored = [...books.values()].reduce((sum, states) => sum + states.length, 0)

      const truth = new Map<string, Under | undefined>()
      let heads = 0
      let hasFault = false
      const strike = async (): Promise<Fault | undefined> => {
        const now = events.filter(({ at }) => at === heads)
        heads++
        let fault: Fault | undefined
        // Versions do not change: others write to a bucket with versions only beside what was listed.
        for (const each of now) {
          if (each.kind === 'fault') fault = { name: 'Unknown', message: 'x', status: STATUS[each.fault] }
          else if (versions) continue
          else if (each.kind === 'write') write(each.name, each.under)
          else {
            const deleted = cloud.send(new DeleteObjectCommand({ Bucket: 'gt', Key: PREFIX + each.name }))
            books.delete(each.name)
            await deleted
          }
        }
        hasFault ||= fault !== undefined
        return fault
      }
      // Written down at the moment when S3 answers.
      const note = (input: Readonly<Record<string, unknown>>) => {
        const object = String(input['Key']).slice(PREFIX.length)
        truth.set(object, books.get(object)?.at(-1))
      }
      cloud.inject({ call: 's3:HeadObject', fault: { before: strike }, times: Infinity })
      cloud.inject({ call: 's3:HeadObject', fault: { after: ({ input }) => note(input) }, times: Infinity })

      const seen: ProvenObject[] = []
      const proof = await proveJob('a', cloud.connect(), {
        versions,
        concurrency,
        onObject: (object) => void seen.push(object),
      })

      // Counts add up to what was heard of, and that to what there was when it was listed.
      const counted = proof.objects.reduce((sum, { count }) => sum + count, 0)
      expect(counted).toBe(seen.length)
      expect(new Set(seen.map(({ uri, versionId }) => `${uri} ${versionId}`)).size).toBe(seen.length)
      if (versions || events.every(({ kind }) => kind === 'fault')) expect(seen).toHaveLength(stored)
      if (!hasFault) expect(heads).toBe(seen.length)
      // As expected is said only of what was under the key; of all that was, unless S3 refused to say.
      const isOurs = (state: Under | undefined) => state === 'ours' || state === 'ours-twice'
      if (versions) {
        const ours = [...books.values()].flat().filter(isOurs).length
        const said = seen.filter(({ standing }) => standing === 'expected').length
        expect(said).toBeLessThanOrEqual(ours)
        if (!hasFault) expect(said).toBe(ours)
      } else {
        for (const { uri, standing } of seen) {
          const state = truth.get(uri.slice(`s3://gt/${PREFIX}`.length))
          if (standing === 'expected') expect(isOurs(state)).toBe(true)
          else if (standing !== 'unreadable') expect(isOurs(state)).toBe(false)
        }
      }
      const isWhole = seen.every(({ standing }) => standing === 'expected') && seen.length > 0
      expect(proof.ok).toBe(isWhole)
    }),
    { numRuns: runs(600) },
  )
})
