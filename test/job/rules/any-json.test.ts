import { describe, expect, test } from 'vitest'
import { BUILDER_CALLS, type BuilderCall, type Problem } from '../../../src/errors/problem.js'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { Json, JsonObject } from '../../../src/json/json.js'
import { TASK_NAMES } from '../../../src/tasks/task-kinds.js'
import { randomRequest } from '../request/random-request.js'

// One body for each task and kind of workforce.
const BODIES = [
  ...new Map(
    Array.from({ length: 300 }, (_, seed) => randomRequest(seed)).map((body) => [
      `${body.task} ${body.team === 'public'}`,
      body,
    ]),
  ).values(),
]

// Values that trip careless code: names of Object.prototype, objects that hide their toString, half an emoji.
const ODD: readonly Json[] = [
  null,
  true,
  '',
  'arn:',
  'arn:aws:lambda:::function:',
  'arn:aws:kms:us-east-1:111122223333:alias/aws/',
  '\ud83d',
  -1,
  0.5,
  1e300,
  [],
  [null],
  [[]],
  [{ Key: {} }],
  {},
  { toString: 1, valueOf: 1 },
  JSON.parse('{"__proto__": {"S3DataSource": 1}, "constructor": "x"}') as Json,
]

describe('any JSON', () => {
  test('is tried on every task, team and source', () => {
    expect(new Set(BODIES.map(({ task }) => task))).toEqual(new Set(TASK_NAMES))
    expect(new Set(BODIES.map(({ team }) => team))).toEqual(new Set(['private', 'vendor', 'public']))
    expect(new Set(BODIES.map(({ streaming }) => streaming))).toEqual(new Set([true, false]))
  })

  test.each(ODD.map((odd) => [odd]))('is read without throwing and without change: %j anywhere', (odd) => {
    const disordered = BODIES.flatMap(({ request, region }) =>
      placesIn(request as unknown as Json)
        // A frozen body throws when it is changed.
        .map((place) => freeze(withValue(request as unknown as Json, place, odd)))
        .filter((body) => !isInCallOrder(findProblems(body as JsonObject, region))),
    )

    expect(disordered).toEqual([])
  })

  test.each([[null], [undefined], [[]], ['x'], [7]])('%j instead of a request is one problem', (body) => {
    const problems = findProblems(body as unknown as JsonObject, 'us-east-1')

    expect(problems.map(({ code, path, call }) => [code, path, call])).toEqual([
      ['request-wrong-type', 'request', 'raw'],
    ])
  })

  test('an empty request lacks its six parts', () => {
    expect(findProblems({}, undefined).map(({ path }) => path)).toEqual([
      'LabelingJobName',
      'HumanTaskConfig',
      'InputConfig',
      'OutputConfig',
      'RoleArn',
      'LabelAttributeName',
    ])
  })
})

function isInCallOrder(problems: readonly Problem[]): boolean {
  const calls = problems.map(({ call }) => BUILDER_CALLS.indexOf(call as BuilderCall))
  return calls.every((call, index) => index === 0 || call >= (calls[index - 1] as number))
}

type Place = readonly (string | number)[]

/** The way to every value below the given one, and to two fields that are not there. */
function placesIn(value: Json, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place]
  // The first items stand for the rest: fifty tags are fifty times the same.
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.slice(0, 2).map((item, index) => [index, item])
    : Object.entries(value as JsonObject).map(([field, inner]) => [field, inner ?? null])
  const absent: Place[] = Array.isArray(value)
    ? []
    : [
        [...place, 'VolumeKmsKeyId'],
        [...place, 'toString'],
      ]
  return [place, ...entries.flatMap(([step, inner]) => placesIn(inner, [...place, step])), ...absent]
}

function withValue(value: Json, [step, ...rest]: Place, put: Json): Json {
  if (step === undefined) return put
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? withValue(item, rest, put) : item))
  const fields = value as JsonObject
  return { ...fields, [step]: rest.length === 0 ? put : withValue(fields[step] ?? null, rest, put) }
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}
