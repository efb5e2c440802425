import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ADMIN, DELEGATION, JOB, OUTPUT_KEY, policyText, thrownBy, worldWith } from '../small-aws.js'

const REASON = new Error('the user pressed Ctrl-C')

describe('a signal', () => {
  test.each([
    ['checkPermissions', checkPermissions],
    ['planPermissions', planPermissions],
    ['ensurePermissions', ensurePermissions],
  ])('that is aborted already keeps %s from reading', async (_, call) => {
    const world = worldWith(policyText(ADMIN))

    const outcome = call(JOB, world.connect(), { signal: AbortSignal.abort(REASON) })

    await expect(outcome).rejects.toMatchObject({ code: 'aborted', name: 'AbortError', cause: REASON })
    expect(world.calls).toEqual([])
  })

  test.each(['GetKeyPolicy', 'ListRolePolicies', 'AssumeRole', 'GetRole'])(
    'ends a check and a plan at %s',
    async (name) => {
      const world = worldWith(policyText(ADMIN))
      const stop = new AbortController()
      world.before = (call) => {
        if (call === name) stop.abort(REASON)
      }
      const options = { signal: stop.signal, probe: true, prefer: 'grant' } as const

      const outcome = planPermissions(JOB, world.connect(), options)

      await expect(outcome).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    },
  )

  test('ends a plan before anything is written, when it is aborted as the way back is kept', async () => {
    const world = worldWith(policyText(ADMIN))
    const stop = new AbortController()

    const error = await thrownBy(
      ensurePermissions(JOB, world.connect(), {
        apply: true,
        signal: stop.signal,
        onUndo: () => stop.abort(REASON),
      }),
    )

    expect(error).toMatchObject({ code: 'aborted', cause: REASON })
    expect(world.writes).toEqual([])
  })

  test('that comes after a write is answered with what takes it back', async () => {
    const world = worldWith(policyText(ADMIN))
    const before = world.policies.get(OUTPUT_KEY)
    const aws = world.connect()
    const plan = await planPermissions(JOB, aws)
    const stop = new AbortController()
    world.after = (call) => {
      if (call === 'PutKeyPolicy') stop.abort(REASON)
    }

    const error = await thrownBy(applyPlan(plan, aws, { signal: stop.signal }))
    world.after = () => undefined
    await undo(error.data.undo, aws)

    expect(error).toMatchObject({ code: 'aborted', data: { waitingFor: [], done: [] } })
    expect(error.fix).toBe(
      'What was written, or may have been, is in place: undo(error.data.undo, aws) takes it back',
    )
    expect(world.policies.get(OUTPUT_KEY)).toBe(before)
  })

  test('that comes while the permissions take effect is answered with what takes them back', async () => {
    const world = worldWith(policyText(DELEGATION))
    const aws = world.connect()
    const stop = new AbortController()
    let reads = 0
    world.after = (call) => {
      if (call === 'GetRolePolicy' && world.inline.size > 0 && ++reads === 3) stop.abort(REASON)
    }

    const error = await thrownBy(ensurePermissions(JOB, aws, { apply: true, signal: stop.signal }))

    expect(error).toMatchObject({ code: 'aborted', data: { undo: { entries: [{ kind: 'role-policy' }] } } })
  })

  test('ends an undo, which can be done again', async () => {
    const world = worldWith(policyText(ADMIN))
    const aws = world.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')

    const outcome = undo(info, aws, { signal: AbortSignal.abort(REASON) })

    await expect(outcome).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    expect((await undo(info, aws)).undone).toHaveLength(1)
  })

  test('is an AbortSignal', async () => {
    const world = worldWith(policyText(ADMIN))

    await expect(checkPermissions(JOB, world.connect(), { signal: {} as never })).rejects.toThrow(
      'its option signal is an AbortSignal',
    )
  })
})
