import { boundingBox, custom, labelingJob, outputKey, textClassification } from '../../src/index.js'
import { workerTemplate } from '../../src/manifests/index.js'
import { type FakeAws, fakeAws } from '../../src/testing/index.js'
import type { Dice } from '../job/request/dice.js'
import { policy, ROLE, TEAM } from './whole-world.js'

const TEXTS = { title: 'Sort', description: 'Sort each' }
const FILES = { template: 's3://acme-ui/page.html', labels: 's3://acme-ui/labels.json' } as const
const PRE = 'arn:aws:lambda:us-east-1:111122223333:function:pre'
const POST = 'arn:aws:lambda:us-east-1:111122223333:function:post'

const TASKS = {
  boxes: boundingBox({ ...TEXTS, ...FILES }),
  texts: textClassification({ ...TEXTS, ...FILES }),
  own: custom({ ...TEXTS, ...FILES, preLambda: PRE, postLambda: POST }),
}
const WORDS = { header: 'Sort', shortInstructions: 'Sort', fullInstructions: 'Sort' }
const PAGES = {
  boxes: workerTemplate({ task: 'bounding-box', ...WORDS }),
  texts: workerTemplate({ task: 'text-classification', ...WORDS }),
  own: '<crowd-form>{{ task.input.anything | grant_read_access }}</crowd-form>',
}

/** A world in which most things are as they have to be, and a job in it. */
export function randomWorld(dice: Dice) {
  const kind = dice.pick(['boxes', 'boxes', 'texts', 'own'] as const)
  const cloud = fakeAws()
  cloud.labeling({ looksAt: 'everything' })
  const good = 1 - 0.35 / 6
  const rarely = <Value>(usual: Value, odd: readonly Value[]): Value =>
    dice.chance(good) ? usual : dice.pick(odd)
  const { keyArn } = cloud.key({
    alias: 'alias/out',
    state: rarely('Enabled', ['Disabled', 'PendingDeletion']),
    ...(dice.chance(0.15) && { policy: keyPolicy(dice) }),
  })
  if (dice.chance(good)) addRole(cloud, dice)
  cloud.bucket('acme-in', {
    cors: rarely<Cors>(dice.pick(['images', 'frames'] as const), CORS),
    ...bucketSetup(dice),
  })
  cloud.bucket('acme-out', bucketSetup(dice))
  cloud.bucket('acme-ui', bucketSetup(dice))
  putObjects(cloud, dice, kind, rarely(undefined, [keyArn]))
  const page = dice.chance(good) ? PAGES[kind] : spoilPage(PAGES[kind], dice)
  if (dice.chance(good)) cloud.object('s3://acme-ui/page.html', page)
  cloud.object('s3://acme-ui/labels.json', rarely(LABELS[0], LABELS))
  if (dice.chance(good)) cloud.workteam({ name: 'vision', groups: rarely(['workers'], [[]]) })
  if (dice.chance(good)) cloud.lambda({ name: 'pre' })
  cloud.lambda({ name: 'post', ...(dice.chance(0.1) && { policy: lambdaPolicy(dice) }) })
  return { cloud, job: jobOf(kind) }
}

function jobOf(kind: keyof typeof TASKS) {
  return labelingJob('random')
    .task(TASKS[kind] as typeof TASKS.boxes)
    .input('s3://acme-in/dataset.manifest')
    .output('s3://acme-out/jobs/', outputKey('alias/out'))
    .role(ROLE)
    .workers(TEAM)
}

const EFFECTS = ['Deny', 'Allow']
const CONDITIONS = [
  undefined,
  { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'true' } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
  { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
]
const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:*',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'lambda:InvokeFunction',
]
const PLACES = [
  '*',
  'arn:aws:s3:::acme-in/*',
  'arn:aws:s3:::acme-out/jobs/*',
  'arn:aws:s3:::acme-ui/page.html',
]

function statement(dice: Dice, more: object = {}) {
  const Condition = dice.pick(CONDITIONS)
  return {
    Effect: dice.pick(EFFECTS),
    Action: dice.pick(ACTIONS),
    Resource: dice.pick(PLACES),
    ...(Condition && { Condition }),
    ...more,
  }
}

