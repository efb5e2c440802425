import { expect, test } from 'vitest'
import {
  ABSENT,
  type ContextValue,
  oneValue,
  PRESENT,
  unknownValue,
} from '../../../src/permissions/evaluate/context-value.js'
import { explainPrincipals, explainStatement } from '../../../src/permissions/evaluate/explain-statement.js'
import { keyIdentity, roleIdentity } from '../../../src/permissions/evaluate/identity.js'
import { parseStatement } from '../../../src/permissions/policy/parse-statement.js'

const ROLE = 'arn:aws:iam::123456789012:role/labeling/Annotator'
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed'
const CONTEXT: Readonly<Record<string, ContextValue>> = {
  absent: ABSENT,
  team: oneValue('cats'),
  set: { kind: 'set', values: [oneValue('a')] },
  session: { kind: 'prefix', prefix: 'AROA:' },
  'why not': unknownValue('why not', 'nobody said'),
}
const PLACE = { policy: 'key-policy', statement: 'Own' }
const READ = { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: '*' }

const parsed = (elements: object, policy = 'key-policy') =>
  parseStatement(
    { Sid: 'Own', ...READ, ...elements },
    { policy, index: 0, variables: true, defect: undefined, conditionDefect: undefined },
  )
const explain = (elements: object) =>
  explainStatement(
    parsed(elements),
    { action: 'kms:decrypt', resource: keyIdentity(KEY) },
    (key) => CONTEXT[key] ?? unknownValue(key),
  )
const condition = (operator: string, key: string, detail?: string) => ({
  kind: 'condition',
  key,
  operator,
  ...PLACE,
  ...(detail !== undefined && { detail }),
})
const malformed = (detail: string) => ({ kind: 'malformed', ...PLACE, detail })

test('of a statement that is certain nothing is said', () => {
  expect(explain({})).toEqual([])
  expect(explain({ Action: 's3:*' })).toEqual([])
  expect(explain({ Condition: { StringEquals: { team: 'cats' }, Null: { absent: 'true' } } })).toEqual([])
  expect(explain({ Condition: { StringEquals: { team: 'dogs' } } })).toEqual([])
})

test.each([
  [{ Action: 'km*:Decrypt' }, [malformed('an action does not begin with a service and a colon')]],
  [{ Action: 7 }, [malformed('a statement has either Action or NotAction, a string or an array of strings')]],
  [
    { Resource: 7 },
    [malformed('a statement has either Resource or NotResource, a string or an array of strings')],
  ],
])('what cannot be read in %j is said', (elements, reasons) => {
  expect(explain(elements)).toEqual(reasons)
})

test.each([
  ['arn:aws:*feed', 'arn:aws:*feed'],
  ['arn:aws:kms:*:*:key/${unheard}', 'arn:aws:kms:*:*:key/${unheard}'],
  ['arn:aws:kms:*:*:key/${why not}', 'arn:aws:kms:*:*:key/${why not} (why not: nobody said)'],
  [
    'arn:aws:kms:*:*:key/${absent}',
    'arn:aws:kms:*:*:key/${absent} (absent: it has no value, and whether that makes the whole statement invalid is not documented)',
  ],
])('a resource that is open, %s, is named: %s', (resource, detail) => {
  expect(explain({ Resource: ['*', resource] })).toEqual([{ kind: 'resource', ...PLACE, detail }])
})

