import { describe, expect, test } from 'vitest'
import { LabelingJobError } from '../../../src/errors/labeling-job-error.js'
import { decideAccesses } from '../../../src/permissions/access/decide-accesses.js'
import { describeAccess } from '../../../src/permissions/access/describe-access.js'
import { type JobFacts, jobAccesses } from '../../../src/permissions/access/job-accesses.js'
import { readResources } from '../../../src/permissions/access/read-resources.js'
import { simulateCaller } from '../../../src/permissions/access/simulate-caller.js'
import type { Verdict } from '../../../src/permissions/evaluate/unknown-reason.js'
import { readKey } from '../../../src/permissions/read/read-key.js'
import { readRole } from '../../../src/permissions/read/read-role.js'
import { makeReader } from '../../../src/permissions/read/reader.js'
import { type FakeAws, fakeAws, type RoleSetup } from '../../../src/testing/index.js'
import { ACCOUNT, allow, FACTS, KEY, PRE, policy, REQUEST, ROLE, TOPIC } from './labeling-place.js'

const NOW = new Date('2026-11-23T09:00:00Z')
const GUIDE = policy(
  allow(['s3:ListBucket', 's3:GetBucketLocation', 's3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']),
  allow('lambda:InvokeFunction', PRE),
  allow('sns:Publish', TOPIC),
)

function place(inline: RoleSetup['inline'] = { Guide: GUIDE }): FakeAws {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec', inline })
  cloud.bucket('labels')
  cloud.bucket('data')
  return cloud
}

const RESOURCES = {
  buckets: ['arn:aws:s3:::labels', 'arn:aws:s3:::data'],
  lambdas: [PRE],
  topics: [TOPIC],
}

/** Reads and decides on everything that the job needs of its role. */
async function decided(cloud: FakeAws, facts: Partial<JobFacts> = {}, as?: string, more: object = {}) {
  const aws = cloud.connect(as === undefined ? {} : { as })
  const accesses = jobAccesses({ ...REQUEST, ...more }, { ...FACTS, ...facts }).filter(
    ({ who }) => who === 'role',
  )
  const reader = makeReader(aws)
  const [role, { resources, denied }, keys] = await Promise.all([
    readRole(ROLE, Promise.resolve(ACCOUNT), reader),
    readResources(RESOURCES, aws),
    Promise.all((facts.inputKeyArns ?? []).map((arn) => readKey(keyOf(arn), [], ROLE, reader))),
  ])
  const decisions = decideAccesses(accesses, {
    region: 'us-east-1',
    role,
    resources,
    keys,
    readAt: NOW,
    runsUntil: NOW,
    organization: undefined,
  })
  return { decisions, denied }
}

const keyOf = (arn: string) => ({
  given: arn,
  arn: arn as never,
  keyId: arn.slice(arn.indexOf('/') + 1),
  account: ACCOUNT,
  region: 'us-east-1',
  multiRegion: false,
  origin: 'unknown',
})

const verdicts = async (...given: Parameters<typeof decided>) =>
  Object.fromEntries(
    (await decided(...given)).decisions.map(({ access, decision }): [string, Verdict] => [
      `${access.action} ${access.purpose}`,
      decision.verdict,
    ]),
  )

const WHAT_THE_ROLE_NEEDS = [
  's3:ListBucket bucket',
  's3:GetBucketLocation bucket',
  's3:GetObject manifest',
  's3:GetObject label-categories',
  's3:GetObject template',
  's3:PutObject output',
  's3:AbortMultipartUpload output',
  's3:GetObject output',
  'lambda:InvokeFunction lambda',
]
const allOf = (verdict: Verdict) => Object.fromEntries(WHAT_THE_ROLE_NEEDS.map((name) => [name, verdict]))

