import { expect, test } from 'vitest'
import { decideAccess } from '../../../src/permissions/decide/decide-access.js'
import { DEEP } from '../../support/runs.js'
import { decideAccessInWorld } from './access-worlds.js'
import { accessWorlds, randomAccess, randomAccessOfUser } from './random-accesses.js'
import { randomNumbers } from './random-questions.js'

const QUESTIONS = DEEP ? 20_000 : 60
const WORLDS = 192

test.each([
  ['a role', randomAccess],
  ['a user', randomAccessOfUser],
])(
  `a verdict of %s on a bucket, a Lambda, a topic or a role holds in every possible world of ${QUESTIONS} random questions`,
  (_, ask) => {
    const random = randomNumbers(20_261_125)
    const counts = { allowed: 0, denied: 0, missing: 0, unknown: 0, avoidable: 0, worlds: 0 }
    const broken: unknown[] = []

    for (let index = 0; index < QUESTIONS && broken.length < 3; index++) {
      const access = ask(random)
      const { verdict, unknownBecause } = decideAccess(access.question)
      const worlds = accessWorlds(access, WORLDS, random)
      const results = worlds.map(decideAccessInWorld)
      counts[verdict]++
      counts.worlds += worlds.length
      const someAllow = results.some(({ allowed }) => allowed)
      const isWrong =
        (verdict === 'allowed' && results.some(({ allowed }) => !allowed)) ||
        ((verdict === 'denied' || verdict === 'missing') && someAllow) ||
        (verdict === 'denied' && !results.some(({ denied }) => denied))
      if (isWrong) {
        const world = worlds.find((_, at) => results[at]?.allowed !== (verdict === 'allowed'))
        broken.push({ verdict, question: JSON.stringify(access.question), world })
      }
      if (verdict === 'unknown') {
        expect(unknownBecause, JSON.stringify(access.question)).not.toEqual([])
        if (!someAllow || results.every(({ allowed }) => allowed)) counts.avoidable++
      }
    }

    expect(broken).toEqual([])
    expect(Math.min(counts.allowed, counts.denied, counts.missing, counts.unknown)).toBeGreaterThan(
      QUESTIONS / 50,
    )
    expect(
      counts.avoidable,
      'unknown, though every world that was looked at answers alike',
    ).toBeLessThanOrEqual(QUESTIONS / 100)
    console.info(
      `${QUESTIONS} questions in ${counts.worlds} worlds: ${counts.allowed} allowed, ${counts.denied} denied, ` +
        `${counts.missing} missing, ${counts.unknown} unknown, of which ${counts.avoidable} avoidable`,
    )
  },
  1_800_000,
)
