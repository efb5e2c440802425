import { describe, expect, test } from 'vitest'
import { boundingBox, labelingJob, outputKey } from '../../../src/index.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'

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
  .role(ROLE)
  .workers('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/v')

describe('session tags', () => {
  test.each(['sts:TagSession', 'sts:TagS*', 'sts:T*', 'sts:?agSession', 'sts:*', '*'])(
    'may differ from the tags of the role when the trust policy allows %s',
    async (action) => {
      const cloud = fakeAws()
      const statement = {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'gt' } },
      }
      cloud.key({ alias: 'alias/gt', policy: { Version: '2012-10-17', Statement: statement } })
      cloud.role({
        name: 'GtExec',
        tags: { Team: 'gt' },
        trust: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'sagemaker.amazonaws.com' },
            Action: ['sts:AssumeRole', action],
          },
        },
      })

      const { decisions } = await checkPermissions(job, cloud.connect())

      expect(new Set(decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    },
  )
})
