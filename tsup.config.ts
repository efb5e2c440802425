import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

const ENTRIES = {
  index: 'src/index.ts',
  permissions: 'src/permissions/index.ts',
  manifests: 'src/manifests/index.ts',
  testing: 'src/testing/index.ts',
}

export default defineConfig({
  entry: Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(file))),
  format: ['esm', 'cjs'],
  // A dynamic import stays a chunk of its own, so that what is loaded late is loaded late in both formats.
  splitting: true,
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
