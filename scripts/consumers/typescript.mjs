// Programs on each TypeScript: every entry, in each way of finding modules, with the declarations checked as well; a library
// on top of this one; and each misuse, refused with the words that the tests pin for our own compiler.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { attemptBeside, runBeside } from '../run-command.mjs'
import { makeProject, writeFiles } from './make-project.mjs'
import { BOTH, ENTRIES_AND_BRANDS, LIBRARY, UNCOMPILED } from './typescript-programs.mjs'

/** TypeScript by the name it is installed under. */
export const COMPILERS = { typescript59: '5.9.3', typescript60: '6.0.3', typescript70: '7.0.2' }
export const COMPILER_PACKAGES = Object.entries(COMPILERS).map(
  ([name, version]) => `${name}@npm:typescript@${version}`,
)
/** Our declarations name types of Node (`AbortSignal`, `AsyncIterable`); every consumer on Node has them. */
export const NODE_TYPES = '@types/node@20'

const MISUSES = JSON.parse(readFileSync('test/types/misuses.json', 'utf8'))
const PRELUDE = readFileSync('test/types/snippet-prelude.ts.txt', 'utf8')
const SETTINGS = {
  target: 'ES2022',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: false,
}
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  commonjs: { module: 'commonjs' },
}
/** How `commonjs` finds modules: as Node 10 did, which 6.0 takes with a word and 7.0 no more. */
const COMMONJS = {
  '5.9.3': { moduleResolution: 'node10' },
  '6.0.3': { moduleResolution: 'node10', ignoreDeprecations: '6.0' },
  '7.0.2': { moduleResolution: 'bundler' },
}

/** Gives the consumers that compile. */
export async function typescriptConsumers({ tarball, folder }) {
  await makeProject(folder, [tarball, NODE_TYPES, ...COMPILER_PACKAGES], { peers: false })
  const misuses = MISUSES.map(({ code }, index) => [`misuse-${index}.mts`, `${PRELUDE}${code}\n`])
  return Object.entries(COMPILERS).flatMap(([compiler, version]) => [
    ...Object.entries(RESOLUTIONS).flatMap(([resolution, settings]) =>
      [true, false].map((exactOptionalPropertyTypes) => ({
        name: `TypeScript ${version}, ${resolution}, exact optional properties ${exactOptionalPropertyTypes ? 'on' : 'off'}`,
        run: async () => {
          const name = `${compiler}-${resolution}-${exactOptionalPropertyTypes}`
          const own = resolution === 'commonjs' ? COMMONJS[version] : {}
          // A folder of its own, since the package.json nearest to a `.ts` says which kind of module it is.
          writeProject(
            folder,
            name,
            { ...settings, ...own, exactOptionalPropertyTypes },
            {
              'package.json': `{ "type": "${resolution === 'commonjs' ? 'commonjs' : 'module'}" }`,
              ...(resolution === 'nodenext' ? BOTH : ENTRIES_AND_BRANDS),
            },
          )
          await compile(folder, compiler, name)
        },
      })),
    ),
    {
      name: `TypeScript ${version}, the declarations of a library on top`,
      run: async () => {
        const settings = { ...RESOLUTIONS.nodenext, declaration: true, exactOptionalPropertyTypes: true }
        writeProject(folder, `${compiler}-library`, settings, LIBRARY)
        await compile(folder, compiler, `${compiler}-library`)
      },
    },
    {
      name: `TypeScript ${version}, JavaScript with JSDoc, and types that are stripped`,
      run: async () => {
        const settings = {
          module: 'node16',
          moduleResolution: 'node16',
          allowJs: true,
          checkJs: true,
          isolatedModules: true,
          verbatimModuleSyntax: true,
          erasableSyntaxOnly: true,
          noUncheckedIndexedAccess: true,
        }
        writeProject(folder, `${compiler}-uncompiled`, settings, UNCOMPILED)
        await compile(folder, compiler, `${compiler}-uncompiled`)
      },
    },
    {
      name: `TypeScript ${version}, ${MISUSES.length} misuses refused with our sentences`,
      run: async () => {
        const name = `${compiler}-misuses`
        const settings = { module: 'node16', moduleResolution: 'node16', exactOptionalPropertyTypes: true }
        writeProject(folder, name, settings, Object.fromEntries(misuses))
        return compareRefusals((await attemptBeside(...tsc(folder, compiler, name))).output)
      },
    },
  ])
}

/** Writes a program with its tsconfig.json. */
export function writeProject(folder, name, settings, files) {
  writeFiles(join(folder, name), {
    ...files,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...SETTINGS, ...settings },
      include: ['*.ts', '*.mts', '*.cts', '*.js'],
    }),
  })
}

/** Compiles a program that has to compile. */
export function compile(folder, compiler, name) {
  return runBeside(...tsc(folder, compiler, name))
}

function tsc(folder, compiler, name) {
  const bin = join(folder, 'node_modules', compiler, 'bin/tsc')
  return [process.execPath, [bin, '--pretty', 'false', '-p', name], { cwd: folder }]
}

/** Throws when a misuse is accepted, or refused with other words; says where the words around our sentence differ. */
function compareRefusals(output) {
  const said = messagesByFile(output)
  let differing = 0
  for (const [index, { title, says }] of MISUSES.entries()) {
    const messages = said.get(`misuse-${index}.mts`) ?? []
    const refusal = /(?:Refused|StillMissing)<[^>]+>/.exec(says.join('\n'))?.[0] ?? says[0]
    // The order of a union of parts is the compiler's own.
    const fits = refusal.startsWith('StillMissing')
      ? messages.some((message) => words(message).join() === words(says.join('\n')).join())
      : messages.some((message) => message.includes(refusal))
    if (!fits) throw new Error(`it does not say to "${title}":\n${refusal}\nbut:\n${messages.join('\n')}`)
    if (messages.length !== 1 || messages[0] !== says.join('\n')) differing++
  }
  return differing === 0 ? 'word by word' : `${differing} with other words around them`
}

function messagesByFile(output) {
  const files = new Map()
  let messages
  for (const line of output.split('\n')) {
    const start = /([^/\s]+\.mts)\(\d+,\d+\): error TS\d+: (.*)/.exec(line)
    if (start !== null) {
      messages = files.get(start[1]) ?? []
      files.set(start[1], messages)
      messages.push(start[2])
    } else if (messages !== undefined && line.startsWith(' ')) messages.push(`${messages.pop()}\n${line}`)
  }
  return files
}

function words(message) {
  return [...message.matchAll(/"[a-z]+"/g)].map(([word]) => word).sort()
}