function addRole(cloud: FakeAws, dice: Dice): void {
  const all = { Effect: 'Allow', Action: ['s3:*', 'kms:*', 'lambda:*'], Resource: '*' }
  const some = { ...all, Action: dice.sample(['s3:*', 'kms:*', 'lambda:*', 's3:GetObject'], 3) }
  const statements = [dice.chance(0.9) ? all : some, ...(dice.chance(0.2) ? [statement(dice)] : [])]
  const trust = dice.chance(0.95) ? undefined : dice.pick(TRUSTS)
  cloud.role({
    name: 'GtExec',
    path: '/service-role/',
    inline: { Work: policy(...statements) },
    ...(trust && { trust: policy(trust) }),
    ...(dice.chance(0.05) && { boundary: policy(dice.pick([all, some])) }),
  })
}

const SAGEMAKER = {
  Effect: 'Allow',
  Principal: { Service: 'sagemaker.amazonaws.com' },
  Action: 'sts:AssumeRole',
}
const TRUSTS = [
  { ...SAGEMAKER, Principal: { Service: 'ec2.amazonaws.com' } },
  { ...SAGEMAKER, Effect: 'Deny' },
  { ...SAGEMAKER, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
  { ...SAGEMAKER, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } },
]

type Cors = NonNullable<NonNullable<Parameters<FakeAws['bucket']>[1]>['cors']>

const CORS: readonly Cors[] = [
  [],
  [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] }],
  [{ AllowedOrigins: ['https://*.example'], AllowedMethods: ['GET'] }],
]

function bucketSetup(dice: Dice) {
  const region = dice.chance(0.98) ? 'us-east-1' : 'eu-west-1'
  if (dice.chance(0.85)) return { region }
  const Resource = 'arn:aws:s3:::*'
  const Principal = dice.pick(['*', { AWS: ROLE }, { AWS: 'arn:aws:iam::111122223333:root' }])
  const Action = dice.pick(['s3:GetObject', 's3:PutObject', 's3:*'])
  return { region, policy: policy(statement(dice, { Resource, Principal, Action })) }
}

function keyPolicy(dice: Dice) {
  const admin = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
  }
  const toRole = statement(dice, {
    Principal: { AWS: ROLE },
    Action: dice.pick(['kms:*', 'kms:Decrypt', 'kms:GenerateDataKey*']),
    Resource: '*',
  })
  return policy(
    ...dice.pick([
      [admin, toRole],
      [toRole],
      [{ ...admin, Principal: { AWS: 'arn:aws:iam::111122223333:user/dev' } }, toRole],
    ]),
  )
}

function lambdaPolicy(dice: Dice) {
  return policy(
    statement(dice, { Principal: { AWS: ROLE }, Action: 'lambda:InvokeFunction', Resource: POST }),
  )
}

function putObjects(cloud: FakeAws, dice: Dice, kind: keyof typeof TASKS, key: string | undefined): void {
  const lines = Array.from({ length: dice.integer(1, 3) }, (_, index) => {
    const uri = `s3://acme-in/${index}.${dice.chance(0.98) ? 'jpg' : 'gif'}`
    if (dice.chance(0.98))
      cloud.object(uri, dice.chance(0.98) ? 'image' : '', key === undefined ? {} : { key })
    const isText = dice.chance(0.98) === (kind === 'texts')
    return dice.chance(0.99) ? JSON.stringify(isText ? { source: 'a text' } : { 'source-ref': uri }) : 'hello'
  })
  if (dice.chance(0.98))
    cloud.object('s3://acme-in/dataset.manifest', dice.chance(0.98) ? lines.join('\n') : '')
}

const LABELS = [
  '{"document-version": "2018-11-28", "labels": [{"label": "a"}, {"label": "b"}]}',
  '{"document-version": "2018-11-28", "labels": [{"label": "a"}]}',
  '{"document-version": "2018-11-28", "labels": []}',
  '{"document-version": "2018-11-28", "labels": [{"label": "a"}, {"label": "a"}]}',
  'a, b',
] as const

function spoilPage(page: string, dice: Dice): string {
  return dice.pick([
    `${page}{{ task.input.taskObject`,
    `${page}{% for x in task.input.labels %}`,
    `${page}{% endif %}`,
    page.replace('crowd-html-elements', 'elements'),
    page.replace(' | grant_read_access', ''),
    page.replaceAll(/crowd-(?:bounding-box|classifier)/g, 'crowd-button'),
    page.replaceAll('crowd-form', 'div'),
    `${page}{{ task.input.labels | grant_read_access }}`,
  ])
}
