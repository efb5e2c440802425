import { expect, test } from 'vitest'
import { makePolicyParser, parsePolicy } from '../../../src/permissions/policy/parse-policy.js'

const TEXT = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}'

test('many questions about the same policies read each of them once, under each name that it goes by', () => {
  const parse = makePolicyParser()
  const read = parse(TEXT, 'inline:One')

  expect(read).toEqual(parsePolicy(TEXT, 'inline:One'))
  expect(parse(TEXT, 'inline:One')).toBe(read)
  expect(parse(TEXT, 'inline:Two')).toEqual(parsePolicy(TEXT, 'inline:Two'))
  expect(parse('UNREADABLE', 'inline:One')).toEqual(parsePolicy('UNREADABLE', 'inline:One'))
  expect(makePolicyParser()(TEXT, 'inline:One')).not.toBe(read)
})
