import { isRecord, textList } from './parse-policy.js'
import type { PolicyStatement } from './policy-document.js'

/** Writes a value as JSON of printable ASCII: it shows what it is, and JavaScript and HCL read it as it stands. */
export function asciiJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, null, indent) ?? 'null'
  const short: Readonly<Record<string, string>> = { '\\b': '\\u0008', '\\f': '\\u000c' }
  return json
    .replace(/\\\\|\\[bf]/g, (written) => short[written] ?? written)
    .replace(/[^\n -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Writes a statement as lines that are put in. */
export function addedStatement(statement: PolicyStatement): readonly string[] {
  return asciiJson(statement, 2)
    .split('\n')
    .map((line) => `+ ${line}`)
}

/** Writes a statement as TypeScript for the AWS CDK (`aws-cdk-lib/aws-iam` as `iam`). */
export function cdkStatement(statement: PolicyStatement): string {
  return `iam.PolicyStatement.fromJson(${asciiJson(statement, 2)})`
}

/** Writes a document or another value as HCL. */
export function hclJson(value: unknown, indent?: number): string {
  return asciiJson(value, indent).replace(/[$%](?=\{)/g, (sign) => sign + sign)
}

/** Writes a statement as a block for a Terraform `aws_iam_policy_document`. */
export function terraformStatement(statement: PolicyStatement): string {
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition } =
    statement
  return [
    'statement {',
    ...(Sid === undefined ? [] : [`  sid           = ${hclJson(Sid)}`]),
    `  effect        = ${hclJson(Effect)}`,
    ...list('actions      ', Action),
    ...list('not_actions  ', NotAction),
    ...list('resources    ', Resource),
    ...list('not_resources', NotResource),
    ...principalBlocks('principals', Principal),
    ...principalBlocks('not_principals', NotPrincipal),
    ...Object.entries(Condition ?? {}).flatMap(([test, keys]) =>
      Object.entries(keys).flatMap(([variable, values]) => [
        '  condition {',
        `    test     = ${hclJson(test)}`,
        `    variable = ${hclJson(variable)}`,
        `    values   = ${hclJson([values].flat().map(String))}`,
        '  }',
      ]),
    ),
    '}',
  ].join('\n')
}

function list(name: string, value: PolicyStatement['Action']): readonly string[] {
  return value === undefined ? [] : [`  ${name} = ${hclJson(textList(value) ?? [])}`]
}

function principalBlocks(name: string, element: PolicyStatement['Principal']): readonly string[] {
  if (element === undefined) return []
  const types: Readonly<Record<string, unknown>> = isRecord(element) ? element : { '*': element }
  return Object.entries(types).flatMap(([type, identifiers]) => [
    `  ${name} {`,
    `    type        = ${hclJson(type)}`,
    `    identifiers = ${hclJson(textList(identifiers) ?? [])}`,
    '  }',
  ])
}
