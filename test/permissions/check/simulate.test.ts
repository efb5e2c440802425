import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import type { Aws } from '../../../src/aws/aws.js'
import type { SimulationResult } from '../../../src/aws/calls.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { ADMIN, GUIDE, JOB, OUTPUT_KEY, policyText, SmallAws, worldWith } from '../small-aws.js'
import { answering, DRY_RUNS, refuse } from './answering.js'

function simulating(aws: Aws, result: SimulationResult): Aws {
  return answering(aws, {
    'iam:SimulatePrincipalPolicy': ({ ActionNames }: { ActionNames: string[] }) => ({
      EvaluationResults: ActionNames.map((name) => ({ EvalActionName: name, ...result })),
    }),
  })
}

describe('a simulation', () => {
  test('the SDK has the call that is sent', () => {
    expect([IAMClient.name, SimulatePrincipalPolicyCommand.name]).toEqual([
      'IAMClient',
      'SimulatePrincipalPolicyCommand',
    ])
  })

  test('an organization that forbids is not taken for a certain Deny: its conditions are not simulated', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      basis: 'simulated',
      unknownBecause: [
        { kind: 'evaluators-disagree', detail: "IAM's simulator finds no Allow of the organization" },
      ],
    })
    expect(report.decisions[0]?.notCovered).toContain('scp')
    expect(String(report)).toContain(
      "unknown  IAM's simulator finds no Allow of the organization (simulated)",
    )
    expect(String(report)).toContain(
      "needed for all 9 actions: a look at the policies of the organization, of which IAM's simulator sees more",
    )
  })

  test('an organization whose policies lack a value makes what was allowed unknown', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      MissingContextValues: ['aws:SourceIp'],
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulator of another opinion makes the verdict unknown', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), { EvalDecision: 'allowed' })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulator of the same opinion leaves organization policies uncovered: their conditions are not simulated', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'simulated' })
    expect(report.decisions[0]?.notCovered).toContain('scp')
  })

  test('a simulator that lacks a value has not shown that organization policies allow', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      MissingContextValues: ['aws:SourceIp'],
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
    expect(report.decisions[0]?.notCovered).toContain('scp')
  })

  test('an organization that forbids is not outdone by a probe, nor planned away', async () => {
    const world = new SmallAws()
    world.caller = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
    world.policies.set(OUTPUT_KEY, policyText(ADMIN))
    const forbidding = simulating(world.connect(), {
      EvalDecision: 'explicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    })
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))
    const aws = answering(forbidding, answers)
    const options = { simulate: true, probe: true, addDocumentedStatement: true }

    const plan = await planPermissions(JOB, aws, options)
    const error = await ensurePermissions(JOB, aws, { ...options, apply: true }).catch((thrown) => thrown)

    expect(new Set(plan.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect(plan.report.decisions[0]?.possibleDeny).toMatchObject([{ policy: 'scp', certain: false }])
    expect(new Set(plan.after.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect([plan.changes, plan.complete, error.code, world.writes]).toEqual([
      [],
      false,
      'permissions-not-met',
      [],
    ])
  })

  test('a refused simulation changes no verdict, and is said', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = answering(world.connect(), { 'iam:SimulatePrincipalPolicy': refuse('AccessDenied') })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
    expect(report.skipped).toEqual([
      "IAM's simulator could not be asked: iam:SimulatePrincipalPolicy answered AccessDenied: AccessDenied",
    ])
    expect(String(report)).toContain("  skipped: IAM's simulator could not be asked")
    expect(report.toMarkdown()).toContain("- skipped: IAM's simulator could not be asked")
  })

  test('values that are missing are found where AWS has put them since July 2026', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'explicitDeny',
      ResourceSpecificResults: [
        {
          EvalResourceName: OUTPUT_KEY,
          EvalResourceDecision: 'explicitDeny',
          MissingContextValues: ['aws:SourceIp'],
        },
      ],
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
  })

  test('a Deny told of the key alone makes the verdict unknown', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [{ EvalResourceName: OUTPUT_KEY, EvalResourceDecision: 'explicitDeny' }],
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulation that is not whole is said, and changes nothing', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = answering(world.connect(), {
      'iam:SimulatePrincipalPolicy': async () => ({ EvaluationResults: [], IsTruncated: true }),
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.ok).toBe(true)
    expect(report.skipped).toEqual(["IAM's simulator gave no opinion: AWS's answer is not whole"])
  })

  test('an explicit Deny that only the simulator sees makes the verdict unknown', async () => {
    const world = worldWith(policyText(ADMIN, GUIDE))
    const aws = simulating(world.connect(), {
      EvalDecision: 'explicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    })

    const report = await checkPermissions(JOB, aws, { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('what the simulator doubts is not settled by a probe, nor planned away', async () => {
    const world = new SmallAws()
    world.caller = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
    world.policies.set(OUTPUT_KEY, policyText(ADMIN, GUIDE))
    const doubting = simulating(world.connect(), {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      MissingContextValues: ['aws:SourceIp'],
    })
    const answers = Object.fromEntries(DRY_RUNS.map((name) => [name, refuse('DryRunOperationException')]))
    const aws = answering(doubting, answers)

    const options = { simulate: true, probe: true, addDocumentedStatement: true }
    const plan = await planPermissions(JOB, aws, options)

    expect(plan.report.ok).toBe(false)
    expect(new Set(plan.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect([plan.changes, plan.complete]).toEqual([[], false])
  })
})
