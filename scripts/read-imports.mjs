// @ts-check
// Reads which file of `src` imports which, and whether it does so at once, late, or for types alone.
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const PARSED = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
}
const SRC = fileURLToPath(new URL('../src/', import.meta.url))

/**
 * One import. `from` is a file, for instance `job/request/draft.ts`; `to` a file, `@aws-sdk/client-kms` or `node:fs`.
 * @typedef {{ readonly from: string, readonly to: string, readonly kind: 'static' | 'dynamic' | 'type' }} Import
 */

/**
 * Every file of `src`, for instance `job/request/draft.ts`.
 * @returns {readonly string[]}
 */
export function sourceFiles() {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort()
}

/**
 * The text of a file of `src`.
 * @param {string} file
 */
export function sourceText(file) {
  return readFileSync(`${SRC}${file}`, 'utf8')
}

/** @type {readonly Import[] | undefined} */
let read

/**
 * Gives every import in `src`, as it was when first asked.
 * @returns {readonly Import[]}
 */
export function readImports() {
  read ??= sourceFiles().flatMap((file) => importsOf(file, sourceText(file)))
  return read
}

/**
 * Gives the imports of one file.
 * @param {string} file
 * @param {string} text
 * @returns {readonly Import[]}
 */
export function importsOf(file, text) {
  /** @type {Import[]} */
  const found = []
  /** @type {(specifier: ts.Node | undefined, kind: Import['kind']) => void} */
  const add = (specifier, kind) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const { text: to } = specifier
    const target = to.startsWith('.') ? posix.join(posix.dirname(file), to).replace(/\.js$/, '.ts') : to
    found.push({ from: file, to: target, kind })
  }
  const hasCalls = /\bimport\s*\(/.test(text)
  /** @type {(node: ts.Node) => void} */
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      add(
        node.moduleSpecifier,
        node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static',
      )
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static')
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic')
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, 'type')
    }
    // Deeper than at the top there is `import()` alone.
    if (hasCalls || ts.isSourceFile(node)) ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, PARSED))
  return found
}
