import { expect, test } from 'vitest'
import { volumeKey } from '../../../src/index.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'

const cloud = () => {
  const aws = fakeAws()
  const { keyArn } = aws.key({ alias: 'alias/gt' })
  const { roleArn } = aws.role({ name: 'GtExec' })
  const job = signsJob.role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
  return { aws, keyArn, job }
}

test('a key that was disabled since the last check is not vouched for', async () => {
  const { aws, keyArn, job } = cloud()
  const connection = aws.connect()
  await checkPermissions(job, connection)

  aws.setKeyState(keyArn, 'Disabled')

  await expect(checkPermissions(job, connection)).rejects.toMatchObject({ code: 'key-disabled' })
})

test('a check leaves what other jobs of the process remember of their keys', async () => {
  const { aws, job } = cloud()
  aws.key({ alias: 'alias/other' })
  const connection = aws.connect()
  const other = job.named('other').autoLabeling(volumeKey('alias/other'))
  await other.resolve(connection)

  await checkPermissions(job, connection)
  await other.resolve(connection)

  expect(aws.calls.of('kms:DescribeKey').map(({ input }) => input)).toEqual([
    { KeyId: 'alias/gt' },
    { KeyId: 'alias/other' },
    { KeyId: 'alias/gt' },
  ])
})

test('a key for both purposes is asked for once, also when it is looked up afresh', async () => {
  const { aws, job } = cloud()
  const both = job.autoLabeling(volumeKey('alias/gt'))

  const resolved = await both.resolve(aws.connect(), { fresh: true })

  expect(resolved.keys.volume).toEqual(resolved.keys.output)
  expect(aws.calls.of('kms:DescribeKey')).toHaveLength(1)
})
