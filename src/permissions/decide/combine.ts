import { and, FALSE, or, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { Verdict } from '../evaluate/unknown-reason.js'
import type { Match, Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'

/** What all voices of each side come to on one call path. */
export type Combined = Readonly<Record<Side, Truth>> & {
  /** What each organization level allows. */
  readonly levels: readonly Truth[]
  /** Whether grants count under the boundary: not documented unless the boundary allows by itself. */
  readonly grantsCount: Truth
}

/** Counts the voices on every call path; paths on which they say the same share one tally. */
export function combineByPath(voices: readonly Match[], question: ParsedQuestion): readonly Combined[] {
  const tallies: Combined[] = []
  for (const path of question.paths.keys()) {
    const [first] = tallies
    const same = first !== undefined && voices.every(({ truths }) => truths[path] === truths[0])
    tallies.push(same ? first : combine(voices, question, path))
  }
  return tallies
}

function combine(voices: readonly Match[], question: ParsedQuestion, path: number): Combined {
  const levels = question.serviceControl.map((): Truth => FALSE)
  const sums: Record<Side, Truth> = {
    deny: FALSE,
    any: FALSE,
    session: FALSE,
    named: FALSE,
    delegated: FALSE,
    identity: FALSE,
    boundary: question.boundary ? FALSE : TRUE,
    ownGrant: FALSE,
    otherGrant: FALSE,
    organization: TRUE,
  }
  for (const { side, level, truths } of voices) {
    const truth = truths[path] ?? UNKNOWN
    if (side === 'organization') levels[level] = or(levels[level] ?? FALSE, truth)
    else sums[side] = or(sums[side], truth)
  }
  const organization = levels.reduce(and, TRUE)
  return { ...sums, organization, levels, grantsCount: sums.boundary === TRUE ? TRUE : UNKNOWN }
}

/** What the key's side gives: its policy, or a grant. */
export function keySide({ any, session, named, delegated }: Combined): Truth {
  return or(or(any, session), or(named, delegated))
}

/** Tells whether anything allows the action, Denies left aside (KMS developer guide, "policy evaluation"). */
export function allows(tally: Combined, question: ParsedQuestion): Truth {
  const { any, session, named, delegated, identity, boundary, ownGrant, otherGrant, grantsCount } = tally
  if (question.caller.role.partition !== question.key.partition) return FALSE
  const identitySide = and(identity, boundary)
  const withoutOrganization = question.sameAccount
    ? or(
        or(or(any, session), and(named, boundary)),
        or(and(delegated, identitySide), and(or(ownGrant, otherGrant), grantsCount)),
      )
    : or(or(and(keySide(tally), identitySide), and(ownGrant, grantsCount)), and(otherGrant, identitySide))
  return and(withoutOrganization, tally.organization)
}

/** Gives the verdict of one call path. */
export function verdictOf(tally: Combined, question: ParsedQuestion): Verdict {
  if (tally.deny === TRUE) return 'denied'
  const allowed = allows(tally, question)
  if (allowed === FALSE) return 'missing'
  return allowed === TRUE && tally.deny === FALSE ? 'allowed' : 'unknown'
}

/** Gives the one verdict of all call paths: certain only if they agree, a Deny on some and no Allow on any included. */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts
  if (first !== undefined && verdicts.every((verdict) => verdict === first)) return first
  return verdicts.every((verdict) => verdict === 'denied' || verdict === 'missing') ? 'denied' : 'unknown'
}
