import { describe, expect, test } from 'vitest'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ADMIN, cloudWith, GUIDE, JOB, policyText } from '../labeling-account.js'

describe('arguments that the compiler would have refused', () => {
  test.each([
    [{ simulated: true }, 'it has no option "simulated"'],
    [{ runsUntil: '2027-01-01' }, 'its option runsUntil is a Date in the future'],
    [{ runsUntil: new Date('2020-01-31') }, 'its option runsUntil is a Date in the future'],
    [{ runsUntil: new Date('x') }, 'its option runsUntil is a Date in the future'],
    [
      { prefer: 'iam', compact: 1 },
      "its option prefer is 'auto', 'guide' or 'grant'; its option compact is true or false",
    ],
    [null, 'it was given no object with options'],
  ])('are said of the options %j', async (options, why) => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))

    const planning = planPermissions(JOB, cloud.connect(), options as never)

    await expect(planning).rejects.toMatchObject({ code: 'refused-call', why })
    expect(cloud.calls.names()).toEqual([])
  })

  test('are said of a connection and of a job that is still a promise', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    const promise = Promise.resolve(JOB)

    await expect(checkPermissions(JOB, undefined as never)).rejects.toThrow('give the value of connect()')
    await expect(checkPermissions(JOB, { send: () => undefined } as never)).rejects.toThrow(
      'give the value of connect()',
    )
    await expect(checkPermissions(promise as never, cloud.connect())).rejects.toThrow('is an await missing?')
    await expect(checkPermissions({ request: JOB.request } as never, cloud.connect())).rejects.toThrow(
      'Give the value of labelingJob() or of job.resolve(aws)',
    )
    expect(cloud.calls.names()).toEqual([])
  })
})
