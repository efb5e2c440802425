import { describe, expect, test } from 'vitest'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { Json } from '../../../src/json/json.js'
import { REQUESTS, readFixture } from '../../fixtures/read-fixture.js'

interface Mutation {
  readonly id: string
  readonly base: string
  readonly patch: readonly {
    readonly op: 'add' | 'replace' | 'remove'
    readonly path: string
    readonly value?: Json
  }[]
  readonly breaks: string | null
  readonly strength?: 'model' | 'documented' | 'inferred' | 'ignored' | 'policy'
}

const MUTATIONS = readFixture<readonly Mutation[]>('mutations')
const BASES = new Map(REQUESTS.map((body) => [body.id, body]))

describe('single changes to a request', () => {
  test.each(MUTATIONS.filter(({ breaks }) => breaks !== null))(
    '$id: $breaks',
    ({ base, patch, strength }) => {
      const problems = problemsOf(base, patch)

      if (strength === 'ignored' || strength === 'policy') expect(problems.length).toBeGreaterThan(0)
      else expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([])
    },
  )

  test.each(MUTATIONS.filter(({ breaks }) => breaks === null))(
    '$id is on the limit, and fine',
    ({ base, patch }) => {
      expect(problemsOf(base, patch).filter(({ severity }) => severity === 'error')).toEqual([])
    },
  )
})

function problemsOf(base: string, patch: Mutation['patch']) {
  const body = BASES.get(base)
  if (body === undefined) return expect.unreachable(`no body ${base}`)
  const before = findProblems(body.request, body.region)
  const request = structuredClone(body.request)
  for (const { op, path, value } of patch) {
    const steps = path.slice(1).split('/')
    const last = steps.pop() ?? ''
    // biome-ignore lint/suspicious/noExplicitAny: a JSON patch reaches anywhere
    const parent = steps.reduce((at: any, step) => at[step], request)
    if (op === 'remove') delete parent[last]
    else if (Array.isArray(parent) && op === 'add')
      parent.splice(last === '-' ? parent.length : Number(last), 0, value)
    else parent[last] = value
  }
  const known = new Set(before.map((problem) => JSON.stringify(problem)))
  return findProblems(request, body.region).filter((problem) => !known.has(JSON.stringify(problem)))
}
