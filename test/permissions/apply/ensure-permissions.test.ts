import { describe, expect, test } from 'vitest'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  GUIDE,
  inlineOf,
  JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  policyText,
  putKeyPolicy,
  ROLE,
  TWO_KEY_JOB,
  thrownBy,
  VOLUME_KEY,
  writesOf,
} from '../labeling-account.js'

const DENY = { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }

const FROM_ENDPOINT = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }

describe('ensurePermissions', () => {
  test('writes nothing and throws with report and plan when something is missing', async () => {
    const cloud = cloudWith(policyText(ADMIN))

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect()))

    expect(error).toMatchObject({ name: 'LabelingJobError', code: 'permissions-not-met' })
    expect(error.code).toBe('permissions-not-met')
    expect(error.data.report.ok).toBe(false)
    expect(error.data.plan.complete).toBe(true)
    expect(error.message).toContain(`on ${OUTPUT_KEY} missing: all 9 actions`)
    expect(error.message).toContain('Nothing was written')
    expect(writesOf(cloud)).toEqual([])
  })

  test('gives the report and writes nothing when all is allowed', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect({ ...ensured, report: ensured.report.ok }).toEqual({ report: true, done: [] })
    expect(writesOf(cloud)).toEqual([])
  })

  test('puts its own statement into a key policy that does not delegate, and undo restores every byte', async () => {
    const before = policyText(ADMIN)
    const cloud = cloudWith(before)
    const aws = cloud.connect()

    const ensured = await ensurePermissions(JOB, aws, { apply: true })
    const after = await keyPolicyOf(cloud, OUTPUT_KEY)
    const undone = await undo(JSON.parse(JSON.stringify(ensured.undo)), aws)

    expect(ensured.report.ok).toBe(true)
    expect(ensured.done.map(({ status: state }) => state)).toEqual(['verified'])
    expect(JSON.parse(after).Statement).toEqual([
      ADMIN,
      { ...GUIDE, Sid: expect.stringMatching(/^SmGroundTruthUse[0-9a-f]{8}$/) },
    ])
    expect(undone.undone).toHaveLength(1)
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(before)
  })

  test('puts an inline policy on the role where the key policy delegates, and undo deletes it', async () => {
    const cloud = cloudWith(policyText(DELEGATION), { volume: policyText(DELEGATION, GUIDE) })
    const aws = cloud.connect()

    const ensured = await ensurePermissions(TWO_KEY_JOB, aws, { apply: true })
    const written = Object.entries(await inlineOf(cloud))
    const documents = written.map(([name, text]) => [name, JSON.parse(text).Statement])
    await undo(ensured.undo ?? { region: '', at: '', caller: '', entries: [] }, aws)

    expect(documents).toEqual([
      [
        expect.stringMatching(/^SmGroundTruthKms-[0-9a-f]{8}$/),
        [
          {
            Sid: 'SmGroundTruthKms',
            Effect: 'Allow',
            Action: expect.arrayContaining(['kms:Decrypt']),
            Resource: OUTPUT_KEY,
          },
        ],
      ],
      [
        expect.stringMatching(/^SmGroundTruthKms-[0-9a-f]{8}$/),
        [{ Sid: 'SmGroundTruthKms', Effect: 'Allow', Action: ['kms:CreateGrant'], Resource: VOLUME_KEY }],
      ],
    ])
    expect(await inlineOf(cloud)).toEqual({})
  })

  test.each([
    [false, 'permissions-plan-refused', 0],
    [true, undefined, 1],
  ] as const)('asks with the plan and does as it is told: %s', async (agreed, code, writes) => {
    const cloud = cloudWith(policyText(ADMIN))
    const shown: string[] = []
    const apply = (plan: object) => {
      shown.push(String(plan))
      return agreed
    }

    const result = await ensurePermissions(JOB, cloud.connect(), { apply }).catch((error) => error)

    expect(result.code).toBe(code)
    expect(shown).toHaveLength(1)
    expect(shown[0]).toContain('  + {\n  +   "Sid": "SmGroundTruthUse')
    expect(shown[0]).toContain('after: 9 of 9 actions allowed')
    expect(writesOf(cloud)).toHaveLength(writes)
  })

  test('half a mend is not written', async () => {
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }
    const cloud = cloudWith(policyText(ADMIN, deny))

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { apply: true }))

    expect(error.data.plan.notFixed.map(({ decision, why }) => [decision.action, why])).toEqual([
      [
        'kms:Decrypt',
        'a Deny stands against it; needed: key-policy No taken away, as no Allow outweighs a Deny',
      ],
    ])
    expect(error.data.plan.complete).toBe(false)
    expect(error.data.plan.changes[0]).toMatchObject({
      actions: expect.not.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']),
    })
    expect(writesOf(cloud)).toEqual([])
  })

  test('ensure plans again when the policy changes under its hands', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    let changes = 2
    const after = () => {
      const change = { ...DELEGATION, Sid: `Change${--changes}`, Action: 'kms:List*' }
      return putKeyPolicy(cloud, OUTPUT_KEY, policyText(ADMIN, change))
    }
    cloud.inject({ call: 'kms:ListGrants', fault: { after }, times: 2 })

    const ensured = await ensurePermissions(JOB, cloud.connect(), { apply: true })

    expect(ensured.report.ok).toBe(true)
    expect(
      JSON.parse(await keyPolicyOf(cloud, OUTPUT_KEY)).Statement.map(({ Sid }: { Sid: string }) => Sid),
    ).toEqual(['Admin', 'Change0', expect.stringMatching(/^SmGroundTruthUse/)])
  })

  test('ensure says unknown of what never showed up, with the way back', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: 'slow-propagation', delay: 3_600_000 })

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { apply: true }))

    expect(error.code).toBe('permissions-not-met')
    expect(error.data.undo?.entries).toHaveLength(1)
  })

  test('two jobs at once on one key lose no statement', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()

    const both = await Promise.all([
      ensurePermissions(JOB, aws, { apply: true }),
      ensurePermissions(JOB, aws, { apply: true }),
    ])

    expect(both.map(({ report }) => report.ok)).toEqual([true, true])
    expect(writesOf(cloud)).toEqual(['kms:PutKeyPolicy'])
  })
})

