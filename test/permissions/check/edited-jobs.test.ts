import { expect, test } from 'vitest'
import { outputKey, volumeKey } from '../../../src/index.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'

async function world() {
  const cloud = fakeAws()
  const output = cloud.key({ alias: 'alias/output' })
  const volume = cloud.key({ alias: 'alias/volume' })
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const aws = cloud.connect()
  const resolved = await signsJob
    .output('s3://gt/out', outputKey('alias/output'))
    .autoLabeling(volumeKey('alias/volume'))
    .role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
    .resolve(aws)
  return { aws, resolved, output: output.keyArn, volume: volume.keyArn }
}

test.each(['emptied', 'swapped'])(
  'a resolved job whose keys were %s is checked on the keys of its request',
  async (how) => {
    const { aws, resolved, output, volume } = await world()
    const { keys } = resolved
    const edited = {
      emptied: { ...resolved, keys: {} },
      swapped: { ...resolved, keys: { output: keys.volume, volume: keys.output } as typeof keys },
    }[how]

    const report = await checkPermissions(edited as typeof resolved, aws)

    expect(report.ok).toBe(false)
    expect(report.decisions).toHaveLength(19)
    expect(report.keys.map(({ arn, purposes }) => [arn, purposes])).toEqual([
      [output, ['output']],
      [volume, ['volume']],
    ])
  },
)

test('a resolved job that went through JSON is checked, and its keys keep the names that were given', async () => {
  const { aws, resolved, output, volume } = await world()

  const report = await checkPermissions(
    { ...JSON.parse(JSON.stringify({ ...resolved, toJSON: undefined })) } as typeof resolved,
    aws,
  )

  expect(report.keys).toEqual([
    { arn: output, given: 'alias/output', purposes: ['output'] },
    { arn: volume, given: 'alias/volume', purposes: ['volume'] },
  ])
})

test('a request that was edited since is the truth, whatever keys stand beside it', async () => {
  const { aws, resolved, volume } = await world()
  const request = { ...resolved.request, OutputConfig: { S3OutputPath: 's3://gt/out', KmsKeyId: volume } }

  const report = await checkPermissions({ ...resolved, request }, aws)

  expect(report.keys.map(({ arn, purposes }) => [arn, purposes])).toEqual([[volume, ['output', 'volume']]])
})

test('what is no request is refused, and not taken for a job without keys', async () => {
  const { aws, resolved } = await world()

  await expect(checkPermissions({ ...resolved, request: {} as never }, aws)).rejects.toThrow(
    'it was given no labeling job',
  )
})

test('a key that was emptied in the request is refused as an empty text', async () => {
  const { aws, resolved } = await world()
  const request = { ...resolved.request, OutputConfig: { S3OutputPath: 's3://gt/out', KmsKeyId: '' } }

  await expect(checkPermissions({ ...resolved, request }, aws)).rejects.toMatchObject({
    code: 'key-invalid',
    what: 'Cannot use "" as the output key',
    fix: 'Leave the key out when there is none; an empty string would silently mean a key of AWS',
  })
})
