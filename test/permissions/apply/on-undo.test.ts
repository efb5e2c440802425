import { describe, expect, test } from 'vitest'
import type { UndoInfo } from '../../../src/permissions/apply/applied-plan.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  grantsOf,
  inlineOf,
  JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  policyText,
  putKeyPolicy,
  TWO_KEY_JOB,
  VOLUME_KEY,
  writesOf,
} from '../labeling-account.js'

describe('what takes a plan back', () => {
  test.each([
    ['auto', 2],
    ['grant', 4],
  ] as const)(
    'is handed over before the first write, and takes all of it back (%s)',
    async (prefer, count) => {
      const cloud = cloudWith(policyText(ADMIN), { volume: policyText(ADMIN, DELEGATION) })
      const aws = cloud.connect()
      const held = async () => [
        await keyPolicyOf(cloud, OUTPUT_KEY),
        await keyPolicyOf(cloud, VOLUME_KEY),
        await inlineOf(cloud),
        await grantsOf(cloud, OUTPUT_KEY),
        await grantsOf(cloud, VOLUME_KEY),
      ]
      const before = await held()
      const handed: UndoInfo[] = []

      await ensurePermissions(TWO_KEY_JOB, aws, {
        apply: true,
        prefer,
        onUndo: async (info) => {
          await Promise.resolve()
          expect(writesOf(cloud)).toEqual([])
          handed.push(JSON.parse(JSON.stringify(info)))
        },
      })
      const [info] = handed
      if (info === undefined) throw new Error('something was written')
      const { undone, kept } = await undo(info, aws)

      expect(handed).toHaveLength(1)
      expect([undone.length, kept]).toEqual([count, []])
      expect(await held()).toEqual(before)
    },
  )

  test('leaves out what was there already, and is not handed over when nothing has to be written', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    await applyPlan(plan, aws)
    const handed: UndoInfo[] = []

    const again = await applyPlan(plan, aws, { onUndo: (info) => void handed.push(info) })

    expect(again.done.map(({ status }) => status)).toEqual(['already-there'])
    expect(handed).toEqual([])
  })

  test('and cannot be kept stops the plan before anything is written', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const onUndo = () => Promise.reject(new Error('the disk is full'))

    const outcome = ensurePermissions(JOB, cloud.connect(), { apply: true, onUndo })

    await expect(outcome).rejects.toThrow('the disk is full')
    expect(writesOf(cloud)).toEqual([])
  })

  test('is asked for by a function', async () => {
    const cloud = cloudWith(policyText(DELEGATION))

    await expect(
      ensurePermissions(JOB, cloud.connect(), { apply: true, onUndo: 'log' as never }),
    ).rejects.toThrow('its option onUndo is a function')
    await expect(
      applyPlan(await planPermissions(JOB, cloud.connect()), cloud.connect(), {
        onundo: () => undefined,
      } as never),
    ).rejects.toThrow('it has no option "onundo"')
  })
})

describe('a Deny that somebody puts in between our read and our write', () => {
  test('is seen by the second read, and not overwritten', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    const deny = { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }
    const after = () => putKeyPolicy(cloud, OUTPUT_KEY, policyText(ADMIN, deny))
    cloud.inject({ call: 'kms:GetKeyPolicy', fault: { after }, after: 1 })

    const outcome = applyPlan(plan, aws)

    await expect(outcome).rejects.toMatchObject({ code: 'permissions-stale-plan' })
    expect(writesOf(cloud)).toEqual([])
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(policyText(ADMIN, deny))
  })
})