test.each([
  [{ StringMatches: { team: 'cats' } }, [{ kind: 'unknown-operator', name: 'StringMatches', ...PLACE }]],
  [{ StringEquals: { session: 'AROA:x' } }, [{ kind: 'session-name', ...PLACE }]],
  [{ StringEquals: { unheard: 'x' } }, [condition('StringEquals', 'unheard')]],
  [{ StringEquals: { 'why not': 'x' } }, [condition('StringEquals', 'why not', 'nobody said')]],
  // The value is known, and what it is compared with is not.
  [{ StringEquals: { team: 'c${unheard}' } }, [condition('StringEquals', 'unheard')]],
  [{ StringEquals: { team: 'c${why not}' } }, [condition('StringEquals', 'why not', 'nobody said')]],
  [{ StringEquals: { 'why not': 'c${unheard}' } }, [condition('StringEquals', 'why not', 'nobody said')]],
  [
    { 'ForAnyValue:StringEqualsIfExists': { absent: 'x' } },
    [
      condition(
        'ForAnyValue:StringEqualsIfExists',
        'absent',
        'whether ForAnyValue or IfExists decides where the key is absent is not documented',
      ),
    ],
  ],
  [
    { 'ForAnyValue:StringEqualsIfExists': { unheard: 'x' } },
    [condition('ForAnyValue:StringEqualsIfExists', 'unheard')],
  ],
  [
    { StringEquals: { set: 'x' } },
    [
      condition(
        'StringEquals',
        'set',
        'the key may have several values, and AWS documents it with ForAllValues or ForAnyValue only',
      ),
    ],
  ],
  [{ 'ForAnyValue:NumericEquals': { set: '7' } }, [condition('ForAnyValue:NumericEquals', 'set')]],
  [{ NumericEquals: { team: '7' } }, [condition('NumericEquals', 'team')]],
  [
    { StringEquals: { team: 'cats', unheard: 'x' }, StringLike: { 'why not': 'y' } },
    [condition('StringEquals', 'unheard'), condition('StringLike', 'why not', 'nobody said')],
  ],
])('the condition %j is open because of what is not known', (Condition, reasons) => {
  expect(explain({ Condition })).toEqual(reasons)
})

test('a wildcard in a known value is no doubt where wildcards are none', () => {
  const context = (key: string) => (key === 'star' ? oneValue('c*') : PRESENT)
  const statement = parsed({ Condition: { StringEquals: { y: 'a${star}' } } })

  expect(explainStatement(statement, { action: 'kms:decrypt', resource: keyIdentity(KEY) }, context)).toEqual(
    [condition('StringEquals', 'y')],
  )
})

function explainWho(
  elements: object,
  { policy = 'key-policy', boundary = 'none' as 'none' | 'present' } = {},
) {
  const principal = { role: roleIdentity(ROLE), roleId: undefined, boundary }
  return explainPrincipals(parsed({ Principal: undefined, ...elements }, policy), principal)
}
const who = (detail: string) => ({ kind: 'principal', ...PLACE, detail })
const SESSION = 'arn:aws:sts::123456789012:assumed-role/Annotator/job'

test.each([
  [{ Principal: { AWS: ROLE } }, []],
  [{ Principal: { AWS: [SESSION, ROLE] } }, [{ kind: 'session-name', ...PLACE }]],
  [
    { Principal: { AWS: 'AROA17' } },
    [who('whether the unique id AROA17 still stands for this role is not documented')],
  ],
  [{ Principal: { AWS: 'arn:aws:sts::123456789012:assumed-role/Annotator/' } }, []],
  [{ Principal: 7 }, []],
  [{}, [malformed('a key policy statement has either Principal or NotPrincipal')]],
  [{ NotPrincipal: { AWS: ROLE } }, [who('AWS does not support NotPrincipal with Allow')]],
  [
    { Effect: 'Deny', NotPrincipal: { AWS: ROLE } },
    [who('whether NotPrincipal spares this session is not documented')],
  ],
  [{ Effect: 'Deny', NotPrincipal: { AWS: `${ROLE}2` } }, []],
])('whom %j names is open because of what is not known', (elements, reasons) => {
  expect(explainWho(elements)).toEqual(reasons)
})

test('a NotPrincipal denies every role with a boundary, and that is certain', () => {
  const elements = { Effect: 'Deny', NotPrincipal: { AWS: ROLE } }

  expect(explainWho(elements, { boundary: 'present' })).toEqual([])
})

test('a statement of another resource policy is called so', () => {
  expect(explainWho({}, { policy: 'bucket-policy' })).toEqual([
    {
      kind: 'malformed',
      policy: 'bucket-policy',
      statement: 'Own',
      detail: 'a statement of a resource policy has either Principal or NotPrincipal',
    },
  ])
  expect(explainWho({}, { policy: 'key-policy:shared' })).toMatchObject([
    { detail: 'a key policy statement has either Principal or NotPrincipal' },
  ])
})
