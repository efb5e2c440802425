import { describe, expect, test } from 'vitest'
import { BUILDER_CALLS } from '../../../src/errors/problem.js'
import type { Json, JsonObject } from '../../../src/job/request.js'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import { type Dice, diceOf } from '../dice.js'
import { randomRequest } from '../random-request.js'

const COUNT = 5_000

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
  test(`is read without throwing and without change: ${COUNT} bodies with up to four odd values`, () => {
    for (let seed = 1; seed <= COUNT; seed++) {
      const dice = diceOf(seed)
      const { request, region } = randomRequest(seed)
      let body = request as unknown as Json
      for (let count = dice.integer(1, 4); count > 0; count--) body = withOddValue(body, dice)
      const before = JSON.stringify(body)

      const problems = findProblems(freeze(body) as JsonObject, dice.pick([region, '', undefined]))

      const calls = problems.map(({ call }) => BUILDER_CALLS.indexOf(call))
      expect(calls).toEqual([...calls].sort((left, right) => left - right))
      expect(JSON.stringify(body)).toBe(before)
    }
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

function withOddValue(value: Json, dice: Dice): Json {
  if (typeof value !== 'object' || value === null || dice.chance(0.15)) return dice.pick(ODD)
  if (Array.isArray(value)) {
    const at = dice.integer(0, value.length)
    return [...value.slice(0, at), withOddValue(value[at] ?? null, dice), ...value.slice(at + 1)]
  }
  const fields = value as JsonObject
  const field = dice.pick([...Object.keys(fields), 'VolumeKmsKeyId', 'toString'])
  return { ...fields, [field]: withOddValue(fields[field] ?? null, dice) }
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}
