import {
  CreateGrantCommand,
  DecryptCommand,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyPoliciesCommand,
  ListResourceTagsCommand,
  NotFoundException,
  PutKeyPolicyCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import type { PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const ROOT = 'arn:aws:iam::111122223333:root'
const GT_EXEC = 'arn:aws:iam::111122223333:role/service-role/GtExec'

function delegation(extra: object[] = []) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:*', Resource: '*' }, ...extra],
  }
}

function allow(principal: object | string, extra: object = {}) {
  return { Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*', ...extra }
}

test('a key is described under each of its four names', async () => {
  const cloud = fakeAws()
  const { keyId, keyArn } = cloud.key({ alias: 'alias/gt-output' })
  const names = [keyId, keyArn, 'alias/gt-output', 'arn:aws:kms:us-east-1:111122223333:alias/gt-output']

  const found = await Promise.all(names.map((KeyId) => cloud.send(new DescribeKeyCommand({ KeyId }))))

  for (const { KeyMetadata } of found) {
    expect(KeyMetadata).toEqual({
      AWSAccountId: '111122223333',
      KeyId: keyId,
      Arn: keyArn,
      CreationDate: new Date('2025-11-23T09:00:00Z'),
      Enabled: true,
      Description: '',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      MultiRegion: false,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    })
  }
})

test('the special properties of a key show in its description', async () => {
  const cloud = fakeAws()
  const validTo = new Date('2026-12-01T00:00:00Z')
  const deletionDate = new Date('2026-12-24T00:00:00Z')
  const { keyArn, keyId } = cloud.key({
    spec: 'RSA_2048',
    state: 'PendingDeletion',
    origin: 'EXTERNAL',
    multiRegion: true,
    validTo,
    deletionDate,
  })
  const signing = cloud.key({ spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' })

  const { KeyMetadata } = await cloud.send(new DescribeKeyCommand({ KeyId: keyArn }))
  const { KeyMetadata: signs } = await cloud.send(new DescribeKeyCommand({ KeyId: signing.keyArn }))

  expect(keyId).toMatch(/^mrk-[0-9a-f]{32}$/)
  expect(KeyMetadata).toMatchObject({
    Enabled: false,
    KeyState: 'PendingDeletion',
    Origin: 'EXTERNAL',
    MultiRegion: true,
    ValidTo: validTo,
    ExpirationModel: 'KEY_MATERIAL_EXPIRES',
    DeletionDate: deletionDate,
    EncryptionAlgorithms: ['RSAES_OAEP_SHA_256'],
  })
  expect(signs).not.toHaveProperty('EncryptionAlgorithms')
})

test.each([
  ['alias/none', 'NotFoundException', 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.'],
  [
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    'NotFoundException',
    "Key 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' does not exist",
  ],
  ['my key', 'NotFoundException', "Invalid keyId 'my key'"],
  [
    'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    'NotFoundException',
    'Invalid arn eu-west-1',
  ],
  ['arn:aws:kms:eu-west-1:111122223333:alias/gt', 'NotFoundException', 'Invalid arn eu-west-1'],
])('DescribeKey does not find %s', async (KeyId, name, message) => {
  const cloud = fakeAws()

  const refused = await refusal(cloud.send(new DescribeKeyCommand({ KeyId })))

  expect(refused).toEqual({ name, message })
})

test('errors are the exceptions of the SDK', async () => {
  const cloud = fakeAws()

  const sent = cloud.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))

  await expect(sent).rejects.toBeInstanceOf(NotFoundException)
  await expect(sent).rejects.toMatchObject({
    $fault: 'client',
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  })
})

test('a call without its key is refused', async () => {
  const cloud = fakeAws()

  const refused = await refusal(cloud.send(new DescribeKeyCommand({ KeyId: undefined })))

  expect(refused).toEqual({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  })
})

test('keys and aliases belong to one region', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ alias: 'alias/gt', region: 'eu-west-1' })

  const there = await cloud.in('eu-west-1').send(new DescribeKeyCommand({ KeyId: 'alias/gt' }))
  const here = await refusal(cloud.send(new DescribeKeyCommand({ KeyId: 'alias/gt' })))

  expect(there.KeyMetadata?.Arn).toBe(keyArn)
  expect(here.name).toBe('NotFoundException')
})

