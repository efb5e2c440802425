import type { AccessQuestion } from '../../../src/permissions/decide/access-question.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import type { AccessWorld } from './access-worlds.js'

const ACCOUNT = '123456789012'
const OTHER = '210987654321'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/labeling/Annotator`
const ROLE_ID = 'AROAANNOTATOR0000000'
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/Annotator/s1`
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000feed`
const OTHER_KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000cafe`
const SSE = 's3:x-amz-server-side-encryption'
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id'

/** A question, with what its worlds are made of. */
export interface RandomAccess {
  readonly question: AccessQuestion
  /** Values that each condition key may have, `undefined` for an absent one; keys that go together stand in one form. */
  readonly forms: readonly ReadonlyMap<string, string>[]
  readonly values: ReadonlyMap<string, readonly (string | undefined)[]>
  readonly resources: readonly string[]
  readonly accounts: readonly string[]
  readonly roleId: string
  /** The ARNs that the session may have: AWS does not say how SageMaker names it. A user has its own. */
  readonly sessions: readonly string[]
}

const TARGETS = [
  { kind: 'bucket', action: 's3:GetObject', arn: 'arn:aws:s3:::labels/in/a.jpg', goesOn: false },
  { kind: 'bucket', action: 's3:PutObject', arn: 'arn:aws:s3:::labels/out/job/', goesOn: true },
  { kind: 'bucket', action: 's3:GetObject', arn: 'arn:aws:s3:::labels/out/job/', goesOn: true },
  { kind: 'bucket', action: 's3:PutObject', arn: 'arn:aws:s3:::labels/out/job/x', goesOn: false },
  { kind: 'bucket', action: 's3:ListBucket', arn: 'arn:aws:s3:::labels', goesOn: false },
  {
    kind: 'function',
    action: 'lambda:InvokeFunction',
    arn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pre`,
    goesOn: false,
  },
  { kind: 'topic', action: 'sns:Publish', arn: `arn:aws:sns:eu-west-1:${OTHER}:labels`, goesOn: false },
  { kind: 'identity-only', action: 'iam:PassRole', arn: ROLE, goesOn: false },
] as const

/** What a condition may be on: operators, key, values in policies, and what it may be in a request. */
const CONDITIONS: readonly {
  readonly key: string
  readonly operators: readonly string[]
  readonly wanted: readonly string[]
  /** For `known` keys the library must find the value by itself. */
  readonly actual: readonly (string | undefined)[]
  readonly only?: string
}[] = [
  {
    key: SSE,
    operators: ['StringEquals', 'StringNotEquals', 'Null', 'StringEqualsIfExists'],
    wanted: ['aws:kms', 'AES256'],
    actual: [],
    only: 's3:PutObject',
  },
  {
    key: KEY_ID,
    operators: ['StringEquals', 'StringNotEquals', 'StringNotEqualsIfExists', 'ArnLike', 'Null'],
    wanted: [KEY, OTHER_KEY],
    actual: [],
    only: 's3:PutObject',
  },
  { key: 'aws:SecureTransport', operators: ['Bool'], wanted: ['true', 'false'], actual: ['true'] },
  {
    key: 'aws:PrincipalArn',
    operators: ['ArnLike', 'ArnNotLike', 'StringEquals', 'StringNotLike'],
    wanted: [ROLE, `arn:aws:iam::${ACCOUNT}:role/*`, 'arn:aws:iam::*:role/Annotator'],
    actual: [ROLE],
  },
  {
    key: 'aws:PrincipalAccount',
    operators: ['StringEquals', 'StringNotEquals'],
    wanted: [ACCOUNT, OTHER],
    actual: [ACCOUNT],
  },
  {
    key: 'aws:username',
    operators: ['StringEquals', 'StringNotLike', 'Null'],
    wanted: ['Annotator', 'Other*'],
    actual: [undefined],
  },
  {
    key: 'aws:PrincipalType',
    operators: ['StringEquals', 'StringNotEquals'],
    wanted: ['User', 'AssumedRole'],
    actual: ['AssumedRole'],
  },
  {
    key: 'aws:SourceAccount',
    operators: ['StringEquals', 'StringNotEquals', 'StringNotEqualsIfExists', 'Null'],
    wanted: [ACCOUNT, OTHER],
    actual: [undefined, ACCOUNT, OTHER],
  },
  {
    key: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress', 'NotIpAddressIfExists'],
    wanted: ['10.0.0.0/24', '203.0.113.0/24'],
    actual: [undefined, '10.0.0.7', '203.0.113.9'],
  },
  {
    key: 'aws:SourceVpce',
    operators: ['StringEquals', 'StringNotEquals', 'StringNotEqualsIfExists', 'Null'],
    wanted: ['vpce-1', 'vpce-2'],
    actual: [undefined, 'vpce-1', 'vpce-2', 'in', 'out'],
  },
  {
    key: 's3:prefix',
    operators: ['StringLike', 'StringEquals', 'StringNotLike', 'Null'],
    wanted: ['in/*', ''],
    actual: [undefined, 'in/a', 'out'],
    only: 's3:ListBucket',
  },
  {
    key: 's3:TlsVersion',
    operators: ['NumericLessThan', 'NumericGreaterThanEquals'],
    wanted: ['1.2', '1.3'],
    actual: ['1.2', '1.3'],
    only: 's3:',
  },
  {
    key: 's3:x-amz-acl',
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists'],
    wanted: ['bucket-owner-full-control'],
    actual: [undefined, 'bucket-owner-full-control', 'private'],
    only: 's3:PutObject',
  },
  {
    key: 'iam:PassedToService',
    operators: ['StringEquals', 'StringNotEquals'],
    wanted: ['sagemaker.amazonaws.com', 'ec2.amazonaws.com'],
    actual: ['sagemaker.amazonaws.com'],
    only: 'iam:PassRole',
  },
]

/** Makes a question of few parts drawn from small pools, so that its possible worlds can be gone through. */
export function randomAccess(random: () => number): RandomAccess {
  const one = <Entry>(entries: readonly Entry[]): Entry =>
    entries[Math.floor(random() * entries.length)] as Entry
  const chance = (share: number) => random() < share
  const target = one(TARGETS)
  const { kind, action, arn, goesOn } = target
  const service = action.split(':')[0] as string

  const condition = () => {
    const { key, operators, wanted } = one(CONDITIONS)
    const operator = one(operators)
    return {
      [operator]: { [key]: operator === 'Null' ? one(['true', 'false']) : one([one(wanted), [...wanted]]) },
    }
  }
  const actions = () =>
    one([action, action, `${service}:*`, '*', `${action.slice(0, -3)}*`, 's3:Get*', 'kms:Decrypt'])
  const resource = () =>
    one([
      '*',
      arn,
      'arn:aws:s3:::labels/*',
      'arn:aws:s3:::labels/out/*',
      'arn:aws:s3:::labels/out/job/*',
      'arn:aws:s3:::labels/*/x',
      'arn:aws:s3:::labels',
      'arn:aws:s3:::other/*',
      'arn:aws:s3:::labels/${aws:PrincipalAccount}/*',
      'arn:aws:s3:::labels/${aws:SourceVpce}/*',
      `${arn.slice(0, arn.lastIndexOf(':') + 1)}*`,
    ])
  const principal = (): PolicyStatement => {
    const entry = () =>
      one([
        ROLE,
        ROLE,
        `arn:aws:iam::${ACCOUNT}:root`,
        ACCOUNT,
        SESSION,
        ROLE_ID,
        `arn:aws:iam::${OTHER}:root`,
        '*',
      ])
    if (chance(0.08)) return { NotPrincipal: { AWS: one([ROLE, `arn:aws:iam::${OTHER}:root`]) } }
    if (kind === 'bucket' && chance(0.06)) return { Principal: { CanonicalUser: 'f'.repeat(64) } }
    return {
      Principal: one([
        '*',
        { AWS: entry() },
        { AWS: entry() },
        { AWS: [entry(), entry()] },
        { Service: 'x.y' },
      ]),
    }
  }
  const statement = (mayDeny: number): PolicyStatement => ({
    Effect: chance(mayDeny) ? 'Deny' : 'Allow',
    ...(chance(0.1) ? { NotAction: one(['s3:ListBucket', 'kms:*', action]) } : { Action: actions() }),
    ...(chance(0.1)
      ? { NotResource: resource() }
      : { Resource: chance(0.2) ? [resource(), resource()] : resource() }),
    ...(chance(0.5) && { Condition: chance(0.25) ? { ...condition(), ...condition() } : condition() }),
  })
  const document = (make: () => PolicyStatement, most: number): PolicyDocument => ({
    Version: chance(0.85) ? '2012-10-17' : '2008-10-17',
    Statement: Array.from({ length: Math.ceil(random() * most) }, make),
  })
  const plain = (mayDeny = 0.2) => document(() => statement(mayDeny), 2)

  const resourcePolicy =
    kind === 'identity-only' || chance(0.2)
      ? null
      : chance(0.06)
        ? 'UNREADABLE'
        : document(() => ({ ...principal(), ...statement(0.35) }), 3)
  const account = kind === 'bucket' ? one([ACCOUNT, ACCOUNT, OTHER, undefined]) : arn.split(':')[4]
  const headers = action === 's3:PutObject' ? one(['key', 'no key', 'both'] as const) : 'none'
  const withKey = { name: 'with', context: { [SSE]: 'aws:kms', [KEY_ID]: KEY } }
  const without = { name: 'without', context: {}, absentContextKeys: [SSE, KEY_ID] }
  const passed = { name: 'passed', context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }
  const paths = {
    key: [withKey],
    'no key': [without],
    both: [withKey, without],
    none: action === 'iam:PassRole' ? [passed] : [],
  }[headers]
  const question: AccessQuestion = {
    kind,
    action,
    resourceArn: arn,
    resourceGoesOn: goesOn,
    resourceAccount: account,
    resourceRegion: 'eu-west-1',
    resourcePolicy,
    roleArn: ROLE,
    roleId: ROLE_ID,
    identityPolicies: chance(0.04)
      ? 'UNREADABLE'
      : Array.from({ length: Math.ceil(random() * 2) }, (_, index) => ({
          name: `inline:${index}`,
          policy: plain(),
        })),
    boundary: chance(0.7) ? null : chance(0.1) ? 'UNREADABLE' : plain(0.1),
    scps: chance(0.8) ? null : [[plain(0.1)]],
    rcps: chance(0.85) ? null : [[{ ...plain(1) }]],
    paths,
  }
  return {
    question,
    forms: (paths.length === 0 ? [{ context: {} }] : paths).map(
      ({ context }) =>
        new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), String(value)])),
    ),
    values: new Map(
      CONDITIONS.filter(({ only = '', actual }) => action.startsWith(only) && actual.length > 0).map(
        ({ key, actual }) => [key.toLowerCase(), actual],
      ),
    ),
    resources: goesOn
      ? ['x', 'annotations/x', 'annotations/1.json', 'out/job/x'].map((rest) => arn + rest)
      : [arn],
    accounts: account === undefined ? [ACCOUNT, OTHER] : [account],
    roleId: ROLE_ID,
    sessions: [SESSION.replace(/s1$/, 's2'), SESSION],
  }
}

