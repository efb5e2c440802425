import { describe, expect, test } from 'vitest'
import { explainFailure } from '../../src/running/explain-failure.js'

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const USER = 'arn:aws:sts::111122223333:assumed-role/GtExec/SageMaker'
const REFUSED = `User: ${USER} is not authorized to perform: kms:GenerateDataKey on resource: ${KEY} because no resource-based policy allows the kms:GenerateDataKey action`

describe('the reason of a failed job', () => {
  test.each([
    ['a refused key', `ClientError: ${REFUSED}`, 'checkPermissions(job, aws)'],
    [
      'a refused key behind a bucket',
      `ClientError: Unable to write to S3 bucket acme: AccessDenied: ${REFUSED}`,
      'checkPermissions(job, aws)',
    ],
    [
      'a refused key behind an address with bucket in it',
      `ClientError: Unable to write s3://acme-bucket/out/x: AccessDenied: ${REFUSED}`,
      'checkPermissions(job, aws)',
    ],
    ['a refused read', 'ClientError: Access denied when reading s3://acme/in/1.jpg', 'S3 permissions'],
    [
      'a refused read of a bucket',
      'ClientError: Access denied when reading s3://acme-bucket/in/1.jpg',
      'S3 permissions',
    ],
    [
      'a refused read of a KMS name',
      'ClientError: Access denied when reading s3://acme-KMS/in/1.jpg',
      'S3 permissions',
    ],
    [
      'a refused read of a Lambda name',
      'ClientError: Access denied when reading "my Lambda/in/1.jpg"',
      'S3 permissions',
    ],
    [
      'a refused read of a bare name',
      'ClientError: Access denied when reading acme-Lambda',
      'S3 permissions',
    ],
    [
      'a role with Bucket in its name',
      'ClientError: Could not assume role arn:aws:iam::111122223333:role/GtBucketRole. AssumeRole failed',
      'trust policy',
    ],
    ['a broken manifest', 'ClientError: Line 3 of the manifest is not valid JSON', 'one JSON object a line'],
    [
      'a broken manifest in a bucket',
      'ClientError: Line 3 of the manifest s3://acme-bucket/in.manifest is not valid JSON',
      'one JSON object a line',
    ],
    ['expired tasks', 'ClientError: Annotation tasks expired.', 'availability'],
    [
      'a broken page',
      'ClientError: The template s3://acme-bucket/box.liquid could not be rendered',
      'worker page',
    ],
    [
      'a broken page with expired in its name',
      'ClientError: The template s3://acme/expired-passports.liquid could not be rendered',
      'worker page',
    ],
    [
      'a refused function',
      `User: ${USER} is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:kms-bucket`,
      'lambda:InvokeFunction',
    ],
  ])('%s is told by what was refused, then by the sentence, never by names in it', (_what, reason, words) => {
    expect(explainFailure(reason)).toContain(words)
  })

  test('that is very long is read in linear time', () => {
    expect(explainFailure(`${'" \' ` ('.repeat(20_000)} nothing known`)).toBeUndefined()
  })
})
