import type { PermissionQuestion } from '../evaluate/question.js'
import { TRUE } from '../evaluate/truth.js'
import { collectMatches } from './collect-matches.js'
import { type Combined, combineByPath, keySide, mergeVerdicts, verdictOf } from './combine.js'
import type { Decision } from './decision.js'
import {
  type Explained,
  evidenceFor,
  lackingSides,
  possibleDenies,
  unknownReasons,
} from './explain-decision.js'
import { type ParsedQuestion, parseQuestion } from './parse-question.js'

/**
 * Tells whether a role may do one action on a KMS key, as far as the given policies and grants show, on every way a
 * labeling job may call KMS. `allowed` and `denied` are certain, `missing` is certainly not allowed, and whatever
 * depends on something that is not known is `unknown`, with the reasons. Reads nothing, changes nothing, throws nothing.
 *
 * Follows AWS's rules for key policies, grants and IAM policies
 * (https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html).
 */
export function decidePermission(question: PermissionQuestion): Decision {
  const read = parseQuestion(question)
  if ('wrong' in read) return notUnderstood(question, read.wrong)
  const voices = collectMatches(read)
  const tallies = combineByPath(voices, read)
  const verdicts = tallies.map((tally) => verdictOf(tally, read))
  const paths = read.paths.map(({ name }, path) => ({ name, verdict: verdicts[path] ?? 'unknown' }))
  const verdict = mergeVerdicts(verdicts)
  const outcome: Explained = { question: read, voices, tallies, paths, verdict }
  return {
    action: question.action,
    roleArn: question.roleArn,
    keyArn: question.keyArn,
    verdict,
    basis: 'static',
    paths,
    evidence: evidenceFor(outcome),
    unknownBecause: unknownReasons(outcome),
    possibleDeny: possibleDenies(outcome),
    missingIn: lackingSides(outcome),
    delegatesToIam: tallies.every((tally) => isDelegated(tally, read)),
    notCovered: notCovered(question),
  }
}

function isDelegated(tally: Combined, question: ParsedQuestion): boolean {
  return (question.sameAccount ? tally.delegated : keySide(tally)) === TRUE
}

function notCovered({ scps, rcps }: PermissionQuestion): Decision['notCovered'] {
  return [
    ...(Array.isArray(scps) && scps.length > 0 ? [] : (['scp'] as const)),
    ...(Array.isArray(rcps) && rcps.length > 0 ? [] : (['rcp'] as const)),
    'session-policy',
    'vpc-endpoint-policy',
  ]
}

function notUnderstood(question: PermissionQuestion, detail: string): Decision {
  return {
    action: question.action,
    roleArn: question.roleArn,
    keyArn: question.keyArn,
    verdict: 'unknown',
    basis: 'static',
    paths: [],
    evidence: [],
    unknownBecause: [{ kind: 'malformed', policy: 'question', statement: '*', detail }],
    possibleDeny: [],
    missingIn: [],
    delegatesToIam: false,
    notCovered: notCovered(question),
  }
}
