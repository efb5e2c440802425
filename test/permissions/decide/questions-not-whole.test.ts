import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'

const ROLE = 'arn:aws:iam::123456789012:role/labeling/Annotator'
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed'
const USE = { Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:*', Resource: '*' }
const ALLOWED = {
  roleArn: ROLE,
  keyArn: KEY,
  action: 'kms:Decrypt',
  keyPolicy: { Version: '2012-10-17', Statement: USE },
  identityPolicies: [],
}

const ALLOWED_BY_ORGANIZATION = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
}

const decide = (question: unknown) => decidePermission(question as PermissionQuestion)
const answer = (more: object) => {
  const { verdict, unknownBecause } = decide({ ...ALLOWED, ...more })
  return {
    verdict,
    because: unknownBecause.map((reason) => ('detail' in reason ? reason.detail : reason.kind)),
  }
}

test('a question that is whole is answered', () => {
  expect(answer({})).toEqual({ verdict: 'allowed', because: [] })
})

describe('a question that is not whole is unknown, and the reason names the field', () => {
  test.each([
    [{ identityPolicies: undefined }, 'identityPolicies is missing'],
    [{ identityPolicies: null }, 'identityPolicies is null; an empty array says that there are none'],
    [{ keyPolicy: undefined }, 'keyPolicy is missing'],
    [{ action: undefined }, 'action is missing'],
    [{ boundary: undefined }, 'boundary is undefined; null says that there is none'],
    [{ grants: undefined }, 'grants is undefined; null says that there is none'],
    [{ sharedKeyPolicy: undefined }, 'sharedKeyPolicy is undefined; null says that there is none'],
    [{ identityPolices: [] }, '"identityPolices" is not a field of a question; identityPolicies is'],
    [{ permissionsBoundary: null }, '"permissionsBoundary" is not a field of a question; boundary is'],
    [{ scp: [] }, '"scp" is not a field of a question; scps is'],
    [{ Context: {} }, '"Context" is not a field of a question; context is'],
    [{ absentKeys: [] }, '"absentKeys" is not a field of a question; absentContextKeys is'],
    [{ scps: ALLOWED.keyPolicy }, 'scps is not an array of levels'],
    [{ rcps: ALLOWED.keyPolicy }, 'rcps is not an array of levels'],
    [{ context: new Map() }, 'context is not an object of values by condition key'],
    [{ possibleValues: [] }, 'possibleValues is not an object of arrays by condition key'],
    [{ absentContextKeys: 'aws:username' }, 'absentContextKeys is not an array of condition keys'],
    [{ absentContextKeys: [7] }, 'absentContextKeys is not an array of condition keys'],
    [
      { context: { 'aws:SourceVpc': 'vpc-1' }, absentContextKeys: ['AWS:sourceVPC'] },
      '"aws:SourceVpc" is both in context and in absentContextKeys',
    ],
    [
      { paths: [{ name: 'a', context: { 'x:a': '1' }, absentContextKeys: ['x:A'] }] },
      '"x:a" is both in context and in absentContextKeys of path #0',
    ],
    [{ paths: [7] }, 'paths is not an array of call paths'],
    [{ paths: {} }, 'paths is not an array of call paths'],
    [
      { paths: [{ name: 'a', context: 7 }] },
      'the context of path #0 is not an object of values by condition key',
    ],
    [
      { paths: [{ name: 'a', context: {}, absentContextKeys: {} }] },
      'absentContextKeys of path #0 is not an array of condition keys',
    ],
  ])('%o', (more, because) => {
    expect(answer(more)).toEqual({ verdict: 'unknown', because: [because] })
  })
})

