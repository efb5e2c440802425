import { expect, test } from 'vitest'
import { type Check, type GivenPolicies, preflight } from '../../src/index.js'
import type { FakeAws } from '../../src/testing/index.js'
import { diceOf } from '../job/request/dice.js'
import { DEEP } from '../support/runs.js'
import { CAUSES, WARNINGS } from './causes.js'
import { centralWorld } from './central-world.js'
import { randomWorld } from './random-world.js'
import { runs } from './runs.js'
import { JOB, wholeWorld } from './whole-world.js'

const WORLDS = DEEP ? 2_000 : 15
const CENTRAL_WORLDS = DEEP ? 600 : 4

interface World {
  readonly cloud: FakeAws
  readonly job: typeof JOB
  readonly policies?: GivenPolicies
}

/** Looks at jobs and then runs them: in which worlds a preflight was wrong, and how often it said what. */
async function judged(worlds: number, worldOf: (seed: number) => World) {
  const wrong: object[] = []
  const seen = { ok: 0, failed: 0, open: 0 }
  for (let seed = 1; seed <= worlds; seed++) {
    const { cloud, job, policies } = worldOf(seed)
    const report = await preflight(job, cloud.connect(), policies === undefined ? {} : { policies })
    const failed = report.checks.filter(({ status }) => status === 'failed')
    const isRun = await runs(job, cloud)
    if (report.ok ? !isRun.ran : failed.length > 0 && isRun.ran)
      wrong.push({ seed, why: isRun.why, failed: failed.map(({ code, what }: Check) => `${code}: ${what}`) })
    seen[report.ok ? 'ok' : failed.length > 0 ? 'failed' : 'open'] += 1
  }
  return { wrong, seen }
}

// What judges a job in the fake is written apart from the checks: its evaluator has two truth values, its pages are rendered.
test(`in ${WORLDS} random worlds a job that is ok runs, and one with a failed check does not`, async () => {
  const { wrong, seen } = await judged(WORLDS, (seed) => randomWorld(diceOf(seed)))

  expect(wrong).toEqual([])
  expect(Math.min(seen.ok, seen.failed)).toBeGreaterThan(WORLDS / 5)
}, 600_000)

test(`in ${CENTRAL_WORLDS} worlds with a central key and bucket what is said by given policies is so`, async () => {
  const { wrong, seen } = await judged(CENTRAL_WORLDS, (seed) => centralWorld(diceOf(seed)))

  expect(wrong).toEqual([])
  if (DEEP) expect(Math.min(seen.ok, seen.failed)).toBeGreaterThan(CENTRAL_WORLDS / 10)
}, 600_000)

test('a job whose every part is there runs', async () => {
  expect((await runs(JOB, wholeWorld())).ran).toBe(true)
})

test.each(CAUSES)('a job with $cause does not run', async ({ world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  expect((await runs(job(JOB), cloud)).ran).toBe(false)
})

test.each(WARNINGS)('a job with $cause runs', async ({ world, job = (same) => same }) => {
  const cloud = wholeWorld()
  await world?.(cloud)

  expect((await runs(job(JOB), cloud)).ran).toBe(true)
})
