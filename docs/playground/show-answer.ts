import {
  type Decision,
  decidePermission,
  describeReason,
  type Evidence,
  type PermissionQuestion,
} from '../../src/permissions/index.js'
import { element, listed } from './element.js'
import { findMend } from './find-mend.js'

const MEANINGS: Readonly<Record<Decision['verdict'], string>> = {
  allowed: 'on every way the job may call KMS some Allow certainly applies, and nothing visible can deny',
  denied: 'a Deny certainly applies, and no Allow outweighs it',
  missing: 'certainly not allowed, and no Deny is in the way',
  unknown: 'it depends on something that cannot be known beforehand',
}

/** Shows what the library decides on a question. */
export function showAnswer(question: PermissionQuestion): readonly HTMLElement[] {
  const decision = decidePermission(question)
  const { verdict, evidence, possibleDeny, unknownBecause, missingIn, paths, notCovered } = decision
  const mend = findMend(question, decision)
  return [
    element('p', { class: `verdict ${verdict}`, 'data-verdict': verdict }, verdict),
    element('p', {}, `${question.action}: ${MEANINGS[verdict]}.`),
    ...listed('Statements that apply', distinct(evidence.map(cite))),
    ...listed('Statements that may deny', distinct(possibleDeny.map(cite))),
    ...listed('Unknown because', unknownBecause.map(describeReason)),
    ...listed(
      'An Allow is missing in',
      missingIn.map((side) => SIDES[side]),
    ),
    ...(mend === undefined
      ? []
      : [
          element('h2', {}, `With this in ${mend.where} it would be allowed`),
          element('pre', {}, JSON.stringify(mend.statement, undefined, 2)),
        ]),
    element('h2', {}, 'On each way the job may call KMS'),
    element(
      'table',
      {},
      ...paths.map(({ name, verdict }) =>
        element('tr', {}, element('td', {}, name), element('td', { class: verdict }, verdict)),
      ),
    ),
    ...listed(
      'Not looked at',
      notCovered.map((name) => NOT_COVERED[name] ?? name),
    ),
  ]
}

const SIDES: Readonly<Record<Decision['missingIn'][number], string>> = {
  'key-policy': 'the key policy',
  identity: 'the policies of the role',
  boundary: 'the permissions boundary of the role',
  scp: 'the service control policies of the organization',
}

const NOT_COVERED: Readonly<Record<string, string>> = {
  scp: 'service control policies of the organization',
  rcp: 'resource control policies of the organization',
  'session-policy': 'a policy of the session',
  'vpc-endpoint-policy': 'the policy of a VPC endpoint',
}

function cite({ policy, statement, effect, certain }: Evidence): string {
  return `${effect}, ${certain ? 'certain' : 'not certain'}: ${policy} ${statement}`
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
