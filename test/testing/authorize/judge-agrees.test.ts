import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseArn } from '../../../src/names/arn.js'
import type { PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'
import type { NamedPolicy, PolicyDocument } from '../../../src/permissions/policy/policy-document.js'
import { type Judgement, judgeKeyRequest } from '../../../src/testing/authorize/judge.js'
import { parseDocument } from '../../../src/testing/world/policy-document.js'
import { readFixture } from '../../fixtures/read-fixture.js'

interface Case {
  readonly name: string
  readonly question: PermissionQuestion & { readonly roleId: string }
  readonly expected: Verdict
}

/** What the cases of `decide/cases` leave out. */
const USUAL: Case['question'] = {
  roleArn: 'arn:aws:iam::123456789012:role/labeling/Annotator',
  roleId: 'AROAANNOTATOR0000000',
  keyArn: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-00000000feed',
  action: 'kms:Decrypt',
  keyPolicy: {
    Version: '2012-10-17',
    Statement: {
      Sid: 'Use',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:role/labeling/Annotator' },
      Action: 'kms:*',
      Resource: '*',
    },
  },
  identityPolicies: [],
}

/** The case as one real request: everything not known of it is absent, unreadable sources are empty. */
function judge({ question }: Case): Judgement {
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
function contradictions(cases: readonly Case[]): string[] {
  return cases
    .filter(({ expected }) => expected !== 'unknown')
    .map((one) => ({ ...one, judgement: judge(one) }))
    .filter(({ expected, judgement }) => judgement.allowed !== (expected === 'allowed'))
    .map(({ name, expected, judgement }) => `${name} is ${expected}, judged: ${JSON.stringify(judgement)}`)
}

test('the fake judges the cases as the library does', () => {
  const cases = readFixture<readonly Case[]>('permission-cases')

  expect(cases.length).toBeGreaterThan(0)
  expect(contradictions(cases)).toEqual([])
})

describe('where AWS leaves values open', () => {
  const cases = ['open-values', 'shared-key-policy'].flatMap((file) => {
    const text = readFileSync(new URL(`../../permissions/decide/cases/${file}.json`, import.meta.url), 'utf8')
    return (JSON.parse(text) as readonly Case[]).map((one) => ({
      ...one,
      question: { ...USUAL, ...one.question },
    }))
  })

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
