import { and, FALSE, or, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { Verdict } from '../evaluate/unknown-reason.js'
import type { Match, Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'

/** What all matches of each side come to on one call path. */
export type Combined = Readonly<Record<Side, Truth>> & {
  /** What each organization level allows. */
  readonly levels: readonly Truth[]
  /** Whether grants apply under the boundary: not documented unless the boundary allows by itself. */
  readonly grantsApply: Truth
}

/** Combines the matches on every call path; paths on which all of them weigh the same share one result. */
export function combineByPath(matches: readonly Match[], question: ParsedQuestion): readonly Combined[] {
  const first = combine(matches, question, 0)
  return question.paths.map((_, path) =>
    matches.every(({ truths }) => truths[path] === truths[0]) ? first : combine(matches, question, path),
  )
}

function combine(matches: readonly Match[], question: ParsedQuestion, path: number): Combined {
  const levels = question.serviceControl.map((): Truth => FALSE)
  const sums: Record<Side, Truth> = {
    deny: FALSE,
    any: FALSE,
    session: FALSE,
    role: FALSE,
    account: FALSE,
    identity: FALSE,
    boundary: question.boundary ? FALSE : TRUE,
    ownGrant: FALSE,
    otherGrant: FALSE,
    organization: TRUE,
  }
  for (const { side, level, truths } of matches) {
    const truth = truths[path] ?? UNKNOWN
    if (side === 'organization') levels[level] = or(levels[level] ?? FALSE, truth)
    else sums[side] = or(sums[side], truth)
  }
  const organization = levels.reduce(and, TRUE)
  return { ...sums, organization, levels, grantsApply: sums.boundary === TRUE ? TRUE : UNKNOWN }
}

/** What the policy of the resource gives. */
export function keySide({ any, session, role, account }: Combined): Truth {
  return or(or(any, session), or(role, account))
}

/**
 * Tells whether anything allows the action, Denies left aside (KMS developer guide, "policy evaluation"; IAM user guide,
 * "Policy evaluation logic").
 */
export function allows(combined: Combined, question: ParsedQuestion): Truth {
  const { any, session, role, account, identity, boundary, ownGrant, otherGrant, grantsApply } = combined
  if (question.principal.role.partition !== question.resource.partition) return FALSE
  const identitySide = and(identity, boundary)
  const throughIam = question.rules.mustDelegate ? and(account, identitySide) : identitySide
  const withoutOrganization = question.sameAccount
    ? or(
        or(or(any, session), and(role, boundary)),
        or(throughIam, and(or(ownGrant, otherGrant), grantsApply)),
      )
    : or(or(and(keySide(combined), identitySide), and(ownGrant, grantsApply)), and(otherGrant, identitySide))
  return and(withoutOrganization, combined.organization)
}

/** Gives the verdict of one call path. */
export function verdictOf(combined: Combined, question: ParsedQuestion): Verdict {
  if (combined.deny === TRUE) return 'denied'
  const allowed = allows(combined, question)
  if (allowed === FALSE) return 'missing'
  return allowed === TRUE && combined.deny === FALSE ? 'allowed' : 'unknown'
}

/** Gives the one verdict of all call paths: certain only if they agree, a Deny on some and no Allow on any included. */
export function mergeVerdicts(verdicts: readonly Verdict[]): Verdict {
  const [first] = verdicts
  if (first !== undefined && verdicts.every((verdict) => verdict === first)) return first
  return verdicts.every((verdict) => verdict === 'denied' || verdict === 'missing') ? 'denied' : 'unknown'
}