test("looking at an alias of AWS's own makes its key", async () => {
  const cloud = fakeAws()

  const { KeyMetadata } = await cloud.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }))

  expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' })
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual(['kms:DescribeKey'])
})

test('an AWS managed key shows its policy and keeps it', async () => {
  const cloud = fakeAws()
  const { KeyMetadata } = await cloud.send(new DescribeKeyCommand({ KeyId: 'alias/aws/ebs' }))
  const KeyId = KeyMetadata?.Arn

  const { Policy } = await cloud.send(new GetKeyPolicyCommand({ KeyId }))
  const put = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId, Policy })))
  const granted = await refusal(
    cloud.send(new CreateGrantCommand({ KeyId, GranteePrincipal: ROOT, Operations: ['Decrypt'] })),
  )

  expect(JSON.parse(Policy ?? '').Statement[0].Condition.StringEquals).toEqual({
    'kms:CallerAccount': '111122223333',
    'kms:ViaService': 'ec2.us-east-1.amazonaws.com',
  })
  expect(put.name).toBe('UnsupportedOperationException')
  expect(granted.name).toBe('AccessDeniedException')
})

test('a key policy comes back as it was put', async () => {
  const cloud = fakeAws()
  const { keyArn, keyId } = cloud.key()
  const Policy = `${JSON.stringify(delegation())}\n`

  await cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'default', Policy }))
  const read = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyId }))

  expect(read).toMatchObject({ Policy, PolicyName: 'default' })
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual(['kms:PutKeyPolicy'])
})

test.each([
  ['alias/gt', 'NotFoundException', "Invalid keyId 'alias/gt'"],
  [
    'arn:aws:kms:us-east-1:111122223333:alias/gt',
    'InvalidArnException',
    'Invalid arn arn:aws:kms:us-east-1:111122223333:alias/gt',
  ],
])('GetKeyPolicy takes no alias: %s', async (KeyId, name, message) => {
  const cloud = fakeAws()
  cloud.key({ alias: 'alias/gt' })

  const refused = await refusal(cloud.send(new GetKeyPolicyCommand({ KeyId })))

  expect(refused).toEqual({ name, message })
})

test('a key has one policy, named default', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()

  const refused = await refusal(cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'other' })))

  expect(refused).toEqual({ name: 'NotFoundException', message: 'No such policy exists: other' })
})

test('the policy of a key in another account is out of reach', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ account: '444455556666', policy: delegation([allow('*')]) })

  const refused = await refusal(cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn })))

  expect(refused).toEqual({
    name: 'AccessDeniedException',
    message: `User: arn:aws:iam::111122223333:user/dev is not authorized to perform: kms:GetKeyPolicy on resource: ${keyArn}`,
  })
})

const INVALID_PRINCIPALS = 'Policy contains a statement with one or more invalid principals.'

