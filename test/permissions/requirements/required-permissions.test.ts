import { describe, expect, test } from 'vitest'
import { decidePermission } from '../../../src/permissions/decide/decide-permission.js'
import { requiredPermissions } from '../../../src/permissions/requirements/required-permissions.js'
import { OUTPUT_KEY, ROLE, requestWith, resolvedJob, VOLUME_KEY } from '../labeling-account.js'

const region = 'us-east-1'

describe('requiredPermissions', () => {
  test('gives the documents of a one-time job with both keys', () => {
    const required = requiredPermissions(requestWith({ output: OUTPUT_KEY, volume: VOLUME_KEY }), { region })

    const actions = [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncrypt*',
      'kms:GenerateDataKey*',
      'kms:DescribeKey',
    ]
    const statement = { Effect: 'Allow', Principal: { AWS: ROLE }, Action: actions, Resource: '*' }
    const objects = ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']
    const bucket = ['s3:ListBucket', 's3:GetBucketLocation']
    expect(required.documents()).toEqual({
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      outputKeyStatement: { Sid: 'GroundTruthOutputKey', ...statement },
      volumeKeyStatement: {
        ...statement,
        Sid: 'GroundTruthVolumeKey',
        Action: [...actions, 'kms:CreateGrant'],
      },
      rolePolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'GroundTruthVolumeKeyKms0',
            Effect: 'Allow',
            Action: ['kms:CreateGrant'],
            Resource: VOLUME_KEY,
          },
          {
            Sid: 'GroundTruthAutomatedLabelingIam1',
            Effect: 'Allow',
            Action: ['iam:PassRole'],
            Resource: ROLE,
            Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
          },
          { Sid: 'GroundTruthStorageS32', Effect: 'Allow', Action: bucket, Resource: 'arn:aws:s3:::acme-in' },
          {
            Sid: 'GroundTruthStorageS33',
            Effect: 'Allow',
            Action: objects,
            Resource: 'arn:aws:s3:::acme-in/*',
          },
          {
            Sid: 'GroundTruthStorageS34',
            Effect: 'Allow',
            Action: bucket,
            Resource: 'arn:aws:s3:::acme-out',
          },
          {
            Sid: 'GroundTruthStorageS35',
            Effect: 'Allow',
            Action: objects,
            Resource: 'arn:aws:s3:::acme-out/*',
          },
          {
            Sid: 'GroundTruthLogs6',
            Effect: 'Allow',
            Action: ['cloudwatch:PutMetricData'],
            Resource: '*',
          },
          {
            Sid: 'GroundTruthLogsLogs7',
            Effect: 'Allow',
            Action: [
              'logs:CreateLogStream',
              'logs:CreateLogGroup',
              'logs:DescribeLogStreams',
              'logs:PutLogEvents',
            ],
            Resource: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/*',
          },
        ],
      },
    })
  })

  test.each([
    ['that delegate to nobody', '111122223333'],
    ['of another account', '444455556666'],
  ])('the documents satisfy the library for keys %s', (_, account) => {
    const key = (arn: string) => arn.replace('111122223333', account)
    const request = requestWith({ output: key(OUTPUT_KEY), volume: key(VOLUME_KEY) })
    const { requirements, documents } = requiredPermissions(request, { region })
    const { rolePolicy, outputKeyStatement, volumeKeyStatement } = documents()

    const verdicts = requirements
      .filter(({ who, purpose }) => who === 'role' && /^(?:output|volume)-key$/.test(purpose))
      .map(({ action, resource, purpose }) => {
        const statement = purpose === 'output-key' ? outputKeyStatement : volumeKeyStatement
        return decidePermission({
          roleArn: ROLE,
          keyArn: resource,
          action,
          keyPolicy: { Version: '2012-10-17', Statement: statement ? [statement] : [] },
          identityPolicies: [{ name: 'inline:GroundTruth', policy: rolePolicy }],
        }).verdict
      })

    expect(verdicts).toEqual(Array.from({ length: 19 }, () => 'allowed'))
  })

  test('a stream is unsubscribed where that counts, and its objects and logs are no star', () => {
    const [manifest, stream] = [requestWith({ output: OUTPUT_KEY }), 'arn:aws:sns:us-east-1:111122223333:in']
    const request = { ...manifest, InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: stream } } } }

    const { requirements } = requiredPermissions(request, { region })
    const resourceOf = (name: string, of: string) =>
      requirements
        .filter(({ action, purpose }) => action === name && purpose === of)
        .map((one) => one.resource)

    expect(resourceOf('sns:Unsubscribe', 'stream')).toEqual(['*'])
    expect(resourceOf('s3:GetObject', 'stream')).toEqual(['arn:aws:s3:::*/*'])
    expect(resourceOf('logs:PutLogEvents', 'logs')).toEqual([
      'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/*',
    ])
  })

  test('a resolved job is taken as well, and tags need a right of the caller', () => {
    const request = { ...requestWith({ output: OUTPUT_KEY }), Tags: [{ Key: 'team', Value: 'vision' }] }

    const fromJob = requiredPermissions({ ...resolvedJob({ output: OUTPUT_KEY }), request }, { region })

    expect(fromJob.requirements).toEqual(requiredPermissions(request, { region }).requirements)
    expect(fromJob.requirements.find(({ action }) => action === 'sagemaker:AddTags')).toMatchObject({
      who: 'caller',
      essential: false,
    })
  })

  test('a job without keys needs none', () => {
    const { requirements, documents } = requiredPermissions(requestWith({}), { region })

    expect(requirements.filter(({ action }) => action.startsWith('kms:'))).toEqual([])
    expect(Object.keys(documents())).toEqual(['rolePolicy', 'trustPolicy'])
  })

  test('a key id is a key of the account of the role', () => {
    const id = OUTPUT_KEY.split('/')[1] ?? ''

    const { requirements } = requiredPermissions(requestWith({ output: id }), { region })

    expect(requirements.find(({ purpose }) => purpose === 'output-key')?.resource).toBe(OUTPUT_KEY)
  })

  test('an alias is refused, as policies match no alias', () => {
    expect(() => requiredPermissions(requestWith({ output: 'alias/output' }), { region })).toThrow(
      expect.objectContaining({ code: 'refused-call' }),
    )
  })

  test('a stream needs queues, both topics and their key', () => {
    const topic = 'arn:aws:sns:us-east-1:111122223333:in'
    const labels = 'arn:aws:sns:us-east-1:111122223333:out'
    const plain = requestWith({})
    const request = {
      ...plain,
      InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: topic } } },
      OutputConfig: { ...plain.OutputConfig, SnsTopicArn: labels },
    }

    const required = requiredPermissions(request, { region, topicKeyArn: OUTPUT_KEY })
    const unnamed = requiredPermissions(request, { region })

    expect(required.requirements.find(({ action }) => action === 'sns:Subscribe')).toMatchObject({
      resource: topic,
      condition: {
        StringEquals: { 'sns:Protocol': 'sqs' },
        StringLike: { 'sns:Endpoint': 'arn:aws:sqs:*:*:*GroundTruth*' },
      },
    })
    expect(
      required.requirements.filter(({ action }) => action === 'sns:Publish').map(({ resource }) => resource),
    ).toEqual([topic, labels])
    expect(JSON.stringify(required.documents())).toContain(OUTPUT_KEY)
    expect(
      unnamed.requirements.filter(({ purpose }) => purpose === 'topic-key').map(({ resource }) => resource),
    ).toEqual(['kms:Decrypt', 'kms:GenerateDataKey'].map(() => `<the key of ${labels}, when it has one>`))
    expect(JSON.stringify(unnamed.documents())).not.toContain('<the key')
  })

  test('Lambdas of your own, input keys and a VPC need rights of their own', () => {
    const plain = requestWith({ volume: VOLUME_KEY })
    const lambda = 'arn:aws:lambda:us-east-1:111122223333:function:pre'
    const request = {
      ...plain,
      HumanTaskConfig: { ...plain.HumanTaskConfig, PreHumanTaskLambdaArn: lambda },
      LabelingJobAlgorithmsConfig: {
        LabelingJobAlgorithmSpecificationArn: 'x',
        LabelingJobResourceConfig: { VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] } },
      },
    }

    const { requirements } = requiredPermissions(request, { region, inputKeyArns: [OUTPUT_KEY] })

    expect(
      requirements.filter(({ purpose }) => purpose === 'custom-lambda').map(({ resource }) => resource),
    ).toEqual([lambda])
    expect(
      requirements.filter(({ purpose }) => purpose === 'input-key').map(({ resource }) => resource),
    ).toEqual([OUTPUT_KEY])
    expect(requirements.filter(({ action }) => action.startsWith('ec2:'))).toHaveLength(9)
  })
})