const USER = `arn:aws:iam::${ACCOUNT}:user/labeling/Annotator`
const USER_ID = 'AIDAANNOTATOR0000000'

/** Gives a question of the same kind about a user. */
export function randomAccessOfUser(random: () => number): RandomAccess {
  const access = randomAccess(random)
  const renamed = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll(ROLE, USER).replaceAll(ROLE_ID, USER_ID))
  return {
    ...access,
    question: renamed(access.question),
    values: new Map([
      ...access.values,
      ['aws:principalarn', [USER]],
      ['aws:username', ['Annotator']],
      ['aws:principaltype', ['User']],
    ]),
    resources: renamed(access.resources),
    roleId: USER_ID,
    sessions: [USER],
  }
}

const ANYTHING: PolicyDocument = {
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
}
const NOTHING: PolicyDocument = { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } }
const SILENT: PolicyDocument = { Statement: [] }

/** Gives worlds in which the question may be asked, at most so many, drawn by chance where there are more. */
export function accessWorlds(
  { question, forms, values, resources, accounts, roleId, sessions }: RandomAccess,
  most: number,
  random: () => number,
): readonly AccessWorld[] {
  const text = JSON.stringify(question).toLowerCase()
  const boolean = [false, true]
  const when = <Value>(isOpen: boolean, all: readonly Value[]) => (isOpen ? all : all.slice(0, 1))
  const hidden = (isHidden: boolean) => (isHidden ? [ANYTHING, NOTHING, SILENT] : [])
  const mentioned = [...values].map(([key, all]) => [key, when(text.includes(key), all)] as const)
  const choices: Readonly<Record<string, readonly unknown[]>> = {
    form: forms,
    resource: resources,
    account: accounts,
    resourcePolicy: question.resourcePolicy === 'UNREADABLE' ? hidden(true) : [question.resourcePolicy],
    identity: question.identityPolicies === 'UNREADABLE' ? hidden(true) : [undefined],
    boundary: question.boundary === 'UNREADABLE' ? hidden(true) : [question.boundary ?? null],
    session: when(text.includes(SESSION.toLowerCase()), sessions),
    allowNotPrincipal: when(text.includes('notprincipal'), boolean),
    denyNotPrincipalSpares: when(text.includes('notprincipal'), boolean),
    idCounts: when(text.includes(`"${roleId.toLowerCase()}"`), boolean),
    canonicalAccount: when(text.includes('canonicaluser'), [OTHER, ACCOUNT]),
    publicAccessBlocked: boolean,
    missingVariableVoids: when(text.includes('${aws:sourcevpce}'), boolean),
    rcpsBind: question.kind === 'bucket' ? [true] : boolean,
    ...Object.fromEntries(mentioned.map(([key, all]) => [`key ${key}`, all])),
  }
  const count = Object.values(choices).reduce((product, { length }) => product * length, 1)
  return Array.from({ length: Math.min(count, most) }, (_, index) => {
    let left = count <= most ? index : Math.floor(random() * count)
    const chosen: Record<string, unknown> = {}
    for (const [name, all] of Object.entries(choices)) {
      chosen[name] = all[left % all.length]
      left = Math.floor(left / all.length)
    }
    return worldOf(question, roleId, chosen)
  })
}

function worldOf(
  question: AccessQuestion,
  roleId: string,
  chosen: Readonly<Record<string, unknown>>,
): AccessWorld {
  const context = new Map(chosen['form'] as ReadonlyMap<string, string>)
  for (const [name, value] of Object.entries(chosen))
    if (name.startsWith('key ') && typeof value === 'string') context.set(name.slice(4), value)
  const policies = question.identityPolicies
  return {
    action: question.action,
    resource: chosen['resource'] as string,
    resourceAccount: chosen['account'] as string,
    kind: question.kind,
    roleArn: question.roleArn,
    roleId,
    sessionArn: chosen['session'] as string,
    context,
    resourcePolicy: chosen['resourcePolicy'] as PolicyDocument | null,
    identityPolicies:
      policies === 'UNREADABLE'
        ? [chosen['identity'] as PolicyDocument]
        : policies.map(({ policy }) => policy as PolicyDocument),
    boundary: chosen['boundary'] as PolicyDocument | null,
    scps: (question.scps ?? []) as AccessWorld['scps'],
    rcps: (question.rcps ?? []).flat() as readonly PolicyDocument[],
    open: chosen as unknown as AccessWorld['open'],
  }
}
