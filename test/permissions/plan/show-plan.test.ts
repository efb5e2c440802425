import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  GUIDE,
  grantsOf,
  JOB,
  OUTPUT_KEY,
  policyText,
  ROLE,
} from '../labeling-account.js'

const allow = (Action: string, Resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } })

describe('a plan', () => {
  test('is shown as a diff, as Markdown and as JSON, with what is left', async () => {
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' }
    const cloud = cloudWith(policyText(DELEGATION, deny), {
      role: { inline: { Big: allow('s3:*', 'x'.repeat(8_000)) } },
    })

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.warnings).toEqual([expect.stringMatching(/of 10,240 characters would be in use/)])
    expect(String(plan)).toContain('plan 1  inline policy SmGroundTruthKms-')
    expect(String(plan)).toContain(`not fixed: kms:Encrypt on ${OUTPUT_KEY} (denied)`)
    expect(plan.toMarkdown().split('\n')[0]).toBe('```diff')
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({
      complete: false,
      changes: [{ kind: 'role-policy' }],
    })
  })

  test('has its signs in the first column in Markdown, where they are coloured', async () => {
    const cloud = cloudWith(policyText(ADMIN))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.toMarkdown()).toContain('\n+ {\n+   "Sid": "SmGroundTruthUse')
  })

  test('has its lines in green in HTML, where it puts something in', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(ADMIN)).connect())

    expect(plan.toHtml()).toContain('\n<span style="color:#116329">  + {</span>\n')
    expect(plan.toHtml().match(/<span/g)).toHaveLength(String(plan).match(/^ {2}\+ /gm)?.length as number)
  })

  test('with nothing to do says so', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const plan = await planPermissions(JOB, cloud.connect())

    expect(String(plan)).toBe(
      'before: 9 of 9 actions allowed\nnothing to write\nafter: 9 of 9 actions allowed (as far as policies and grants show)',
    )
  })

  test('for a grant says who gets what, and a grant that breaks off is made once', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws, { prefer: 'grant' })
    cloud.inject({ call: 'kms:CreateGrant', fault: 'timeout-after-write' })

    await applyPlan(plan, aws)

    expect(String(plan)).toContain(`+ grantee ${ROLE}`)
    expect(await grantsOf(cloud, OUTPUT_KEY)).toHaveLength(1)
  })
})
