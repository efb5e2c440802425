import { expect, test } from 'vitest'
import { connect } from '../../../src/aws/connect.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'

test('twenty roles mended on one key policy at once all end allowed, and no statement is lost', async () => {
  const cloud = fakeAws()
  const admin = {
    Sid: 'Admin',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' },
    Action: 'kms:*',
    Resource: '*',
  }
  const { keyArn } = cloud.key({ alias: 'alias/gt', policy: { Version: '2012-10-17', Statement: [admin] } })
  // Answers come back in a later turn of the event loop, as over a network, so that the calls of all twenty interleave.
  const clients = {
    send: async (command: unknown) => {
      await new Promise((resolve) => setImmediate(resolve))
      return cloud.send(command)
    },
  }
  const aws = connect({ region: 'us-east-1', clients, clock: cloud.clock })
  const jobs = Array.from({ length: 20 }, (_, index) => {
    const { roleArn } = cloud.role({ name: `GtExec${index}` })
    return signsJob.named(`job-${index}`).role(roleArn as 'arn:aws:iam::111122223333:role/GtExec')
  })

  const ensured = await Promise.all(jobs.map((job) => ensurePermissions(job, aws, { apply: true })))

  expect(ensured.every(({ report }) => report.ok)).toBe(true)
  const reports = await Promise.all(jobs.map((job) => ensurePermissions(job, aws)))
  expect(reports.map(({ done }) => done)).toEqual(jobs.map(() => []))
  const { Policy } = await aws.call('kms:GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' })
  expect(JSON.parse(Policy ?? '').Statement).toHaveLength(21)
})
