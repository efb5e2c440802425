import type { PermissionQuestion } from '../evaluate/question.js'
import { TRUE } from '../evaluate/truth.js'
import { type ParsePolicy, parsePolicy } from '../policy/parse-policy.js'
import { collectMatches } from './collect-matches.js'
import { type Combined, combineByPath, keySide, mergeVerdicts, verdictOf } from './combine.js'
import { type Decision, undecided } from './decision.js'
import {
  type Explained,
  evidenceFor,
  missingSides,
  possibleDenies,
  unknownReasons,
} from './explain-decision.js'
import { type ParsedQuestion, parseQuestion } from './parse-question.js'
import { questionDefect } from './question-defect.js'

/**
 * Tells whether a role may do one action on a KMS key, as far as the given policies and grants show, on every way a
 * labeling job may call KMS. `allowed` and `denied` are certain, `missing` is certainly not allowed, and whatever
 * depends on something that is not known is `unknown`, with the reasons. Reads nothing, changes nothing, throws nothing.
 *
 * Follows AWS's rules for key policies, grants and IAM policies
 * (https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html).
 *
 * @example
 * const { verdict, unknownBecause } = decidePermission({
 *   roleArn: 'arn:aws:iam::111122223333:role/service-role/GtExec',
 *   keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
 *   action: 'kms:Decrypt',
 *   keyPolicy: { Version: '2012-10-17', Statement: [] },
 *   identityPolicies: [],
 * })
 * console.log(verdict) // missing
 */
export function decidePermission(question: PermissionQuestion): Decision {
  return decideOnKey(question, parsePolicy)
}

/** Answers one of many questions, whose policies are read as told. */
export function decideOnKey(question: PermissionQuestion, parse: ParsePolicy): Decision {
  const parsed = parsedOrDefect(question, parse)
  if (typeof parsed === 'string') return notUnderstood(question, parsed)
  const { roleArn, resourceArn, action } = parsed.asked
  return { ...decideParsed(parsed), action, roleArn, keyArn: resourceArn }
}

/** Gives the answer to a question about any resource, without the names of what was asked. */
export function decideParsed(parsed: ParsedQuestion): Omit<Decision, 'action' | 'roleArn' | 'keyArn'> {
  const matches = collectMatches(parsed)
  const combined = combineByPath(matches, parsed)
  const verdicts = combined.map((one) => verdictOf(one, parsed))
  const paths = parsed.paths.map(({ name }, path) => ({ name, verdict: verdicts[path] ?? 'unknown' }))
  const verdict = mergeVerdicts(verdicts)
  const explained: Explained = { question: parsed, matches, combined, paths, verdict }
  return {
    verdict,
    basis: 'static',
    paths,
    evidence: evidenceFor(explained),
    unknownBecause: unknownReasons(explained),
    possibleDeny: possibleDenies(explained),
    missingIn: missingSides(explained),
    delegatesToIam: combined.every((one) => isDelegated(one, parsed)),
    notCovered: parsed.notCovered,
  }
}

/** What lies behind this is plain data: only here can a getter or a proxy throw. */
function parsedOrDefect(question: PermissionQuestion, parse: ParsePolicy): ParsedQuestion | string {
  try {
    return questionDefect(question) ?? parseQuestion(question, parse)
  } catch {
    return 'it cannot be read'
  }
}

function isDelegated(combined: Combined, { sameAccount }: ParsedQuestion): boolean {
  return (sameAccount ? combined.account : keySide(combined)) === TRUE
}

function notUnderstood(question: PermissionQuestion, detail: string): Decision {
  return {
    action: textIn(question, 'action'),
    roleArn: textIn(question, 'roleArn'),
    keyArn: textIn(question, 'keyArn'),
    ...undecided({ kind: 'malformed', policy: 'question', statement: '*', detail }),
    delegatesToIam: false,
  }
}

function textIn(question: PermissionQuestion, field: 'action' | 'roleArn' | 'keyArn'): string {
  try {
    const value: unknown = question[field]
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}
