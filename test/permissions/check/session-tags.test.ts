import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { fakeAws } from '../../../src/testing/index.js'
import { signsJob } from '../../support/signs-job.js'

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

      const { decisions } = await checkPermissions(signsJob, cloud.connect())

      expect(new Set(decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    },
  )
})
