// Proves that no pattern of the library takes long: hostile text may reach every one of them. Reads
// the literals from the sources, and catches those made by `new RegExp` while the built library is loaded.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSafePattern } from 'redos-detector'
import ts from 'typescript'

// Patterns that the detector cannot bound, each with the reason why no text can make it slow. Most search in a text
// instead of matching all of it, which the detector counts once for every place to begin.
const CUT_TEXT = "reads a sentence of AWS's, cut to 4 kB before"
const OWN_TEXT = 'reads a name out of a policy or request of limited size'
const LINEAR = 'tried on 100 kB of its worst: a few milliseconds'
const EXPRESSION = 'an expression has at most 10,000 characters'
const ADDRESS = 'an address has at most 1,024 characters, an ARN 2,048'
const FAKE = 'part of the AWS for tests: reads the page that a test gives it'
const ACCEPTED = {
  '\\s+|\\/\\*[\\s\\S]*?\\*\\/|"(?:[^"\\\\]|\\\\[\\s\\S])*"|\'(?:[^\'\\\\]|\\\\[\\s\\S])*\'|`[^`]*`|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|[$\\w\\u0080-\\uffff]+|:=|!=|<=|>=|~>|\\*\\*|\\.\\.|\\?:|\\?\\?|[\\s\\S]':
    EXPRESSION,
  "'(?:[^'\\\\]|\\\\[\\s\\S])*'|[\\s\\S]": EXPRESSION,
  '~>\\s*\\||\\/[^*]|\\)\\s*<': EXPRESSION,
  '.*\\/': ADDRESS,
  '\\bmanifestLine(?:\\.([A-Za-z_][\\w-]*)|\\[\\s*["\']([^"\'\\]]*)["\']\\s*\\])': LINEAR,
  '\\{%-?\\s*comment\\s*-?%\\}': LINEAR,
  '\\{%-?\\s*endcomment\\s*-?%\\}': LINEAR,
  '(\\{\\{[\\s\\S]*?\\}\\}|\\{%[\\s\\S]*?%\\})': FAKE,
  '\\{%-?\\s*(comment|raw)\\s*-?%\\}[\\s\\S]*?\\{%-?\\s*end\\1\\s*-?%\\}': FAKE,
  '\\.([\\w-]+)|\\[["\']([^"\']*)["\']\\]': FAKE,
  ':model\\/([^/]+)$': ADDRESS,
  ':workteam\\/([a-z-]+)\\/': ADDRESS,
  '^\\/?(.*?)(?:\\?versionId=(.*))?$': LINEAR,
  '^(.+):\\d+$': LINEAR,
  '^https:\\/\\/(.+?)\\.s3[.-][^/]*amazonaws\\.com[^/]*\\/(.*)$': LINEAR,
  '^https:\\/\\/s3[.-][^/]*amazonaws\\.com[^/]*\\/([^/]+)\\/?(.*)$': LINEAR,
  '\\{%-?\\s*(\\w+)': LINEAR,
  '\\|\\s*grant_read_access\\b': LINEAR,
  '^arn:(aws[a-z-]*):iam::(\\d{12}):role\\/((?:[\\w+=,.@-]+\\/)*)([\\w+=,.@-]+)$':
    'the text has at most 2,048 characters',
  '(?:not authorized|not permitted|not allowed) to perform:? ["\'`]?([a-z0-9-]+:[A-Za-z0-9*]+)["\'`]?':
    CUT_TEXT,
  '\\bbecause (.+?)\\.?$': CUT_TEXT,
  '\\bwhen calling the ([A-Za-z0-9]+) operation\\b': CUT_TEXT,
  '(?:User|Principal|The user|The role):? ["\'`]?([^\\s"\'`]+?)["\'`]? is not authorized': CUT_TEXT,
  'not authorized to perform:?\\s+([a-z0-9-]+:[A-Za-z0-9]+)': LINEAR,
  '"[^"]*"|`[^`]*`|(?<![A-Za-z])\'[^\']*\'(?![A-Za-z])': CUT_TEXT,
  '\\{(\\d+),\\d+\\}': "reads a pattern of AWS's own model",
  '\\}\\s*\\{': LINEAR,
  '^\\s*[{[]|\\n': LINEAR,
  '^(?:[!-~]+\\/)?[\\w+=,.@-]+$': LINEAR,
  'task\\.input(?:\\.([A-Za-z_][\\w-]*)|\\[\\s*["\']([^"\'\\]]*)["\']\\s*\\])': LINEAR,
  '(s(?:ecurity|ession)[-_]?token|signature|credential|authorization|access[-_]?key|password)(["\']?[=:] ?["\']?)[^\\s&"\',;]+':
    LINEAR,
  '(\\/\\/)[^\\s/@:]+:[^\\s/@]*@': LINEAR,
  '\\s(labels|categories)\\s*=\\s*(?:"([^"]*)"|\'([^\']*)\')': LINEAR,
  '\\|\\s*default\\b': LINEAR,
  '\\s(?:labels|categories)\\s*=\\s*(["\'])(\\{\\{\\s*task\\.input\\b[\\s\\S]*?\\}\\})\\1': FAKE,
  '([^{}]+)(\\{[^{}]*\\})': "reads the library's own style sheets",
  '\\r?\\n[ \\t]*\\r?\\n': "reads the user's own page",
  '^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$': OWN_TEXT,
  ':alias\\/aws\\/([a-z0-9]+)$': OWN_TEXT,
  '\\$\\{([^}]+)\\}': OWN_TEXT,
}

const patterns = new Map()

for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
)) {
  const source = ts.createSourceFile(file, readFileSync(join('src', file), 'utf8'), ts.ScriptTarget.Latest)
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      patterns.set(node.text, {
        where: file,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
}

const Native = globalThis.RegExp
globalThis.RegExp = class extends Native {
  constructor(source, flags) {
    super(source, flags)
    patterns.set(String(this), { where: 'made while loading', source: this.source, flags: this.flags })
  }
}
for (const file of readdirSync('dist').filter((name) => name.endsWith('.js')))
  await import(join(process.cwd(), 'dist', file))
globalThis.RegExp = Native

let slow = 0
for (const { where, source, flags } of patterns.values()) {
  if (Object.hasOwn(ACCEPTED, source)) continue
  const result = isSafePattern(source, {
    caseInsensitive: flags.includes('i'),
    unicode: flags.includes('u'),
    multiLine: flags.includes('m'),
    dotAll: flags.includes('s'),
    maxScore: 200,
    timeout: 5_000,
    downgradePattern: true,
  })
  if (result.safe) continue
  slow += 1
  console.error(`${where}: /${source}/${flags} (${result.error ?? 'backtracks'})`)
}
const found = new Set([...patterns.values()].map(({ source }) => source))
for (const source of Object.keys(ACCEPTED).filter((accepted) => !found.has(accepted))) {
  slow += 1
  console.error(`/${source}/ is accepted, and no longer there`)
}
if (patterns.size === 0) throw new Error('no pattern was found, so nothing was checked')
console.log(
  `note: ${patterns.size} patterns, ${Object.keys(ACCEPTED).length} of them accepted by name with a reason`,
)
if (slow > 0) process.exit(1)
