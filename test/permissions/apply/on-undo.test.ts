import { describe, expect, test } from 'vitest'
import type { UndoInfo } from '../../../src/permissions/apply/applied-plan.js'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  DELEGATION,
  JOB,
  OUTPUT_KEY,
  policyText,
  resolvedJob,
  VOLUME_KEY,
  worldWith,
} from '../small-aws.js'

const BOTH = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })

describe('what takes a plan back', () => {
  test.each([
    ['auto', 2],
    ['grant', 4],
  ] as const)(
    'is handed over before the first write, and takes all of it back (%s)',
    async (prefer, count) => {
      const world = worldWith(policyText(ADMIN), policyText(ADMIN, DELEGATION))
      const aws = world.connect()
      const before = new Map(world.policies)
      const handed: UndoInfo[] = []

      await ensurePermissions(BOTH, aws, {
        apply: true,
        prefer,
        onUndo: async (info) => {
          await Promise.resolve()
          expect(world.writes).toEqual([])
          handed.push(JSON.parse(JSON.stringify(info)))
        },
      })
      const [info] = handed
      if (info === undefined) throw new Error('something was written')
      const { undone, kept } = await undo(info, aws)

      expect(handed).toHaveLength(1)
      expect([undone.length, kept]).toEqual([count, []])
      expect(world.policies).toEqual(before)
      expect([...world.inline.keys(), ...[...world.grants.values()].flat()]).toEqual([])
    },
  )

  test('leaves out what was there already, and is not handed over when nothing has to be written', async () => {
    const world = worldWith(policyText(DELEGATION))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    await applyPlan(plan, aws)
    const handed: UndoInfo[] = []

    const again = await applyPlan(plan, aws, { onUndo: (info) => void handed.push(info) })

    expect(again.done.map(({ status }) => status)).toEqual(['already-there'])
    expect(handed).toEqual([])
  })

  test('and cannot be kept stops the plan before anything is written', async () => {
    const world = worldWith(policyText(DELEGATION))
    const onUndo = () => Promise.reject(new Error('the disk is full'))

    const outcome = ensurePermissions(JOB, world.connect(), { apply: true, onUndo })

    await expect(outcome).rejects.toThrow('the disk is full')
    expect(world.writes).toEqual([])
  })

  test('is asked for by a function', async () => {
    const world = worldWith(policyText(DELEGATION))

    await expect(
      ensurePermissions(JOB, world.connect(), { apply: true, onUndo: 'log' as never }),
    ).rejects.toThrow('its option onUndo is a function')
    await expect(
      applyPlan(await planPermissions(JOB, world.connect()), world.connect(), {
        onundo: () => undefined,
      } as never),
    ).rejects.toThrow('it has no option "onundo"')
  })
})

describe('a Deny that somebody puts in between our read and our write', () => {
  test('is seen by the second read, and not overwritten', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    const deny = { ...ADMIN, Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt' }
    let reads = 0
    world.after = (name) => {
      if (name === 'GetKeyPolicy' && ++reads === 2) world.policies.set(OUTPUT_KEY, policyText(ADMIN, deny))
    }

    const outcome = applyPlan(plan, aws)

    await expect(outcome).rejects.toMatchObject({ code: 'permissions-stale-plan' })
    expect(world.writes).toEqual([])
    expect(world.policies.get(OUTPUT_KEY)).toBe(policyText(ADMIN, deny))
  })
})
