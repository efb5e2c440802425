import { expect, test } from 'vitest'
import { ABSENT, oneValue, unknownValue } from '../../../src/permissions/evaluate/context-value.js'
import { hasResourceVariables, matchResource } from '../../../src/permissions/evaluate/match-resource.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'
import { statementOf } from './statement-of.js'

const object = (name: string) => ({
  arn: `arn:aws:s3:::labels/${name}`,
  goesOn: false,
  partition: 'aws',
  region: '',
  account: '',
})
const context = (key: string) => {
  if (key === 'aws:username') return ABSENT
  return key === 'aws:principaltag/team' ? oneValue('cats') : unknownValue(key)
}
const match = (elements: object, name: string, variables = true) =>
  matchResource(statementOf({ Action: '*', ...elements }, variables), object(name), context)

test.each([
  [['arn:aws:s3:::labels/a'], 'a', TRUE],
  [['arn:aws:s3:::labels/a'], 'b', FALSE],
  [['arn:aws:s3:::labels/b', 'arn:aws:s3:::labels/*'], 'a', TRUE],
  // A star that reaches over a colon is open; what follows may settle it.
  [['arn:aws:*labels/a'], 'a', UNKNOWN],
  [['arn:aws:*labels/a', 'arn:aws:s3:::labels/a'], 'a', TRUE],
  [['arn:aws:s3:::labels/${aws:principaltag/team}/*'], 'cats/1', TRUE],
  [['arn:aws:s3:::labels/${aws:principaltag/team}/*'], 'dogs/1', FALSE],
  // A variable without a value may make the whole statement invalid.
  [['arn:aws:s3:::labels/a', 'arn:aws:s3:::labels/${aws:username}'], 'a', UNKNOWN],
  [['arn:aws:s3:::labels/b', 'arn:aws:s3:::labels/${aws:username}'], 'a', FALSE],
] as const)('the resources %j are about %s: %i', (patterns, name, truth) => {
  expect(match({ Resource: patterns }, name)).toBe(truth)
})

test('an object whose name reads like a variable is not covered by the variable', () => {
  const name = '${aws:principaltag/team}'

  expect(match({ Resource: `arn:aws:s3:::labels/${name}` }, name)).toBe(FALSE)
  expect(match({ Resource: `arn:aws:s3:::labels/${name}` }, 'cats')).toBe(TRUE)
  expect(match({ Resource: `arn:aws:s3:::labels/${name}` }, name, false)).toBe(TRUE)
})

test.each([
  [{ Resource: ['*', 'arn:aws:s3:::${aws:username}'] }, true, true],
  [{ NotResource: 'arn:aws:s3:::${aws:username}' }, true, true],
  [{ Resource: 'arn:aws:s3:::${aws:username}' }, false, false],
  [{ Resource: ['*', 'arn:aws:s3:::labels/$'] }, true, false],
  [{}, true, false],
])('the resources of %j, with variables: %s, depend on the request: %s', (elements, variables, depends) => {
  expect(hasResourceVariables(statementOf({ Action: '*', ...elements }, variables))).toBe(depends)
})
