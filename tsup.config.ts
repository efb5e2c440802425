import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { defineConfig } from 'tsup'
import { readImports } from './scripts/read-imports.mjs'

const ENTRIES = {
  index: 'src/index.ts',
  permissions: 'src/permissions/index.ts',
  manifests: 'src/manifests/index.ts',
  evidence: 'src/evidence/index.ts',
  export: 'src/export/index.ts',
  'step-functions': 'src/step-functions/index.ts',
  testing: 'src/testing/index.ts',
}

// The bundler makes a chunk of each set of files that the same entries reach, which splits what the root loads into a
// dozen files. Here each file that is loaded late, the entry for auditors and the fake reach the root as well, so that it
// is one chunk beside what `labeling-job/permissions` shares with it: a page with that entry alone loads nothing else of
// the root.
const ROOT_IN_ONE_CHUNK: Plugin = {
  name: 'root-in-one-chunk',
  setup(build) {
    const late = readImports()
      .filter(({ kind, to }) => kind === 'dynamic' && to.endsWith('.ts'))
      .map(({ to }) => resolve('src', to))
    const whole = [ENTRIES.evidence, ENTRIES['step-functions'], ENTRIES.testing].map((entry) =>
      resolve(entry),
    )
    const reaching = [...late, ...whole]
    build.onResolve({ filter: /^labeling-job:root$/ }, () => ({ path: resolve('src/index.ts') }))
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) =>
      reaching.includes(path)
        ? { contents: `${readFileSync(path, 'utf8')}\nimport 'labeling-job:root'`, loader: 'ts' }
        : undefined,
    )
  },
}

export default defineConfig({
  entry: ENTRIES,
  format: ['esm', 'cjs'],
  // A dynamic import stays a chunk of its own, so that what is loaded late is loaded late in both formats.
  splitting: true,
  esbuildPlugins: [ROOT_IN_ONE_CHUNK],
  esbuildOptions(options) {
    // The import above is there for the chunks alone.
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
