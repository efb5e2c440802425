import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planReencryption, type ReencryptionPlanData, reencrypt } from '../../../src/evidence/index.js'
import { isLabelingJobError, outputKey } from '../../../src/index.js'
import type { FakeAws, Fault } from '../../../src/testing/index.js'
import type { ObjectSetup } from '../../../src/testing/setup.js'
import { DEEP } from '../../support/runs.js'
import { type Allowed, findDamage, idOf, lookAtEverything, type SeenVersion } from './judge-repair.js'
import { ARN, endedJob, FOLDER, FOREIGN, type RepairWorld } from './repair-world.js'

const SEED = 20_261_125
/** Each world is a job that runs, two plans and three repairs. */
const RUNS = DEEP ? 1_000 : 12
const PREFIX = FOLDER.slice('s3://acme-gt/'.length)
const BUCKETS = ['acme-gt', 'acme-other']
const OUTSIDE = [
  's3://acme-gt/in/x',
  's3://acme-gt/out/Street-Signs-2/x',
  's3://acme-other/out/Street-Signs/x',
]
const NAMES = ['a', 'b c+d', 'e:f%', 'ü/😀', 'g/h', "i'j,k", '../x', 'y/']

interface Recipe {
  readonly versions: boolean
  readonly objects: readonly { readonly name: string; readonly under: string; readonly lock: string }[]
  readonly options: { readonly versions: boolean; readonly copyInPlace: boolean }
  readonly faults: readonly { readonly call: string; readonly fault: Fault; readonly after: number }[]
  /** Who writes in between: after so many changes, to which of the objects. */
  readonly writers: readonly { readonly after: number; readonly name: string }[]
  readonly stopAfter: number
  readonly concurrency: number
}

const PASSING: readonly Fault[] = [
  'throttle',
  'timeout-after-write',
  'server-error-after-write',
  'crash-before',
]

const recipes: fc.Arbitrary<Recipe> = fc.record({
  versions: fc.boolean(),
  objects: fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      under: fc.constantFrom(
        's3',
        'old',
        'ours',
        'foreign',
        'dsse',
        'none',
        'customer-provided',
        'ours-dsse',
      ),
      lock: fc.constantFrom('none', 'none', 'none', 'hold', 'compliance', 'past'),
    }),
    { maxLength: 12 },
  ),
  options: fc.record({ versions: fc.boolean(), copyInPlace: fc.boolean() }),
  faults: fc.array(
    fc.record({
      call: fc.constantFrom('s3:UpdateObjectEncryption', 's3:CopyObject', 's3:HeadObject'),
      fault: fc.constantFrom(...PASSING),
      after: fc.nat(12),
    }),
    { maxLength: 5 },
  ),
  writers: fc.array(fc.record({ after: fc.nat(8), name: fc.constantFrom(...NAMES) }), { maxLength: 2 }),
  stopAfter: fc.integer({ min: 1, max: 12 }),
  concurrency: fc.constantFrom(1, 3, 16),
})

async function build(recipe: Recipe): Promise<RepairWorld> {
  const world = await endedJob({ objects: 1, versions: recipe.versions })
  const { cloud, old, ours } = world
  for (const uri of OUTSIDE) cloud.object(uri as `s3://${string}`, uri)
  for (const [index, { name, under, lock }] of recipe.objects.entries()) {
    cloud.object(`${FOLDER}${name}`, `${index} ${name}`, {
      ...encryptions(old, ours)[under],
      ...(recipe.versions && lockOf(lock)),
    })
  }
  return world
}

function encryptions(old: string, ours: string): Readonly<Record<string, ObjectSetup>> {
  return {
    s3: {},
    old: { key: old },
    ours: { key: ours, bucketKey: true },
    foreign: { key: FOREIGN },
    dsse: { key: old, encryption: 'dsse' },
    'ours-dsse': { key: ours, encryption: 'dsse' },
    none: { encryption: 'none' },
    'customer-provided': { encryption: 'customer-provided' },
  }
}

function lockOf(lock: string): ObjectSetup {
  if (lock === 'none') return {}
  if (lock === 'hold') return { lock: { legalHold: true } }
  const until = new Date(lock === 'past' ? '2026-01-01' : '2030-01-01')
  return { lock: { mode: 'compliance', until } }
}

/** Others write while the repair is under way; gives what they wrote. */
function letOthersWrite(cloud: FakeAws, recipe: Recipe): Map<string, string[]> {
  const written = new Map<string, string[]>()
  for (const [index, { after, name }] of recipe.writers.entries()) {
    const write = () => {
      const key = `${PREFIX}${name}`
      written.set(key, [...(written.get(key) ?? []), `by another ${index}`])
      cloud.object(`s3://acme-gt/${key}`, `by another ${index}`)
    }
    cloud.inject({ call: 's3:UpdateObjectEncryption', fault: { before: () => void write() }, after })
  }
  return written
}

function allowedBy(
  plan: ReencryptionPlanData,
  { versions }: Recipe,
  ours: string,
  written: Allowed['written'],
): Allowed {
  const keyOf = (uri: string) => uri.slice('s3://acme-gt/'.length)
  const of = (how: string) => plan.objects.filter((object) => object.how === how)
  return {
    bucket: 'acme-gt',
    prefix: PREFIX,
    newKey: ours,
    updated: new Set(
      of('update-encryption').map(({ uri, versionId = 'null' }) =>
        idOf({ bucket: 'acme-gt', key: keyOf(uri), versionId }),
      ),
    ),
    copied: new Set(of('copy-in-place').map(({ uri }) => keyOf(uri))),
    written,
    keepsVersions: versions,
  }
}

const LEFT_ALONE = ['changed-since', 'failed', 'not-tried'] as const

