import { expect, test } from 'vitest'
import {
  ABSENT,
  type ContextValue,
  oneValue,
  PRESENT,
} from '../../../src/permissions/evaluate/context-value.js'
import { globOf, NOT_KNOWN } from '../../../src/permissions/evaluate/glob.js'
import { resolveText } from '../../../src/permissions/evaluate/policy-variables.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'

const oneOf = (...members: ContextValue[]): ContextValue => ({ kind: 'one-of', members })
const CONTEXT: Readonly<Record<string, ContextValue>> = {
  team: oneValue('cats'),
  star: oneValue('c*'),
  absent: ABSENT,
  present: PRESENT,
  session: { kind: 'prefix', prefix: 'AROA:' },
  tags: { kind: 'set', values: [oneValue('a')] },
  'cats or none': oneOf(oneValue('cats'), ABSENT),
  'cats or dogs': oneOf(oneValue('cats'), oneValue('dogs')),
  'cats or any': oneOf(oneValue('cats'), PRESENT),
  'cats twice': oneOf(oneValue('cats'), oneValue('cats')),
  'any or none': oneOf(PRESENT, ABSENT),
  'nested doubt': oneOf(oneOf(oneValue('cats'), ABSENT), oneValue('cats')),
  'nested any': oneOf(oneOf(PRESENT, ABSENT), oneValue('cats')),
}

function resolve(text: string, wildcards = true, variables = true) {
  const { glob, valueless, unknownKeys, certain } = resolveText(
    text,
    { variables, wildcards },
    (key) => CONTEXT[key] ?? PRESENT,
  )
  expect(certain).toBe(unknownKeys.length === 0)
  return { text: written(glob), valueless, unknownKeys }
}

/** A pattern as it was written, `…` for what is not known. */
function written(glob: readonly number[]): string {
  return glob
    .map((mark) =>
      mark === NOT_KNOWN ? '…' : mark === -1 ? '*' : mark === -2 ? '?' : String.fromCharCode(mark),
    )
    .join('')
}

const certain = (text: string) => ({ text, valueless: FALSE, unknownKeys: [] })
const unknown = (text: string, key: string, valueless: number = FALSE) => ({
  text,
  valueless,
  unknownKeys: [key],
})

test.each([
  ['plain', certain('plain')],
  ['a/${team}/b', certain('a/cats/b')],
  ['${team}${team}', certain('catscats')],
  ['a${ team }', certain('acats')],
  ['${absent}', unknown('', 'absent', TRUE)],
  ['a${present}b', unknown('a…b', 'present')],
  ['${session}', unknown('AROA:…', 'session')],
  ['${tags}', unknown('…', 'tags')],
  // A value that may be missing is still that value, or none.
  ['${cats or none}', unknown('cats', 'cats or none', UNKNOWN)],
  ['${nested doubt}', unknown('cats', 'nested doubt', UNKNOWN)],
  ['${cats twice}', certain('cats')],
  ['${cats or dogs}', unknown('…', 'cats or dogs')],
  ['${cats or any}', unknown('…', 'cats or any')],
  ['${any or none}', unknown('…', 'any or none', UNKNOWN)],
  ['${nested any}', unknown('…', 'nested any', UNKNOWN)],
  // Whether AWS reads a wildcard inside a value as one is not documented.
  ['${star}', unknown('…', 'star')],
  ['${absent}${cats or none}', { text: 'cats', valueless: TRUE, unknownKeys: ['absent', 'cats or none'] }],
])('the pattern %s is %j', (text, expected) => {
  expect(resolve(text)).toEqual(expected)
})

test.each([
  ["${absent, 'all'}", certain('all')],
  ["${absent,'all'}", certain('all')],
  ["${ absent ,  'all'  }/a", certain('all/a')],
  ["${team, 'all'}", certain('cats')],
  ["${absent, ''}", certain('')],
  ["${cats or none, 'cats'}", certain('cats')],
  ["${cats or none, 'dogs'}", unknown('…', 'cats or none')],
  ["${absent, 'a}b'}c", certain('a}bc')],
  // The comma belongs to what follows the variable.
  ["${team}, 'all'", certain("cats, 'all'")],
])('a default stands in for what is absent: %s is %j', (text, expected) => {
  expect(resolve(text)).toEqual(expected)
})

test.each([
  ['a${team', unknown('a…', '${team')],
  ['${}b', unknown('…b', '')],
  ['${ }b', unknown('…b', '')],
  ['${a$b}c', unknown('…c', 'a$b')],
  ['${team, all}b', unknown('…b', 'team')],
  ["${team, 'all}b", unknown('…b', 'team')],
  ["${team, 'all'b", unknown('…', "${team, 'all'b")],
  ["${team, x 'all'}b", unknown('…b', 'team')],
  ["${team, 'all' x}b", unknown('…b', 'team')],
  ["${, 'all'}b", unknown('…b', '')],
  ["${team, }'b'", unknown("…'b'", 'team')],
])('what is no variable that AWS documents may stand for anything: %s is %j', (text, expected) => {
  expect(resolve(text)).toEqual(expected)
})

test('wildcards and dollars that are written as variables are the characters themselves', () => {
  expect(resolve('${*}${?}${$}', false)).toEqual(certain('*?$'))
  const { glob } = resolveText('${*}*${?}?${$}', { variables: true, wildcards: true }, () => PRESENT)
  expect(glob).toEqual([42, -1, 63, -2, 36])
})

test('without wildcards a star in a text or in a value is a star', () => {
  const { glob } = resolveText('*${star}?', { variables: true, wildcards: false }, () => oneValue('c*'))

  expect(glob).toEqual([42, 99, 42, 63])
})

test('a policy of the older version has no variables', () => {
  expect(resolveText('a*${team}', { variables: false, wildcards: true }, () => PRESENT)).toEqual({
    glob: globOf('a*${team}'),
    certain: true,
    valueless: FALSE,
    unknownKeys: [],
  })
})
