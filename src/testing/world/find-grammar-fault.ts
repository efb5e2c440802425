import { findDuplicateKeys } from '../../permissions/policy/find-text-defects.js'
import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'
import { scanJson } from '../../permissions/policy/scan-json.js'
import { statementsOf, texts } from './policy-document.js'

/**
 * Finds what the grammar of policies does not have: another version, element or operator, a key that is there twice,
 * an element beside its opposite, an action that is none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function findGrammarFault(text: string, policy: PolicyDocument): string | undefined {
  const { Version } = policy
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') {
    return `the version ${JSON.stringify(Version)} does not exist`
  }
  const element = Object.keys(policy).find((name) => !['Version', 'Id', 'Statement'].includes(name))
  if (element !== undefined) return `a policy has no element ${element}`
  const [duplicate] = findDuplicateKeys(scanJson(text))
  if (duplicate !== undefined) return duplicate.defect
  return statementsOf(policy).map(statementFault).find(Boolean)
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

const OPERATOR =
  /^(?:Null|(?:For(?:AllValues|AnyValue):)?(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Not)?(?:Equals|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress)(?:IfExists)?)$/

function statementFault(statement: PolicyStatement): string | undefined {
  const element = Object.keys(statement).find((name) => !ELEMENTS.includes(name))
  if (element !== undefined) return `a statement has no element ${element}`
  for (const name of ['Principal', 'Action', 'Resource'] as const) {
    if (statement[name] !== undefined && statement[`Not${name}`] !== undefined) {
      return `a statement has either ${name} or Not${name}`
    }
  }
  const action = [...texts(statement.Action), ...texts(statement.NotAction)].find(
    (one) => !/^(?:\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(one),
  )
  if (action !== undefined) return `${action} is no action, as kms:Decrypt is one`
  const operator = Object.keys(statement.Condition ?? {}).find((name) => !OPERATOR.test(name))
  return operator === undefined ? undefined : `there is no condition operator ${operator}`
}