test.each([
  ['text that is no JSON', 'hello', 'MalformedPolicyDocumentException', /JSON/],
  ['JSON that is no policy', '[]', 'MalformedPolicyDocumentException', /Statement/],
  ['a statement that is none', '{"Statement":[null]}', 'MalformedPolicyDocumentException', /not an object/],
  [
    'a statement without effect',
    JSON.stringify(delegation([{ Principal: '*' }])),
    'MalformedPolicyDocumentException',
    /invalid effect/,
  ],
  [
    'a statement without principal',
    JSON.stringify(delegation([{ Effect: 'Allow' }])),
    'MalformedPolicyDocumentException',
    /no principal/,
  ],
  [
    'an element of its own',
    JSON.stringify({ ...delegation(), Statements: [] }),
    'MalformedPolicyDocumentException',
    /no element Statements/,
  ],
  [
    'an operator of its own',
    JSON.stringify(delegation([{ ...allow('*'), Condition: { StringEqual: { 'aws:x': 'y' } } }])),
    'MalformedPolicyDocumentException',
    /no condition operator StringEqual/,
  ],
  [
    'a key twice in a statement',
    JSON.stringify(delegation()).replace('"Effect"', '"Effect":"Deny","Effect"'),
    'MalformedPolicyDocumentException',
    /the key Effect appears twice/,
  ],
  ['characters beyond Latin-1', '{"Statement":[],"Id":"é€"}', 'ValidationException', /regular expression/],
  [
    'more than 32,768 bytes',
    JSON.stringify({ ...delegation(), Id: 'x'.repeat(32_768) }),
    'LimitExceededException',
    /32768/,
  ],
  [
    'a policy that locks the caller out',
    JSON.stringify({ Statement: [allow({ AWS: GT_EXEC })] }),
    'MalformedPolicyDocumentException',
    /^The new key policy will not allow you to update the key policy in the future\.$/,
  ],
])('PutKeyPolicy refuses %s', async (_, Policy, name, message) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  const { keyArn } = cloud.key()

  const refused = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy })))

  expect(refused).toEqual({ name, message: expect.stringMatching(message) })
  expect(cloud.calls.writes()).toEqual([])
})

test('the lock-out check can be bypassed', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key()
  const Policy = JSON.stringify({ Statement: [] })

  await cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy, BypassPolicyLockoutSafetyCheck: true }))

  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(Policy)
})

test.each([
  ['a role without its path', 'arn:aws:iam::111122223333:role/GtExec'],
  ['a wildcard', 'arn:aws:iam::111122223333:role/service-role/*'],
  ['a unique id of nobody', 'AROAEXAMPLEEXAMPLE000'],
  ['another partition', 'arn:aws-cn:iam::111122223333:root'],
  ['no ARN', 'GtExec'],
  ['no account', 'arn:aws:iam::aws:root'],
  ['a group', 'arn:aws:iam::444455556666:group/labelers'],
  ['a session of no role', 'arn:aws:sts::111122223333:assumed-role/Other/session'],
])('PutKeyPolicy does not find a principal that is %s', async (_, AWS) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  const { keyArn } = cloud.key()
  const Policy = JSON.stringify(delegation([allow({ AWS })]))

  const refused = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy })))

  expect(refused).toEqual({ name: 'MalformedPolicyDocumentException', message: INVALID_PRINCIPALS })
})

test('PutKeyPolicy takes every principal that exists, and those of accounts it knows nothing of', async () => {
  const cloud = fakeAws()
  const { roleId } = cloud.role({ name: 'GtExec', path: '/service-role/' })
  const { userArn } = cloud.user({ name: 'ana', path: '/team/' })
  const { keyArn } = cloud.key()
  const AWS = [
    '*',
    GT_EXEC,
    roleId,
    userArn,
    '444455556666',
    'arn:aws:iam::444455556666:role/Any',
    'arn:aws:sts::111122223333:assumed-role/GtExec/session',
    'arn:aws:sts::111122223333:federated-user/kim',
  ]
  const Policy = JSON.stringify(delegation([allow({ AWS }), allow({ Service: 'logs.amazonaws.com' })]))

  await cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy }))

  expect((await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))).Policy).toBe(Policy)
})

