import { expect, test } from 'vitest'
import {
  ABSENT,
  type ContextValue,
  oneValue,
  PRESENT,
  unknownValue,
} from '../../../src/permissions/evaluate/context-value.js'
import { keyIdentity, roleIdentity } from '../../../src/permissions/evaluate/identity.js'
import type { CallPath, PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import { keysOfPaths, requestContexts } from '../../../src/permissions/evaluate/request-context.js'

const ROLE = 'arn:aws:iam::123456789012:role/labeling/Annotator'
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b'

function contextOf(
  question: Partial<PermissionQuestion>,
  { path = { name: 'direct', context: {} } as CallPath, keyArn = KEY, action = 'kms:decrypt' } = {},
) {
  const asked = { action, role: roleIdentity(ROLE), resource: keyIdentity(keyArn) }
  const [context] = requestContexts(question, [path], asked)
  if (context === undefined) throw new Error('no context')
  return context
}
const between = (...ends: string[]): ContextValue => ({ kind: 'between', ends })
const TWINS = 'there are two of it that differ by case only, and which of them AWS compares is not documented'
const either = (...members: ContextValue[]) => ({ kind: 'one-of', members, why: TWINS })

test.each([
  ['2026-11-25T10:20:30.9Z', oneValue('1795602030')],
  ['12345', oneValue('12345')],
  ['today', unknownValue('aws:epochtime')],
])('the time %s is also known as a number of seconds', (now, seconds) => {
  const known = seconds.kind === 'value' ? seconds : PRESENT

  expect(contextOf({ context: { 'aws:CurrentTime': now } })('aws:EpochTime')).toEqual(known)
})

test.each([
  [['2026-11-25T10:20:30Z', '2026-11-25T10:20:31Z'], between('1795602030', '1795602031')],
  [['2026-11-25T10:20:30Z', 'tomorrow'], PRESENT],
  [['2026-11-25T10:20:30Z', null], PRESENT],
])('of the span of time %j the span of seconds is %j', (moments, known) => {
  const context = contextOf({ possibleValues: { 'aws:CurrentTime': moments } })

  expect(context('aws:epochtime')).toEqual(known)
  expect(context('aws:tokenissuetime')).toEqual(PRESENT)
})

test('what is given of the seconds goes before what follows from the time', () => {
  const context = contextOf({ context: { 'aws:CurrentTime': '12345', 'aws:EpochTime': '99999' } })

  expect(context('aws:epochtime')).toEqual(oneValue('99999'))
})

test('without a time nothing is known of the seconds but that they are there', () => {
  expect(contextOf({})('aws:epochtime')).toEqual(PRESENT)
})

test('what a path says goes before what the question says, whatever the case', () => {
  const path = { name: 'p', context: { 'AWS:SourceVpc': 'vpc-2' }, absentContextKeys: ['aws:SourceVpce'] }
  const context = contextOf({ context: { 'aws:SourceVpc': 'vpc-1', 'aws:SourceVpce': 'vpce-1' } }, { path })

  expect(context('aws:SOURCEVPC')).toEqual(oneValue('vpc-2'))
  expect(context('aws:sourcevpce')).toEqual(ABSENT)
  expect(contextOf({ absentContextKeys: ['aws:SourceVpc'] })('aws:sourcevpc')).toEqual(ABSENT)
})

test('two tags that differ by case only are one of the two, wherever they are given', () => {
  const tags = { 'aws:PrincipalTag/Team': 'cats', 'aws:PrincipalTag/team': 'dogs' }
  const path = { name: 'p', context: { 'aws:PrincipalTag/team': 'dogs' } }
  const both = either(oneValue('cats'), oneValue('dogs'))

  expect(contextOf({ context: tags })('aws:principaltag/team')).toEqual(both)
  expect(
    contextOf({ context: { 'aws:PrincipalTag/Team': 'cats' } }, { path })('aws:principaltag/team'),
  ).toEqual(both)
  expect(
    contextOf({ context: { 'aws:PrincipalTag/team': 'cats' } }, { path })('aws:principaltag/team'),
  ).toEqual(oneValue('dogs'))
})

test('account and region of a resource whose ARN leaves them out are there, and not known', () => {
  const known = contextOf({})
  const open = contextOf({}, { keyArn: 'arn:aws:s3:::labels/a', action: 's3:getobject' })

  expect([known('aws:ResourceAccount'), known('aws:RequestedRegion')]).toEqual([
    oneValue('123456789012'),
    oneValue('eu-west-1'),
  ])
  expect([open('aws:ResourceAccount'), open('aws:RequestedRegion')]).toEqual([PRESENT, PRESENT])
  expect(known('kms:CallerAccount')).toEqual(oneValue('123456789012'))
  expect(open('kms:CallerAccount')).toEqual(ABSENT)
})

test('keys that differ between paths are those that a path names, and the seconds with the time', () => {
  expect(
    keysOfPaths([
      { name: 'a', context: { 'aws:SourceVpc': 'x' } },
      { name: 'b', context: {} },
    ]),
  ).toEqual(new Set(['aws:sourcevpc']))
  expect(
    keysOfPaths([
      { name: 'a', context: { 'aws:CurrentTime': '12345' }, absentContextKeys: ['aws:UserName'] },
    ]),
  ).toEqual(new Set(['aws:username', 'aws:currenttime', 'aws:epochtime']))
  expect(keysOfPaths([{ name: 'a' } as CallPath])).toEqual(new Set())
})
