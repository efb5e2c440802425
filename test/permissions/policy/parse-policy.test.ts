import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { parsePolicy, statementsIn, textList } from '../../../src/permissions/policy/parse-policy.js'
import { isPlainObject, stringsOf } from '../../../src/permissions/policy/plain-values.js'

const ALLOW = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }

/** The one statement of a policy, as it is read. */
const parsed = (statement: unknown) =>
  parsePolicy({ Version: '2012-10-17', Statement: [statement] }, 'inline:Keys').statements[0]

describe('a policy that can be read', () => {
  test('gives each statement with its place, by the Sid or the index', () => {
    const statement = {
      policy: 'inline:Keys',
      effect: 'Allow',
      principals: 'absent',
      namesCanonicalUser: false,
      actions: { entries: ['kms:Decrypt'], negated: false },
      resources: { entries: ['*'], negated: false },
      conditions: [],
      hasUnreadCondition: false,
      variables: true,
      defects: [],
    }

    expect(
      parsePolicy(
        { Version: '2012-10-17', Id: 'x', Statement: [ALLOW, { ...ALLOW, Sid: 'A' }, { ...ALLOW, Sid: '' }] },
        'inline:Keys',
      ),
    ).toEqual({
      name: 'inline:Keys',
      why: undefined,
      detail: '',
      statements: [
        { ...statement, sid: '#0' },
        { ...statement, sid: 'A' },
        { ...statement, sid: '#2' },
      ],
    })
  })

  test('has variables in the version 2012-10-17 alone', () => {
    const variables = (Version?: string) =>
      parsePolicy({ ...(Version && { Version }), Statement: ALLOW }, 'x').statements.map(
        (one) => one.variables,
      )

    expect([variables('2012-10-17'), variables('2008-10-17'), variables()]).toEqual([
      [true],
      [false],
      [false],
    ])
  })

  test('may be URL-encoded, as IAM hands it out', () => {
    const text = JSON.stringify({ Statement: ALLOW })

    expect(parsePolicy(encodeURIComponent(text), 'x')).toEqual(parsePolicy({ Statement: ALLOW }, 'x'))
    expect(statementsIn(encodeURIComponent(text))).toEqual([ALLOW])
  })
})

test.each([
  ['UNREADABLE', 'unreadable', ''],
  ['{', 'malformed', 'the policy is not JSON'],
  ['%7B%', 'malformed', 'the policy is not JSON'],
  ['[]', 'malformed', 'the policy is not a JSON object'],
  [null, 'malformed', 'the policy is not a JSON object'],
  ['{"Statement":[],"Statement":[]}', 'malformed', 'the key Statement appears twice in one object'],
  [{ Statement: [], Sid: 'A' }, 'malformed', 'Sid is not an element of a policy'],
  [{ Version: '2012-10-18', Statement: [] }, 'malformed', 'the version 2012-10-18 is not known'],
  [{ Version: '2012-10-17' }, 'malformed', 'the policy has no statement'],
  [{ Statement: 'Allow' }, 'malformed', 'the policy has no statement'],
  [{ Statement: new Map() }, 'malformed', 'the policy has no statement'],
])('of %j no statement is judged', (source, why, detail) => {
  expect(parsePolicy(source, 'x')).toEqual({ name: 'x', why, detail, statements: [] })
})

test('a policy whose reading throws cannot be read', () => {
  const source = {
    get Statement() {
      throw new Error('no')
    },
  }

  expect(parsePolicy(source, 'x')).toEqual({
    name: 'x',
    why: 'malformed',
    detail: 'the policy cannot be read',
    statements: [],
  })
})

describe('a statement that cannot be understood', () => {
  const notUnderstood = {
    policy: 'inline:Keys',
    sid: '#0',
    effect: undefined,
    principals: 'malformed',
    namesCanonicalUser: false,
    actions: 'malformed',
    resources: 'malformed',
    conditions: [],
    hasUnreadCondition: true,
    variables: true,
  }

  test.each([
    ['Allow', 'the statement is not an object'],
    [{ ...ALLOW, Effect: 'allow' }, 'Effect is neither Allow nor Deny'],
    [{ Action: '*', Resource: '*' }, 'Effect is neither Allow nor Deny'],
    [{ ...ALLOW, Actions: '*' }, 'Actions is not an element of a statement'],
  ])('%j may allow and may deny', (statement, defect) => {
    expect(parsed(statement)).toEqual({ ...notUnderstood, defects: [defect] })
  })

  test('is named by its Sid, and its neighbours are judged', () => {
    const text = `{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Effect":"Allow"},${JSON.stringify(ALLOW)}]}`

    expect(parsePolicy(text, 'inline:Keys').statements).toEqual([
      { ...notUnderstood, sid: 'A', defects: ['the key Effect appears twice in one object'] },
      { ...parsed(ALLOW), sid: '#1' },
    ])
  })
})

const PRINCIPALS_DEFECT =
  'a statement has either Principal or NotPrincipal, "*" or an object of strings by type'

