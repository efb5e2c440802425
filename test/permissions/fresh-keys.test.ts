import { expect, test } from 'vitest'
import { boundingBox, labelingJob, outputKey } from '../../src/index.js'
import { checkPermissions } from '../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../src/testing/index.js'

test('a key that was disabled since the last check is not vouched for', async () => {
  const cloud = fakeAws()
  const { keyArn } = cloud.key({ alias: 'alias/gt' })
  const { roleArn } = cloud.role({ name: 'GtExec' })
  const aws = cloud.connect()
  const job = labelingJob('signs')
    .task(
      boundingBox({
        title: 'Box',
        description: 'Box it',
        template: 's3://gt/t.html',
        labels: 's3://gt/l.json',
      }),
    )
    .input('s3://gt/in.manifest')
    .output('s3://gt/out', outputKey('alias/gt'))
    .role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
    .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')
  await checkPermissions(job, aws)

  cloud.setKeyState(keyArn, 'Disabled')

  await expect(checkPermissions(job, aws)).rejects.toMatchObject({ code: 'key-disabled' })
})
