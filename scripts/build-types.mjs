// @ts-check
// Builds the declarations: one file an entry, and what several share in files of its own.
import { rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { ENTRIES } from './entries.mjs'

const bundle = await rolldown({
  input: ENTRIES,
  // type-fest stays an import: a copy inlined in each declaration file would be a brand of its own.
  external: [/^@aws-sdk\//, /^node:/, 'fast-png', 'type-fest'],
  // What stands under @internal is not the users' to call.
  plugins: [dts({ emitDtsOnly: true, compilerOptions: { stripInternal: true } })],
})
await bundle.write({ dir: 'dist', format: 'es' })
