import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Cheap and close to what decides first: the first failure ends the run of a mutant. */
const ORDER = [
  'evaluate',
  'policy',
  'decide',
  'tickets',
  'requirements',
  'keys',
  'access',
  'plan',
  'check',
  'apply',
]

class CheapFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placed = files.map((file) => ({
      file,
      place: ORDER.indexOf(file.moduleId.split('/').at(-2) ?? ''),
    }))
    return placed.sort((a, b) => a.place - b.place).map(({ file }) => file)
  }
}

// The tests that judge a mutant. Two properties are left out: each passes through all that decides, and takes seconds.
export default defineConfig({
  test: {
    include: ['test/permissions/**/*.test.ts', 'test/keys/**/*.test.ts'],
    exclude: ['**/decide/{soundness,any-input}.test.ts', 'node_modules'],
    isolate: false,
    sequence: { sequencer: CheapFirst },
  },
})