test('a deleted role shows as its unique id, also when a role of that name is made again', async () => {
  const cloud = fakeAws()
  const { roleArn, roleId } = cloud.role({ name: 'GtExec', path: '/service-role/' })
  const policy = delegation([
    allow({ AWS: [roleArn, '444455556666'] }),
    { Effect: 'Deny', NotPrincipal: { AWS: roleArn }, Action: 'kms:Decrypt', Resource: '*' },
    allow({ Service: 'logs.amazonaws.com' }),
    allow('*'),
  ])
  const { keyArn } = cloud.key({ policy })

  cloud.deleteRole(roleArn)
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  const { Policy } = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn }))
  const putBack = await refusal(cloud.send(new PutKeyPolicyCommand({ KeyId: keyArn, Policy })))

  expect(JSON.parse(Policy ?? '')).toEqual(
    delegation([
      allow({ AWS: [roleId, '444455556666'] }),
      { Effect: 'Deny', NotPrincipal: { AWS: roleId }, Action: 'kms:Decrypt', Resource: '*' },
      allow({ Service: 'logs.amazonaws.com' }),
      allow('*'),
    ]),
  )
  expect(putBack.message).toBe(INVALID_PRINCIPALS)
})

test('grants are made once a name, listed by grantee, and revoked', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key()
  const input = { KeyId: keyArn, GranteePrincipal: roleArn, Operations: ['Decrypt'], Name: 'sm-gt' } as const
  const create = () => cloud.send(new CreateGrantCommand({ ...input, Operations: [...input.Operations] }))

  const first = await create()
  const second = await create()
  await cloud.send(
    new CreateGrantCommand({
      KeyId: keyArn,
      GranteePrincipal: ROOT,
      Operations: ['Encrypt'],
      Constraints: { EncryptionContextSubset: { team: 'vision' } },
    }),
  )
  const listed = await cloud.send(new ListGrantsCommand({ KeyId: keyArn, GranteePrincipal: roleArn }))
  const one = await cloud.send(new ListGrantsCommand({ KeyId: keyArn, GrantId: first.GrantId }))
  await cloud.send(new RevokeGrantCommand({ KeyId: keyArn, GrantId: first.GrantId }))
  const left = await cloud.send(new ListGrantsCommand({ KeyId: keyArn }))

  expect(second.GrantId).toBe(first.GrantId)
  expect(listed.Grants).toEqual([
    {
      KeyId: keyArn,
      GrantId: first.GrantId,
      Name: 'sm-gt',
      GranteePrincipal: roleArn,
      IssuingAccount: ROOT,
      Operations: ['Decrypt'],
      CreationDate: new Date('2026-11-23T09:00:00Z'),
    },
  ])
  expect(one.Grants).toEqual(listed.Grants)
  expect(left.Grants).toHaveLength(1)
  expect(cloud.calls.writes().map(({ name }) => name)).toEqual([
    'kms:CreateGrant',
    'kms:CreateGrant',
    'kms:RevokeGrant',
  ])
})

test('grants that cannot be are refused', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ state: 'PendingDeletion' })
  const { keyArn: away } = cloud.key({ state: 'Unavailable' })
  const grant = (KeyId: string, GranteePrincipal: string, DryRun = false) =>
    cloud.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'], DryRun }))
  const revoke = (GrantId: string) => cloud.send(new RevokeGrantCommand({ KeyId: keyArn, GrantId }))

  const pending = await refusal(grant(keyArn, ROOT))
  const nobody = await refusal(grant(away, GT_EXEC))
  const dry = await refusal(grant(away, ROOT, true))
  const missing = await refusal(revoke('none'))

  expect(pending).toEqual({ name: 'KMSInvalidStateException', message: `${keyArn} is pending deletion.` })
  expect(nobody).toEqual({
    name: 'InvalidArnException',
    message: `ARN does not refer to a valid principal: ${GT_EXEC}`,
  })
  expect(dry.name).toBe('DryRunOperationException')
  expect(missing).toEqual({
    name: 'NotFoundException',
    message: `Grant none on ${keyArn} is not found.`,
  })
  expect(cloud.calls.writes()).toEqual([])
})

