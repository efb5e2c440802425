// @ts-check
// Tells bundlers that nothing at the top of a file has an effect.
import ts from 'typescript'

const OPTIONS = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }

/**
 * Gives a file in which each value that a bundler cannot see to be without an effect (a call, a spread, a name in a text)
 * is made by a function that is marked as pure, so that the value goes where nobody uses it.
 * @param {string} text TypeScript.
 */
export function markPure(text) {
  const source = ts.createSourceFile('file.ts', text, OPTIONS)
  const declared = source.statements.flatMap((statement) =>
    ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : [],
  )
  const parted = declared.find(({ name }) => !ts.isIdentifier(name))
  // A bundler keeps it, whatever its value is made by.
  if (parted)
    throw new Error(`give it one name, and take it apart where it is used: ${parted.getText(source)}`)
  const values = declared.flatMap(({ initializer }) =>
    initializer === undefined || isSeenPure(initializer, source) ? [] : [initializer],
  )
  let marked = text
  for (const value of values.reverse()) {
    const [start, end] = [value.getStart(source), value.end]
    const body = text.slice(start, end)
    marked = `${text.slice(0, start)}/* @__PURE__ */ (() => (${body}))()${marked.slice(end)}`
  }
  return marked
}

const CONSTANTS = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword]

/**
 * Whether every bundler sees by itself that a value is made without an effect.
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 * @returns {boolean}
 */
function isSeenPure(node, source) {
  /** @param {readonly ts.Node[]} nodes */
  const areSeenPure = (nodes) => nodes.every((one) => isSeenPure(one, source))
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || CONSTANTS.includes(node.kind)) return true
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node))
    return node.name === undefined || !ts.isComputedPropertyName(node.name)
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return isSeenPure(node.expression, source)
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand)
  if (ts.isBinaryExpression(node))
    return [node.left, node.right].every(
      (side) => ts.isNumericLiteral(side) || (ts.isBinaryExpression(side) && isSeenPure(side, source)),
    )
  if (ts.isArrayLiteralExpression(node)) return areSeenPure(node.elements)
  if (ts.isObjectLiteralExpression(node)) return areSeenPure(node.properties)
  if (ts.isShorthandPropertyAssignment(node)) return true
  if (ts.isPropertyAssignment(node))
    return !ts.isComputedPropertyName(node.name) && isSeenPure(node.initializer, source)
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const start = node.getStart(source)
    return (
      source.text
        .slice(Math.max(0, start - 20), start)
        .trimEnd()
        .endsWith('@__PURE__ */') && areSeenPure(node.arguments ?? [])
    )
  }
  return false
}