describe('the principals of a statement', () => {
  test.each([
    ['*', { entries: ['*'], negated: false }],
    [
      { AWS: ['a', 'b'], Service: 'c' },
      { entries: ['a', 'b'], negated: false },
    ],
    [{ Service: 'c' }, { entries: [], negated: false }],
    [{ AWS: [] }, { entries: [], negated: false }],
  ])('of %j are those of the type AWS', (Principal, principals) => {
    expect(parsed({ ...ALLOW, Principal })).toEqual({ ...parsed(ALLOW), principals })
  })

  test.each(['a', ['*'], { AWS: 1 }, { AWS: ['a', 1] }, { aws: 'a' }, { Service: 1 }])(
    'cannot be %j',
    (Principal) => {
      expect(parsed({ ...ALLOW, Principal })).toEqual({
        ...parsed(ALLOW),
        principals: 'malformed',
        defects: [PRINCIPALS_DEFECT],
      })
    },
  )

  test('are told to name a canonical user, in either element', () => {
    const named = [
      { Principal: { CanonicalUser: 'x' } },
      { NotPrincipal: { CanonicalUser: 'x' } },
      { Principal: { AWS: 'x' } },
      { Principal: '*' },
    ].map((element) => parsed({ ...ALLOW, ...element })?.namesCanonicalUser)

    expect(named).toEqual([true, true, false, false])
  })

  test('are either those named or those excepted', () => {
    expect(parsed({ ...ALLOW, Effect: 'Deny', NotPrincipal: { AWS: 'a' } })).toEqual({
      ...parsed(ALLOW),
      effect: 'Deny',
      principals: { entries: ['a'], negated: true },
    })
    expect(parsed({ ...ALLOW, Principal: '*', NotPrincipal: '*' })?.defects).toEqual([PRINCIPALS_DEFECT])
  })
})

test('actions and resources are strings, and either named or excepted', () => {
  expect(parsed({ Effect: 'Deny', NotAction: ['a'], NotResource: 'b' })).toEqual({
    ...parsed(ALLOW),
    effect: 'Deny',
    actions: { entries: ['a'], negated: true },
    resources: { entries: ['b'], negated: true },
  })
  expect(parsed({ Effect: 'Allow', Action: ['a', 1], Resource: 'b', NotResource: 'c' })?.defects).toEqual([
    'a statement has either Action or NotAction, a string or an array of strings',
    'a statement has either Resource or NotResource, a string or an array of strings',
  ])
  expect(parsed({ Effect: 'Allow' })?.defects).toEqual([
    'a statement has either Action or NotAction, a string or an array of strings',
    'a statement has either Resource or NotResource, a string or an array of strings',
  ])
})

describe('the conditions of a statement', () => {
  test('are read one operator and one key at a time, with their values as text', () => {
    const Condition = {
      StringEquals: { a: 'x', b: ['y', 'z'] },
      Bool: { c: true },
      NumericEquals: { d: [1, 123456789012345, -0.5] },
    }

    expect(parsed({ ...ALLOW, Condition })).toEqual({
      ...parsed(ALLOW),
      conditions: [
        { operator: 'StringEquals', key: 'a', values: ['x'] },
        { operator: 'StringEquals', key: 'b', values: ['y', 'z'] },
        { operator: 'Bool', key: 'c', values: ['true'] },
        { operator: 'NumericEquals', key: 'd', values: ['1', '123456789012345', '-0.5'] },
      ],
    })
  })

  const VALUES_DEFECT = 'the values of a are not strings, or numbers of more than 15 digits'

  test.each([
    ['x', 'Condition is not an object'],
    [{ Bool: 'x' }, 'Bool does not hold condition keys'],
    [{ Bool: { a: [] } }, VALUES_DEFECT],
    [{ Bool: { a: null } }, VALUES_DEFECT],
    [{ Bool: { a: ['x', null] } }, VALUES_DEFECT],
    [{ NumericEquals: { a: 1234567890123456 } }, VALUES_DEFECT],
    [{ NumericEquals: { a: Number.NaN } }, VALUES_DEFECT],
  ])('%j is not understood', (Condition, defect) => {
    expect(parsed({ ...ALLOW, Condition })).toEqual({
      ...parsed(ALLOW),
      hasUnreadCondition: true,
      defects: [defect],
    })
  })

  test('are not certain where the text has a number that JavaScript reads as another', () => {
    const text = `{"Version":"2012-10-17","Statement":${JSON.stringify({ ...ALLOW, Condition: { NumericEquals: { a: 1.5 } } }).replace('1.5', '1.50')}}`

    expect(parsePolicy(text, 'inline:Keys').statements).toEqual([
      {
        ...parsed(ALLOW),
        conditions: [{ operator: 'NumericEquals', key: 'a', values: ['1.5'] }],
        hasUnreadCondition: true,
        defects: ['the number 1.50 is read as 1.5'],
      },
    ])
  })
})

test('the statements of a policy are one or a list', () => {
  expect([ALLOW, [ALLOW, 'x'], 'x', undefined].map((Statement) => statementsIn({ Statement }))).toEqual([
    [ALLOW],
    [ALLOW, 'x'],
    undefined,
    undefined,
  ])
  expect([undefined, null, '', '{', '[]', 7].map(statementsIn)).toEqual(Array(6).fill(undefined))
})

test.each([textList, stringsOf])('strings are one, or a list of nothing else: %o', (listOf) => {
  expect(['a', ['a', 'b'], [], ['a', 1], [1], 1, undefined].map(listOf)).toEqual([
    ['a'],
    ['a', 'b'],
    ...Array(5).fill(undefined),
  ])
})

test('an object of another realm is as plain as one of this', () => {
  class Own {
    hasOwnProperty() {
      return true
    }
  }
  const inherited = Object.create(Object.assign(Object.create(null), { hasOwnProperty: () => true }))
  const foreign: unknown[] = runInNewContext('[{}, { a: 1 }, new Map(), new (class {})(), []]')

  expect(foreign.map(isPlainObject)).toEqual([true, true, false, false, false])
  expect(
    [{}, Object.create(null), null, 'x', [], new Map(), new Own(), inherited].map(isPlainObject),
  ).toEqual([true, true, ...Array(6).fill(false)])
})