describe('what is not one role, one key or one permission of KMS is unknown', () => {
  test.each([
    [
      { action: 'kms:ReEncrypt' },
      'kms:ReEncrypt is an operation; its permissions are kms:ReEncryptFrom and kms:ReEncryptTo',
    ],
    [
      { action: 'reencrypt' },
      'kms:ReEncrypt is an operation; its permissions are kms:ReEncryptFrom and kms:ReEncryptTo',
    ],
    [{ action: 'kms:Decrypted' }, '"kms:Decrypted" is not a permission of KMS that is known'],
    [{ action: 's3:GetObject' }, '"s3:GetObject" is not a permission of KMS that is known'],
    [{ action: 'constructor' }, '"constructor" is not a permission of KMS that is known'],
    [{ action: 'kms:De*' }, '"kms:De*" is a pattern, not one action'],
    [{ action: 7 }, 'the action is 7'],
    [
      { roleArn: 'arn:aws:iam::123456789012:role/*' },
      '"arn:aws:iam::123456789012:role/*" is not the ARN of a role or a user',
    ],
    [
      { roleArn: 'arn:aws:iam::123456789012:role/a*/Annotator' },
      '"arn:aws:iam::123456789012:role/a*/Annotator" is not the ARN of a role or a user',
    ],
    [{ roleArn: null }, 'null is not the ARN of a role or a user'],
    [{ roleId: 7 }, 'roleId is 7, not the unique id of a role or a user'],
    [
      { keyArn: 'arn:aws:kms:eu-west-1:123456789012:key/*' },
      '"arn:aws:kms:eu-west-1:123456789012:key/*" is not the ARN of a key',
    ],
    [
      { keyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/labels' },
      '"arn:aws:kms:eu-west-1:123456789012:alias/labels" is not the ARN of a key',
    ],
  ])('%o', (more, because) => {
    expect(answer(more)).toEqual({ verdict: 'unknown', because: [because] })
  })
})

test.each([
  'kms:ListKeys',
  'ListAliases',
  'kms:ListRetirableGrants',
  'kms:CreateKey',
  'kms:GenerateRandom',
  'kms:ConnectCustomKeyStore',
])('%s is not allowed by a key policy', (action) => {
  expect(answer({ action })).toEqual({
    verdict: 'unknown',
    because: [`${action} is not done on a key, so no key policy and no grant on a key gives it`],
  })
})

test.each(['kms:CreateAlias', 'kms:DeleteAlias', 'UpdateAlias'])(
  '%s is not allowed by a key policy alone',
  (action) => {
    expect(answer({ action })).toEqual({
      verdict: 'unknown',
      because: [`${action} is done on an alias as well, and a question is about a key alone`],
    })
  },
)

test('a field that no grant has is named', () => {
  const grant = { GrantId: 'g1', GranteePrincipal: ROLE, Operations: ['Decrypt'], constraints: {} }
  const keyPolicy = { Version: '2012-10-17', Statement: { ...USE, Principal: { AWS: `${ROLE}2` } } }

  expect(answer({ keyPolicy, grants: [{ ...grant, IssuingAccount: '123456789012' }] })).toEqual({
    verdict: 'unknown',
    because: ['"constraints" is not a field of a grant'],
  })
})

test('fields of other names are passed over: a question may carry a title', () => {
  const more = { id: 'P01', title: 'Guide statement', why: '', source: '', expected: 'allowed', note: 1 }

  expect(answer(more)).toEqual({ verdict: 'allowed', because: [] })
})

test.each([undefined, null, 7, 'question'])('%o is no question, and unknown', (question) => {
  expect(decide(question).verdict).toBe('unknown')
})

const condition = (Condition: unknown) => ({
  keyPolicy: { Version: '2012-10-17', Statement: { ...USE, Condition } },
})

test('a value of the request context that is no string is not known, and that is not knowing it absent', () => {
  const offNetwork = {
    name: 'inline:Stay',
    policy: {
      Version: '2012-10-17',
      Statement: {
        Sid: 'Off',
        Effect: 'Deny',
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    },
  }
  const ask = (value: unknown) =>
    decide({ ...ALLOWED, identityPolicies: [offNetwork], context: { 'aws:SourceVpce': value } })

  expect(ask('vpce-1').verdict).toBe('allowed')
  for (const value of [null, undefined, 7, true]) {
    const given = value === null ? 'null' : typeof value
    const because = {
      kind: 'condition',
      key: 'aws:SourceVpce',
      operator: 'StringNotEquals',
      policy: 'inline:Stay',
      statement: 'Off',
      detail: `its value is given as ${given}, not as a string`,
    }
    expect(ask(value)).toMatchObject({ verdict: 'unknown', unknownBecause: [because] })
    const paths = [{ name: 'direct', context: { 'aws:SourceVpce': value } }]
    expect(decide({ ...ALLOWED, identityPolicies: [offNetwork], paths })).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [because],
    })
  }
  expect(ask({ toString: 7 }).verdict).toBe('unknown')
})

test('a boundary may be JSON text', () => {
  const boundary = JSON.stringify(ALLOWED_BY_ORGANIZATION)

  expect(decidePermission({ ...ALLOWED, boundary } satisfies PermissionQuestion).verdict).toBe('allowed')
})

