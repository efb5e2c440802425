import { describe, expect, test } from 'vitest'
import {
  editKeyPolicy,
  isPlainAllow,
  isRestorable,
  makeKeyPolicyChange,
  onlyPrincipal,
} from '../../../src/permissions/plan/key-policy-change.js'
import { ourName, STATEMENT_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { mergedActions } from '../../../src/permissions/plan/plan-key-policy.js'
import { ADMIN, GUIDE, OUTPUT_KEY, policyText, ROLE } from '../labeling-account.js'

const SID = await ourName(STATEMENT_PREFIX, ROLE, OUTPUT_KEY)
const OWN = { Sid: SID, Effect: 'Allow', Principal: { AWS: ROLE }, Action: ['kms:Encrypt'], Resource: '*' }
const OLD_ROLE = 'AROAEXAMPLEOLD000001'
const REQUEST = {
  keyArn: OUTPUT_KEY,
  policy: policyText(ADMIN),
  role: { arn: ROLE, roleId: 'AROAEXAMPLEGT0000001' },
  actionsWith: () => ['kms:Encrypt'],
  removedPrincipals: [],
  canRemove: true,
  compact: false,
}
const LIMIT = 32_768

/** A request whose policy becomes as many bytes long as asked, or that many when made compact. */
const longRequest = async (bytes: number, space = '') => {
  const padded = (Id: string) => JSON.stringify({ Id, Statement: [ADMIN] }).replace('{', `{${space}`)
  const made = await makeKeyPolicyChange({ ...REQUEST, policy: padded('') })
  if (!('change' in made)) throw new Error(made.refused)
  return { ...REQUEST, policy: padded('x'.repeat(bytes - made.change.size.used)) }
}

describe('a change of a key policy', () => {
  test('puts our statement behind the others, and says all that it is about', async () => {
    const createdAt = new Date('2026-11-23T11:59:00Z')

    const made = await makeKeyPolicyChange({ ...REQUEST, role: { ...REQUEST.role, createdAt } })

    const after = policyText(ADMIN, OWN)
    expect(made).toEqual({
      change: {
        kind: 'key-policy',
        keyArn: OUTPUT_KEY,
        roleArn: ROLE,
        roleCreatedAt: '2026-11-23T11:59:00.000Z',
        sid: SID,
        statement: OWN,
        actions: ['kms:Encrypt'],
        replaces: null,
        removedPrincipals: [],
        before: policyText(ADMIN),
        after,
        compact: false,
        size: { used: after.length, limit: LIMIT, unit: 'bytes' },
      },
    })
  })

  test('replaces what stands under our Sid for this role, and asks for its actions with it', async () => {
    const asked: unknown[] = []
    const replaced = async (statement: object) => {
      const policy = policyText(ADMIN, statement)
      const made = await makeKeyPolicyChange({
        ...REQUEST,
        policy,
        actionsWith: (ours) => {
          asked.push(ours)
          return ['kms:Encrypt']
        },
      })
      return 'change' in made ? [made.change.replaces, made.change.after] : made.refused
    }
    const conditional = { ...OWN, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }
    const ofOldRole = { ...OWN, Principal: { AWS: OLD_ROLE } }

    expect(await replaced({ ...OWN, Action: 'kms:Decrypt' })).toEqual([null, policyText(ADMIN, OWN)])
    expect(await replaced(conditional)).toEqual([conditional, policyText(ADMIN, OWN)])
    expect(await replaced(ofOldRole)).toEqual([ofOldRole, policyText(ADMIN, OWN)])
    expect(asked).toEqual([{ ...OWN, Action: 'kms:Decrypt' }, conditional, undefined])
  })

  test.each([
    [
      { ...OWN, Principal: { AWS: REQUEST.role.roleId } },
      `the key policy of ${OUTPUT_KEY} has a statement ${SID} that is not about ${ROLE} alone, and is not ours to replace`,
    ],
    [
      { ...OWN, Principal: { AWS: 'arn:aws:iam::111122223333:role/Other' } },
      `the key policy of ${OUTPUT_KEY} has a statement ${SID} that is not about ${ROLE} alone, and is not ours to replace`,
    ],
    [
      { ...OWN, Effect: 'Deny' },
      `the key policy of ${OUTPUT_KEY} has a statement ${SID} that denies, and a Deny is not taken away`,
    ],
  ])('is refused over %j', async (statement, refused) => {
    expect(await makeKeyPolicyChange({ ...REQUEST, policy: policyText(ADMIN, statement) })).toEqual({
      refused,
    })
  })

  test('is refused in a text that cannot be changed safely', async () => {
    expect(await makeKeyPolicyChange({ ...REQUEST, policy: '{' })).toEqual({
      refused: `the key policy of ${OUTPUT_KEY} cannot be changed safely: it is not JSON`,
    })
  })

  test('is no longer than KMS stores', async () => {
    const longest = await makeKeyPolicyChange(await longRequest(LIMIT))
    const tooLong = await makeKeyPolicyChange(await longRequest(LIMIT + 1))

    expect(longest).toMatchObject({ change: { compact: false, size: { used: LIMIT } } })
    expect(tooLong).toEqual({
      refused:
        'the key policy would be 32,769 bytes long, and the limit is 32,768; { compact: true } takes white space out',
    })
  })

  test('has its white space taken out only where it is asked for and needed', async () => {
    const longest = await longRequest(LIMIT, '  ')
    const longer = await longRequest(LIMIT + 1, '  ')
    const tooLong = await longRequest(LIMIT + 3, '  ')

    const sizes = await Promise.all(
      [longest, longer, tooLong].map(async (request) => {
        const made = await makeKeyPolicyChange({ ...request, compact: true })
        return 'change' in made ? [made.change.compact, made.change.size.used] : made.refused
      }),
    )

    expect(sizes).toEqual([
      [false, LIMIT],
      [true, LIMIT - 1],
      'the key policy would be 32,769 bytes long, and the limit is 32,768',
    ])
  })

  test('counts bytes, and not characters', async () => {
    const { policy } = await longRequest(LIMIT)

    expect(await makeKeyPolicyChange({ ...REQUEST, policy: policy.replace('"x', '"ü') })).toMatchObject({
      refused: expect.stringContaining('32,769 bytes long'),
    })
  })

  test.each(['\u0100', 'Ключ', '\u20ac'])(
    'is refused with characters that KMS does not store: %s',
    async (Sid) => {
      for (const text of [`${Sid}A`, `A${Sid}`]) {
        const policy = policyText({ ...ADMIN, Sid: text })

        expect(await makeKeyPolicyChange({ ...REQUEST, policy })).toEqual({
          refused: 'the key policy has characters that KMS does not store',
        })
      }
    },
  )

  test('is refused while the policy names deleted principals, with what can be done', async () => {
    const one = policyText(ADMIN, { ...GUIDE, Principal: { AWS: [OLD_ROLE, ROLE] } })
    const two = policyText(ADMIN, { ...GUIDE, Principal: { AWS: [OLD_ROLE, 'AIDAEXAMPLEOLD000002'] } })

    expect(await makeKeyPolicyChange({ ...REQUEST, policy: one })).toEqual({
      refused: `the key policy names ${OLD_ROLE}, the id of a deleted principal, and KMS refuses every change until that is removed; { removeDeletedPrincipals: true } takes them out of Allow statements`,
    })
    expect(await makeKeyPolicyChange({ ...REQUEST, policy: two, canRemove: false })).toEqual({
      refused: `the key policy names ${OLD_ROLE}, AIDAEXAMPLEOLD000002, ids of deleted principals, and KMS refuses every change until that is removed; it stands in a Deny, which its administrator has to change`,
    })
  })

  test('takes deleted principals out where it is asked to, and nothing else', async () => {
    const policy = policyText(
      ADMIN,
      { ...GUIDE, Principal: { AWS: [OLD_ROLE, ROLE] } },
      {
        ...GUIDE,
        Sid: 'Old',
        Principal: { AWS: OLD_ROLE },
      },
    )

    const made = await makeKeyPolicyChange({ ...REQUEST, policy, removedPrincipals: [OLD_ROLE] })

    expect('change' in made && JSON.parse(made.change.after)).toEqual(
      JSON.parse(policyText(ADMIN, { ...GUIDE, Principal: { AWS: [ROLE] } }, OWN)),
    )
  })

  test('of a text is its edit, the white space taken out when compact', () => {
    const edit = { keyArn: OUTPUT_KEY, statement: OWN, removedPrincipals: [] }

    expect(editKeyPolicy(policyText(ADMIN), { ...edit, compact: false })).toBe(policyText(ADMIN, OWN))
    expect(editKeyPolicy(policyText(ADMIN), { ...edit, compact: true })).toBe(
      JSON.stringify(JSON.parse(policyText(ADMIN, OWN))),
    )
  })
})

test.each([
  [{ Principal: { AWS: ROLE } }, ROLE],
  [{ Principal: { AWS: [ROLE] } }, ROLE],
  [{ Principal: { AWS: [ROLE, ROLE] } }, undefined],
  [{ Principal: { AWS: [] } }, undefined],
  [{ Principal: { AWS: ROLE, Service: 'x' } }, undefined],
  [{ Principal: { Service: ROLE } }, undefined],
  [{ Principal: ROLE }, undefined],
  [{ NotPrincipal: { AWS: ROLE } }, undefined],
  [{ Principal: { AWS: ROLE }, NotPrincipal: { AWS: ROLE } }, undefined],
  [{}, undefined],
])('the only principal of %j is %s', (statement, principal) => {
  expect(onlyPrincipal(statement)).toBe(principal)
})

test.each([
  [OWN, true],
  [{ ...OWN, Resource: ['*'] }, true],
  [{ ...OWN, Effect: 'Deny' }, false],
  [{ ...OWN, Condition: {} }, false],
  [{ ...OWN, NotAction: 'kms:Encrypt' }, false],
  [{ ...OWN, Resource: OUTPUT_KEY }, false],
  [{ ...OWN, Resource: ['*', '*'] }, false],
  [{ Effect: 'Allow' }, false],
])('%j is a plain Allow: %s', (statement, isPlain) => {
  expect(isPlainAllow(statement)).toBe(isPlain)
})

describe('undo puts back', () => {
  test.each([
    ['the same statement under a condition', { ...OWN, Condition: { Bool: { a: 'true' } } }, true],
    ['fewer resources', { ...OWN, Resource: OUTPUT_KEY }, true],
    ['what this library may write', { ...OWN, Action: ['kms:Decrypt', 'kms:ReEncrypt*'] }, true],
    ['an action of ours that this library never asks for', { ...OWN, Action: 'kms:Sign' }, true],
    ['another action, which gives more', { ...OWN, Action: ['kms:Encrypt', 'kms:PutKeyPolicy'] }, false],
    ['every action', { ...OWN, Action: 'kms:*' }, false],
    ['nothing', null, false],
    ['a Deny', { ...OWN, Effect: 'Deny' }, false],
    ['another Sid', { ...OWN, Sid: 'Other' }, false],
    ['all actions but one', { ...OWN, Action: undefined, NotAction: 'kms:Encrypt' }, false],
    ['another role', { ...OWN, Principal: { AWS: `${ROLE}2` } }, false],
    ['everybody', { ...OWN, Principal: '*' }, false],
  ])('%s: %#', (_, previous, is) => {
    expect(isRestorable(previous as never, { ...OWN, Action: ['kms:Encrypt', 'kms:Sign'] })).toBe(is)
  })
})

describe('our statement allows', () => {
  const GUIDE_ACTIONS = GUIDE.Action
  const SINGLE = [
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:GenerateDataKeyPair',
    'kms:GenerateDataKeyPairWithoutPlaintext',
  ]
  const plain = (...Action: string[]) => ({ ...OWN, Action })
  const conditional = { ...plain('kms:Encrypt'), Condition: { Bool: { a: 'true' } } }

  test.each([
    ['what is asked for', undefined, ['kms:Decrypt'], [], ['kms:Decrypt']],
    ['all of the guide in the words of the guide', undefined, SINGLE, [], GUIDE_ACTIONS],
    [
      'the guide and more',
      undefined,
      [...SINGLE, 'kms:CreateGrant'],
      [],
      [...(GUIDE_ACTIONS as string[]), 'kms:CreateGrant'],
    ],
    [
      'what it allowed before and what is new',
      plain('kms:Encrypt'),
      ['kms:Decrypt'],
      [],
      ['kms:Encrypt', 'kms:Decrypt'],
    ],
    [
      'nothing twice',
      plain('kms:Encrypt'),
      ['kms:Encrypt', 'kms:Decrypt'],
      [],
      ['kms:Encrypt', 'kms:Decrypt'],
    ],
    [
      'nothing that is allowed elsewhere, unless all of the guide is allowed then',
      undefined,
      ['kms:Decrypt'],
      ['kms:Encrypt'],
      ['kms:Decrypt'],
    ],
    [
      'the words of the guide where the rest is allowed elsewhere',
      undefined,
      ['kms:Decrypt'],
      SINGLE.filter((action) => action !== 'kms:Decrypt'),
      GUIDE_ACTIONS,
    ],
    [
      'no more than was asked for where the guide is allowed already',
      undefined,
      ['kms:CreateGrant'],
      SINGLE,
      ['kms:CreateGrant'],
    ],
    [
      'the words of the guide where its patterns stand already',
      plain('kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Encrypt', 'kms:Decrypt'),
      ['kms:DescribeKey'],
      [],
      GUIDE_ACTIONS,
    ],
    [
      'a pattern that the guide does not have, beside what is new',
      plain('kms:*'),
      ['kms:DescribeKey'],
      [],
      ['kms:*', 'kms:DescribeKey'],
    ],
    [
      'what hung on the condition of the old one',
      conditional,
      ['kms:Decrypt'],
      ['kms:Encrypt'],
      ['kms:Encrypt', 'kms:Decrypt'],
    ],
    ['nothing of a condition that did not hold', conditional, ['kms:Decrypt'], [], ['kms:Decrypt']],
  ])('%s', (_, ours, actions, alreadyAllowed, allowed) => {
    expect(mergedActions(ours, { actions, alreadyAllowed })).toEqual(allowed)
  })
})
