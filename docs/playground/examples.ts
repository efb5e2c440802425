import type { PermissionFields } from './read-fields.js'

const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const DELEGATES = {
  Sid: 'Enable IAM policies',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
}
const GUIDE = {
  Sid: 'Allow the labeling role',
  Effect: 'Allow',
  Principal: { AWS: ROLE },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: '*',
}

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
}

const BASE: PermissionFields = {
  roleArn: ROLE,
  keyArn: KEY,
  action: 'kms:GenerateDataKey',
  keyPolicy: policy(DELEGATES),
  identityPolicies: '',
  boundary: '',
  grants: '',
  more: '',
}

/** Questions to start from. */
export const PERMISSION_EXAMPLES: Readonly<Record<string, PermissionFields>> = {
  'A key policy that delegates, and a role without a policy': BASE,
  'The statement of the guide, and a volume key that needs kms:CreateGrant': {
    ...BASE,
    action: 'kms:CreateGrant',
    keyPolicy: policy(DELEGATES, GUIDE),
  },
  'A Deny for whoever does not come through S3': {
    ...BASE,
    keyPolicy: policy(DELEGATES, GUIDE, {
      Sid: 'Only through S3',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:GenerateDataKey*',
      Resource: '*',
      Condition: { StringNotEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    }),
  },
  'A condition on an address': {
    ...BASE,
    keyPolicy: policy({ ...GUIDE, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }),
  },
  'A policy of the role that names an alias': {
    ...BASE,
    identityPolicies: policy({
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: 'arn:aws:kms:us-east-1:111122223333:alias/gt-output',
    }),
  },
  'A boundary without KMS': {
    ...BASE,
    keyPolicy: policy(DELEGATES),
    identityPolicies: policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
    boundary: policy({ Effect: 'Allow', Action: ['s3:*', 'sagemaker:*'], Resource: '*' }),
  },
  'A key of another account': {
    ...BASE,
    keyArn: KEY.replace('111122223333', '444455556666'),
    keyPolicy: '',
    identityPolicies: policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
  },
}

/** Bodies to start from. */
export const REQUEST_EXAMPLES: Readonly<Record<string, { readonly region: string; readonly body: string }>> =
  {
    'A key of AWS, a name with a space, and more': {
      region: 'us-east-1',
      body: JSON.stringify(
        {
          LabelingJobName: 'street signs',
          LabelAttributeName: 'street-signs-ref',
          InputConfig: {
            DataSource: { S3DataSource: { ManifestS3Uri: 's3://acme-gt/in/dataset.manifest' } },
          },
          OutputConfig: { S3OutputPath: 's3://acme-gt/out/', KmsKeyId: 'alias/aws/s3' },
          RoleArn: ROLE,
          LabelCategoryConfigS3Uri: 's3://acme-gt/ui/labels.json',
          HumanTaskConfig: {
            WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
            UiConfig: { UiTemplateS3Uri: 's3://acme-gt/ui/box.liquid.html' },
            PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
            AnnotationConsolidationConfig: {
              AnnotationConsolidationLambdaArn:
                'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
            },
            TaskTitle: 'Box every street sign',
            TaskDescription: 'One tight box around each sign',
            NumberOfHumanWorkersPerDataObject: 12,
            TaskTimeLimitInSeconds: 600,
          },
        },
        undefined,
        2,
      ),
    },
  }
