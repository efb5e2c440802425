import type { PolicyStatement } from '../../permissions/policy/policy-document.js'
import { texts } from '../world/policy-document.js'
import { arnLike, conditionHolds, like, type RequestContext } from './condition-holds.js'

/** One request as policies see it. */
export interface JudgedRequest {
  readonly action: string
  /** `*` for actions that know no resource. */
  readonly resource: string
  readonly context: RequestContext
}

/** Tells whether a statement speaks of a request: its actions, resources and conditions, not its principals. */
export function statementApplies(
  statement: PolicyStatement,
  request: JudgedRequest,
  version: string | undefined,
  kind: 'identity' | 'key' | 'trust' = 'identity',
): boolean {
  const fill = version === '2012-10-17' ? (text: string) => fillVariables(text, request.context) : literally
  return (
    actionMatches(statement, request.action) &&
    (kind === 'trust' || resourceMatches(statement, request, fill)) &&
    conditionHolds(filled(statement.Condition, fill), request.context)
  )
}

function actionMatches(statement: PolicyStatement, action: string): boolean {
  const matches = (patterns: string | readonly string[]) =>
    texts(patterns).some((pattern) => like(action, pattern, 'i'))
  if (statement.Action !== undefined) return matches(statement.Action)
  return statement.NotAction !== undefined && !matches(statement.NotAction)
}

function resourceMatches(
  statement: PolicyStatement,
  { resource }: JudgedRequest,
  fill: (text: string) => string | undefined,
): boolean {
  const matches = (patterns: string | readonly string[]) =>
    texts(patterns).some((pattern) => {
      const text = fill(pattern)
      return text !== undefined && (text === '*' || arnLike(resource, text))
    })
  if (statement.Resource !== undefined) return matches(statement.Resource)
  return statement.NotResource !== undefined && !matches(statement.NotResource)
}

function literally(text: string): string {
  return text
}

/** A variable without a value makes the whole text match nothing. */
function fillVariables(text: string, context: RequestContext): string | undefined {
  let missing = false
  const full = text.replace(/\$\{([^}]+)\}/g, (_, inner: string) => {
    if (inner === '*' || inner === '?' || inner === '$') return inner
    const [, name = inner, otherwise] = /^([^,]+),\s*'(.*)'$/.exec(inner) ?? []
    const value = context.get(name.trim().toLowerCase())?.[0] ?? otherwise
    missing ||= value === undefined
    return value ?? ''
  })
  return missing ? undefined : full
}

function filled(condition: PolicyStatement['Condition'], fill: (text: string) => string | undefined): object {
  return Object.fromEntries(
    Object.entries(condition ?? {}).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, wanted]) => [
          key,
          (Array.isArray(wanted) ? wanted : [wanted])
            .map((value) => fill(String(value)))
            .filter((value) => value !== undefined),
        ]),
      ),
    ]),
  )
}
