import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { undo } from '../../../src/permissions/apply/undo.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import {
  ADMIN,
  cloudWith,
  DELEGATION,
  JOB,
  keyPolicyOf,
  OUTPUT_KEY,
  policyText,
  thrownBy,
  writesOf,
} from '../labeling-account.js'

const REASON = new Error('the user pressed Ctrl-C')

describe('a signal', () => {
  test.each([
    ['checkPermissions', checkPermissions],
    ['planPermissions', planPermissions],
    ['ensurePermissions', ensurePermissions],
  ])('that is aborted already keeps %s from reading', async (_, call) => {
    const cloud = cloudWith(policyText(ADMIN))

    const outcome = call(JOB, cloud.connect(), { signal: AbortSignal.abort(REASON) })

    await expect(outcome).rejects.toMatchObject({ code: 'aborted', name: 'AbortError', cause: REASON })
    expect(cloud.calls.names()).toEqual([])
  })

  test.each(['kms:GetKeyPolicy', 'iam:ListRolePolicies', 'iam:SimulatePrincipalPolicy', 'sts:AssumeRole'])(
    'ends a check and a plan at %s',
    async (name) => {
      const cloud = cloudWith(policyText(ADMIN))
      const stop = new AbortController()
      const abort = () => {
        stop.abort(REASON)
        return undefined
      }
      cloud.inject({ call: name, fault: { before: abort } })
      const options = { signal: stop.signal, simulate: true, probe: true, prefer: 'grant' } as const

      const outcome = planPermissions(JOB, cloud.connect(), options)

      await expect(outcome).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    },
  )

  test('ends a plan before anything is written, when it is aborted as the way back is kept', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const stop = new AbortController()

    const error = await thrownBy(
      ensurePermissions(JOB, cloud.connect(), {
        apply: true,
        signal: stop.signal,
        onUndo: () => stop.abort(REASON),
      }),
    )

    expect(error).toMatchObject({ code: 'aborted', cause: REASON })
    expect(writesOf(cloud)).toEqual([])
  })

  test('that comes after a write is answered with what takes it back', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const before = await keyPolicyOf(cloud, OUTPUT_KEY)
    const aws = cloud.connect()
    const plan = await planPermissions(JOB, aws)
    const stop = new AbortController()
    cloud.inject({ call: 'kms:PutKeyPolicy', fault: { after: () => stop.abort(REASON) } })

    const error = await thrownBy(applyPlan(plan, aws, { signal: stop.signal }))
    await undo(error.data.undo, aws)

    expect(error).toMatchObject({ code: 'aborted', data: { waitingFor: [], done: [] } })
    expect(error.fix).toBe(
      'What was written, or may have been, is in place: undo(error.data.undo, aws) takes it back',
    )
    expect(await keyPolicyOf(cloud, OUTPUT_KEY)).toBe(before)
  })

  test('that comes while the permissions take effect is answered with what takes them back', async () => {
    const cloud = cloudWith(policyText(DELEGATION))
    const aws = cloud.connect()
    const stop = new AbortController()
    const onUndo = () =>
      cloud.inject({ call: 'iam:GetRolePolicy', fault: { after: () => stop.abort(REASON) }, after: 4 })

    const error = await thrownBy(ensurePermissions(JOB, aws, { apply: true, onUndo, signal: stop.signal }))

    expect(error).toMatchObject({ code: 'aborted', data: { undo: { entries: [{ kind: 'role-policy' }] } } })
  })

  test('ends an undo, which can be done again', async () => {
    const cloud = cloudWith(policyText(ADMIN))
    const aws = cloud.connect()
    const { undo: info } = await ensurePermissions(JOB, aws, { apply: true })
    if (info === undefined) throw new Error('something was written')

    const outcome = undo(info, aws, { signal: AbortSignal.abort(REASON) })

    await expect(outcome).rejects.toMatchObject({ code: 'aborted', cause: REASON })
    expect((await undo(info, aws)).undone).toHaveLength(1)
  })

  test('is an AbortSignal', async () => {
    const cloud = cloudWith(policyText(ADMIN))

    await expect(checkPermissions(JOB, cloud.connect(), { signal: {} as never })).rejects.toThrow(
      'its option signal is an AbortSignal',
    )
  })
})
