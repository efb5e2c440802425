import { expect, test } from 'vitest'
import { keyIdentity, roleIdentity } from '../../../src/permissions/evaluate/identity.js'
import { matchGrant, parseGrant } from '../../../src/permissions/evaluate/match-grant.js'
import { FALSE, TRUE, UNKNOWN } from '../../../src/permissions/evaluate/truth.js'

const ROLE = 'arn:aws:iam::123456789012:role/labeling/Annotator'
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed'
const GRANT = {
  GrantId: '17',
  KeyId: KEY,
  GranteePrincipal: ROLE,
  Operations: ['Decrypt'],
  IssuingAccount: 'arn:aws:iam::123456789012:root',
}

function match(grant: unknown, action = 'kms:decrypt') {
  const principal = { role: roleIdentity(ROLE), roleId: 'AROA17', boundary: 'none' } as const
  const { own, other, doubts } = matchGrant(parseGrant(grant), action, keyIdentity(KEY), principal)
  return { own, other, doubts: doubts.map((doubt) => ('topic' in doubt ? doubt.topic : doubt)) }
}

const GIVES = { own: TRUE, other: FALSE, doubts: [] }
const NOTHING = { own: FALSE, other: FALSE, doubts: [] }
const open = (...doubts: string[]) => ({ own: UNKNOWN, other: FALSE, doubts })

test.each([
  [{}, GIVES],
  [{ IssuingAccount: '123456789012' }, GIVES],
  [{ IssuingAccount: 'arn:aws:iam::210987654321:root' }, { own: FALSE, other: TRUE, doubts: [] }],
  [{ IssuingAccount: 7 }, { own: UNKNOWN, other: TRUE, doubts: ['which account issued grant:17'] }],
  [{ Operations: ['Encrypt'] }, NOTHING],
  [{ Operations: [] }, NOTHING],
  [{ Operations: [7] }, open('the operations of grant:17')],
  [{ Operations: 'Decrypt' }, open('the operations of grant:17')],
  [{ GranteePrincipal: `${ROLE}2` }, NOTHING],
  [{ GranteePrincipal: undefined }, NOTHING],
  [{ GranteePrincipal: 7 }, NOTHING],
  [{ GranteePrincipal: '123456789012' }, open('whom the grantee of grant:17 stands for')],
  [{ GranteePrincipal: 'AROA17' }, open('whom the grantee of grant:17 stands for')],
  [{ GranteePrincipal: 'AROA18' }, NOTHING],
  // Of a grant that cannot be read it is not certain whom else it names.
  [{ Operations: [7], GranteePrincipal: `${ROLE}2` }, open('the operations of grant:17')],
  [{ KeyId: undefined }, GIVES],
  [{ KeyId: '0a1b2c3d-0000-4000-8000-00000000feed' }, GIVES],
  [{ KeyId: '0a1b2c3d-0000-4000-8000-00000000beef' }, NOTHING],
  [{ KeyId: 'alias/labels' }, open('which key the KeyId of grant:17 names')],
  [{ KeyId: 7 }, open('which key the KeyId of grant:17 names')],
  [{ GrantId: 7, Operations: [7] }, open('the operations of grant:without id')],
])('a grant with %o', (more, expected) => {
  expect(match({ ...GRANT, ...more })).toEqual(expected)
})

test.each([
  [undefined, []],
  [null, []],
  [{}, []],
  [{ EncryptionContextSubset: {} }, []],
  [{ EncryptionContextSubset: null, EncryptionContextEquals: undefined }, []],
  [{ EncryptionContextSubset: { team: 'a' } }, ['EncryptionContextSubset']],
  [{ EncryptionContextSubset: 'team' }, ['EncryptionContextSubset']],
  // An empty context must be equalled too: a request with any other does not.
  [{ EncryptionContextEquals: {} }, ['EncryptionContextEquals']],
  [{ SourceArn: ROLE, EncryptionContextEquals: { a: 'b' } }, ['SourceArn', 'EncryptionContextEquals']],
])('the constraints %o leave open whether a request meets %j', (Constraints, names) => {
  const doubts = names.map((name) => `whether the request meets ${name} of grant:17`)

  expect(match({ ...GRANT, Constraints })).toEqual(names.length === 0 ? GIVES : open(...doubts))
})

test.each([['all'], [7], [[]]])(
  'constraints that are no object, %o, leave open what they are',
  (Constraints) => {
    expect(match({ ...GRANT, Constraints })).toEqual(open('the constraints of grant:17'))
  },
)

test('DescribeKey has no encryption context, so that constraints on it do not count there, and others do', () => {
  const describe = { ...GRANT, Operations: ['DescribeKey'] }
  const onContext = { EncryptionContextEquals: { a: 'b' }, EncryptionContextSubset: { a: 'b' } }

  expect(match({ ...describe, Constraints: onContext }, 'kms:describekey')).toEqual(GIVES)
  expect(match({ ...describe, Constraints: { SourceArn: ROLE } }, 'kms:describekey')).toEqual(
    open('whether the request meets SourceArn of grant:17'),
  )
})

test('what a grant made through a grant may hold is open, whatever its constraints are', () => {
  const grant = { ...GRANT, Operations: ['CreateGrant'], Constraints: { SourceArn: ROLE } }

  expect(match(grant, 'kms:creategrant')).toEqual(open('what a grant made through grant:17 may hold'))
})

test.each([[null], [undefined], ['grant'], [[]], [new Map()]])('%o is no grant', (grant) => {
  expect(match(grant)).toEqual(open('a grant that is not an object'))
})

test('a field that no grant has leaves open what the grant is, whomever it names', () => {
  const detail = '"Grantee" is not a field of a grant'
  const doubt = { kind: 'malformed', policy: 'grant:17', statement: 'grant:17', detail }

  expect(match({ ...GRANT, Grantee: ROLE })).toEqual({ own: UNKNOWN, other: FALSE, doubts: [doubt] })
  expect(match({ ...GRANT, GranteePrincipal: undefined, Grantee: ROLE })).toEqual({
    own: UNKNOWN,
    other: FALSE,
    doubts: [doubt],
  })
})