describe('what the role of a job may do', () => {
  test('is all allowed under the policy of the guide, and all missing without', async () => {
    expect(await verdicts(place())).toEqual(allOf('allowed'))
    expect(await verdicts(place({}))).toEqual(allOf('missing'))
  })

  test('is read in four calls at once beside those for the role', async () => {
    const cloud = place()

    await readResources(RESOURCES, cloud.connect())

    expect(cloud.calls.names().toSorted()).toEqual([
      'lambda:GetPolicy',
      's3:GetBucketPolicy',
      's3:GetBucketPolicy',
      'sns:GetTopicAttributes',
      'sts:GetCallerIdentity',
    ])
  })

  test('depends on a bucket policy that demands another key, whoever else is allowed', async () => {
    const cloud = place()
    cloud.bucket('labels', {
      policy: policy({
        Sid: 'TeamKey',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::labels/*',
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': `${KEY}0` } },
      }),
    })
    const { decisions } = await decided(cloud)
    const put = decisions.find(({ access }) => access.action === 's3:PutObject')

    expect(put && describeAccess(put)).toEqual({
      what: 'The execution role is denied s3:PutObject on arn:aws:s3:::labels/out/Cats-1/*',
      why: 'bucket-policy TeamKey',
      fix: `Have that Deny spare ${ROLE}: no Allow outweighs it`,
      owner: 'bucket',
    })
  })

  test('is unknown where policies cannot be read, and says who could read them', async () => {
    const cloud = place()
    cloud.user({ name: 'eve', policies: { Iam: policy(allow('iam:*')) } })
    const { decisions, denied } = await decided(cloud, {}, `arn:aws:iam::${ACCOUNT}:user/eve`)
    const [list] = decisions

    expect(new Set(decisions.map(({ decision }) => decision.verdict))).toEqual(new Set(['unknown']))
    expect(list && describeAccess(list)).toEqual({
      what: 'The execution role may or may not do s3:ListBucket on arn:aws:s3:::labels',
      why: 'the bucket policy cannot be read (s3:GetBucketPolicy)',
      fix: 'Check as somebody who is allowed s3:GetBucketPolicy',
      owner: 'you',
    })
    expect(denied.map(({ source, permissionNeeded }) => `${source}: ${permissionNeeded}`).toSorted()).toEqual(
      [
        `the attributes of the topic ${TOPIC}: sns:GetTopicAttributes`,
        `the policy of the Lambda function ${PRE}: lambda:GetPolicy`,
        'the policy of the bucket data: s3:GetBucketPolicy',
        'the policy of the bucket labels: s3:GetBucketPolicy',
      ],
    )
  })

  test('on a bucket of another account is unknown, as S3 shows its policy there only', async () => {
    const cloud = place()
    cloud.bucket('data', {
      account: '999988887777',
      policy: policy({ ...allow('s3:*'), Principal: { AWS: ROLE } }),
    })
    const found = await verdicts(cloud)

    expect(found['s3:GetObject manifest']).toBe('unknown')
    expect(found['s3:PutObject output']).toBe('allowed')
  })

  test('is unknown where the client of a service is not installed', async () => {
    const cloud = place()
    const aws = cloud.connect()
    const call = aws.call.bind(aws)
    const without = {
      ...aws,
      call: (name: string, ...rest: readonly unknown[]) =>
        name.startsWith('lambda:')
          ? Promise.reject(
              new LabelingJobError({
                code: 'client-missing',
                what: 'Cannot call lambda:GetPolicy',
                why: '@aws-sdk/client-lambda is not installed',
                fix: 'Install it',
                data: { missing: [] },
              }),
            )
          : call(name as 'sts:GetCallerIdentity', ...(rest as [never])),
    } as typeof aws

    const { resources, denied } = await readResources({ ...RESOURCES, buckets: [], topics: [] }, without)

    expect(resources).toEqual([{ arn: PRE, presence: 'unreadable', policy: 'UNREADABLE', account: ACCOUNT }])
    expect(denied).toEqual([
      {
        source: `the policy of the Lambda function ${PRE}`,
        permissionNeeded: 'lambda:GetPolicy',
        because: '@aws-sdk/client-lambda is not installed',
      },
    ])
  })

  test('is not known of answers that are not whole, and what fails otherwise is thrown', async () => {
    const cloud = place()
    for (const call of ['s3:GetBucketPolicy', 'lambda:GetPolicy', 'sns:GetTopicAttributes'])
      cloud.inject({ call, fault: { instead: () => ({}) }, times: 2 })

    const { resources } = await readResources(RESOURCES, cloud.connect())
    cloud.inject({ call: 'lambda:GetPolicy', fault: { name: 'ServiceException', message: 'x' }, times: 9 })

    expect(resources.map(({ policy: read }) => read)).toEqual(Array(4).fill('UNREADABLE'))
    await expect(readResources(RESOURCES, cloud.connect())).rejects.toThrow(
      /Cannot read the policy of the Lambda/,
    )
  })

  test('of buckets that there are not is told apart', async () => {
    const cloud = fakeAws()
    const { resources } = await readResources(RESOURCES, cloud.connect())

    expect(resources.map(({ arn, presence }) => [arn, presence])).toEqual([
      ['arn:aws:s3:::labels', 'not-found'],
      ['arn:aws:s3:::data', 'not-found'],
      [PRE, 'unreadable'],
      [TOPIC, 'not-found'],
    ])
  })

  test('on the keys of objects is asked as S3 asks', async () => {
    const cloud = place({ Guide: GUIDE })
    const through = (Condition: object) =>
      policy({ ...allow('kms:Decrypt'), Principal: { AWS: ROLE }, Condition: Condition as never })
    const { keyArn } = cloud.key({
      policy: through({ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }),
    })
    const other = cloud.key({
      policy: through({ StringEquals: { 'kms:ViaService': 'sagemaker.us-east-1.amazonaws.com' } }),
    })
    const ofKey = async (arn: string) =>
      (await verdicts(cloud, { inputKeyArns: [arn] }))['kms:Decrypt input-key']

    // Nobody but the role may read these policies.
    expect(await ofKey(keyArn)).toBe('allowed')
    expect(await ofKey(other.keyArn)).toBe('missing')
  })

  test('on the key of the topic is asked as SNS asks', async () => {
    const through = (service: string) => ({
      ...allow('kms:*'),
      Condition: { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } },
    })
    const output = { OutputConfig: { ...REQUEST.OutputConfig, SnsTopicArn: TOPIC } }
    const ofTopicKey = async (service: string) => {
      const cloud = place({ Keys: policy(through(service)) })
      const { keyArn } = cloud.key({})
      // The sources hold the keys of the input; what holds for one holds for any.
      const facts = { topicKeyArn: keyArn, inputKeyArns: [keyArn] }
      return (await verdicts(cloud, facts, undefined, output))['kms:Decrypt topic-key']
    }

    expect(await ofTopicKey('sns')).toBe('allowed')
    expect(await ofTopicKey('s3')).toBe('missing')
  })

  test('on topic and Lambda is decided by their policies as well', async () => {
    const cloud = place({})
    const trust = (action: string) => policy({ ...allow(action), Principal: { AWS: ROLE } })
    cloud.lambda({ name: 'pre', policy: trust('lambda:InvokeFunction') })
    cloud.topic({ name: 'labels', policy: trust('sns:Publish') })
    const output = { OutputConfig: { ...REQUEST.OutputConfig, SnsTopicArn: TOPIC } }
    const found = await verdicts(cloud, {}, undefined, output)

    expect(found['lambda:InvokeFunction lambda']).toBe('allowed')
    expect(found['sns:Publish topic']).toBe('allowed')
  })

  test('a missing Allow is told with both places that could give it', async () => {
    const { decisions } = await decided(place({}))
    const lambda = decisions.find(({ access }) => access.purpose === 'lambda')

    expect(lambda && describeAccess(lambda)).toEqual({
      what: `The execution role is not allowed lambda:InvokeFunction on ${PRE}`,
      why: "the job calls it for every object, or for its answers, and nothing allows it: no Allow in the role's IAM policies",
      fix: `Allow lambda:InvokeFunction on ${PRE} in an IAM policy of ${ROLE}`,
      owner: 'role',
    })
  })
})

describe('what whoever reads the labels may do', () => {
  const reads = (sources: object) =>
    decideAccesses(
      jobAccesses(REQUEST, { ...FACTS, reader: true }).filter(({ who }) => who === 'reader'),
      {
        region: 'us-east-1',
        role: undefined as never,
        resources: [{ arn: 'arn:aws:s3:::labels', presence: 'found', policy: null, account: ACCOUNT }],
        keys: [],
        readAt: NOW,
        runsUntil: NOW,
        organization: undefined,
        ...sources,
      },
    ).map(({ decision }) => decision.verdict)

  test('is decided by the policies of that role, and of the key with the grants of that role', async () => {
    const cloud = fakeAws()
    const { roleArn } = cloud.role({ name: 'Reader', inline: { S3: policy(allow('s3:GetObject')) } })
    const keyId = KEY.slice(KEY.indexOf('/') + 1)
    cloud.key({
      keyId,
      grants: [{ GranteePrincipal: roleArn, Operations: ['Decrypt'], IssuingAccount: ACCOUNT }],
    })
    const reader = makeReader(cloud.connect())
    const role = await readRole(roleArn, Promise.resolve(ACCOUNT), reader)
    const key = await readKey(keyOf(KEY), [], roleArn, reader)

    expect(reads({ reader: role, readerKeys: [key] })).toEqual(['allowed', 'allowed'])
    expect(reads({ reader: role, keys: [key] })).toEqual(['allowed', 'unknown'])
  })

  test('may hang on a second factor, which a person may have given before becoming the role', async () => {
    const guard = {
      Effect: 'Deny',
      Action: ['s3:*', 'kms:*'],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    } as const
    const cloud = fakeAws()
    const Role = policy(allow(['s3:GetObject', 'kms:Decrypt']), guard)
    const { roleArn } = cloud.role({ name: 'Reader', inline: { Role } })
    cloud.key({ keyId: KEY.slice(KEY.indexOf('/') + 1) })
    const reader = makeReader(cloud.connect())
    const role = await readRole(roleArn, Promise.resolve(ACCOUNT), reader)
    const key = await readKey(keyOf(KEY), [], roleArn, reader)

    expect(reads({ reader: role, readerKeys: [key] })).toEqual(['unknown', 'unknown'])
  })

  test('is unknown of whoever is no role', () => {
    expect(reads({})).toEqual(['unknown', 'unknown'])
  })
})

describe('what the caller may do', () => {
  const accesses = jobAccesses(REQUEST, FACTS).filter(({ who }) => who === 'caller')
  const ask = async (cloud: FakeAws, arn: string) => {
    const decisions = await simulateCaller(accesses, { arn, account: ACCOUNT }, cloud.connect({ as: arn }))
    return decisions.map(({ decision }) => decision.verdict)
  }
  const user = (policies: Record<string, ReturnType<typeof policy>>) => {
    const cloud = place()
    cloud.user({ name: 'ann', policies })
    return ask(cloud, `arn:aws:iam::${ACCOUNT}:user/ann`)
  }
  const may = policy(allow('iam:SimulatePrincipalPolicy'))

  test('is what the simulator of IAM says', async () => {
    const create = policy(allow('sagemaker:CreateLabelingJob'), {
      ...allow('iam:PassRole', ROLE),
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    })
    const denies = policy({ Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' })

    expect(await user({ may, create })).toEqual(['allowed', 'allowed'])
    expect(await user({ may, create, denies })).toEqual(['allowed', 'denied'])
    expect(await user({ may })).toEqual(['missing', 'missing'])
  })

  test('is unknown where the simulator cannot be asked, or misses a value', async () => {
    const tagged = policy({
      ...allow('sagemaker:CreateLabelingJob'),
      Condition: { StringEquals: { 'aws:RequestTag/team': 'cats' } },
    })

    expect(await user({})).toEqual(['unknown', 'unknown'])
    expect(await user({ may, tagged })).toEqual(['unknown', 'missing'])
  })

  test('of a role session is what its role may do, and of the root user everything', async () => {
    const cloud = place()
    cloud.role({
      name: 'Ops',
      path: '/team/',
      inline: { All: policy(allow(['iam:*', 'sagemaker:*'])) },
    })

    expect(await ask(cloud, `arn:aws:sts::${ACCOUNT}:assumed-role/Ops/ann`)).toEqual(['allowed', 'allowed'])
    expect(await ask(cloud, `arn:aws:sts::${ACCOUNT}:assumed-role/GtExec/ann`)).toEqual([
      'unknown',
      'unknown',
    ])
    expect(await ask(cloud, `arn:aws:iam::${ACCOUNT}:root`)).toEqual(['allowed', 'allowed'])
  })

  test('is unknown where nobody knows which policies the caller has', async () => {
    const cloud = place()
    const ask = async (arn: string) => {
      const [create] = await simulateCaller(accesses, { arn, account: ACCOUNT }, cloud.connect())
      return create && describeAccess(create).why
    }

    expect(await ask(`arn:aws:sts::${ACCOUNT}:federated-user/ann`)).toBe(
      `not documented: which policies arn:aws:sts::${ACCOUNT}:federated-user/ann has`,
    )
    expect(await ask(`arn:aws:sts::${ACCOUNT}:assumed-role/Gone/ann`)).toContain(
      'cannot be read (iam:GetRole)',
    )
    cloud.inject({ call: 'iam:GetRole', fault: { instead: () => ({}) }, times: 1 })
    expect(await ask(`arn:aws:sts::${ACCOUNT}:assumed-role/GtExec/ann`)).toContain(
      'cannot be read (iam:GetRole)',
    )
    cloud.inject({ call: 'iam:SimulatePrincipalPolicy', fault: { instead: () => ({}) }, times: 2 })
    expect(await ask(`arn:aws:iam::${ACCOUNT}:user/dev`)).toBe("IAM's simulator gave no answer")
  })

  test('is unknown where the organization stands in its way, or the simulator says something new', async () => {
    const cloud = place()
    const answer = (result: object) =>
      cloud.inject({
        call: 'iam:SimulatePrincipalPolicy',
        fault: {
          instead: ({ input }) => ({
            EvaluationResults: [{ EvalActionName: (input['ActionNames'] as string[])[0], ...result }],
          }),
        },
        times: 2,
      })
    const ask = async () => {
      const caller = { arn: `arn:aws:iam::${ACCOUNT}:user/dev`, account: ACCOUNT }
      const [create] = await simulateCaller(accesses, caller, cloud.connect())
      return create && describeAccess(create).why
    }

    answer({ EvalDecision: 'allowed', OrganizationsDecisionDetail: { AllowedByOrganizations: false } })
    expect(await ask()).toBe("IAM's simulator finds no Allow of the organization")
    answer({ EvalDecision: 'perhaps' })
    expect(await ask()).toBe("IAM's simulator says perhaps")
  })

  test('is unknown of whoever is not known', async () => {
    const decisions = await simulateCaller(accesses, undefined, place().connect())
    const [create] = decisions

    expect(create && describeAccess(create)).toEqual({
      what: 'The caller may or may not do sagemaker:CreateLabelingJob on arn:aws:sagemaker:us-east-1:111122223333:labeling-job/cats-1',
      why: 'the identity of the caller cannot be read (sts:GetCallerIdentity)',
      fix: 'Check as somebody who is allowed sts:GetCallerIdentity',
      owner: 'you',
    })
  })
})
