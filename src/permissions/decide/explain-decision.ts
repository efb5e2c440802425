import { FALSE, TRUE, type Truth, UNKNOWN } from '../evaluate/truth.js'
import type { UnknownReason, Verdict } from '../evaluate/unknown-reason.js'
import { allows, type Combined, keySide } from './combine.js'
import type { Decision, Evidence } from './decision.js'
import type { Match, Side } from './match.js'
import type { ParsedQuestion } from './parse-question.js'

/** What is needed to say why a decision came out as it did. */
export interface Explained {
  readonly question: ParsedQuestion
  readonly voices: readonly Match[]
  /** One for each call path, as are the verdicts of the paths. */
  readonly tallies: readonly Combined[]
  readonly paths: Decision['paths']
  readonly verdict: Verdict
}

const ALLOW_SIDES = [
  'any',
  'session',
  'named',
  'delegated',
  'identity',
  'boundary',
  'ownGrant',
  'otherGrant',
  'organization',
] as const

/** Gives the statements and grants that decided, or that stopped the decision. */
export function evidenceFor({ question, voices, tallies, verdict }: Explained): readonly Evidence[] {
  if (verdict === 'denied')
    return cited(voices.filter((voice) => voice.side === 'deny' && voice.truths.includes(TRUE)))
  if (verdict === 'allowed') {
    const sides = new Set([...new Set(tallies)].flatMap((tally) => decidingSides(tally, question)))
    return cited(voices.filter((voice) => sides.has(voice.side) && voice.truths.includes(TRUE)))
  }
  if (verdict === 'missing') return cited(voices.filter((voice) => voice.side !== 'deny'))
  return cited(voices)
}

/** Gives the Denies that may come in the way once what is missing has been added. */
export function possibleDenies({ voices, verdict }: Explained): readonly Evidence[] {
  return verdict === 'missing' ? cited(voices.filter((voice) => voice.side === 'deny')) : []
}

/** Gives the sides on which an Allow is missing. */
export function lackingSides({ question, tallies, verdict }: Explained): Decision['missingIn'] {
  if (verdict !== 'missing') return []
  const lacks = new Set<Decision['missingIn'][number]>()
  for (const tally of tallies) {
    const policies = allows({ ...tally, organization: TRUE }, question)
    if (tally.organization === FALSE) lacks.add('scp')
    if (policies !== FALSE || question.caller.role.partition !== question.key.partition) continue
    const keyGives = keySide(tally) !== FALSE || (!question.sameAccount && tally.otherGrant !== FALSE)
    if (!keyGives) lacks.add('key-policy')
    if (tally.boundary === FALSE) lacks.add('boundary')
    const needsIdentity = question.sameAccount ? keyGives && tally.named === FALSE : true
    if (needsIdentity && tally.identity === FALSE) lacks.add('identity')
  }
  return [...lacks]
}

/** Gives the reasons that stop the answer: those whose settling could change the verdict of a call path. */
export function unknownReasons({
  question,
  voices,
  tallies,
  paths,
  verdict,
}: Explained): readonly UnknownReason[] {
  if (verdict !== 'unknown') return []
  const reasons = new Map<string, UnknownReason>()
  const note = (reason: UnknownReason) => reasons.set(JSON.stringify(reason), reason)
  if (paths.some((path) => path.verdict !== paths[0]?.verdict)) note({ kind: 'paths-differ', paths })
  for (const [path, tally] of tallies.entries()) {
    if (paths[path]?.verdict !== 'unknown') continue
    for (const voice of voices) {
      if (voice.truths[path] === UNKNOWN && isStopping(voice, tally, question)) voice.explain(path, note)
    }
    if (changes(tally, question, 'grantsCount') && tally.boundary === FALSE) {
      note({
        kind: 'undocumented',
        topic: 'whether a grant counts where the permissions boundary does not allow',
      })
    }
  }
  return [...reasons.values()]
}

/** Gives the sides without which nothing would allow on a call path that is allowed. */
function decidingSides(tally: Combined, question: ParsedQuestion): readonly Side[] {
  const used = new Set<Side>(['organization'])
  const add = (...sides: readonly Side[]) => {
    for (const side of sides) used.add(side)
  }
  const identitySide = tally.identity === TRUE && tally.boundary === TRUE
  if (question.sameAccount) {
    add('any', 'session')
    if (tally.named === TRUE && tally.boundary === TRUE) add('named', 'boundary')
    if (tally.delegated === TRUE && identitySide) add('delegated', 'identity', 'boundary')
    if (tally.grantsCount === TRUE) add('ownGrant', 'otherGrant')
  } else {
    if (keySide(tally) === TRUE && identitySide) {
      add('any', 'session', 'named', 'delegated', 'identity', 'boundary')
    }
    if (tally.grantsCount === TRUE) add('ownGrant')
    if (identitySide && tally.otherGrant === TRUE) add('otherGrant', 'identity', 'boundary')
  }
  return [...used]
}

function isStopping({ side, level }: Match, tally: Combined, question: ParsedQuestion): boolean {
  if (side === 'deny') return tally.deny === UNKNOWN
  if (side === 'organization' && tally.levels[level] !== UNKNOWN) return false
  return ALLOW_SIDES.includes(side) && changes(tally, question, side)
}

/** Whether a part of a tally decides, once the other unknown parts come out in some way. */
function changes(tally: Combined, question: ParsedQuestion, part: Side | 'grantsCount'): boolean {
  if (tally[part] !== UNKNOWN) return false
  let settled: readonly Combined[] = [tally]
  for (const other of [...ALLOW_SIDES, 'grantsCount'] as const) {
    if (other === part || tally[other] !== UNKNOWN) continue
    settled = settled.flatMap((one) => [withPart(one, other, TRUE), withPart(one, other, FALSE)])
  }
  return settled.some(
    (one) => allows(withPart(one, part, TRUE), question) !== allows(withPart(one, part, FALSE), question),
  )
}

function withPart(tally: Combined, part: Side | 'grantsCount', truth: Truth): Combined {
  const grantsCount = part === 'boundary' && truth === TRUE ? TRUE : tally.grantsCount
  return { ...tally, grantsCount, [part]: truth }
}

function cited(voices: readonly Match[]): readonly Evidence[] {
  const found = new Map<string, Evidence>()
  for (const { evidence, truths } of voices) {
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
