import { describe, expect, test } from 'vitest'
import { type Constraint, CREATE_LABELING_JOB } from '../../../src/job/request/constraints.generated.js'
import type { CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import { KNOWN_REGIONS } from '../../../src/tasks/aws-owned-arns.js'
import { TASK_NAMES } from '../../../src/tasks/task-kinds.js'
import { DEEP } from '../../support/runs.js'
import { breakOneConstraint } from './break-one-constraint.js'
import { modelViolations } from './model-violations.js'
import { randomRequest } from './random-request.js'

/** Enough in either run for the rarest field to be there, and to be broken. */
const SEEDS = Array.from({ length: DEEP ? 10_000 : 3_000 }, (_, seed) => seed)
const made = SEEDS.map((seed) => randomRequest(seed))
const distinct = (values: readonly unknown[]) => [...new Set(values)].sort()

/** The paths of everything below a value, list indexes left out. */
function paths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => paths(item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    paths(inner, path === '' ? name : `${path}.${name}`),
  )
}

function modelPaths(constraint: Constraint, path = ''): string[] {
  if (constraint.type === 'list') return modelPaths(constraint.member, `${path}[]`)
  if (constraint.type !== 'structure') return [path]
  return Object.entries(constraint.members).flatMap(([name, member]) =>
    modelPaths(member, path === '' ? name : `${path}.${name}`),
  )
}

describe('random requests', () => {
  test('are the same for the same seed', () => {
    const [first, again, other] = [randomRequest(7), randomRequest(7), randomRequest(8)]

    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  test("break no constraint of AWS's model", () => {
    const broken = made.filter(({ request }) => modelViolations(request).length > 0)

    expect(broken).toEqual([])
  })

  test('cover every task, region, team, source and field', () => {
    const fields = made.flatMap(({ request }) => distinct(paths(request)))

    expect(distinct(made.map(({ task }) => task))).toEqual([...TASK_NAMES].sort())
    expect(distinct(made.map(({ region }) => region))).toEqual([...KNOWN_REGIONS].sort())
    expect(distinct(made.map(({ team }) => team))).toEqual(['private', 'public', 'vendor'])
    expect(distinct(made.map(({ streaming }) => streaming))).toEqual([false, true])
    expect(distinct(fields)).toEqual(modelPaths(CREATE_LABELING_JOB).sort())
  })

  test('name no other region than their own', () => {
    const foreign = made.filter(({ request, region }) =>
      (JSON.stringify(request).match(/arn:aws:(?!iam:)[a-z]+:[a-z0-9-]+/g) ?? []).some(
        (arn) => !arn.endsWith(`:${region}`),
      ),
    )

    expect(foreign).toEqual([])
  })

  test('have a volume key only with automated labeling, and neither that nor stopping on a stream', () => {
    const wrong = made.filter(
      ({ request, streaming }) =>
        streaming &&
        (request.LabelingJobAlgorithmsConfig !== undefined || request.StoppingConditions !== undefined),
    )
    const volumeKeys = made.filter(({ request }) => volumeKeyOf(request) !== undefined)

    expect(wrong).toEqual([])
    expect(volumeKeys.length).toBeGreaterThan(20)
  })
})

describe('a broken request', () => {
  const broken = SEEDS.map((seed) => breakOneConstraint(randomRequest(seed).request, seed))

  test('breaks exactly the one constraint it says', () => {
    const wrong = broken.filter(({ request, path, constraint }) => {
      const found = modelViolations(request)
      return found.length !== 1 || found[0]?.path !== path || found[0].constraint !== constraint
    })

    expect(wrong).toEqual([])
  })

  test('leaves the request it came from alone', () => {
    const { request } = randomRequest(11)
    const before = structuredClone(request)

    breakOneConstraint(request, 11)

    expect(request).toEqual(before)
  })

  test('is of every kind', () => {
    const kinds = distinct(broken.map(({ constraint }) => constraint))

    expect(kinds).toEqual(['enum', 'length', 'pattern', 'range', 'required', 'type', 'unknown-member'])
  })

  test('is broken in every field, the rarest included', () => {
    const fields = distinct(broken.map(({ path }) => path.replaceAll(/\[\d+\]/g, '[]')))
    const untouched = modelPaths(CREATE_LABELING_JOB).filter((path) => !fields.includes(path))

    expect(untouched).toEqual([])
  })

  test('is the same for the same seed', () => {
    const { request } = randomRequest(3)

    const [first, again] = [breakOneConstraint(request, 5), breakOneConstraint(request, 5)]

    expect(again).toEqual(first)
  })
})

function volumeKeyOf(request: CreateLabelingJobRequest): string | undefined {
  return request.LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
}
