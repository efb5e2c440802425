// Reads which module imports which, and whether it does so at once, late, or for types alone.
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** One import of a module of the library. */
export interface Import {
  /** The file, for instance `job/request.ts`. */
  readonly from: string
  /** A file of the library, `@aws-sdk/client-kms`, or `node:fs`. */
  readonly to: string
  readonly kind: 'static' | 'dynamic' | 'type'
}

/** Every file of `src`, for instance `job/request/draft.ts`. */
export function sourceFiles(): readonly string[] {
  return readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort()
}

/** Gives every import in `src`. */
export function readImports(): readonly Import[] {
  return sourceFiles().flatMap((file) => importsOf(file, readFileSync(`${ROOT}src/${file}`, 'utf8')))
}

/** Gives the imports of one file. */
export function importsOf(file: string, text: string): readonly Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Expression | undefined, kind: Import['kind']) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return
    const { text: to } = specifier
    const target = to.startsWith('.') ? posix.join(posix.dirname(file), to).replace(/\.js$/, '.ts') : to
    found.push({ from: file, to: target, kind })
  }
  const visit = (node: ts.Node): void => {
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
      add(node.argument.literal as ts.Expression, 'type')
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
  return found
}