test('a repair loses nothing, changes nothing that was not planned, and goes on where it was stopped', async () => {
  let [stopped, changed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(recipes, async (recipe) => {
      const { cloud, aws, ours } = await build(recipe)
      const before = await lookAtEverything(cloud, BUCKETS)
      const plan = await planReencryption({ arn: ARN }, outputKey('alias/ours'), aws, recipe.options)
      expect(await lookAtEverything(cloud, BUCKETS)).toEqual(before)
      const written = letOthersWrite(cloud, recipe)
      const stop = new AbortController()
      cloud.inject({
        call: 's3:UpdateObjectEncryption',
        fault: { after: () => stop.abort() },
        after: recipe.stopAfter,
      })
      for (const { call, fault, after } of recipe.faults) cloud.inject({ call, fault, after })

      const first = await reencrypt(plan, aws, { signal: stop.signal, concurrency: recipe.concurrency })
      const between = await lookAtEverything(cloud, BUCKETS)
      const second = await reencrypt(JSON.parse(JSON.stringify(plan)), aws)
      const third = await reencrypt(plan, aws)
      const after = await lookAtEverything(cloud, BUCKETS)

      const allowed = allowedBy(plan, recipe, ours, written)
      expect(findDamage(before, between, allowed)).toEqual([])
      expect(findDamage(before, after, allowed)).toEqual([])
      for (const { counts } of [first, second, third]) {
        expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(plan.objects.length)
      }
      expect(third.counts.done).toBe(second.counts.failed === 0 ? 0 : third.counts.done)
      if (first.counts['not-tried'] > plan.objects.filter(({ how }) => how === 'not-possible').length)
        stopped++
      changed += third.counts['changed-since']
      if (written.size > 0) return
      // Without others the end is the one that the plan told, whatever went wrong on the way.
      const possible = plan.objects.filter(({ how }) => how !== 'not-possible').length
      // Nobody but its owner opens what is under the key of another account.
      const closed = plan.objects.filter(
        ({ how, fromKeyArn }) => how !== 'not-possible' && fromKeyArn === FOREIGN,
      ).length
      expect(third.counts).toEqual({
        done: 0,
        'already-done': possible - closed,
        'changed-since': 0,
        failed: closed,
        'not-tried': plan.objects.length - possible,
      })
      const left = await planReencryption({ arn: ARN }, outputKey('alias/ours'), aws, recipe.options)
      if (plan.complete) expect(left.objects).toHaveLength(closed)
      expect(third.ok).toBe(LEFT_ALONE.every((as) => third.counts[as] === 0))
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(stopped).toBeGreaterThan(0)
  expect(changed).toBeGreaterThan(0)
})

/** Edits of a plan's JSON, each by somebody who means harm or makes a mistake. */
const edits: fc.Arbitrary<(plan: Record<string, unknown>) => unknown> = fc.oneof(
  fc
    .constantFrom(...OUTSIDE, `${FOLDER}../../in/x`, `${FOLDER}./../x`, FOLDER, 's3://', 's3://acme-gt', '')
    .map((uri) => (plan: Record<string, unknown>) => ({
      ...plan,
      objects: [
        { uri, etag: '"d41d8cd98f00b204e9800998ecf8427e"', how: 'update-encryption' },
        ...(plan['objects'] as object[]),
      ],
    })),
  fc
    .constantFrom('folder', 'arn', 'keyArn', 'objects', 'versions', 'job')
    .chain((field) =>
      fc
        .oneof(
          fc.constantFrom('s3://acme-gt/', 's3://acme-other/', '*', `${ARN}-2`, '', FOREIGN),
          fc.anything(),
        )
        .map((value) => (plan: Record<string, unknown>) => ({ ...plan, [field]: value })),
    ),
  fc
    .tuple(
      fc.constantFrom('uri', 'versionId', 'etag', 'how', 'noncurrent'),
      fc.oneof(fc.constantFrom(...OUTSIDE, 'v000000001', '*', 'copy-in-place', true), fc.anything()),
    )
    .map(([field, value]) => (plan: Record<string, unknown>) => ({
      ...plan,
      objects: (plan['objects'] as object[]).map((object) => ({ ...object, [field]: value })),
    })),
  fc.anything().map((value) => () => value),
)

test('whatever is edited in a plan, nothing outside of the folder of its job is touched', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(recipes, edits, async (recipe, edit) => {
      const { cloud, aws, ours } = await build(recipe)
      const plan = await planReencryption({ arn: ARN }, outputKey('alias/ours'), aws, recipe.options)
      const before = await lookAtEverything(cloud, BUCKETS)
      const isOutside = ({ bucket, key }: SeenVersion) => bucket !== 'acme-gt' || !key.startsWith(PREFIX)
      cloud.calls.clear()

      try {
        await reencrypt(edit(JSON.parse(JSON.stringify(plan))) as never, aws)
      } catch (thrown) {
        if (!isLabelingJobError(thrown)) throw thrown
        refused++
      }

      for (const { name, input } of cloud.calls) {
        if (!name.startsWith('s3:')) continue
        expect(input['Bucket']).toBe('acme-gt')
        expect(String(input['Key'] ?? input['Prefix']).startsWith(PREFIX)).toBe(true)
      }
      const after = await lookAtEverything(cloud, BUCKETS)
      expect(after.filter(isOutside)).toEqual(before.filter(isOutside))
      const contents = (all: readonly SeenVersion[]) =>
        all.map(({ content }) => content).filter((text) => text !== undefined)
      expect(contents(after)).toEqual(expect.arrayContaining(contents(before)))
      expect(ours).toBeDefined()
    }),
    { numRuns: RUNS, seed: SEED },
  )
  expect(refused).toBeGreaterThan(0)
})
