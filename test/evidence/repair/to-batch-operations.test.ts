import { expect, test } from 'vitest'
import {
  planReencryption,
  type ReencryptionPlanData,
  toBatchOperations,
} from '../../../src/evidence/index.js'
import { outputKey } from '../../../src/index.js'
import { ARN, endedJob, FOLDER, FOREIGN } from './repair-world.js'

const OLD = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000'
const NEW = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-1111-1111-111111111111'
const OPTIONS = {
  manifest: 's3://acme-ops/batch/street-signs.csv',
  report: 's3://acme-ops/reports/',
  role: 'arn:aws:iam::111122223333:role/Batch',
} as const

function plan(objects: readonly object[]): ReencryptionPlanData {
  return { job: 'Street-Signs', arn: ARN, folder: FOLDER, keyArn: NEW, objects } as never
}

const FIRST = { uri: `${FOLDER}a, b+"c":ü%/1.json`, etag: '"1"', how: 'update-encryption', fromKeyArn: OLD }

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('a plan becomes a request, a manifest and a role policy', async () => {
  const copied = { uri: `${FOLDER}2`, etag: '"2"', how: 'copy-in-place' }

  const { request, manifestCsv, rolePolicy, warnings } = toBatchOperations(plan([FIRST, copied]), OPTIONS)

  expect(request).toEqual({
    AccountId: '111122223333',
    ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    ConfirmationRequired: true,
    Description: `Output of the labeling job Street-Signs under ${NEW}`,
    Priority: 10,
    RoleArn: OPTIONS.role,
    Operation: { S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: NEW } } } },
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] },
      Location: {
        ObjectArn: 'arn:aws:s3:::acme-ops/batch/street-signs.csv',
        ETag: 'THE-ETAG-OF-THE-MANIFEST',
      },
    },
    Report: {
      Enabled: true,
      Bucket: 'arn:aws:s3:::acme-ops',
      Prefix: 'reports',
      Format: 'Report_CSV_20180820',
      ReportScope: 'FailedTasksOnly',
    },
  })
  expect(await textOf(manifestCsv)).toBe('acme-gt,out/Street-Signs/a%2C%20b%2B%22c%22%3A%C3%BC%25/1.json\n')
  expect(await textOf(manifestCsv)).toHaveLength(63)
  expect(rolePolicy).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ChangeEncryption',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:UpdateObjectEncryption'],
        Resource: 'arn:aws:s3:::acme-gt/out/Street-Signs/*',
      },
      {
        Sid: 'ReadManifest',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: 'arn:aws:s3:::acme-ops/batch/street-signs.csv',
      },
      {
        Sid: 'WriteReport',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::acme-ops/reports/*',
      },
      {
        Sid: 'UseKeys',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
        Resource: [NEW, OLD],
      },
    ],
  })
  expect(warnings).toContainEqual(expect.stringContaining('always encrypts it with a key of S3 (SSE-S3)'))
  expect(warnings).toContainEqual(
    '1 object of the plan cannot be changed in place, and are not in the manifest.',
  )
})

test('versions have a column, and the same plan has the same token', async () => {
  const objects = [
    { ...FIRST, versionId: 'v1' },
    { ...FIRST, versionId: 'v2', noncurrent: true },
  ]
  const there = { ...OPTIONS, report: 's3://acme-ops' } as const

  const { request, manifestCsv, rolePolicy, warnings } = toBatchOperations(plan(objects), there)

  const csv = await textOf(manifestCsv)
  expect(csv.split('\n').map((line) => line.split(',').at(-1))).toEqual(['v1', 'v2', ''])
  expect(request).toMatchObject({ Manifest: { Spec: { Fields: ['Bucket', 'Key', 'VersionId'] } } })
  expect(request).not.toHaveProperty('Report.Prefix')
  expect(JSON.stringify(rolePolicy)).toContain('"arn:aws:s3:::acme-ops/*"')
  expect(warnings.join(' ')).not.toContain('not in the manifest.')
  expect(toBatchOperations(plan(objects), there).request).toEqual(request)
  expect(toBatchOperations(plan(objects.slice(1)), there).request).not.toMatchObject({
    ClientRequestToken: (request as { ClientRequestToken: string }).ClientRequestToken,
  })
})

test.each([
  ['an object outside of the folder', { uri: 's3://acme-gt/in/x' }, {}, {}, 'not in the folder of its job'],
  ['a way out of the folder', { uri: `${FOLDER}../x` }, {}, {}, 'not in the folder of its job'],
  ['a folder that is none', {}, { folder: 's3://acme-gt' }, {}, 'it has to be a folder in S3'],
  ['a role that is none', {}, {}, { role: 'Batch' }, 'role is "Batch"'],
  ['a manifest that is a bucket', {}, {}, { manifest: 's3://acme-ops' }, 'give the address of an object'],
  ['an option that there is not', {}, {}, { key: NEW }, 'it has no option "key"'],
])('%s is refused', (_, object, edit, option, words) => {
  const edited = { ...plan([{ ...FIRST, ...object }]), ...edit }

  expect(() => toBatchOperations(edited as never, { ...OPTIONS, ...option } as never)).toThrow(words)
})

test('a plan of a job becomes documents', async () => {
  const { aws, ours } = await endedJob({ misplace: { in: 'manifests/', key: FOREIGN, encryption: 'dsse' } })
  const made = await planReencryption({ arn: ARN }, outputKey('alias/ours'), aws)

  const { manifestCsv, rolePolicy } = toBatchOperations(made, OPTIONS)

  expect((await textOf(manifestCsv)).trimEnd().split('\n')).toHaveLength(made.objects.length - 1)
  expect(JSON.stringify(rolePolicy)).toContain(ours)
})

test('S3 Bucket Keys are kept where all objects have one, and else it is said that they go', () => {
  const request = (bucketKeys: boolean[]) => {
    const objects = bucketKeys.map((bucketKey, index) => ({
      ...FIRST,
      uri: `${FIRST.uri}${index}` as const,
      ...(bucketKey && { bucketKey: true as const }),
    }))
    const { request: made, warnings } = toBatchOperations(plan(objects), OPTIONS)
    return { made: JSON.stringify(made), said: warnings.filter((each) => each.includes('Bucket Key')) }
  }

  expect(request([true, true]).made).toContain(`{"KMSKeyArn":"${NEW}","BucketKeyEnabled":true}`)
  expect(request([true, true]).said).toEqual([])
  expect(request([false]).made).toContain(`{"KMSKeyArn":"${NEW}"}`)
  expect(request([true, false]).made).toContain(`{"KMSKeyArn":"${NEW}"}`)
  expect(request([true, false]).said).toEqual([
    '1 object of 2 uses an S3 Bucket Key, and will not afterwards, so that reading them asks KMS each time: reencrypt() keeps it, and so do two jobs, each with its part of the manifest.',
  ])
})
