import { expect, test } from 'vitest'
import { nameOf } from '../../../src/permissions/access/describe-access.js'
import { bucketsOf, jobAccesses, uploadForms } from '../../../src/permissions/access/job-accesses.js'
import { FACTS, KEY, PRE, REQUEST, ROLE, TOPIC } from './labeling-place.js'

const lines = (...given: Parameters<typeof jobAccesses>) =>
  jobAccesses(...given).map(
    ({ who, action, resourceArn, goesOn, purpose }) =>
      `${who} ${action} ${resourceArn}${goesOn === true ? '*' : ''} (${purpose})`,
  )

test('a job needs its buckets, its files, its folder, its Lambda, and a caller who may create it', () => {
  expect(lines(REQUEST, FACTS)).toEqual([
    'role s3:ListBucket arn:aws:s3:::labels (bucket)',
    'role s3:GetBucketLocation arn:aws:s3:::labels (bucket)',
    'role s3:ListBucket arn:aws:s3:::data (bucket)',
    'role s3:GetBucketLocation arn:aws:s3:::data (bucket)',
    'role s3:GetObject arn:aws:s3:::data/in/cats.manifest (manifest)',
    'role s3:GetObject arn:aws:s3:::data/in/labels.json (label-categories)',
    'role s3:GetObject arn:aws:s3:::data/in/page.html (template)',
    'role s3:PutObject arn:aws:s3:::labels/out/Cats-1/* (output)',
    'role s3:AbortMultipartUpload arn:aws:s3:::labels/out/Cats-1/* (output)',
    'role s3:GetObject arn:aws:s3:::labels/out/Cats-1/* (output)',
    `role lambda:InvokeFunction ${PRE} (lambda)`,
    'caller sagemaker:CreateLabelingJob arn:aws:sagemaker:us-east-1:111122223333:labeling-job/cats-1 (create-job)',
    `caller iam:PassRole ${ROLE} (pass-role)`,
  ])
})

test('objects, keys, a topic, automated labeling and a reader add to it', () => {
  const plain = lines(REQUEST, FACTS)
  const request = {
    ...REQUEST,
    OutputConfig: { ...REQUEST.OutputConfig, SnsTopicArn: TOPIC },
    LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn' },
  }
  const facts = {
    ...FACTS,
    objects: ['s3://pictures/1.jpg', 's3://pictures/1.jpg'],
    inputKeyArns: [KEY],
    topicKeyArn: KEY,
    reader: true,
  }

  expect(lines(request, facts).filter((line) => !plain.includes(line))).toEqual([
    'role s3:ListBucket arn:aws:s3:::pictures (bucket)',
    'role s3:GetBucketLocation arn:aws:s3:::pictures (bucket)',
    'role s3:GetObject arn:aws:s3:::pictures/1.jpg (input-object)',
    `role kms:Decrypt ${KEY} (input-key)`,
    `role sns:Publish ${TOPIC} (topic)`,
    `role kms:Decrypt ${KEY} (topic-key)`,
    `role kms:GenerateDataKey ${KEY} (topic-key)`,
    `role iam:PassRole ${ROLE} (pass-role)`,
    'reader s3:GetObject arn:aws:s3:::labels/out/Cats-1/* (read-labels)',
    `reader kms:Decrypt ${KEY} (read-labels)`,
  ])
  expect(bucketsOf(REQUEST, facts.objects)).toEqual(['labels', 'data', 'pictures'])
})

test('a stream adds the queue that the job makes', () => {
  const request = {
    ...REQUEST,
    InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: TOPIC } } },
  }

  expect(
    jobAccesses(request, FACTS)
      .filter(({ purpose }) => purpose === 'queue')
      .map((access) => `${access.action} ${nameOf(access)}`),
  ).toEqual(
    [
      'CreateQueue',
      'DeleteMessage',
      'GetQueueAttributes',
      'GetQueueUrl',
      'ReceiveMessage',
      'SendMessage',
      'SetQueueAttributes',
    ].map((name) => `sqs:${name} arn:aws:sqs:us-east-1:111122223333:*GroundTruth*`),
  )
})

test('an upload has two forms, first the one that AWS documents', () => {
  const [sse, keyId] = ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id']
  const underKms = { [sse as string]: 'aws:kms' }
  const namingNone = { name: 'naming no key', context: underKms, absentContextKeys: [keyId] }

  expect(uploadForms(KEY)).toEqual([
    { name: 'naming the output key', context: { ...underKms, [keyId as string]: KEY } },
    namingNone,
  ])
  expect(uploadForms('alias/gt')).toEqual([{ name: 'naming the output key', context: underKms }, namingNone])
  expect(uploadForms(undefined)).toEqual([
    { name: 'as SSE-KMS', context: underKms, absentContextKeys: [keyId] },
    { name: 'without a word on encryption', context: {}, absentContextKeys: [sse, keyId] },
  ])
})
