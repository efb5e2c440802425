import { describe, expect, test } from 'vitest'
import type { Access } from '../../../src/permissions/access/access.js'
import { accessForms } from '../../../src/permissions/access/access-forms.js'
import type { AccessSources } from '../../../src/permissions/access/access-sources.js'
import { decideAccesses } from '../../../src/permissions/access/decide-accesses.js'
import { jobAccesses } from '../../../src/permissions/access/job-accesses.js'
import { simulateCaller } from '../../../src/permissions/access/simulate-caller.js'
import type { PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import type { RoleSources } from '../../../src/permissions/read/read-role.js'
import { fakeAws } from '../../../src/testing/index.js'
import { ACCOUNT, allow, decidedAccess, FACTS, KEY, policy, REQUEST, ROLE, TOPIC } from './labeling-place.js'

const CALLER = `arn:aws:iam::${ACCOUNT}:user/Dana`
const JOB = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:labeling-job/cats-1`
const CREATE: Access = {
  who: 'caller',
  action: 'sagemaker:CreateLabelingJob',
  resourceArn: JOB,
  purpose: 'create-job',
  why: 'the job is created with it',
}
const NOT_COVERED = ['scp', 'rcp', 'session-policy', 'vpc-endpoint-policy']

interface Asked {
  readonly access?: Partial<Access>
  readonly arn?: string
  readonly answer?: () => unknown
}

/** What is decided, and what the simulator was asked. */
async function simulate({ access = {}, arn = CALLER, answer = () => ({}) }: Asked) {
  const cloud = fakeAws()
  const inputs: unknown[] = []
  const instead = (call: { readonly input: unknown }) => {
    inputs.push(call.input)
    return answer() as never
  }
  cloud.inject({ call: 'iam:SimulatePrincipalPolicy', fault: { instead }, times: Number.POSITIVE_INFINITY })
  const caller = { arn, account: ACCOUNT } as Parameters<typeof simulateCaller>[1]
  const [decided] = await simulateCaller([{ ...CREATE, ...access }], caller, cloud.connect())
  return { decision: decided?.decision, inputs }
}
const says = (result: object) => () => ({ EvaluationResults: [{ EvalActionName: CREATE.action, ...result }] })
const condition = (key: string, more: object = {}) => ({
  kind: 'condition',
  key,
  operator: "IAM's simulator",
  policy: "what the caller's policies say",
  statement: '*',
  ...more,
})

describe('the simulator', () => {
  test('is asked with what the job is created with, and answers for the whole', async () => {
    const forms = [
      { name: 'as the job is', context: { 'sagemaker:WorkteamType': 'a', 'x:List': ['b', 'c'] } },
    ]
    const { decision, inputs } = await simulate({
      access: { forms },
      answer: says({ EvalDecision: 'implicitDeny' }),
    })

    expect(inputs).toEqual([
      {
        PolicySourceArn: CALLER,
        ActionNames: ['sagemaker:CreateLabelingJob'],
        ResourceArns: [JOB],
        ContextEntries: [
          { ContextKeyName: 'sagemaker:WorkteamType', ContextKeyValues: ['a'], ContextKeyType: 'string' },
          { ContextKeyName: 'x:List', ContextKeyValues: ['b', 'c'], ContextKeyType: 'stringList' },
        ],
      },
    ])
    expect(decision).toEqual({
      kind: 'identity-only',
      action: 'sagemaker:CreateLabelingJob',
      roleArn: CALLER,
      resourceArn: JOB,
      verdict: 'missing',
      basis: 'simulated',
      paths: [],
      evidence: [],
      unknownBecause: [],
      possibleDeny: [],
      missingIn: ['identity'],
      notCovered: NOT_COVERED,
    })
  })

  test.each([
    [{ EvalDecision: 'allowed' }, 'allowed', []],
    [{ EvalDecision: 'explicitDeny' }, 'denied', []],
    [
      {
        EvalDecision: 'allowed',
        MissingContextValues: ['a'],
        ResourceSpecificResults: [{ MissingContextValues: ['b', 'a'] }],
      },
      'unknown',
      [condition('a'), condition('b')],
    ],
    [
      { EvalDecision: 'implicitDeny', ResourceSpecificResults: [{}], MissingContextValues: ['a'] },
      'unknown',
      [condition('a', { detail: 'without it, it is missing' })],
    ],
    [
      { EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      'unknown',
      [{ kind: 'evaluators-disagree', detail: "IAM's simulator finds no Allow of the organization" }],
    ],
    [
      { EvalDecision: 'perhaps' },
      'unknown',
      [{ kind: 'evaluators-disagree', detail: "IAM's simulator says perhaps" }],
    ],
    [{}, 'unknown', [{ kind: 'evaluators-disagree', detail: "IAM's simulator says nothing" }]],
    [
      { EvalActionName: 'sagemaker:Other', EvalDecision: 'allowed' },
      'unknown',
      [{ kind: 'evaluators-disagree', detail: "IAM's simulator gave no answer" }],
    ],
    [{ EvalActionName: 'SAGEMAKER:createlabelingjob', EvalDecision: 'allowed' }, 'allowed', []],
  ])('that says %j is taken for %s', async (result, verdict, unknownBecause) => {
    const { decision } = await simulate({ answer: says(result) })

    expect(decision).toMatchObject({ verdict, unknownBecause, missingIn: [] })
  })

  test('that is not to be asked leaves open what the caller may do, and another failure is thrown', async () => {
    const failing = (name: string) => () => {
      throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 400 } })
    }

    expect((await simulate({ answer: failing('AccessDenied') })).decision).toMatchObject({
      verdict: 'unknown',
      unknownBecause: [
        {
          kind: 'unreadable',
          source: 'what the policies of the caller allow',
          permissionNeeded: 'iam:SimulatePrincipalPolicy',
        },
      ],
    })
    await expect(simulate({ answer: failing('TypeError') })).rejects.toThrow('TypeError')
  })

  test.each([
    [`arn:aws:iam::${ACCOUNT}:group/Staff`],
    [`arn:aws:sts::${ACCOUNT}:federated-user/Dana`],
    [`arn:aws:iam::${ACCOUNT}:assumed-role/Staff/dana`],
    [`arn:aws:sts::${ACCOUNT}:user/Dana`],
  ])('is not asked of %s, whose policies are not known', async (arn) => {
    const { decision, inputs } = await simulate({ arn, answer: says({ EvalDecision: 'allowed' }) })

    expect(inputs).toEqual([])
    expect(decision).toMatchObject({
      verdict: 'unknown',
      roleArn: arn,
      unknownBecause: [{ kind: 'undocumented', topic: `which policies ${arn} has` }],
    })
  })

  test('is not asked of the root user, whom nothing but an organization binds', async () => {
    const { decision, inputs } = await simulate({ arn: `arn:aws:iam::${ACCOUNT}:root` })

    expect([decision?.verdict, decision?.unknownBecause, inputs]).toEqual(['allowed', [], []])
  })
})

const PLAIN_ROLE: RoleSources = {
  given: ROLE,
  arn: ROLE,
  name: 'GtExec',
  account: ACCOUNT,
  presence: 'found',
  roleId: 'AROA17',
  tags: { Team: 'cats' },
  trustPolicy: JSON.stringify(
    policy({ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  ),
  identityPolicies: [],
  boundary: null,
}
const PUT: Access = {
  who: 'role',
  action: 's3:PutObject',
  resourceArn: 'arn:aws:s3:::labels/out/',
  goesOn: true,
  purpose: 'output',
  why: 'the job writes its labels',
}

function decide(
  Condition: PolicyStatement['Condition'] & object,
  more: Partial<AccessSources> = {},
  access = PUT,
) {
  const identityPolicies = [{ name: 'inline:Own', policy: policy({ ...allow('*'), Condition }) }]
  const [decided] = decideAccesses([access], {
    region: 'us-east-1',
    role: { ...PLAIN_ROLE, identityPolicies },
    resources: [{ arn: 'arn:aws:s3:::labels', account: ACCOUNT, policy: null }],
    keys: [],
    readAt: new Date('2026-11-25T00:00:00Z'),
    runsUntil: new Date('2026-12-25T00:00:00Z'),
    organization: undefined,
    ...more,
  } as unknown as AccessSources)
  return decided?.decision.verdict
}

describe('what is known of the request of a role', () => {
  const ORG = { id: 'o-1', path: 'o-1/r-1/' }
  const PASS: Access = { ...PUT, action: 'iam:PassRole', resourceArn: ROLE, goesOn: false }

  test.each([
    [{ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, {}, 'allowed'],
    [{ StringEquals: { 'aws:ResourceAccount': ACCOUNT } }, {}, 'allowed'],
    [{ StringEquals: { 'aws:PrincipalTag/Team': 'cats' } }, {}, 'allowed'],
    [{ StringEquals: { 'aws:PrincipalTag/Crew': 'cats' } }, {}, 'missing'],
    [{ StringLike: { 'aws:userid': 'AROA17:*' } }, {}, 'allowed'],
    [{ DateLessThan: { 'aws:CurrentTime': '2027-01-01' } }, {}, 'allowed'],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-12-01' } }, {}, 'unknown'],
    [{ DateLessThan: { 'aws:CurrentTime': '2026-11-01' } }, {}, 'missing'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, {}, 'unknown'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { organization: ORG }, 'allowed'],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { organization: 'none' }, 'missing'],
    [{ StringEquals: { 'aws:ResourceOrgID': 'o-1' } }, { organization: ORG }, 'allowed'],
  ] as const)('under %j, with %j: %s', (Condition, more, verdict) => {
    expect(decide(Condition as never, more)).toBe(verdict)
  })

  test('the organization of a bucket of another account is not known', () => {
    const shared = policy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 's3:*', Resource: '*' })
    const resources = [{ arn: 'arn:aws:s3:::labels', account: '999988887777', policy: shared }] as never

    expect(decide({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { organization: ORG, resources })).toBe(
      'allowed',
    )
    expect(decide({ StringEquals: { 'aws:ResourceOrgID': 'o-1' } }, { organization: ORG, resources })).toBe(
      'unknown',
    )
  })

  test('a bucket policy that was not read may deny, and a role has no policy that others ask', () => {
    const always = { Null: { 'aws:username': 'true' } }

    expect(decide(always, { resources: [] })).toBe('unknown')
    expect(decide(always, { resources: [] }, PASS)).toBe('allowed')
  })
})

test('of a caller and of a reader who was not read nothing is decided', () => {
  const sources = { role: PLAIN_ROLE, resources: [], keys: [] } as unknown as AccessSources
  const noReader = { kind: 'undocumented', topic: 'why' } as const
  const read: Access = { ...PUT, who: 'reader', action: 's3:GetObject' }
  const [caller] = decideAccesses([CREATE], sources)
  const reader = (more: Partial<AccessSources>) =>
    decideAccesses([read], { ...sources, ...more })[0]?.decision

  expect(caller?.decision).toEqual({
    kind: 'identity-only',
    action: CREATE.action,
    roleArn: '',
    resourceArn: JOB,
    verdict: 'unknown',
    basis: 'static',
    paths: [],
    evidence: [],
    unknownBecause: [
      {
        kind: 'unreadable',
        source: 'the policies of the caller',
        permissionNeeded: 'iam:SimulatePrincipalPolicy',
      },
    ],
    possibleDeny: [],
    missingIn: [],
    notCovered: NOT_COVERED,
  })
  expect(reader({})).toMatchObject({
    kind: 'bucket',
    unknownBecause: [
      {
        kind: 'undocumented',
        topic: 'whoever reads the labels is neither a role nor a user, and only their policies are read',
      },
    ],
  })
  expect(reader({ noReader })).toMatchObject({ unknownBecause: [noReader] })
})

describe('the requests of a job', () => {
  const accesses = (more: object = {}, facts: object = {}) =>
    jobAccesses({ ...REQUEST, ...more }, { ...FACTS, ...facts })
  const contextOf = (more: object) =>
    accesses(more).find(({ action }) => action === 'sagemaker:CreateLabelingJob')?.forms

  test('are created with team and keys', () => {
    const team = REQUEST.HumanTaskConfig.WorkteamArn
    const ofTeam = { 'sagemaker:WorkteamArn': team, 'sagemaker:WorkteamType': 'private-crowd' }
    const LabelingJobAlgorithmsConfig = { LabelingJobResourceConfig: { VolumeKmsKeyId: 'volume' } }

    expect(contextOf({})).toEqual([
      { name: 'as the job is', context: { ...ofTeam, 'sagemaker:OutputKmsKeyArn': KEY } },
    ])
    expect(contextOf({ OutputConfig: { S3OutputPath: 's3://labels/out/' } })).toEqual([
      { name: 'as the job is', context: ofTeam },
    ])
    expect(contextOf({ LabelingJobAlgorithmsConfig })).toEqual([
      {
        name: 'as the job is',
        context: { ...ofTeam, 'sagemaker:OutputKmsKeyArn': KEY, 'sagemaker:VolumeKmsKeyArn': 'volume' },
      },
    ])
  })

  test.each([
    ['arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default', 'public-crowd'],
    ['arn:aws:sagemaker:us-east-1:1:workteam/vendor-crowd/x', 'vendor-crowd'],
    ['a team', 'private-crowd'],
  ])('go to the crowd of %s: %s', (WorkteamArn, type) => {
    const HumanTaskConfig = { ...REQUEST.HumanTaskConfig, WorkteamArn }

    expect(contextOf({ HumanTaskConfig })?.[0]?.context).toMatchObject({ 'sagemaker:WorkteamType': type })
  })

  test('decrypt through S3, in the region of the key', () => {
    const viaS3 = [{ name: 'via-s3', context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }]
    const decrypts = accesses({}, { inputKeyArns: [KEY, KEY], reader: true }).filter(
      ({ action }) => action === 'kms:Decrypt',
    )

    expect(decrypts.map(({ who, forms }) => [who, forms])).toEqual([
      ['role', viaS3],
      ['reader', viaS3],
    ])
  })

  test.each([[undefined], ['alias/labels']])(
    'with the output key %s, no key is known that readers need',
    (key) => {
      const OutputConfig = { S3OutputPath: 's3://labels/out/', ...(key !== undefined && { KmsKeyId: key }) }
      const read = accesses({ OutputConfig }, { reader: true }).filter(({ who }) => who === 'reader')

      expect(read.map(({ action }) => action)).toEqual(['s3:GetObject'])
    },
  )

  test("call no Lambda of AWS's own", () => {
    const HumanTaskConfig = {
      ...REQUEST.HumanTaskConfig,
      PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
      AnnotationConsolidationConfig: undefined,
    }

    expect(accesses({ HumanTaskConfig }).filter(({ purpose }) => purpose === 'lambda')).toEqual([])
  })
})

describe('the statement that is asked for', () => {
  const object = (name: string) =>
    decidedAccess(
      { action: 's3:GetObject', resourceArn: `arn:aws:s3:::labels/in/${name}`, goesOn: false },
      {},
    )
  const resourceIn = (decided: readonly ReturnType<typeof object>[]) => {
    const lines = accessForms(decided)?.diff?.map((line) => line.replace(/^\+ /, '')) ?? []
    return JSON.parse(lines.join('')).Resource
  }

  test('names three objects one by one, and more by the folder that all are in', () => {
    const objects = ['cat1', 'cat2', 'cat3', 'cat4'].map(object)
    const bucket = decidedAccess(
      { action: 's3:ListBucket', resourceArn: 'arn:aws:s3:::labels', goesOn: false },
      {},
    )

    expect(resourceIn(objects.slice(0, 3))).toEqual([
      'arn:aws:s3:::labels/in/cat1',
      'arn:aws:s3:::labels/in/cat2',
      'arn:aws:s3:::labels/in/cat3',
    ])
    expect(resourceIn(objects)).toBe('arn:aws:s3:::labels/in/*')
    expect(resourceIn([bucket, ...objects])).toEqual(['arn:aws:s3:::labels', 'arn:aws:s3:::labels/in/*'])
    expect(resourceIn([object('cat1'), object('cat1')])).toBe('arn:aws:s3:::labels/in/cat1')
    expect(resourceIn([...objects, object('cat')])).toBe('arn:aws:s3:::labels/in/*')
  })

  test('goes on the role as a policy, where only the role lacks it', () => {
    const decided = decidedAccess({}, { missingIn: ['identity'] })
    const Statement = [
      {
        Sid: 'GroundTruthGtExecPutObject60828a60',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::labels/out/Cats-1/*',
      },
    ]
    const forms = accessForms([decided])
    const [put] = forms?.cli ?? []

    expect(put).toEqual({
      run: [
        'aws',
        'iam',
        'put-role-policy',
        '--role-name',
        'GtExec',
        '--policy-name',
        'GroundTruthGtExecPutObject60828a60',
        '--policy-document',
        JSON.stringify({ Version: '2012-10-17', Statement }),
      ],
    })
    expect(forms?.diff).toHaveLength(6)
  })

  test('of a Deny shows the statement that denies for certain, in the policy that it is in', () => {
    const deny = (policyName: string, more: object = {}) =>
      ({ policy: policyName, statement: 'Own', effect: 'Deny', via: 'any', certain: true, ...more }) as never
    const shown = (resourceArn: string, ...evidence: never[]) =>
      accessForms([decidedAccess({ resourceArn }, { verdict: 'denied', evidence })])?.cli?.map((step) =>
        (typeof step === 'string' ? step : step.run).slice(1, 3),
      )

    expect(shown('arn:aws:s3:::labels/a', deny('bucket-policy'))).toEqual([['s3api', 'get-bucket-policy']])
    expect(shown(TOPIC, deny('topic-policy'))).toEqual([['sns', 'get-topic-attributes']])
    expect(shown(KEY, deny('key-policy'))).toEqual([['kms', 'get-key-policy']])
    expect(shown(KEY, deny('inline:Own'))).toBeUndefined()
    expect(shown(KEY, deny('key-policy', { certain: false }))).toBeUndefined()
    expect(shown(KEY, deny('key-policy', { effect: 'Allow' }))).toBeUndefined()
    expect(
      shown(
        KEY,
        deny('inline:Own', { effect: 'Allow' }),
        deny('inline:Own', { certain: false }),
        deny('key-policy'),
      ),
    ).toEqual([['kms', 'get-key-policy']])
    expect(
      accessForms([decidedAccess({}, { verdict: 'allowed', evidence: [deny('bucket-policy')] })]),
    ).toBeUndefined()
  })
})