test('revoking a grant can be tried', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ grants: [{ GrantId: 'g1', GranteePrincipal: ROOT }] })

  const tried = await refusal(
    cloud.send(new RevokeGrantCommand({ KeyId: keyArn, GrantId: 'g1', DryRun: true })),
  )

  expect(tried.name).toBe('DryRunOperationException')
  expect((await cloud.send(new ListGrantsCommand({ KeyId: keyArn }))).Grants).toHaveLength(1)
})

test('aliases and tags are listed in pages', async () => {
  const cloud = fakeAws({ pageSize: 2 })
  const { keyArn, keyId } = cloud.key({ alias: ['alias/a', 'alias/b', 'alias/c'], tags: { team: 'vision' } })
  cloud.key({ alias: 'alias/other' })
  cloud.key({ alias: 'alias/elsewhere', region: 'eu-west-1' })

  const first = await cloud.send(new ListAliasesCommand({ KeyId: keyArn }))
  const second = await cloud.send(new ListAliasesCommand({ KeyId: keyArn, Marker: first.NextMarker }))
  const all = await cloud.send(new ListAliasesCommand({ Marker: first.NextMarker }))
  const tags = await cloud.send(new ListResourceTagsCommand({ KeyId: keyArn }))
  const lost = await refusal(cloud.send(new ListAliasesCommand({ Marker: 'page two' })))

  expect(first.Truncated).toBe(true)
  expect([...(first.Aliases ?? []), ...(second.Aliases ?? [])]).toEqual(
    ['alias/a', 'alias/b', 'alias/c'].map((AliasName) => ({
      AliasName,
      AliasArn: `arn:aws:kms:us-east-1:111122223333:${AliasName}`,
      TargetKeyId: keyId,
      CreationDate: new Date('2025-11-23T09:00:00Z'),
      LastUpdatedDate: new Date('2025-11-23T09:00:00Z'),
    })),
  )
  expect(second).toMatchObject({ Truncated: false })
  expect(all.Aliases.map((alias: { AliasName: string }) => alias.AliasName)).toEqual([
    'alias/c',
    'alias/other',
  ])
  expect(tags).toMatchObject({ Tags: [{ TagKey: 'team', TagValue: 'vision' }], Truncated: false })
  expect(lost.name).toBe('InvalidMarkerException')
})

function decrypt(KeyId: string) {
  return new DecryptCommand({ KeyId, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })
}

test('a key that is shared through AWS RAM has a second policy, which only RAM writes', async () => {
  const cloud = fakeAws()
  const shared = { Version: '2012-10-17', Statement: [allow({ AWS: GT_EXEC })] }
  cloud.role({ name: 'GtExec', path: '/service-role/' })
  const { keyArn } = cloud.key({ policy: delegation(), sharedPolicy: shared as PolicyDocument })
  const alone = cloud.key({ policy: delegation() })
  const asRole = cloud.as('arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker')
  const put = { KeyId: keyArn, PolicyName: 'AWS_RAM', Policy: JSON.stringify(delegation()) }

  const names = await cloud.send(new ListKeyPoliciesCommand({ KeyId: keyArn }))
  const { Policy } = await cloud.send(new GetKeyPolicyCommand({ KeyId: keyArn, PolicyName: 'AWS_RAM' }))
  const none = await refusal(
    cloud.send(new GetKeyPolicyCommand({ KeyId: alone.keyArn, PolicyName: 'AWS_RAM' })),
  )
  const written = await refusal(cloud.send(new PutKeyPolicyCommand(put)))
  const used = await refusal(asRole.send(decrypt(keyArn)))
  const unused = await refusal(asRole.send(decrypt(alone.keyArn)))

  expect(names.PolicyNames).toEqual(['default', 'AWS_RAM'])
  expect(JSON.parse(Policy)).toEqual(shared)
  expect([none.name, written.name]).toEqual(['NotFoundException', 'ValidationException'])
  expect([used.name, unused.name]).toEqual(['DryRunOperationException', 'AccessDeniedException'])
})
