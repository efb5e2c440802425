import { describe, expect, test } from 'vitest'
import { parseArn } from '../../../src/names/arn.js'
import type { NamedPolicy, PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { type Judgement, judgeKeyRequest } from '../../../src/testing/authorize/judge.js'
import { parseDocument } from '../../../src/testing/world/policy-document.js'
import { type DecisionCase, readOwnCases, readWholeCases } from '../../support/decision-cases.js'

/** The case as one real request: everything not known of it is absent, unreadable sources are empty. */
function judge({ question }: DecisionCase): Judgement {
  const role = parseArn(question.roleArn)
  const name = question.roleArn.slice(question.roleArn.lastIndexOf('/') + 1)
  const account = role?.account ?? ''
  const context = {
    'aws:PrincipalArn': question.roleArn,
    'aws:PrincipalAccount': account,
    ...question.context,
    ...question.paths?.[0]?.context,
    'aws:userid': `${question.roleId}:SageMaker`,
  }
  const lists = Object.entries(context).map(([key, value]): [string, readonly string[]] => [
    key,
    typeof value === 'string' ? [value] : value,
  ])
  return judgeKeyRequest(
    {
      caller: {
        kind: 'role',
        arn: `arn:aws:sts::${account}:assumed-role/${name}/SageMaker`,
        partition: role?.partition ?? 'aws',
        account,
        name,
      },
      principalArn: question.roleArn,
      principalId: question.roleId,
      identity: list(question.identityPolicies),
      boundary: list([question.boundary])[0],
      scps: (question.scps ?? []).map(list),
    },
    {
      account: parseArn(question.keyArn)?.account ?? '',
      policies: list([question.keyPolicy, question.sharedKeyPolicy]),
      grants: Array.isArray(question.grants) ? [...question.grants] : [],
      rcps: list((question.rcps ?? []).flat()),
    },
    { action: question.action, resource: question.keyArn, context: new Map(lists) },
  )
}

function list(sources: unknown): PolicyDocument[] {
  if (!Array.isArray(sources)) return []
  return sources.flatMap((source: NamedPolicy | PolicyDocument | string | null | undefined) => {
    if (source === null || source === undefined || source === 'UNREADABLE') return []
    const policy = typeof source === 'object' && 'policy' in source ? source.policy : source
    return [typeof policy === 'string' ? parseDocument(policy) : (policy as PolicyDocument)]
  })
}

/** What an evaluator of one request must say where the library is certain. */
function contradictions(cases: readonly DecisionCase[]): string[] {
  return cases
    .filter(({ expected }) => expected !== 'unknown')
    .map((one) => ({ ...one, judgement: judge(one) }))
    .filter(({ expected, judgement }) => judgement.allowed !== (expected === 'allowed'))
    .map(({ name, expected, judgement }) => `${name} is ${expected}, judged: ${JSON.stringify(judgement)}`)
}

test('the fake judges the cases as the library does', () => {
  const cases = readWholeCases()

  expect(cases.length).toBeGreaterThan(0)
  expect(contradictions(cases)).toEqual([])
})

describe('where AWS leaves values open', () => {
  const cases = ['open-values', 'shared-key-policy'].flatMap(readOwnCases)

  test('the fake judges as the library does where that is certain', () => {
    expect(contradictions(cases)).toEqual([])
  })

  test('the fake lets nothing through that the library calls unknown', () => {
    const open = cases.filter(
      ({ expected, question: { context, absentContextKeys } }) =>
        expected === 'unknown' && context !== undefined && absentContextKeys === undefined,
    )

    expect(open.length).toBeGreaterThan(15)
    expect(open.filter((one) => judge(one).allowed).map(({ name }) => name)).toEqual([])
  })
})
