import { expect, test } from 'vitest'
import * as evidence from '../../src/evidence/index.js'
import * as root from '../../src/index.js'

test('the root and the entry for auditors give the same functions: a spy on one is a spy on the other', () => {
  expect(evidence.auditJobs).toBe(root.auditJobs)
  expect(evidence.inspectJob).toBe(root.inspectJob)
})
