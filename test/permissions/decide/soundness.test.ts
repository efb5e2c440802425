import { expect, test } from 'vitest'
import { callPathsIn } from '../../../src/permissions/decide/call-paths.js'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'
import { runs } from '../../support/runs.js'
import { possibleWorlds } from './possible-worlds.js'
import { randomNumbers, randomQuestion } from './random-questions.js'
import { decideInWorld, type Result } from './worlds.js'

const QUESTIONS = runs(20_000, 200)
/** Four questions in five have fewer and are seen in all their worlds; of the others this many are looked at. */
const WORLDS = 128
const PATHS = callPathsIn('eu-west-1').map(({ context }) => ({ context: context as Record<string, string> }))

test(`a verdict holds in every possible world of ${QUESTIONS} random questions`, () => {
  const random = randomNumbers(20_270_301)
  const counts = { allowed: 0, denied: 0, missing: 0, unknown: 0, avoidable: 0, worlds: 0 }
  const broken: unknown[] = []

  for (let index = 0; index < QUESTIONS && broken.length < 3; index++) {
    const question = randomQuestion(random)
    const { verdict } = decidePermission(question)
    const { fault, worlds, open } = examine(question, verdict)
    counts[verdict]++
    counts.worlds += worlds
    if (fault) broken.push({ fault, verdict, question: JSON.stringify(question) })
    if (verdict === 'unknown' && !open) counts.avoidable++
  }

  expect(broken).toEqual([])
  expect(Math.min(counts.allowed, counts.denied, counts.missing, counts.unknown)).toBeGreaterThan(
    QUESTIONS / 50,
  )
  expect(counts.avoidable, 'unknown, though every world answers alike').toBeLessThanOrEqual(QUESTIONS / 100)
  console.info(
    `${QUESTIONS} questions in ${counts.worlds} worlds: ${counts.allowed} allowed, ${counts.denied} denied, ` +
      `${counts.missing} missing, ${counts.unknown} unknown, of which ${counts.avoidable} avoidable`,
  )
}, 1_800_000)

interface Finding {
  readonly fault: string | undefined
  readonly worlds: number
  /** Whether some world allows and some does not, on one call path or another. */
  readonly open: boolean
}

/** Looks at the possible worlds of a question until one of them contradicts the verdict. */
function examine(question: PermissionQuestion, verdict: Verdict): Finding {
  // Without ViaService in any policy, all call paths are one.
  const paths = JSON.stringify(question).includes('kms:ViaService') ? PATHS : PATHS.slice(0, 1)
  const seen = new Set<boolean>()
  let worlds = 0
  for (const world of possibleWorlds(question, WORLDS)) {
    const results = paths.map((path) => decideInWorld(question, world, path))
    for (const { allowed } of results) seen.add(allowed)
    worlds++
    const fault = faultIn(verdict, results)
    if (fault || (verdict === 'unknown' && seen.size > 1)) return { fault, worlds, open: seen.size > 1 }
  }
  return { fault: undefined, worlds, open: false }
}

function faultIn(verdict: Verdict, results: readonly Result[]): string | undefined {
  switch (verdict) {
    case 'unknown':
      return undefined
    case 'allowed':
      return results.every(({ allowed }) => allowed) ? undefined : 'a world does not allow'
    case 'missing':
      return results.some(({ allowed }) => allowed) ? 'a world allows' : undefined
    case 'denied':
      if (results.some(({ allowed }) => allowed)) return 'a world allows'
      return results.some(({ denied }) => denied) ? undefined : 'a world has no Deny'
  }
}
