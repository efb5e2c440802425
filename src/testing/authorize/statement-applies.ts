import type { PolicyStatement } from '../../permissions/policy/policy-document.js'
import { texts } from '../world/policy-document.js'
import { arnLike, conditionHolds, like, type RequestContext } from './condition-holds.js'
import { openReadings } from './open-readings.js'

/** One request as policies see it. */
export interface JudgedRequest {
  readonly action: string
  /** `*` for actions that know no resource. */
  readonly resource: string
  readonly context: RequestContext
}

/**
 * Tells whether a statement speaks of a request: its actions, resources and conditions, not its principals. Where AWS's
 * text leaves that open it is held against the caller: an Allow does not speak, and everything else does.
 */
export function statementApplies(
  statement: PolicyStatement,
  request: JudgedRequest,
  version: string | undefined,
  kind: 'identity' | 'key' | 'trust' = 'identity',
): boolean {
  if (!actionMatches(statement, request.action)) return false
  const open = statement.Effect !== 'Allow'
  const readings = openReadings(request.context, JSON.stringify(statement)).map((context) => {
    const fill = version === '2012-10-17' ? (text: string) => fillVariables(text, context) : literally
    return (
      (kind === 'trust' || resourceMatches(statement, request, fill, open)) &&
      conditionHolds(filled(statement.Condition, fill), context, open)
    )
  })
  return open ? readings.some(Boolean) : readings.every(Boolean)
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
  open: boolean,
): boolean {
  const isMissing = texts(statement.Resource ?? statement.NotResource).some(
    (pattern) => fill(pattern) === undefined,
  )
  const matches = (patterns: string | readonly string[]) =>
    texts(patterns).some((pattern) => {
      const text = fill(pattern)
      return text !== undefined && (text === '*' || arnLike(resource, text))
    })
  const isAbout =
    statement.Resource !== undefined
      ? matches(statement.Resource)
      : statement.NotResource !== undefined && !matches(statement.NotResource)
  // A variable without a value may make the whole statement invalid.
  return isAbout && isMissing ? open : isAbout
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
