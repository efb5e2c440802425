import { defineConfig } from 'tsup'
import { chunksByGroup, filesReached, type Group } from './scripts/chunks-by-group.mjs'
import { ENTRIES } from './scripts/entries.mjs'
import { finishChunk } from './scripts/finish-chunk.mjs'

const DECIDING = filesReached(['src/permissions/decide/decide-permission.ts'])
const READING = filesReached(['src/manifests/read/read-labels.ts'])

// The bundler makes a chunk of each set of files that the same entries reach: several dozen, and opening one takes Node as
// long as reading 15 kB of it. Here whoever reaches one file of a group reaches all of it, and each group is one chunk.
// The bundler of a user drops what is not used of a chunk, but keeps in one piece what is used of it at once and what is
// used late. So what runs in a browser without the rest is a group of its own.
const GROUPS: readonly Group[] = [
  // All that the root loads at once, in two: what others stand on as well (with what reading labels needs of JSON), and
  // the builder with its rules.
  { name: 'base', holds: ({ by }) => by.has(ENTRIES.index) && by.has(ENTRIES.manifests) },
  { name: 'base', holds: ({ file }) => file.startsWith('src/json/') && READING.has(file) },
  { name: 'root', holds: ({ by }) => by.has(ENTRIES.index) },
  { name: 'ground', holds: ({ file }) => /^src\/(json|errors|show|names|aws|keys)\//.test(file) },
  { name: 'policies', holds: ({ file, by }) => file.startsWith('src/permissions/') && isTakenLower(by) },
  { name: 'deciding', holds: ({ file }) => DECIDING.has(file) },
  { name: 'permissions', holds: ({ file }) => file.startsWith('src/permissions/') },
  { name: 'reading', holds: ({ file }) => READING.has(file) },
  { name: 'labels', holds: ({ file }) => file.startsWith('src/manifests/') },
  { name: 'running', holds: ({ file }) => /^src\/(running|job)\//.test(file) },
  { name: 'evidence', holds: ({ file }) => file.startsWith('src/evidence/') },
]

/** Whether the fake, states or jobs come to a file as well: they do not need what decides. */
function isTakenLower(by: ReadonlySet<string>): boolean {
  return [...by].some((one) => /^src\/(testing|step-functions|running)\//.test(one))
}

export default defineConfig({
  entry: ENTRIES,
  // CommonJS is made of it, file for file: the build tool's own has its `require` where bundlers do not forgive it.
  format: 'esm',
  // A dynamic import stays a chunk of its own, so that what is loaded late is loaded late in both formats.
  splitting: true,
  plugins: [
    {
      name: 'finish-chunks',
      async buildEnd({ writtenFiles }) {
        await Promise.all(writtenFiles.map(({ name }) => finishChunk(name)))
      },
    },
  ],
  esbuildPlugins: [chunksByGroup(Object.values(ENTRIES), GROUPS)],
  esbuildOptions(options) {
    // The imports of groups are there for the chunks alone.
    options.logOverride = { 'ignored-bare-import': 'silent' }
  },
  target: 'node20',
  platform: 'node',
  // Without this the bundler strips `node:`, and a browser bundler then looks for packages of those names.
  removeNodeProtocol: false,
  external: [/^@aws-sdk\//],
  sourcemap: true,
  clean: true,
})
