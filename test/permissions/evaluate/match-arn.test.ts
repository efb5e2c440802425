import { expect, test } from 'vitest'
import { globOf } from '../../../src/permissions/evaluate/glob.js'
import { matchArn, matchArnBeginning } from '../../../src/permissions/evaluate/match-arn.js'
import type { ResolvedText } from '../../../src/permissions/evaluate/policy-variables.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'

const pattern = (text: string, more: Partial<ResolvedText> = {}): ResolvedText => ({
  glob: globOf(text),
  certain: true,
  valueless: FALSE,
  unknownKeys: [],
  ...more,
})

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b'
const OBJECT = 'arn:aws:s3:::labels/a:b/c'

test.each([
  ['*', KEY, TRUE],
  [KEY, KEY, TRUE],
  ['arn:aws:kms:*:*:key/*', KEY, TRUE],
  ['arn:aws:kms:eu-west-1:123456789012:key/0a1c', KEY, FALSE],
  // A star that reaches over a colon.
  ['arn:aws:*:key/0a1b', KEY, UNKNOWN],
  ['arn:*:kms:eu-west-1:123456789012:*', 'arn:aws:kms:kms:eu-west-1:123456789012:x', UNKNOWN],
  // The last part goes on over colons.
  ['arn:aws:s3:::labels/a:b/c', OBJECT, TRUE],
  ['arn:aws:s3:::labels/*:b/?', OBJECT, TRUE],
  ['arn:aws:s3:::labels/*', OBJECT, TRUE],
] as const)('the ARN pattern %s covers %s: %i', (text, arn, truth) => {
  expect(matchArn(pattern(text), arn, 'matches')).toBe(truth)
})

test.each([
  ['arn:aws:kms*', 'matches', TRUE],
  ['arn:aws:kms*', 'not-documented', UNKNOWN],
  ['arn:*b', 'matches', UNKNOWN],
  ['arn:aws:kms:eu-west-1:*', 'matches', TRUE],
  ['arn:aws:kms:eu-west-1:*', 'not-documented', UNKNOWN],
  ['arn:aws:kms:eu-west-1:*:*', 'not-documented', TRUE],
] as const)('an ARN pattern of too few parts, %s, where that %s: %i', (text, shortPattern, truth) => {
  expect(matchArn(pattern(text), KEY, shortPattern)).toBe(truth)
})

const BEGINNING = 'arn:aws:s3:::labels/out/'

test.each([
  ['*', BEGINNING, TRUE],
  ['arn:aws:s3:::labels/*', BEGINNING, TRUE],
  ['arn:aws:s3:::labels/out/*', BEGINNING, TRUE],
  ['arn:*:s3:::*', BEGINNING, TRUE],
  ['arn:aws:s3:::labels/out/cats/*', BEGINNING, UNKNOWN],
  ['arn:aws:s3:::labels/*.json', BEGINNING, UNKNOWN],
  ['arn:aws:s3:::labels/out/', BEGINNING, FALSE],
  ['arn:aws:s3:::pictures/*', BEGINNING, FALSE],
  ['arn:aws:s3*', BEGINNING, TRUE],
  ['arn:aws:s3*.json', BEGINNING, UNKNOWN],
  ['arn:aws:s3*?', BEGINNING, UNKNOWN],
  // A star that reaches over a colon.
  ['arn:*:::labels/a:b/*', 'arn:aws:s3:::labels/a:b/', UNKNOWN],
  ['arn:aws:s3:::labels/a:b/*', 'arn:aws:s3:::labels/a:b/', TRUE],
  ['arn:aws:s3:::*', 'arn:aws:s3', UNKNOWN],
  ['arn:aws:s3*', 'arn:aws:s3:', UNKNOWN],
] as const)('the ARN pattern %s covers all that begins with %s: %i', (text, beginning, truth) => {
  expect(matchArnBeginning(pattern(text), beginning, 'matches')).toBe(truth)
})

test('what a short pattern is worth where AWS does not document it is open for a beginning as well', () => {
  expect(matchArnBeginning(pattern('arn:aws:s3*'), BEGINNING, 'not-documented')).toBe(UNKNOWN)
  expect(matchArnBeginning(pattern('arn:aws:s3:::labels/*'), BEGINNING, 'not-documented')).toBe(TRUE)
})

test('a word that the rest is known to hold is taken in by runs at both ends alone', () => {
  const covers = (text: string) => matchArnBeginning(pattern(text), BEGINNING, 'matches', 'manifests')

  expect(covers('arn:aws:s3:::labels/out/*manifests*')).toBe(TRUE)
  expect(covers('arn:aws:s3:::labels/*/*manifests*')).toBe(TRUE)
  expect(covers('arn:aws:s3:::labels/out/*manifests')).toBe(UNKNOWN)
  expect(covers('arn:aws:s3:::labels/out/manifests*')).toBe(UNKNOWN)
  expect(covers('arn:aws:s3:::labels/out/*annotations*')).toBe(UNKNOWN)
})

test('a pattern with a variable is never certain to cover anything, and covers nothing without its value', () => {
  for (const text of ['arn:aws:s3:::labels/*', 'arn:aws:s3*']) {
    expect(matchArn(pattern(text, { certain: false }), OBJECT, 'matches')).toBe(UNKNOWN)
    expect(matchArnBeginning(pattern(text, { certain: false }), BEGINNING, 'matches')).toBe(UNKNOWN)
    expect(matchArn(pattern(text, { valueless: TRUE }), OBJECT, 'matches')).toBe(FALSE)
    expect(matchArnBeginning(pattern(text, { valueless: TRUE }), BEGINNING, 'matches')).toBe(FALSE)
    expect(matchArn(pattern(text, { valueless: UNKNOWN }), OBJECT, 'matches')).toBe(TRUE)
  }
})
