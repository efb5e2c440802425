import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import type { SimulationResult } from '../../../src/aws/iam-calls.js'
import { ensurePermissions } from '../../../src/permissions/apply/ensure-permissions.js'
import { checkPermissions } from '../../../src/permissions/check/check-permissions.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import type { FakeAws, InjectedCall } from '../../../src/testing/index.js'
import {
  ADMIN,
  cloudWith,
  failing,
  GUIDE,
  JOB,
  OUTPUT_KEY,
  policyText,
  writesOf,
} from '../labeling-account.js'
import { answerDryRuns } from './dry-runs.js'

/** Gives every simulation one result. */
function simulating(cloud: FakeAws, result: SimulationResult): void {
  const instead = ({ input }: InjectedCall) => ({
    EvaluationResults: (input['ActionNames'] as string[]).map((name) => ({
      EvalActionName: name,
      ...result,
    })),
  })
  cloud.inject({ call: 'iam:SimulatePrincipalPolicy', fault: { instead }, times: Number.POSITIVE_INFINITY })
}

describe('a simulation', () => {
  test('the SDK has the call that is sent', () => {
    expect([IAMClient.name, SimulatePrincipalPolicyCommand.name]).toEqual([
      'IAMClient',
      'SimulatePrincipalPolicyCommand',
    ])
  })

  test('an organization that forbids is not taken for a certain Deny: its conditions are not simulated', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

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
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      MissingContextValues: ['aws:SourceIp'],
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulator of another opinion makes the verdict unknown', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, { EvalDecision: 'allowed' })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulator of the same opinion leaves organization policies uncovered: their conditions are not simulated', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'simulated' })
    expect(report.decisions[0]?.notCovered).toContain('scp')
  })

  test('a simulator that lacks a value has not shown that organization policies allow', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      MissingContextValues: ['aws:SourceIp'],
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
    expect(report.decisions[0]?.notCovered).toContain('scp')
  })

  test('an organization that forbids is not outdone by a probe, nor planned away', async () => {
    const cloud = cloudWith(policyText(ADMIN), {
      caller: 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker',
    })
    simulating(cloud, {
      EvalDecision: 'explicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    })
    answerDryRuns(cloud, 'DryRunOperationException')
    const aws = cloud.connect()
    const options = { simulate: true, probe: true, addDocumentedStatement: true }

    const plan = await planPermissions(JOB, aws, options)
    const error = await ensurePermissions(JOB, aws, { ...options, apply: true }).catch((thrown) => thrown)

    expect(new Set(plan.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect(plan.report.decisions[0]?.possibleDeny).toMatchObject([{ policy: 'scp', certain: false }])
    expect(new Set(plan.after.map(({ verdict }) => verdict))).toEqual(new Set(['missing']))
    expect([plan.changes, plan.complete, error.code, writesOf(cloud)]).toEqual([
      [],
      false,
      'permissions-not-met',
      [],
    ])
  })

  test('a refused simulation changes no verdict, and is said', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    failing(cloud, 'iam:SimulatePrincipalPolicy', 'AccessDenied')

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
    expect(report.skipped).toEqual([
      "IAM's simulator could not be asked: iam:SimulatePrincipalPolicy answered AccessDenied: AccessDenied",
    ])
    expect(String(report)).toContain("  skipped: IAM's simulator could not be asked")
    expect(report.toMarkdown()).toContain("- skipped: IAM's simulator could not be asked")
  })

  test('values that are missing are found where AWS has put them since July 2026', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'explicitDeny',
      ResourceSpecificResults: [
        {
          EvalResourceName: OUTPUT_KEY,
          EvalResourceDecision: 'explicitDeny',
          MissingContextValues: ['aws:SourceIp'],
        },
      ],
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({ verdict: 'allowed', basis: 'static' })
  })

  test('a Deny told of the key alone makes the verdict unknown', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [{ EvalResourceName: OUTPUT_KEY, EvalResourceDecision: 'explicitDeny' }],
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('a simulation that is not whole is said, and changes nothing', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    const instead = () => ({ EvaluationResults: [], IsTruncated: true })
    cloud.inject({ call: 'iam:SimulatePrincipalPolicy', fault: { instead } })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.ok).toBe(true)
    expect(report.skipped).toEqual(["IAM's simulator gave no opinion: AWS's answer is not whole"])
  })

  test('an explicit Deny that only the simulator sees makes the verdict unknown', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE))
    simulating(cloud, {
      EvalDecision: 'explicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    })

    const report = await checkPermissions(JOB, cloud.connect(), { simulate: true })

    expect(report.decisions[0]).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [{ kind: 'evaluators-disagree' }],
    })
  })

  test('what the simulator doubts is not settled by a probe, nor planned away', async () => {
    const cloud = cloudWith(policyText(ADMIN, GUIDE), {
      caller: 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker',
    })
    simulating(cloud, {
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      MissingContextValues: ['aws:SourceIp'],
    })
    answerDryRuns(cloud, 'DryRunOperationException')
    const aws = cloud.connect()

    const options = { simulate: true, probe: true, addDocumentedStatement: true }
    const plan = await planPermissions(JOB, aws, options)

    expect(plan.report.ok).toBe(false)
    expect(new Set(plan.report.decisions.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect([plan.changes, plan.complete]).toEqual([[], false])
  })
})
