import { defineConfig } from 'vitest/config'

// The conformance suite against moto needs a server; `npm run test:moto` starts one and names its address here.
const MOTO = process.env['MOTO_ENDPOINT'] === undefined ? ['test/conformance/moto.test.ts'] : []

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...MOTO, 'node_modules'],
    typecheck: {
      enabled: true,
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './test/types/tsconfig.json',
    },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/**/*.generated.ts'] },
  },
})
