import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { defineConfig } from 'tsup'
import { readImports } from './scripts/read-imports.mjs'
import { toCommonJs } from './scripts/to-common-js.mjs'

const ENTRIES = {
  index: 'src/index.ts',
  permissions: 'src/permissions/index.ts',
  manifests: 'src/manifests/index.ts',
  evidence: 'src/evidence/index.ts',
  export: 'src/export/index.ts',
  'step-functions': 'src/step-functions/index.ts',
  testing: 'src/testing/index.ts',
}

// The bundler makes a chunk of each set of files that the same entries reach: several dozen, and opening one takes Node as
// long as reading 15 kB of it. Here whoever reaches one file of a group reaches all of it, so that each group is one chunk.
// A bundler that drops what is not used does not pay for that, as nothing at the top of a file has an effect.
const GROUPS: readonly Group[] = [
  // All that the root loads at once; every other entry and all that is loaded late stands on it.
  { name: 'root', holds: ({ by }) => by.has(ENTRIES.index) },
  { name: 'ground', holds: ({ file }) => /^src\/(json|errors|show|names|aws|keys)\//.test(file) },
  { name: 'policies', holds: ({ file, by }) => file.startsWith('src/permissions/') && isTakenLower(by) },
  { name: 'permissions', holds: ({ file }) => file.startsWith('src/permissions/') },
  { name: 'written', holds: ({ file }) => /^src\/manifests\/(write|task-files)\//.test(file) },
  { name: 'labels', holds: ({ file }) => file.startsWith('src/manifests/') },
  { name: 'running', holds: ({ file }) => file.startsWith('src/running/') },
  { name: 'evidence', holds: ({ file }) => file.startsWith('src/evidence/') },
]

interface Group {
  readonly name: string
  /** Tells whether a file that several reach is in it; the first group that holds a file has it. */
  holds(shared: Shared): boolean
}

/** Whether the fake, states or jobs come to a file as well: they do not need what decides. */
function isTakenLower(by: ReadonlySet<string>): boolean {
  return [...by].some((one) => /^src\/(testing|step-functions|running)\//.test(one))
}

interface Shared {
  /** For instance `src/aws/pace.ts`. */
  readonly file: string
  /** The entries, and the files that are loaded late, from which one comes to it. */
  readonly by: ReadonlySet<string>
}

const ONE_CHUNK_A_GROUP: Plugin = {
  name: 'one-chunk-a-group',
  setup(build) {
    const shared = sharedFiles()
    const groupOf = new Map(
      shared.map((one) => [resolve(one.file), GROUPS.find((group) => group.holds(one))?.name]),
    )
    const onRoot = new Set(shared.flatMap(({ by }) => [...by]).map((file) => resolve(file)))
    build.onResolve({ filter: /^labeling-job:/ }, ({ path }) => ({ path, namespace: 'group' }))
    build.onLoad({ filter: /./, namespace: 'group' }, ({ path }) => ({
      contents: [...groupOf]
        .filter(([, group]) => path === `labeling-job:${group}`)
        .map(([file]) => `import ${JSON.stringify(file)}\n`)
        .join(''),
      resolveDir: '.',
    }))
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const groups = [groupOf.get(path), onRoot.has(path) ? 'root' : undefined]
      const imports = groups.map((group) => (group === undefined ? '' : `\nimport 'labeling-job:${group}'`))
      return { contents: readFileSync(path, 'utf8') + imports.join(''), loader: 'ts' }
    })
  },
}

/** Every file that one comes to from several entries or files that are loaded late. */
function sharedFiles(): readonly Shared[] {
  const imports = readImports().filter(({ to }) => to.endsWith('.ts'))
  const late = imports.filter(({ kind }) => kind === 'dynamic').map(({ to }) => `src/${to}`)
  const starts = new Set([...Object.values(ENTRIES), ...late])
  const reachedBy = new Map<string, Set<string>>()
  for (const start of starts) {
    const reached = new Set([start])
    for (const file of reached) {
      reachedBy.set(file, new Set([...(reachedBy.get(file) ?? []), start]))
      for (const { from, to, kind } of imports)
        if (kind === 'static' && `src/${from}` === file) reached.add(`src/${to}`)
    }
  }
  return [...reachedBy]
    .map(([file, by]) => ({ file, by }))
    .filter(({ file, by }) => by.size > 1 || (by.has(ENTRIES.index) && file !== ENTRIES.index))
}

export default defineConfig({
  entry: ENTRIES,
  // CommonJS is made of it, file for file: the build tool's own has its `require` where bundlers do not forgive it.
  format: 'esm',
  // A dynamic import stays a chunk of its own, so that what is loaded late is loaded late in both formats.
  splitting: true,
  plugins: [
    {
      name: 'commonjs',
      async buildEnd({ writtenFiles }) {
        for (const { name } of writtenFiles.filter((file) => file.name.endsWith('.js')))
          writeFileSync(name.replace(/js$/, 'cjs'), await toCommonJs(readFileSync(name, 'utf8')))
      },
    },
  ],
  esbuildPlugins: [ONE_CHUNK_A_GROUP],
  esbuildOptions(options) {
    // The imports above are there for the chunks alone.
    options.logOverride = { 'ignored-bare-import': 'silent' }
  },
  target: 'node20',
  platform: 'node',
  // Without this the bundler strips `node:`, and a browser bundler then looks for packages of those names.
  removeNodeProtocol: false,
  // type-fest stays an import: a copy inlined in each declaration file would be a brand of its own.
  external: [/^@aws-sdk\//, 'type-fest'],
  // The declaration build sets `baseUrl`, which TypeScript 6.0 refuses unless told otherwise.
  dts: process.env['NO_TYPES']
    ? false
    : // What stands under @internal is not the users' to call.
      { compilerOptions: { ignoreDeprecations: '6.0', stripInternal: true } },
  sourcemap: true,
  clean: true,
})
