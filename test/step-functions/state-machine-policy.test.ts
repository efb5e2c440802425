import { expect, test } from 'vitest'
import { stateMachinePolicy } from '../../src/step-functions/index.js'
import { boxes } from '../testing/sagemaker/labeling-world.js'

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const REQUEST = boxes(KEY)
const HERE = { region: 'us-east-1', account: '111122223333' }
const other = boxes(KEY, (request) => {
  request.RoleArn = 'arn:aws:iam::111122223333:role/Another'
})
const MAP = { ...HERE, machine: 'label', items: 's3://acme-gt/runs/jobs.json' } as const

test('the role of a machine creates, watches and stops jobs, hands their roles over, and hears of their end', () => {
  expect(stateMachinePolicy([REQUEST, other, REQUEST], HERE)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'RunLabelingJobs',
        Effect: 'Allow',
        Action: [
          'sagemaker:CreateLabelingJob',
          'sagemaker:DescribeLabelingJob',
          'sagemaker:StopLabelingJob',
          'sagemaker:AddTags',
          'sagemaker:ListTags',
        ],
        Resource: 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/*',
      },
      {
        Sid: 'HandOverRoles',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: ['arn:aws:iam::111122223333:role/Another', REQUEST.RoleArn],
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      },
      {
        Sid: 'HearOfTheirEnd',
        Effect: 'Allow',
        Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        Resource: 'arn:aws:events:us-east-1:111122223333:rule/StepFunctionsGetEventsForSageMaker*',
      },
    ],
  })
})

test('a Distributed Map reads its list, starts its own machine, and writes its results', () => {
  const { Statement } = stateMachinePolicy(REQUEST, {
    ...MAP,
    results: 's3://acme-gt/runs/out/',
    keyArns: [KEY],
  })

  expect((Statement as object[]).slice(3)).toEqual([
    {
      Sid: 'StartChildren',
      Effect: 'Allow',
      Action: 'states:StartExecution',
      Resource: 'arn:aws:states:us-east-1:111122223333:stateMachine:label',
    },
    {
      Sid: 'WatchChildren',
      Effect: 'Allow',
      Action: ['states:DescribeExecution', 'states:StopExecution'],
      Resource: 'arn:aws:states:us-east-1:111122223333:execution:label:*',
    },
    {
      Sid: 'ReadTheList',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::acme-gt/runs/jobs.json',
    },
    {
      Sid: 'WriteTheResults',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
      Resource: 'arn:aws:s3:::acme-gt/runs/out/*',
    },
    { Sid: 'UseTheirKeys', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [KEY] },
  ])
})

test('a key of a list that is only read decrypts', () => {
  const { Statement } = stateMachinePolicy(REQUEST, { ...MAP, keyArns: [KEY] })

  expect((Statement as object[]).at(-1)).toMatchObject({ Action: ['kms:Decrypt'], Resource: [KEY] })
})

test('results in a whole bucket are written anywhere in it', () => {
  const { Statement } = stateMachinePolicy(REQUEST, { ...MAP, results: 's3://acme-runs' })

  expect((Statement as object[]).at(-1)).toMatchObject({ Resource: 'arn:aws:s3:::acme-runs/*' })
})

test.each<[string, object, string]>([
  ['an account that is none', { account: '1111' }, 'account is "1111": give its 12 digits'],
  ['no region', { region: undefined }, 'the region is undefined'],
  ['a list without a machine', { items: MAP.items }, 'a list and a machine go together'],
  ['a machine without a list', { machine: 'label' }, 'a list and a machine go together'],
  [
    'a machine by its ARN',
    { ...MAP, machine: 'arn:aws:states:x' },
    'give the name of the state machine, not its ARN',
  ],
  ['results of nothing', { results: 's3://acme-gt/out/' }, 'results and keyArns are those of a list'],
  ['a key by its alias', { ...MAP, keyArns: ['alias/gt'] }, '"alias/gt" is no key ARN'],
  ['a name that is a pattern', { ...MAP, items: 's3://acme-gt/*.json' }, 'would be a pattern in a policy'],
  ['a key that is no list', { ...MAP, keyArns: KEY }, `keyArns is "${KEY}": give a list of key ARNs`],
  [
    'a role of another account, which cannot be handed over,',
    { account: '999988887777' },
    'account is "999988887777", and the role arn:aws:iam::111122223333:role/',
  ],
  ['a misspelt option', { accounts: [] }, 'it has no option "accounts"'],
])('%s is refused', (_, options, why) => {
  expect(() => stateMachinePolicy(REQUEST, { ...HERE, ...options })).toThrow(why)
})

test('a list without jobs, and a job that breaks a rule, are refused', () => {
  const broken = boxes(KEY, (request) => Object.assign(request, { RoleArn: '*' }))

  expect(() => stateMachinePolicy([], HERE)).toThrow('there is no job in the list')
  expect(() => stateMachinePolicy(broken, HERE)).toThrow('it breaks a rule of CreateLabelingJob')
})
