// Mutation testing of what decides about permissions and keys: Stryker changes one thing in `src` at a time and runs the
// tests that pass through it; a change that no test notices has survived. Minutes to hours, so on demand:
// `npm run mutation -- --mutate 'src/permissions/evaluate/**/*.ts'`.

export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: ['src/permissions/**/*.ts', 'src/keys/**/*.ts', '!src/**/*.generated.ts'],
  mutator: {
    // Most strings here are sentences of messages, and the tests that assert whole messages would need to name each.
    // Strings that decide something - actions, operators, condition keys - are met by the other mutators, in the
    // conditions that compare them.
    excludedMutations: ['StringLiteral'],
  },
  coverageAnalysis: 'perTest',
  // What runs once, when a module is loaded, cannot be switched for one test.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 20_000,
  timeoutFactor: 4,
  // The survivors of the last run, and what changed since, are what a run looks at.
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  ignorePatterns: ['dist', 'site', 'coverage', 'reports', 'docs', '.venv*'],
  tempDirName: '.stryker-tmp',
  allowConsoleColors: false,
}
