import { GetKeyPolicyCommand } from '@aws-sdk/client-kms'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import type { Aws } from '../../src/aws/aws.js'
import { isAwsError } from '../../src/aws/aws-error.js'
import { awsErrorName } from '../../src/aws/translate-aws-error.js'
import type { PolicyDocument } from '../../src/permissions/index.js'
import { type DifferenceName, KNOWN_DIFFERENCES } from './known-differences.js'
import { allow, keyPolicyOf, manyPolicies, type Place, unique } from './place.js'

/** Observes every known difference: AWS's behaviour where it is held to it, moto's own on moto. */
export function differenceFacts(place: () => Place): void {
  const rows = Object.entries(KNOWN_DIFFERENCES).map(
    ([name, row]) =>
      [`${row.doing}: ${row.aws} at AWS, ${row.moto} on moto`, name as DifferenceName, row] as const,
  )

  test.each(rows)('%s', async (_title, name, { aws, moto }) => {
    const observed = await OBSERVE[name](place())

    expect(observed).toBe(place().differs ? moto : aws)
  })
}

const OBSERVE: Readonly<Record<DifferenceName, (place: Place) => Promise<string>>> = {
  orphan: (place) => putting(place, (policy) => withStatement(policy, 'AROAJ3ZQRSTUVWXYZ2345')),
  unparsable: (place) => putting(place, () => 'not a policy'),
  long: (place) => putting(place, (policy) => `${policy}${' '.repeat(33_000)}`),
  lockOut: (place) => putting(place, (policy) => policy.replace('"kms:*"', '"kms:Decrypt"')),
  policyName: async ({ key, kms }) => {
    const { keyId } = await key()
    return answerOf(kms.send(new GetKeyPolicyCommand({ KeyId: keyId })))
  },
  awsManaged: async ({ aws }) => {
    const { KeyMetadata } = await aws.call('kms:DescribeKey', { KeyId: 'alias/aws/s3' })
    return `managed by ${KeyMetadata?.KeyManager}`
  },
  dryRunGrant: async ({ aws, key, role }) => {
    const { keyArn } = await key()
    const grant = { KeyId: keyArn, GranteePrincipal: await role(), Operations: ['Decrypt'] }
    const answer = await answerOf(aws.call('kms:CreateGrant', { ...grant, DryRun: true }))
    const { Grants = [] } = await aws.call('kms:ListGrants', { KeyId: keyArn })
    return `${answer}, grants: ${Grants.length}`
  },
  dryRun: async ({ aws, key }) => {
    const { keyArn } = await key()
    return answerOf(aws.call('kms:Encrypt', { KeyId: keyArn, Plaintext: new Uint8Array(1), DryRun: true }))
  },
  enforcement: async ({ account, aws, key, role }) => {
    const { keyArn } = await key()
    const credentials = await sessionOf(aws, await role({ trust: trustOf(account) }))
    const asRole = aws.with({ credentials })
    return answerOf(asRole.call('kms:Encrypt', { KeyId: keyArn, Plaintext: new Uint8Array(1), DryRun: true }))
  },
  trust: async ({ aws, role }) =>
    answerOf(
      aws.call('sts:AssumeRole', { RoleArn: await role(), RoleSessionName: 'probe', DurationSeconds: 900 }),
    ),
  grantee: async ({ aws, key, role }) => {
    const { keyArn } = await key()
    const grantees = [await role(), await role()] as const
    for (const GranteePrincipal of grantees) {
      await aws.call('kms:CreateGrant', { KeyId: keyArn, GranteePrincipal, Operations: ['Decrypt'] })
    }
    const { Grants = [] } = await aws.call('kms:ListGrants', { KeyId: keyArn, GranteePrincipal: grantees[0] })
    return `grants: ${Grants.length}`
  },
  grantPages: async ({ aws, key, role }) => {
    const { keyArn } = await key()
    const GranteePrincipal = await role()
    for (let index = 0; index < 60; index++) {
      const Name = `grant-${index}`
      await aws.call('kms:CreateGrant', { KeyId: keyArn, GranteePrincipal, Operations: ['Decrypt'], Name })
    }
    return pagesOf(async (Marker) => {
      const page = await aws.call('kms:ListGrants', {
        KeyId: keyArn,
        ...(Marker !== undefined && { Marker }),
      })
      return { size: page.Grants?.length, next: page.Truncated ? page.NextMarker : undefined }
    })
  },
  policyPages: async ({ aws, role }) => {
    const RoleName = nameOf(await role({ inline: manyPolicies(104) }))
    return pagesOf(async (Marker) => {
      const page = await aws.call('iam:ListRolePolicies', {
        RoleName,
        ...(Marker !== undefined && { Marker }),
      })
      return { size: page.PolicyNames?.length, next: page.IsTruncated ? page.Marker : undefined }
    })
  },
  grantName: async ({ aws, key, role }) => {
    const { keyArn } = await key()
    const grant = { KeyId: keyArn, GranteePrincipal: await role(), Operations: ['Decrypt'], Name: 'once' }
    const made = [await aws.call('kms:CreateGrant', grant), await aws.call('kms:CreateGrant', grant)]
    return `grants: ${new Set(made.map(({ GrantId }) => GrantId)).size}`
  },
  inlineQuota: async ({ aws, role }) => {
    const actions = Array.from({ length: 600 }, (_, index) => `s3:GetObject${index}`)
    const input = { PolicyName: 'long', PolicyDocument: JSON.stringify(allow(...actions)) }
    return answerOf(aws.call('iam:PutRolePolicy', { RoleName: nameOf(await role()), ...input }))
  },
  simulator: async ({ aws, role }) => {
    const PolicySourceArn = await role()
    return answerOf(
      aws.call('iam:SimulatePrincipalPolicy', {
        PolicySourceArn,
        ActionNames: ['kms:Encrypt'],
        ResourceArns: ['*'],
        ContextEntries: [],
      }),
    )
  },
  copyRace: async (place) => {
    const { Bucket, Key } = await anObject(place)
    const copy = { Bucket, Key, CopySource: `${Bucket}/${Key}`, CopySourceIfMatch: '"0"' }
    return answerOf(place.aws.call('s3:CopyObject', { ...copy, StorageClass: 'STANDARD_IA' }))
  },
  customerKey: async ({ aws, bucket, s3 }) => {
    const at = { Bucket: unique('gt-difference'), Key: 'x' }
    await bucket(at.Bucket)
    const key = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'k'.repeat(32) }
    await s3.send(new PutObjectCommand({ ...at, ...key, Body: 'x' }))
    return answerOf(aws.call('s3:HeadObject', at))
  },
  updateEncryption: async (place) => {
    const { Bucket, Key } = await anObject(place)
    const { keyArn: KMSKeyArn } = await place.key()
    const ObjectEncryption = { SSEKMS: { KMSKeyArn } }
    const answer = await answerOf(
      place.aws.call('s3:UpdateObjectEncryption', { Bucket, Key, ObjectEncryption }),
    )
    const { ServerSideEncryption: now, ContentLength } = await place.aws.call('s3:HeadObject', {
      Bucket,
      Key,
    })
    return `${answer}, then ${now ?? 'nothing'} on ${ContentLength === 1 ? 'the same' : 'another'} object`
  },
}

