import { withCommas } from '../../errors/printable.js'
import { makeShown } from '../../show/shown.js'
import { nameOf } from './name-of.js'
import type { Reencrypted, ReencryptedAs } from './reencryption-plan.js'

const SHOWN = 20

/** Makes what became of a plan. Pure. */
export function makeReencrypted(
  counts: Readonly<Record<ReencryptedAs, number>>,
  failed: Reencrypted['failed'],
  endedBecause: string | undefined,
): Reencrypted {
  const left = counts['changed-since'] + counts.failed + counts['not-tried']
  const data = {
    ok: left === 0,
    counts: Object.freeze({ ...counts }),
    failed: Object.freeze(failed.map((each) => Object.freeze(each))),
    ...(endedBecause !== undefined && { endedBecause }),
  }
  const lines = () => [
    left === 0
      ? 'every object of the plan is under the key'
      : `${withCommas(left)} of the plan left as they were`,
    ...Object.entries(counts).map(([as, count]) => `  ${as.padEnd(13)}  ${withCommas(count)}`),
    ...(endedBecause === undefined ? [] : [`ended early: ${endedBecause}`]),
    ...failed.slice(0, SHOWN).flatMap((object) => [`failed  ${nameOf(object)}`, `    ${object.why}`]),
    ...(failed.length > SHOWN ? [`failed  and ${withCommas(failed.length - SHOWN)} more`] : []),
  ]
  return makeShown(data, { text: () => lines().join('\n') })
}
