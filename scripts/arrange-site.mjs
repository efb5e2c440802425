// @ts-check
// What TypeDoc does not know of this library: which constants are functions, the order of the navigation, the titles of
// guides, and where a type without an example of its own is shown.
import {
  Comment,
  CommentTag,
  Context,
  DeclarationReflection,
  makeRecursiveVisitor,
  ReflectionGroup,
  ReflectionKind,
} from 'typedoc'

/** Constants that can be called are documented as the functions that they are. Before the conversion. */
export function callablesAreFunctions() {
  // TypeDoc's types leave it out.
  const { prototype } =
    /** @type {{ prototype: Context & { getComment(symbol: import('typescript').Symbol, kind: ReflectionKind): Comment | undefined } }} */ (
      /** @type {unknown} */ (Context)
    )
  const { getComment } = prototype
  prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind)
    if (kind !== ReflectionKind.Variable) return comment
    const isCallable = this.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0
    if (isCallable) comment?.modifierTags.add('@function')
    return comment
  }
}

/**
 * After the conversion.
 * @param {import('typedoc').ProjectReflection} project
 */
export function arrangeSite(project) {
  const modules = project.children ?? []
  const symbols = modules
    .flatMap((module) => module.children ?? [])
    .filter(({ kind }) => kind !== ReflectionKind.Reference)
  for (const symbol of symbols) giveCommentToSignatures(symbol)
  showTypesInExamples(symbols)

  const documents = project.documents ?? []
  const isDecision = (/** @type {{ readonly name: string }} */ { name }) => name.startsWith('decisions/')
  project.groups = [
    group(
      'Guides',
      project,
      documents.filter((document) => !isDecision(document)),
    ),
    group('Reference', project, modules),
    group('Decisions', project, documents.filter(isDecision)),
  ]
}

/**
 * Names each guide as its heading does.
 * @param {import('typedoc').ProjectReflection} project
 */
export function titleGuides(project) {
  for (const document of project.documents ?? []) {
    const text = document.content.map((part) => part.text).join('')
    document.name = /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? document.name
  }
}

/**
 * @param {string} title
 * @param {import('typedoc').ProjectReflection} project
 * @param {ReflectionGroup['children']} children
 */
function group(title, project, children) {
  const made = new ReflectionGroup(title, project)
  made.children = children
  return made
}

// What a constant says of itself is for its users; what the function behind it says is for the house.
function giveCommentToSignatures(/** @type {DeclarationReflection} */ symbol) {
  if (symbol.kind !== ReflectionKind.Function || symbol.comment === undefined) return
  for (const signature of symbol.signatures ?? []) signature.comment = symbol.comment
  delete symbol.comment
}

/**
 * A type without an example of its own links to the nearest ones in which it occurs, as argument, result, or part of one.
 * @param {readonly DeclarationReflection[]} symbols
 */
function showTypesInExamples(symbols) {
  /** @type {Map<DeclarationReflection, DeclarationReflection[]>} */
  const shownIn = new Map()
  for (const symbol of symbols.filter(hasExample)) {
    for (const type of typesWithin(symbol)) shownIn.set(type, [...(shownIn.get(type) ?? []), symbol])
  }
  const without = symbols.filter((symbol) => !hasExample(symbol))
  // From examples outwards: what occurs in a type that is shown is shown there, too.
  for (let waiting = [...shownIn.keys()]; waiting.length > 0; ) {
    const next = []
    for (const type of waiting)
      for (const inner of typesWithin(type))
        if (!shownIn.has(inner)) {
          shownIn.set(inner, shownIn.get(type) ?? [])
          next.push(inner)
        }
    waiting = next
  }
  const lost = without.filter((symbol) => !shownIn.has(symbol)).map(({ name }) => name)
  if (lost.length > 0) throw new Error(`No example leads to ${lost.join(', ')}: give each one an @example`)
  for (const symbol of without) {
    symbol.comment ??= new Comment()
    for (const target of (shownIn.get(symbol) ?? []).slice(0, 3))
      symbol.comment.blockTags.push(
        new CommentTag('@see', [
          { kind: 'text', text: 'The example of ' },
          { kind: 'inline-tag', tag: '@link', text: target.name, target },
        ]),
      )
  }
}

function hasExample(/** @type {DeclarationReflection} */ symbol) {
  const comments = [symbol.comment, ...(symbol.signatures ?? []).map(({ comment }) => comment)]
  return comments.some((comment) => comment?.getTag('@example') !== undefined)
}

/**
 * The symbols that occur in the types of another, and in those of its members.
 * @param {DeclarationReflection} symbol
 * @returns {ReadonlySet<DeclarationReflection>}
 */
function typesWithin(symbol) {
  /** @type {Set<DeclarationReflection>} */
  const found = new Set()
  const visitor = makeRecursiveVisitor({
    reference({ reflection }) {
      if (reflection instanceof DeclarationReflection) found.add(reflection)
    },
    reflection({ declaration }) {
      visit(declaration)
    },
  })
  /** @param {DeclarationReflection} declaration */
  function visit(declaration) {
    declaration.type?.visit(visitor)
    for (const type of declaration.extendedTypes ?? []) type.visit(visitor)
    for (const signature of declaration.signatures ?? []) {
      signature.type?.visit(visitor)
      for (const parameter of signature.parameters ?? []) parameter.type?.visit(visitor)
      for (const parameter of signature.typeParameters ?? []) {
        parameter.type?.visit(visitor)
        parameter.default?.visit(visitor)
      }
    }
    for (const child of declaration.children ?? []) visit(child)
  }
  visit(symbol)
  found.delete(symbol)
  return found
}
