import { describe, expect, test } from 'vitest'
import { formIn, fragmentOf } from '../../docs/playground/address.js'
import { PERMISSION_EXAMPLES, REQUEST_EXAMPLES } from '../../docs/playground/examples.js'
import { findMend } from '../../docs/playground/find-mend.js'
import { type PermissionFields, readBody, readQuestion } from '../../docs/playground/read-fields.js'
import { fromRequest } from '../../src/index.js'
import { decidePermission, type PermissionQuestion } from '../../src/permissions/index.js'

function questionOf(fields: PermissionFields): PermissionQuestion {
  const read = readQuestion(fields)
  if (!('value' in read)) throw new Error(JSON.stringify(read.unread))
  return read.value
}

const [FIRST] = Object.values(PERMISSION_EXAMPLES) as [PermissionFields]

describe('the playground', () => {
  test('shows every verdict, and a mend where a statement helps, in its examples', () => {
    const seen = Object.entries(PERMISSION_EXAMPLES).map(([name, fields]) => {
      const question = questionOf(fields)
      const decision = decidePermission(question)
      return [name, decision.verdict, findMend(question, decision)?.where]
    })

    expect(seen).toEqual([
      ['A key policy that delegates, and a role without a policy', 'missing', 'a policy of the role'],
      [
        'The statement of the guide, and a volume key that needs kms:CreateGrant',
        'missing',
        'a policy of the role',
      ],
      ['A Deny for whoever does not come through S3', 'unknown', undefined],
      ['A condition on an address', 'unknown', 'the key policy'],
      ['A policy of the role that names an alias', 'missing', 'a policy of the role'],
      ['A boundary without KMS', 'missing', undefined],
      ['A key of another account', 'unknown', undefined],
    ])
  })

  test('offers a statement of the key policy where that policy does not delegate to IAM', () => {
    const question = questionOf({ ...FIRST, keyPolicy: '{"Version": "2012-10-17", "Statement": []}' })

    expect(findMend(question, decidePermission(question))).toEqual({
      where: 'the key policy',
      statement: {
        Sid: 'AllowLabelingRole',
        Effect: 'Allow',
        Principal: { AWS: FIRST.roleArn },
        Action: FIRST.action,
        Resource: '*',
      },
    })
  })

  test('takes policies and grants in the forms that IAM and KMS give them in', () => {
    const policy = { Version: '2012-10-17', Statement: [] }
    const grant = { GrantId: 'g', GranteePrincipal: FIRST.roleArn, Operations: ['Decrypt'] }

    const read = questionOf({
      ...FIRST,
      identityPolicies: JSON.stringify([{ PolicyName: 'Use', PolicyDocument: policy }, policy]),
      grants: JSON.stringify({ Grants: [grant], Truncated: false }),
      more: '{"roleId": "AROAEXAMPLEID0000001"}',
    })

    expect(read).toMatchObject({
      identityPolicies: [
        { name: 'Use', policy },
        { name: 'inline:policy-2', policy },
      ],
      grants: [grant],
      roleId: 'AROAEXAMPLEID0000001',
    })
  })

  test('says of each field why it cannot be read', () => {
    expect(readQuestion({ ...FIRST, keyPolicy: '{', more: '[]' })).toEqual({
      unread: { keyPolicy: expect.stringContaining('it is no JSON'), more: 'it is no JSON object' },
    })
    expect(readBody('5')).toEqual({ unread: { body: expect.stringContaining('it is no JSON object') } })
  })

  test('takes a key policy that is not there for one that cannot be read, never for an empty one', () => {
    expect(questionOf({ ...FIRST, keyPolicy: ' ' }).keyPolicy).toBe('UNREADABLE')
  })

  test('has a request with problems to start from', () => {
    const codes = Object.values(REQUEST_EXAMPLES).map(({ body, region }) =>
      fromRequest(JSON.parse(body))
        .problems(region)
        .map(({ severity }) => severity),
    )

    expect(codes.every((severities) => severities.includes('error'))).toBe(true)
  })

  test('a question comes back from its address, whatever letters it has', () => {
    const form = { tab: 'permission', fields: { ...FIRST, action: 'kms:Décrypt 鍵 "+/=' } }

    expect(formIn(fragmentOf(form))).toEqual(form)
    expect(fragmentOf(form)).toMatch(/^#permission=[\w-]+$/)
  })

  test.each(['', '#', '#permission=', '#permission=%%%', '#permission=abcd', '#<img>=abcd'])(
    'an address that carries no question is passed over: %s',
    (fragment) => {
      expect(formIn(fragment)?.fields ?? {}).toEqual({})
    },
  )
})
