import { expect, test } from 'vitest'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { writeManifest } from '../../src/manifests/write/write-manifest.js'
import { fakeAws } from '../../src/testing/index.js'

const WHICH = { task: 'bounding-box', attribute: 'signs' } as const
const MANIFEST = 's3://acme-gt/out/output.manifest'
const OBJECTS = [{ 'source-ref': 's3://acme-gt/in/1.jpg' }]

function worldWith(statement: object) {
  const cloud = fakeAws()
  cloud.role({
    name: 'Reader',
    inline: {
      Read: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] },
    },
  })
  const { keyArn } = cloud.key({ alias: 'alias/gt-output' })
  cloud.bucket('acme-gt')
  cloud.object(MANIFEST, '{"source-ref":"s3://acme-gt/in/1.jpg"}', { key: keyArn })
  return {
    cloud,
    keyArn,
    aws: cloud.connect({ as: 'arn:aws:sts::111122223333:assumed-role/Reader/notebook' }),
  }
}

async function all(labels: AsyncIterable<unknown>): Promise<unknown[]> {
  const list = []
  for await (const label of labels) list.push(label)
  return list
}

test('labels that may be fetched but not decrypted ask for kms:Decrypt, not for s3:GetObject', async () => {
  const { aws } = worldWith({ Action: 's3:GetObject' })

  await expect(all(readLabels(WHICH, MANIFEST, aws))).rejects.toMatchObject({
    code: 'access-denied',
    what: `Cannot read the manifest ${MANIFEST}`,
    fix: 'Allow kms:Decrypt for the identity that makes the call, and look for a Deny',
  })
})

test('labels that may not be fetched ask for s3:GetObject', async () => {
  const { aws } = worldWith({ Action: 'kms:*' })

  await expect(all(readLabels(WHICH, MANIFEST, aws))).rejects.toMatchObject({
    code: 'access-denied',
    fix: 'Allow s3:GetObject for the identity that makes the call, and look for a Deny',
  })
})

test('a manifest that may be put but not encrypted asks for kms:GenerateDataKey', async () => {
  const { aws } = worldWith({ Action: ['s3:PutObject', 'kms:DescribeKey'] })

  const writing = writeManifest(OBJECTS, 's3://acme-gt/in/a.manifest', aws, {
    task: 'bounding-box',
    key: 'alias/gt-output',
  })

  await expect(writing).rejects.toMatchObject({
    code: 'access-denied',
    fix: 'Allow kms:GenerateDataKey for the identity that makes the call, and look for a Deny',
  })
})

test('labels under a key that is disabled say to look at the key', async () => {
  const { cloud, keyArn, aws } = worldWith({ Action: ['s3:*', 'kms:*'] })
  cloud.setKeyState(keyArn, 'Disabled')

  await expect(all(readLabels(WHICH, MANIFEST, aws))).rejects.toMatchObject({
    code: 'aws-call-failed',
    fix: 'Look at the state of the key that the object is encrypted with: only an enabled key encrypts and decrypts',
  })
})