describe('the option apply', () => {
  test('false writes nothing', async () => {
    const cloud = cloudWith(policyText(ADMIN))

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), { apply: false }))

    expect(error.code).toBe('permissions-not-met')
    expect(writesOf(cloud)).toEqual([])
  })

  test('true with the documented statement writes no plan that leaves a Deny in the way', async () => {
    const cloud = cloudWith(policyText(ADMIN, DENY, { ...GUIDE, Condition: FROM_ENDPOINT }))
    const options = { addDocumentedStatement: true, apply: true }

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), options))

    expect(error.data.plan.changes).toHaveLength(1)
    expect(error.fix).toContain(
      '{ apply: true } writes only what makes everything allowed: print error.data.plan, and pass a function as apply to have the part written',
    )
    expect(writesOf(cloud)).toEqual([])
  })

  test('true with the documented statement writes nothing to a job whose role nobody may assume', async () => {
    const trust = { Version: '2012-10-17', Statement: [] }
    const cloud = cloudWith(policyText(ADMIN, { ...GUIDE, Condition: FROM_ENDPOINT }), { role: { trust } })
    const options = { addDocumentedStatement: true, apply: true }

    const error = await thrownBy(ensurePermissions(JOB, cloud.connect(), options))

    expect(String(error.data.plan)).toContain(
      `error: The trust policy of ${ROLE}: it does not let sagemaker.amazonaws.com assume the role.`,
    )
    expect(error.message).toContain(`The trust policy of ${ROLE}: it does not let`)
    expect(writesOf(cloud)).toEqual([])
  })
})
