import { FALSE, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'
import { allows, type Combined, keySide } from './combine.js'
import type { Decision, Evidence } from './decision.js'
import type { Match, Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'

/** What is needed to say why a decision came out as it did. */
export interface Explained {
  readonly question: ParsedQuestion
  readonly matches: readonly Match[]
  /** One for each call path, as are the verdicts of the paths. */
  readonly combined: readonly Combined[]
  readonly paths: Decision['paths']
  readonly verdict: Verdict
}

const ALLOW_SIDES = [
  'any',
  'session',
  'role',
  'account',
  'identity',
  'boundary',
  'ownGrant',
  'otherGrant',
  'organization',
] as const

/** Gives the statements and grants that decided, or that stopped the decision. */
export function evidenceFor({ question, matches, combined, verdict }: Explained): readonly Evidence[] {
  if (verdict === 'denied')
    return cited(matches.filter(({ side, truths }) => side === 'deny' && truths.includes(TRUE)))
  if (verdict === 'missing') return cited(matches.filter(({ side }) => side !== 'deny'))
  if (verdict === 'unknown') return cited(matches)
  const decides = (side: Side) => combined.some((one) => isDeciding(side, one, question))
  return cited(matches.filter(({ side, truths }) => truths.includes(TRUE) && decides(side)))
}

/** Gives the Denies that may come in the way once what is missing has been added. */
export function possibleDenies({ matches, verdict }: Explained): readonly Evidence[] {
  return verdict === 'missing' ? cited(matches.filter(({ side }) => side === 'deny')) : []
}

/** Gives the sides on which an Allow is missing. */
export function missingSides({ question, combined, verdict }: Explained): Decision['missingIn'] {
  if (verdict !== 'missing') return []
  return [...new Set(combined.flatMap((one) => missingSidesOf(one, question)))]
}

function missingSidesOf(combined: Combined, question: ParsedQuestion): Decision['missingIn'] {
  const { sameAccount, principal, resource, rules } = question
  const ofOrganization = combined.organization === FALSE ? (['scp'] as const) : []
  const withoutOrganization = allows({ ...combined, organization: TRUE }, question)
  if (withoutOrganization !== FALSE || principal.role.partition !== resource.partition) return ofOrganization
  const keyGives = keySide(combined) !== FALSE || (!sameAccount && combined.otherGrant !== FALSE)
  const needsKey = !sameAccount || rules.mustDelegate
  const needsIdentity = sameAccount && needsKey ? keyGives && combined.role === FALSE : true
  return [
    ...ofOrganization,
    ...(keyGives || !needsKey ? [] : (['key-policy'] as const)),
    ...(combined.boundary === FALSE ? (['boundary'] as const) : []),
    ...(needsIdentity && combined.identity === FALSE ? (['identity'] as const) : []),
  ]
}

/** Gives the reasons that stop the answer: those whose settling could change the verdict of a call path. */
export function unknownReasons(explained: Explained): readonly UnknownReason[] {
  const { combined, paths, verdict } = explained
  if (verdict !== 'unknown') return []
  const differs = paths.some((path) => path.verdict !== paths[0]?.verdict)
  const reasons: readonly UnknownReason[] = [
    ...(differs ? [{ kind: 'paths-differ' as const, paths }] : []),
    ...combined.flatMap((one, path) =>
      paths[path]?.verdict === 'unknown' ? reasonsOnPath(one, path, explained) : [],
    ),
  ]
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()]
}

function reasonsOnPath(
  combined: Combined,
  path: number,
  { matches, question }: Explained,
): readonly UnknownReason[] {
  const open = ALLOW_SIDES.filter((side) => changes(combined, question, side))
  const stopping = matches.filter(
    (match) => match.truths[path] === UNKNOWN && isStopping(match, combined, open),
  )
  const isOnBoundary = combined.boundary === FALSE && changes(combined, question, 'grantsApply')
  const topic = 'whether a grant counts where the permissions boundary does not allow'
  return [
    ...stopping.flatMap((match) => match.explain(path)),
    ...(isOnBoundary ? [{ kind: 'undocumented' as const, topic }] : []),
  ]
}

/** Whether an Allow of a side is part of what allows, on a call path that is allowed. */
function isDeciding(side: Side, combined: Combined, { sameAccount, rules }: ParsedQuestion): boolean {
  const { role, account, identity, boundary, otherGrant, grantsApply } = combined
  const identitySide = identity === TRUE && boundary === TRUE
  const throughKey = keySide(combined) === TRUE && identitySide
  const throughRole = role === TRUE && boundary === TRUE
  const throughAccount = (account === TRUE || !rules.mustDelegate) && identitySide
  const throughOther = otherGrant === TRUE && identitySide
  switch (side) {
    case 'any':
    case 'session':
      return sameAccount || throughKey
    case 'role':
      return sameAccount ? throughRole : throughKey
    case 'account':
      return sameAccount ? throughAccount && rules.mustDelegate : throughKey
    case 'identity':
      return sameAccount ? throughAccount : throughKey || throughOther
    case 'boundary':
      return sameAccount ? throughRole || throughAccount : throughKey || throughOther
    case 'ownGrant':
      return grantsApply === TRUE
    case 'otherGrant':
      return sameAccount ? grantsApply === TRUE : throughOther
    default:
      return side === 'organization'
  }
}

function isStopping({ side, level }: Match, combined: Combined, open: readonly Side[]): boolean {
  if (side === 'deny') return combined.deny === UNKNOWN
  if (side === 'organization' && combined.levels[level] !== UNKNOWN) return false
  return open.includes(side)
}

/** Whether a part of the whole decides, once the other unknown parts come out in some way. */
function changes(combined: Combined, question: ParsedQuestion, part: Side | 'grantsApply'): boolean {
  if (combined[part] !== UNKNOWN) return false
  let settled: readonly Combined[] = [combined]
  for (const other of [...ALLOW_SIDES, 'grantsApply'] as const) {
    if (other === part || combined[other] !== UNKNOWN) continue
    settled = settled.flatMap((one) => [withPart(one, other, TRUE), withPart(one, other, FALSE)])
  }
  return settled.some(
    (one) => allows(withPart(one, part, TRUE), question) !== allows(withPart(one, part, FALSE), question),
  )
}

function withPart(combined: Combined, part: Side | 'grantsApply', truth: Truth): Combined {
  const grantsApply = part === 'boundary' && truth === TRUE ? TRUE : combined.grantsApply
  return { ...combined, grantsApply, [part]: truth }
}

function cited(matches: readonly Match[]): readonly Evidence[] {
  const found = new Map<string, Evidence>()
  for (const { evidence, truths } of matches) {
    if (!evidence) continue
    const { policy, statement, effect, via } = evidence
    const certain = truths.every((truth) => truth === TRUE)
    found.set([policy, statement, effect, via, certain].join('\n'), {
      policy,
      statement,
      effect,
      via,
      certain,
    })
  }
  return [...found.values()]
}