describe('what is not plain JSON in a policy is not understood', () => {
  test.each([
    ['a Map as condition', condition(new Map()), 'Condition is not an object'],
    [
      'a Map of condition keys',
      condition({ StringEquals: new Map() }),
      'StringEquals does not hold condition keys',
    ],
    ['an inherited condition', condition(Object.create({ StringEquals: {} })), 'Condition is not an object'],
    ['an instance of a class', condition(new (class Condition {})()), 'Condition is not an object'],
    ['a Date as value', condition({ DateLessThan: { 'aws:CurrentTime': new Date(0) } }), /are not strings/],
    [
      'a number that JSON does not carry exactly',
      condition({ NumericEquals: { 'x:size': 12345678901234567890n } }),
      /are not strings/,
    ],
    [
      'a number of too many digits',
      condition({ NumericEquals: { 'x:size': 1234567890123456 } }),
      /are not strings/,
    ],
    [
      'an array with a hole',
      { keyPolicy: { Version: '2012-10-17', Statement: { ...USE, Action: new Array(1) } } },
      'a statement has either Action or NotAction, a string or an array of strings',
    ],
    ['a policy in a Map', { keyPolicy: new Map() }, 'the policy is not a JSON object'],
  ])('%s', (_, more, because) => {
    expect(answer(more)).toEqual({ verdict: 'unknown', because: [expect.stringMatching(because)] })
  })

  test.each([
    ['12345678901234567890', 'the number 12345678901234567890 is read as 12345678901234567000'],
    ['1.10', 'the number 1.10 is read as 1.1'],
    ['1e3', 'the number 1e3 is read as 1000'],
  ])('the number %s in its text', (number, because) => {
    const text = JSON.stringify(condition({ StringEquals: { 'x:size': 0 } }).keyPolicy).replace(
      ':0}',
      `:${number}}`,
    )

    expect(answer({ keyPolicy: text })).toEqual({
      verdict: 'unknown',
      because: expect.arrayContaining([because]),
    })
  })

  test('a number that its text carries exactly is understood', () => {
    const text = JSON.stringify(condition({ NumericEquals: { 'x:size': 1.5 } }).keyPolicy)

    expect(answer({ keyPolicy: text, context: { 'x:size': '1.50' } }).verdict).toBe('allowed')
  })

  test.each(['%7B%22Statement', '%', '%E0%A4%A', 'not JSON', ''])('the text %o', (keyPolicy) => {
    expect(answer({ keyPolicy })).toEqual({ verdict: 'unknown', because: ['the policy is not JSON'] })
  })

  test('the realm an object comes from does not matter', async () => {
    const { runInNewContext } = await import('node:vm')
    const keyPolicy = runInNewContext(`(${JSON.stringify(ALLOWED.keyPolicy)})`)

    expect(answer({ keyPolicy }).verdict).toBe('allowed')
  })
})

describe('nothing that is asked makes it throw', () => {
  const thrower = {
    get any(): never {
      throw new Error('no')
    },
  }
  const explosive = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no')
      },
      has: () => true,
      ownKeys: () => {
        throw new Error('no')
      },
    },
  )
  const raise = (): never => {
    throw new Error('no')
  }
  const afterHole = (entry: unknown) => Object.assign(new Array(2), { 1: entry })
  const unreadable = Object.defineProperty({}, 'x:a', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  const cyclic: Record<string, unknown> = { Version: '2012-10-17' }
  cyclic['Statement'] = cyclic
  const deep = (depth: number) => {
    let value: unknown = '*'
    for (let level = 0; level < depth; level++) value = { AWS: value }
    return value
  }
  const rcp = (Principal: unknown) => [
    [
      {
        Version: '2012-10-17',
        Statement: { Sid: 'Far', Effect: 'Deny', Principal, Action: 'kms:*', Resource: '*' },
      },
    ],
  ]

  test.each([
    ['a resource control policy whose principal is thousands deep', { rcps: rcp(deep(20_000)) }],
    ['a cyclic policy', { keyPolicy: cyclic }],
    ['a policy that cannot be read', { keyPolicy: explosive }],
    [
      'an identity policy that cannot be read',
      { identityPolicies: [{ name: 'inline:A', policy: explosive }] },
    ],
    ['a grant that cannot be read', { keyPolicy: 'UNREADABLE', grants: [explosive] }],
    [
      'a grant with a getter that throws',
      { keyPolicy: 'UNREADABLE', grants: [Object.defineProperty({}, 'GrantId', { get: raise })] },
    ],
    [
      'a hole among identity policies',
      { identityPolicies: afterHole({ name: 'a', policy: ALLOWED_BY_ORGANIZATION }) },
    ],
    ['a hole among grants', { keyPolicy: 'UNREADABLE', grants: new Array(1) }],
    ['a hole among levels of an organization', { scps: afterHole([ALLOWED_BY_ORGANIZATION]) }],
    ['a hole in a level of an organization', { scps: [new Array(1)] }],
    ['a hole among resource control policies', { rcps: new Array(1) }],
    ['a context that cannot be read', { context: unreadable }],
    ['a path that cannot be read', { paths: [explosive] }],
    ['a role that is a symbol', { roleArn: Symbol('role') }],
    ['a text nested thousands deep', { keyPolicy: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }],
    [
      'a statement nested thousands deep',
      {
        keyPolicy: `{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Principal":${'{"AWS":'.repeat(20_000)}"*"${'}'.repeat(20_000)}}]}`,
      },
    ],
    [
      'a key with possible values beyond counting',
      {
        ...condition({ DateEquals: { 'aws:CurrentTime': '2023-11-14T22:15:00Z' } }),
        possibleValues: {
          'aws:CurrentTime': Array.from({ length: 200_000 }, (_, day) => String(1_700_000_000 + day)),
        },
      },
    ],
  ])('%s', (_, more) => {
    expect(decide({ ...ALLOWED, ...more }).verdict).toBe('unknown')
  })

  test('a question that cannot be read', () => {
    expect(decide(explosive)).toMatchObject({ verdict: 'unknown', action: '', roleArn: '', keyArn: '' })
    expect(decide(thrower).verdict).toBe('unknown')
  })
})
