import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import { fakeAws } from '../../../src/testing/index.js'
import { ADMIN, requestWith, resolvedJob } from '../labeling-account.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'

function policy(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements }
}

const SHARE: PolicyStatement = {
  Sid: 'Share',
  Effect: 'Allow',
  Principal: { AWS: ROLE },
  Action: 'kms:*',
  Resource: '*',
}

function world(setup: { readonly policy: PolicyDocument; readonly sharedPolicy?: PolicyDocument }) {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })
  const { keyArn } = cloud.key(setup)
  const job = {
    ...resolvedJob({ output: keyArn }),
    request: { ...requestWith({ output: keyArn }), RoleArn: ROLE },
  }
  return { cloud, aws: cloud.connect(), job }
}

describe('the second policy of a key that is shared through AWS RAM', () => {
  test('allows what the first is silent on', async () => {
    const { aws, job } = world({ policy: policy(ADMIN), sharedPolicy: policy(SHARE) })

    const report = await checkPermissions(job, aws)

    expect(report.ok).toBe(true)
    expect(report.decisions[0]?.evidence).toEqual([
      { policy: 'key-policy:AWS_RAM', statement: 'Share', effect: 'Allow', via: 'role', certain: true },
    ])
  })

  test('denies what the first allows', async () => {
    const { aws, job } = world({ policy: policy(SHARE), sharedPolicy: policy({ ...SHARE, Effect: 'Deny' }) })

    const report = await checkPermissions(job, aws)

    expect(new Set(report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['denied']))
  })

  test.each(['kms:ListKeyPolicies', 'kms:GetKeyPolicy'])(
    'makes unknown what the first lacks when %s on it is refused',
    async (call) => {
      const { cloud, aws, job } = world({ policy: policy(ADMIN), sharedPolicy: policy(SHARE) })
      cloud.inject({ call, fault: 'access-denied', after: call === 'kms:GetKeyPolicy' ? 1 : 0 })

      const report = await checkPermissions(job, aws)
      const plan = await planPermissions(job, aws, { prefer: 'guide' })

      expect(report.decisions[0]).toMatchObject({
        verdict: 'unknown',
        unknownBecause: [
          {
            kind: 'unreadable',
            source: 'key-policy:AWS_RAM',
            permissionNeeded: 'kms:ListKeyPolicies, kms:GetKeyPolicy',
          },
        ],
      })
      expect(String(report)).toContain('the key policy of AWS RAM cannot be read')
      expect(plan.report.ok).toBe(true)
    },
  )

  test('spoils nothing that the first allows when it cannot be read', async () => {
    const { cloud, aws, job } = world({ policy: policy(SHARE) })
    cloud.inject({ call: 'kms:ListKeyPolicies', fault: 'access-denied' })

    const report = await checkPermissions(job, aws)

    expect(report.ok).toBe(true)
    expect(report.unreadable.map(({ permissionNeeded }) => permissionNeeded)).toEqual(['kms:ListKeyPolicies'])
  })

  test('is never written: a plan changes the first', async () => {
    const { cloud, aws, job } = world({ policy: policy(ADMIN), sharedPolicy: policy() })

    const plan = await planPermissions(job, aws)

    const [change] = plan.changes
    expect(change?.kind === 'key-policy' && JSON.parse(change.before)).toEqual(policy(ADMIN))
    expect(cloud.calls.writes()).toEqual([])
  })
})
