import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { makeShown } from '../../show/shown.js'
import { nameOf } from './name-of.js'
import { planTicket } from './plan-ticket.js'
import type { PlannedObject, ReencryptionPlan, ReencryptionPlanData } from './reencryption-plan.js'

/** How many objects of a kind a plan names when it is shown; all of them stand in its data. */
const SHOWN = 20

/** Makes a plan of its data. Pure. */
export function makePlan(data: ReencryptionPlanData): ReencryptionPlan {
  return makeShown(
    { ...data, toTicket: (owner: unknown) => planTicket(data, owner) },
    {
      text: () => lines(data).join('\n'),
      json: () => data,
    },
  )
}

function lines(data: ReencryptionPlanData): readonly string[] {
  const { job, folder, keyArn, complete, alreadyUnderKey, objects, requests, aboutUsd } = data
  const of = (how: PlannedObject['how']) => objects.filter((object) => object.how === how)
  const [updated, copied, impossible] = [of('update-encryption'), of('copy-in-place'), of('not-possible')]
  return [
    `plan: the output of ${job} under ${keyArn}${complete ? '' : ', not complete'}`,
    `  folder               ${folder}`,
    `  under the key        ${withCommas(alreadyUnderKey)}`,
    `  changed in place     ${withCommas(updated.length)}`,
    `  copied over itself   ${withCommas(copied.length)}`,
    `  not possible         ${withCommas(impossible.length)}`,
    `  takes                ${countOf(requests, 'request')} to S3, about ${aboutUsd} USD, and requests to KMS`,
    ...data.readers.map(({ who, verdict }) => `  reader ${who}  kms:Decrypt ${verdict}`),
    ...named('changed in place', updated, () => []),
    ...named('copied over itself', copied, ({ loses = [] }) => loses.map((loss) => `loses ${loss}`)),
    ...named('not possible', impossible, ({ why = '' }) => [why]),
    ...data.warnings.map((warning) => `warning: ${warning}`),
  ]
}

function named(
  what: string,
  objects: readonly PlannedObject[],
  details: (object: PlannedObject) => readonly string[],
): readonly string[] {
  const more = objects.length - SHOWN
  return [
    ...objects
      .slice(0, SHOWN)
      .flatMap((object) => [
        `${what}  ${nameOf(object)}`,
        ...details(object).map((detail) => `    ${detail}`),
      ]),
    ...(more > 0 ? [`${what}  and ${withCommas(more)} more`] : []),
  ]
}
