import { CreateGrantCommand, EncryptCommand, ListGrantsCommand } from '@aws-sdk/client-kms'
import { expect, test } from 'vitest'
import { type FakeAws, fakeAws } from '../../../src/testing/index.js'
import { refusal } from '../refusal.js'

const ADMIN_ONLY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
} as const
const SESSION = 'arn:aws:sts::111122223333:assumed-role/GtExec/job'

function account() {
  const cloud = fakeAws()
  cloud.user({ name: 'dev' })
  const { roleArn, roleId } = cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key({ policy: ADMIN_ONLY })
  return { cloud, roleArn, roleId, keyArn }
}

function grant(cloud: FakeAws, KeyId: string, GranteePrincipal: string) {
  return cloud.send(new CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Encrypt'] }))
}

/** How an encryption by the role ends; a dry run that would have gone through ends in an error as well. */
async function encrypting(cloud: FakeAws, KeyId: string, ...GrantTokens: string[]): Promise<string> {
  const input = { KeyId, Plaintext: new Uint8Array(1), DryRun: true, GrantTokens }
  return (await refusal(cloud.as(SESSION).send(new EncryptCommand(input)))).name
}

test('a grant counts after five minutes, and with its token at once', async () => {
  const { cloud, keyArn, roleArn } = account()

  const { GrantToken = '' } = await grant(cloud, keyArn, roleArn)
  const atOnce = [await encrypting(cloud, keyArn), await encrypting(cloud, keyArn, GrantToken)]
  cloud.clock.advance(5 * 60_000 - 1)
  const early = await encrypting(cloud, keyArn)
  cloud.clock.advance(1)
  const late = await encrypting(cloud, keyArn)

  expect(atOnce).toEqual(['AccessDeniedException', 'DryRunOperationException'])
  expect([early, late]).toEqual(['AccessDeniedException', 'DryRunOperationException'])
})

test('a grant that is asked for twice keeps its token', async () => {
  const { cloud, keyArn, roleArn } = account()
  const input = { KeyId: keyArn, GranteePrincipal: roleArn, Name: 'gt' }
  const create = () => cloud.send(new CreateGrantCommand({ ...input, Operations: ['Encrypt'] }))

  const first = await create()
  const second = await create()

  expect([second.GrantId, second.GrantToken]).toEqual([first.GrantId, first.GrantToken])
})

test('a grant that is set up counts at once, and with a date five minutes after it', async () => {
  const cloud = fakeAws()
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const own = { GranteePrincipal: roleArn, Operations: ['Encrypt'] }
  const young = { ...own, CreationDate: new Date(cloud.clock.now().getTime() - 4 * 60_000) }
  const key = (setUp: object) => cloud.key({ policy: ADMIN_ONLY, grants: [setUp] }).keyArn
  const keys = [key(own), key(young)] as const

  const now = [await encrypting(cloud, keys[0]), await encrypting(cloud, keys[1])]
  cloud.clock.advance(60_000)

  expect(now).toEqual(['DryRunOperationException', 'AccessDeniedException'])
  expect(await encrypting(cloud, keys[1])).toBe('DryRunOperationException')
})

test('a grant goes with its role, also when a role of that name is made again', async () => {
  const { cloud, keyArn, roleArn, roleId } = account()
  await grant(cloud, keyArn, roleArn)
  cloud.clock.advance(5 * 60_000)
  const before = await encrypting(cloud, keyArn)

  cloud.deleteRole(roleArn)
  cloud.role({ name: 'GtExec' })

  const { Grants = [] } = await cloud.send(new ListGrantsCommand({ KeyId: keyArn }))
  expect(before).toBe('DryRunOperationException')
  expect(await encrypting(cloud, keyArn)).toBe('AccessDeniedException')
  expect(Grants.map(({ GranteePrincipal }: { GranteePrincipal: string }) => GranteePrincipal)).toEqual([
    roleId,
  ])
})

test('a grant may be listed late', async () => {
  const { cloud, keyArn, roleArn } = account()
  cloud.inject({ call: 'kms:CreateGrant', fault: 'slow-propagation', delay: 1_000 })
  const listed = async () => (await cloud.send(new ListGrantsCommand({ KeyId: keyArn }))).Grants.length

  await grant(cloud, keyArn, roleArn)
  const early = await listed()
  cloud.clock.advance(1_000)

  expect([early, await listed()]).toEqual([0, 1])
})
