import { expect, test } from 'vitest'
import {
  ABSENT,
  type ContextValue,
  eitherOf,
  givenValue,
  oneValue,
  PRESENT,
  possibleValue,
  unknownValue,
} from '../../../src/permissions/evaluate/context-value.js'
import { instantOf } from '../../../src/permissions/evaluate/instant.js'
import { addressInRange } from '../../../src/permissions/evaluate/ip-range.js'
import { matchCondition } from '../../../src/permissions/evaluate/match-condition.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'

function holds(operator: string, wanted: string | readonly string[], known: ContextValue) {
  const values = typeof wanted === 'string' ? [wanted] : wanted
  return matchCondition({ operator, key: 'x', values }, true, (key) => (key === 'x' ? known : ABSENT))
}
const between = (...ends: string[]): ContextValue => ({ kind: 'between', ends })
const begins = (prefix: string): ContextValue => ({ kind: 'prefix', prefix })

test.each([
  ['12345', 12_345_000],
  ['123456789012', 123_456_789_012_000],
  ['1234', undefined],
  ['1234567890123', undefined],
  ['x12345', undefined],
  ['12345x', undefined],
  ['2026', undefined],
  ['2026-11', Date.UTC(2026, 10)],
  ['2026-11-25', Date.UTC(2026, 10, 25)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2026-02-29', undefined],
  ['2026-11-31', undefined],
  ['2026-13', undefined],
  ['2026-11-25T10:20Z', Date.UTC(2026, 10, 25, 10, 20)],
  ['2026-11-25T10:20:30Z', Date.UTC(2026, 10, 25, 10, 20, 30)],
  ['2026-11-25T10:20:30.5Z', Date.UTC(2026, 10, 25, 10, 20, 30, 500)],
  ['2026-11-25T10:20:30+02:00', Date.UTC(2026, 10, 25, 8, 20, 30)],
  ['2026-11-25T10:20:30+0200', Date.UTC(2026, 10, 25, 8, 20, 30)],
  ['2026-11-25T10:20:30-0130', Date.UTC(2026, 10, 25, 11, 50, 30)],
  ['2026-11-25T10:20-0130', Date.UTC(2026, 10, 25, 11, 50)],
  ['2026-11-25T10:20:30', undefined],
  ['2026-11-25T10Z', undefined],
  ['2026-11-25 10:20Z', undefined],
  ['2026-11-25T25:20Z', undefined],
])('the moment %s is %s', (text, instant) => {
  expect(instantOf(text)).toBe(instant)
})

test.each([
  ['10.1.2.3', '10.0.0.0/8', TRUE],
  ['11.1.2.3', '10.0.0.0/8', FALSE],
  ['11.1.2.3', '10.0.0.0/7', TRUE],
  ['10.1.2.3', '10.1.2.3', TRUE],
  ['10.1.2.4', '10.1.2.3', FALSE],
  ['10.1.2.3', '10.1.2.2/31', TRUE],
  ['10.1.2.3', '0.0.0.0/0', TRUE],
  ['255.255.255.255', '255.0.0.0/8', TRUE],
  ['10.1.2.256', '10.0.0.0/8', UNKNOWN],
  ['10.1.2', '10.0.0.0/8', UNKNOWN],
  ['10.1.2.3', '256.0.0.0/8', UNKNOWN],
  ['10.1.2.3', '10.0.0.0/33', UNKNOWN],
  ['10.1.2.3', '10.0.0.0/', UNKNOWN],
  ['10.1.2.3', '10.0.0.0/8/8', UNKNOWN],
  ['10.1.2.3', '2001:db8::/32', FALSE],
  // An address of the other family is outside however wide the range is.
  ['10.1.2.3', '::/0', FALSE],
  ['2001:db8::1', '0.0.0.0/0', FALSE],
  ['2001:db8::1', '2001:db8::/32', TRUE],
  ['2001:db9::1', '2001:db8::/32', FALSE],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1/128', TRUE],
  ['::', '::/128', TRUE],
  ['1::', '1:0:0:0:0:0:0:0', TRUE],
  ['::1', '0:0:0:0:0:0:0:1', TRUE],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', TRUE],
  ['1:2:3:4:5:6:7:8::', '::/0', UNKNOWN],
  ['1:2:3:4:5:6:7', '::/0', UNKNOWN],
  ['1::2::3', '::/0', UNKNOWN],
  ['12345::', '::/0', UNKNOWN],
  ['x1::', '::/0', UNKNOWN],
  ['::ffff:10.1.2.3', '::ffff:a01:203', TRUE],
  ['::10.1.2.3:1', '::/0', UNKNOWN],
  ['::ffff:10.1.2', '::/0', UNKNOWN],
  ['::ffff:10.1.2.3', '::/129', UNKNOWN],
] as const)('the address %s lies in %s: %i', (address, range, truth) => {
  expect(addressInRange(address, range)).toBe(truth)
})

test.each([
  ['NumericEquals', '5', oneValue('5'), TRUE],
  ['NumericEquals', '5', oneValue('+5.0'), TRUE],
  ['NumericEquals', '5', oneValue('x5'), UNKNOWN],
  ['NumericEquals', '5', oneValue('5x'), UNKNOWN],
  ['NumericEquals', 'x5', oneValue('5'), UNKNOWN],
  ['NumericEquals', '123456789012345', oneValue('123456789012345'), TRUE],
  ['NumericEquals', '1234567890123456', oneValue('1234567890123456'), UNKNOWN],
  ['NumericEquals', '1.123456789012345', oneValue('1.123456789012345'), UNKNOWN],
  ['NumericEquals', '1.12345678901234', oneValue('1.12345678901234'), TRUE],
  ['NumericLessThan', '5', begins('1'), UNKNOWN],
  ['NumericLessThan', '5', PRESENT, UNKNOWN],
  ['NumericLessThan', '5', ABSENT, FALSE],
  // What lies between two is known where the limit does not.
  ['NumericLessThan', '5', between('1', '4'), TRUE],
  ['NumericLessThan', '5', between('4', '1'), TRUE],
  ['NumericLessThan', '5', between('1', '5'), UNKNOWN],
  ['NumericLessThanEquals', '5', between('1', '5'), TRUE],
  ['NumericLessThan', '1', between('1', '5'), FALSE],
  ['NumericGreaterThan', '0', between('1', '5'), TRUE],
  ['NumericGreaterThanEquals', '1', between('1', '5'), TRUE],
  ['NumericEquals', '3', between('1', '5'), UNKNOWN],
  ['NumericEquals', '1', between('1', '5'), UNKNOWN],
  ['NumericEquals', '5', between('1', '5'), UNKNOWN],
  ['NumericEquals', '6', between('1', '5'), FALSE],
  ['NumericEquals', '0', between('1', '5'), FALSE],
  ['NumericEquals', '5', between('5', '5'), TRUE],
  ['NumericNotEquals', '6', between('1', '5'), TRUE],
  ['NumericLessThan', '5', between('1', 'x'), UNKNOWN],
  ['NumericLessThan', '5', between('x', '1'), UNKNOWN],
  ['NumericEquals', ['6', '3'], between('1', '5'), UNKNOWN],
  ['StringEqualsIgnoreCase', '@a[', oneValue('@A['), TRUE],
  ['StringEqualsIgnoreCase', '@', oneValue('`'), FALSE],
  ['StringEqualsIgnoreCase', '[', oneValue('{'), FALSE],
  ['StringEqualsIgnoreCase', 'a*', oneValue('A*'), TRUE],
  ['StringEqualsIgnoreCase', 'a*', oneValue('abc'), FALSE],
  ['StringEqualsIgnoreCase', 'ABZ', oneValue('abz'), TRUE],
  ['StringEqualsIgnoreCase', '\u007f', oneValue('a'), FALSE],
  ['StringEqualsIgnoreCase', '\u0080', oneValue('a'), UNKNOWN],
  ['StringEqualsIgnoreCase', 'AROA:x', begins('aroa:'), UNKNOWN],
  ['StringEqualsIgnoreCase', 'AROB:x', begins('aroa:'), FALSE],
  ['StringEquals', '${y}', oneValue(''), FALSE],
  ['StringEquals', "${y, 'a'}", oneValue('a'), TRUE],
  ['StringLike', 'AROA:*', begins('AROA:'), TRUE],
  ['StringLike', 'AROA:${y}*', begins('AROA:'), FALSE],
  ['StringLike', 'AROA:x*', begins('AROA:'), UNKNOWN],
  ['StringLike', 'AROB:*', begins('AROA:'), FALSE],
  ['StringLike', '*', PRESENT, TRUE],
  ['StringLike', '', PRESENT, UNKNOWN],
  ['StringLike', 'a*', PRESENT, UNKNOWN],
  ['StringEquals', '*', PRESENT, UNKNOWN],
  ['BinaryEquals', 'QQ==', oneValue('QQ=='), TRUE],
  ['BinaryEquals', 'QQ==', oneValue('QR=='), TRUE],
  ['BinaryEquals', 'QQ==', oneValue('Qg=='), FALSE],
  ['BinaryEquals', 'QUI=', oneValue('QUI='), TRUE],
  ['BinaryEquals', 'QUJD', oneValue('QUJD'), TRUE],
  ['BinaryEquals', 'QQ=', oneValue('QQ=='), UNKNOWN],
  ['BinaryEquals', '!QQ=', oneValue('QQ=='), UNKNOWN],
  ['BinaryEquals', 'QQ=!', oneValue('QQ=='), UNKNOWN],
  ['Null', 'true', ABSENT, TRUE],
  ['Null', 'false', ABSENT, FALSE],
  ['Null', 'false', { kind: 'set', values: [oneValue('a')] }, TRUE],
  ['Null', 'x', ABSENT, UNKNOWN],
] as const)('%s %j holds on %j: %i', (operator, wanted, known, truth) => {
  expect(holds(operator, wanted, known)).toBe(truth)
})

test('a value that is given is taken as it is, and one that is not a string leaves open what it is', () => {
  const open = (why: string, present: unknown = PRESENT) => ({
    kind: 'one-of',
    members: [ABSENT, present],
    why,
  })
  const set = (...texts: string[]) => ({ kind: 'set', values: texts.map(oneValue) })

  expect(givenValue('aws:sourcevpc', 'a')).toEqual(oneValue('a'))
  expect(givenValue('aws:sourcevpc', ['a'])).toEqual(oneValue('a'))
  expect(givenValue('aws:sourcevpc', ['a', 'b'])).toEqual(set('a', 'b'))
  expect(givenValue('aws:calledvia', 'a')).toEqual(set('a'))
  expect(givenValue('aws:sourcevpc', 7)).toEqual(open('its value is given as number, not as a string'))
  expect(givenValue('aws:sourcevpc', null)).toEqual(open('its value is given as null, not as a string'))
  expect(givenValue('aws:calledvia', [7])).toEqual(
    open('its value is given as object, not as a string', { kind: 'set', values: [PRESENT] }),
  )
})

test('a key has at most fifty aliases, and with more KMS denies; other keys may have more values', () => {
  const fifty = Array.from({ length: 50 }, (_, index) => `alias/${index}`)
  const why = 'KMS denies what depends on more than 50 aliases of a key'

  expect(givenValue('kms:resourcealiases', fifty)).toEqual({ kind: 'set', values: fifty.map(oneValue) })
  expect(givenValue('kms:resourcealiases', [...fifty, 'alias/50'])).toEqual({
    kind: 'one-of',
    members: [ABSENT, { kind: 'set', values: [PRESENT] }],
    why,
  })
  expect(givenValue('aws:calledvia', [...fifty, 'x'])).toMatchObject({ kind: 'set' })
})

test('an empty value may be a value or none', () => {
  const why = 'whether AWS takes an empty value for a value or for none is not documented'

  expect(givenValue('aws:sourcevpc', '')).toEqual({ kind: 'one-of', members: [oneValue(''), ABSENT], why })
  expect(givenValue('aws:calledvia', [])).toEqual({
    kind: 'one-of',
    members: [{ kind: 'set', values: [] }, ABSENT],
    why,
  })
  expect(givenValue('aws:sourcevpc', ['', 'a'])).toEqual({
    kind: 'one-of',
    members: [{ kind: 'set', values: [oneValue(''), oneValue('a')] }, oneValue('a')],
    why,
  })
})

test.each([
  ['aws:sourcevpc', ['a'], oneValue('a')],
  ['aws:sourcevpc', ['a', 'a'], oneValue('a')],
  ['aws:sourcevpc', ['a', null], { kind: 'one-of', members: [oneValue('a'), ABSENT] }],
  ['aws:sourcevpc', [null], ABSENT],
  ['aws:sourcevpc', [], unknownValue('aws:sourcevpc')],
  ['aws:sourcevpc', 'a', unknownValue('aws:sourcevpc')],
  ['aws:calledvia', [], unknownValue('aws:calledvia')],
  // Moments are a span of time, if all of them are known.
  ['aws:currenttime', ['2026-11', '2026-12'], between('2026-11', '2026-12')],
  ['aws:epochtime', ['12345', '12346'], between('12345', '12346')],
  ['aws:tokenissuetime', ['12345', '12346'], eitherOf([oneValue('12345'), oneValue('12346')])],
  ['aws:currenttime', ['2026-11'], oneValue('2026-11')],
  ['aws:currenttime', ['2026-11', null], { kind: 'one-of', members: [oneValue('2026-11'), ABSENT] }],
  ['aws:currenttime', [null, null], ABSENT],
])('%s, of which the possible values are %j, is %j', (key, members, known) => {
  expect(possibleValue(key, members)).toEqual(known)
})

test('of a key of which nothing is known it is said why, where that is known', () => {
  const anySet = { kind: 'set', values: [PRESENT] }

  expect(unknownValue('aws:sourcevpc')).toEqual({ kind: 'one-of', members: [ABSENT, PRESENT] })
  expect(unknownValue('aws:calledvia')).toEqual({ kind: 'one-of', members: [ABSENT, anySet] })
  expect(unknownValue('aws:sourcevpc', 'so')).toEqual({
    kind: 'one-of',
    members: [ABSENT, PRESENT],
    why: 'so',
  })
  expect(unknownValue('aws:calledvia', 'so')).toEqual({
    kind: 'one-of',
    members: [ABSENT, anySet],
    why: 'so',
  })
  expect(eitherOf([ABSENT, ABSENT], 'so')).toEqual(ABSENT)
  expect(eitherOf([ABSENT, PRESENT], 'so')).toEqual({
    kind: 'one-of',
    members: [ABSENT, PRESENT],
    why: 'so',
  })
  expect(eitherOf([ABSENT, PRESENT])).toEqual({ kind: 'one-of', members: [ABSENT, PRESENT] })
})
