import { expect, test } from 'vitest'
import { CAUSES, WARNINGS } from './causes.js'
import { runs } from './runs.js'
import { JOB, wholeWorld } from './whole-world.js'

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
