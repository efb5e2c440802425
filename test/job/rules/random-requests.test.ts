import { describe, expect, test } from 'vitest'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { JsonObject } from '../../../src/json/json.js'
import { runs } from '../../support/runs.js'
import { breakOneConstraint } from '../request/break-one-constraint.js'
import { randomRequest } from '../request/random-request.js'

const COUNT = runs(10_000)

describe('requests that follow from the model', () => {
  test(`${COUNT} valid ones have no error`, () => {
    for (let seed = 1; seed <= COUNT; seed++) {
      const { request, region } = randomRequest(seed)

      const errors = findProblems(request as unknown as JsonObject, region).filter(
        ({ severity }) => severity === 'error',
      )

      if (errors.length > 0) expect({ seed, errors }).toEqual({ seed, errors: [] })
    }
  })

  test(`${COUNT} with one constraint broken are reported`, () => {
    for (let seed = 1; seed <= COUNT; seed++) {
      const { request, region } = randomRequest(seed)
      const broken = breakOneConstraint(request, seed)

      const errors = findProblems(broken.request as unknown as JsonObject, region).filter(
        ({ severity }) => severity === 'error',
      )

      if (!errors.some(({ path }) => path === (broken.path || 'request'))) {
        expect({ seed, path: broken.path, found: errors }).toBe('reported where it is broken')
      }
    }
  })
})
