import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// The conformance suite against moto needs a server; `npm run test:moto` starts one and names its address here.
const MOTO = process.env['MOTO_ENDPOINT'] === undefined ? ['test/conformance/moto.test.ts'] : []
// The readers of other tools need a Python that has them; `npm run test:formats` makes one and names it here.
const FORMATS = process.env['FORMATS_PYTHON'] === undefined ? ['test/formats/**'] : []

/** The test files with properties that are tried a given number of times. */
function propertyTests(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts') && readFileSync(name, 'utf8').includes('support/runs.js'))
}

// `--mode deep` runs the property tests alone, each property as often as it says.
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'deep' ? propertyTests() : ['test/**/*.test.ts'],
    exclude: [...MOTO, ...FORMATS, 'node_modules'],
    env: mode === 'deep' ? { TEST_DEPTH: 'full' } : {},
    typecheck: {
      enabled: mode !== 'deep',
      include: ['test/types/**/*.test-d.ts'],
      tsconfig: './test/types/tsconfig.json',
      // The native compiler, in a sixth of the time; `npm run types` asks the other one as well.
      checker: './node_modules/typescript70/bin/tsc',
    },
    // No test leaves anything behind in its modules, and loading the SDK for each file would take half of the time.
    isolate: false,
    // By default one processor is left idle, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    testTimeout: mode === 'deep' ? 600_000 : 60_000,
    hookTimeout: 120_000,
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['src/**/*.generated.ts'] },
  },
}))
