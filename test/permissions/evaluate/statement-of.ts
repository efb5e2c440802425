import { type ParsedStatement, parseStatement } from '../../../src/permissions/policy/parse-statement.js'

/** A statement of an identity policy, read. */
export function statementOf(elements: object, variables = true): ParsedStatement {
  const place = { policy: 'inline:Own', index: 0, variables, defect: undefined, conditionDefect: undefined }
  return parseStatement({ Effect: 'Allow', ...elements }, place)
}
