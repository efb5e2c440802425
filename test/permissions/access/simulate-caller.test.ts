import { describe, expect, test } from 'vitest'
import { simulateCaller } from '../../../src/permissions/access/simulate-caller.js'
import { fakeAws } from '../../../src/testing/index.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
const JOB = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/signs'
const CALLER = 'arn:aws:iam::111122223333:user/Dana'

async function verdictOf(action: string, resourceArn: string, answer: object, arn = CALLER) {
  const cloud = fakeAws()
  cloud.inject({
    call: 'iam:SimulatePrincipalPolicy',
    fault: { instead: () => ({ EvaluationResults: [{ EvalActionName: action, ...answer }] }) },
    times: Number.POSITIVE_INFINITY,
  })
  const access = { action, resourceArn } as unknown as Parameters<typeof simulateCaller>[0][number]
  const caller = { arn, account: arn.split(':')[4] ?? '' } as NonNullable<
    Parameters<typeof simulateCaller>[1]
  >
  const [decided] = await simulateCaller([access], caller, cloud.connect())
  return decided?.decision.verdict
}

describe('what the simulator says of the caller', () => {
  const allowed = { EvalDecision: 'allowed' }

  test.each([
    ['an Allow', allowed, 'allowed'],
    [
      'a Deny for the resource alone',
      { ...allowed, ResourceSpecificResults: [{ EvalResourceDecision: 'explicitDeny' }] },
      'denied',
    ],
    [
      'a boundary without the action',
      { ...allowed, PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
      'missing',
    ],
    ['a word that is not known', { EvalDecision: 'perhaps' }, 'unknown'],
  ])('is taken at its strictest: %s', async (_, answer, verdict) => {
    expect(await verdictOf('sagemaker:CreateLabelingJob', JOB, answer)).toBe(verdict)
  })

  test('is no word on a role of another account, which nobody can pass', async () => {
    const elsewhere = 'arn:aws:iam::999999999999:user/Dana'

    expect(await verdictOf('iam:PassRole', ROLE, allowed)).toBe('allowed')
    expect(await verdictOf('iam:PassRole', ROLE, allowed, elsewhere)).toBe('missing')
  })
})