async function anObject({ bucket, s3 }: Place) {
  const at = { Bucket: unique('gt-difference'), Key: 'x' }
  await bucket(at.Bucket)
  await s3.send(new PutObjectCommand({ ...at, Body: 'x', ServerSideEncryption: 'AES256' }))
  return at
}

function trustOf(account: string): PolicyDocument {
  const Principal = { AWS: `arn:aws:iam::${account}:root` }
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] }
}

async function sessionOf(aws: Aws, RoleArn: string): Promise<object> {
  const input = { RoleArn, RoleSessionName: 'conformance', DurationSeconds: 900 }
  const { Credentials } = await aws.call('sts:AssumeRole', input)
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

async function putting(place: Place, change: (policy: string) => string): Promise<string> {
  const { keyArn } = await place.key()
  const Policy = change(JSON.stringify(JSON.parse(await keyPolicyOf(place, keyArn))))
  return answerOf(place.aws.call('kms:PutKeyPolicy', { KeyId: keyArn, PolicyName: 'default', Policy }))
}

function withStatement(policy: string, principal: string): string {
  const document = JSON.parse(policy)
  const more = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:Decrypt', Resource: '*' }
  return JSON.stringify({ ...document, Statement: [...document.Statement, more] })
}

/** The name of AWS's error, or that there was none. */
async function answerOf(calling: Promise<unknown>): Promise<string> {
  try {
    await calling
    return 'accepted'
  } catch (thrown) {
    return isAwsError(thrown) ? thrown.data.awsError : awsErrorName(thrown)
  }
}

async function pagesOf(
  read: (marker: string | undefined) => Promise<{ size: number | undefined; next: string | undefined }>,
): Promise<string> {
  const sizes: (number | undefined)[] = []
  let marker: string | undefined
  do {
    const { size, next } = await read(marker)
    sizes.push(size)
    marker = next
  } while (marker !== undefined)
  return `pages of ${sizes.join(', ')}`
}

function nameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1)
}
