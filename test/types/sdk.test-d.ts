// Nothing here runs: our small interfaces stay compatible with the SDK's own types.
import type { Readable } from 'node:stream'
import type * as Iam from '@aws-sdk/client-iam'
import type * as Kms from '@aws-sdk/client-kms'
import type * as Lambda from '@aws-sdk/client-lambda'
import type * as S3 from '@aws-sdk/client-s3'
import type * as SageMaker from '@aws-sdk/client-sagemaker'
import type * as SNS from '@aws-sdk/client-sns'
import type * as Sts from '@aws-sdk/client-sts'
import { describe, expectTypeOf, test } from 'vitest'
import type { AwsCallName, AwsCalls } from '../../src/aws/calls.js'
import type { S3Body } from '../../src/aws/s3-calls.js'
import type { AwsClient, CreateLabelingJobRequest, LabelingJobDescription } from '../../src/index.js'
import type { KeyGrant } from '../../src/permissions/index.js'

/** The SDK's input and output of each call that the library makes. */
interface SdkCalls {
  'sagemaker:CreateLabelingJob': [
    SageMaker.CreateLabelingJobCommandInput,
    SageMaker.CreateLabelingJobCommandOutput,
  ]
  'sagemaker:DescribeLabelingJob': [
    SageMaker.DescribeLabelingJobCommandInput,
    SageMaker.DescribeLabelingJobCommandOutput,
  ]
  'sagemaker:StopLabelingJob': [SageMaker.StopLabelingJobCommandInput, SageMaker.StopLabelingJobCommandOutput]
  'sagemaker:ListLabelingJobs': [
    SageMaker.ListLabelingJobsCommandInput,
    SageMaker.ListLabelingJobsCommandOutput,
  ]
  'sagemaker:ListTrainingJobs': [
    SageMaker.ListTrainingJobsCommandInput,
    SageMaker.ListTrainingJobsCommandOutput,
  ]
  'sagemaker:DescribeTrainingJob': [
    SageMaker.DescribeTrainingJobCommandInput,
    SageMaker.DescribeTrainingJobCommandOutput,
  ]
  'sagemaker:ListTransformJobs': [
    SageMaker.ListTransformJobsCommandInput,
    SageMaker.ListTransformJobsCommandOutput,
  ]
  'sagemaker:DescribeTransformJob': [
    SageMaker.DescribeTransformJobCommandInput,
    SageMaker.DescribeTransformJobCommandOutput,
  ]
  'sagemaker:DescribeModel': [SageMaker.DescribeModelCommandInput, SageMaker.DescribeModelCommandOutput]
  'sns:PublishBatch': [SNS.PublishBatchCommandInput, SNS.PublishBatchCommandOutput]
  'sagemaker:DescribeWorkteam': [
    SageMaker.DescribeWorkteamCommandInput,
    SageMaker.DescribeWorkteamCommandOutput,
  ]
  'sagemaker:DescribeSubscribedWorkteam': [
    SageMaker.DescribeSubscribedWorkteamCommandInput,
    SageMaker.DescribeSubscribedWorkteamCommandOutput,
  ]
  'sagemaker:RenderUiTemplate': [
    SageMaker.RenderUiTemplateCommandInput,
    SageMaker.RenderUiTemplateCommandOutput,
  ]
  'kms:DescribeKey': [Kms.DescribeKeyCommandInput, Kms.DescribeKeyCommandOutput]
  'kms:GetKeyPolicy': [Kms.GetKeyPolicyCommandInput, Kms.GetKeyPolicyCommandOutput]
  'kms:ListKeyPolicies': [Kms.ListKeyPoliciesCommandInput, Kms.ListKeyPoliciesCommandOutput]
  'kms:PutKeyPolicy': [Kms.PutKeyPolicyCommandInput, Kms.PutKeyPolicyCommandOutput]
  'kms:ListGrants': [Kms.ListGrantsCommandInput, Kms.ListGrantsCommandOutput]
  'kms:CreateGrant': [Kms.CreateGrantCommandInput, Kms.CreateGrantCommandOutput]
  'kms:RevokeGrant': [Kms.RevokeGrantCommandInput, Kms.RevokeGrantCommandOutput]
  'kms:ListAliases': [Kms.ListAliasesCommandInput, Kms.ListAliasesCommandOutput]
  'kms:ListResourceTags': [Kms.ListResourceTagsCommandInput, Kms.ListResourceTagsCommandOutput]
  'kms:Encrypt': [Kms.EncryptCommandInput, Kms.EncryptCommandOutput]
  'kms:Decrypt': [Kms.DecryptCommandInput, Kms.DecryptCommandOutput]
  'kms:ReEncrypt': [Kms.ReEncryptCommandInput, Kms.ReEncryptCommandOutput]
  'kms:GenerateDataKey': [Kms.GenerateDataKeyCommandInput, Kms.GenerateDataKeyCommandOutput]
  'kms:GenerateDataKeyWithoutPlaintext': [
    Kms.GenerateDataKeyWithoutPlaintextCommandInput,
    Kms.GenerateDataKeyWithoutPlaintextCommandOutput,
  ]
  'kms:GenerateDataKeyPair': [Kms.GenerateDataKeyPairCommandInput, Kms.GenerateDataKeyPairCommandOutput]
  'kms:GenerateDataKeyPairWithoutPlaintext': [
    Kms.GenerateDataKeyPairWithoutPlaintextCommandInput,
    Kms.GenerateDataKeyPairWithoutPlaintextCommandOutput,
  ]
  'sts:GetCallerIdentity': [Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput]
  'sts:AssumeRole': [Sts.AssumeRoleCommandInput, Sts.AssumeRoleCommandOutput]
  'iam:GetRole': [Iam.GetRoleCommandInput, Iam.GetRoleCommandOutput]
  'iam:ListRolePolicies': [Iam.ListRolePoliciesCommandInput, Iam.ListRolePoliciesCommandOutput]
  'iam:GetRolePolicy': [Iam.GetRolePolicyCommandInput, Iam.GetRolePolicyCommandOutput]
  'iam:PutRolePolicy': [Iam.PutRolePolicyCommandInput, Iam.PutRolePolicyCommandOutput]
  'iam:DeleteRolePolicy': [Iam.DeleteRolePolicyCommandInput, Iam.DeleteRolePolicyCommandOutput]
  'iam:ListAttachedRolePolicies': [
    Iam.ListAttachedRolePoliciesCommandInput,
    Iam.ListAttachedRolePoliciesCommandOutput,
  ]
  'iam:GetUser': [Iam.GetUserCommandInput, Iam.GetUserCommandOutput]
  'iam:ListUserPolicies': [Iam.ListUserPoliciesCommandInput, Iam.ListUserPoliciesCommandOutput]
  'iam:GetUserPolicy': [Iam.GetUserPolicyCommandInput, Iam.GetUserPolicyCommandOutput]
  'iam:ListAttachedUserPolicies': [
    Iam.ListAttachedUserPoliciesCommandInput,
    Iam.ListAttachedUserPoliciesCommandOutput,
  ]
  'iam:ListGroupsForUser': [Iam.ListGroupsForUserCommandInput, Iam.ListGroupsForUserCommandOutput]
  'iam:ListGroupPolicies': [Iam.ListGroupPoliciesCommandInput, Iam.ListGroupPoliciesCommandOutput]
  'iam:GetGroupPolicy': [Iam.GetGroupPolicyCommandInput, Iam.GetGroupPolicyCommandOutput]
  'iam:ListAttachedGroupPolicies': [
    Iam.ListAttachedGroupPoliciesCommandInput,
    Iam.ListAttachedGroupPoliciesCommandOutput,
  ]
  'iam:GetPolicy': [Iam.GetPolicyCommandInput, Iam.GetPolicyCommandOutput]
  'iam:GetPolicyVersion': [Iam.GetPolicyVersionCommandInput, Iam.GetPolicyVersionCommandOutput]
  'iam:SimulatePrincipalPolicy': [
    Iam.SimulatePrincipalPolicyCommandInput,
    Iam.SimulatePrincipalPolicyCommandOutput,
  ]
  's3:GetObject': [S3.GetObjectCommandInput, S3.GetObjectCommandOutput]
  's3:GetBucketLocation': [S3.GetBucketLocationCommandInput, S3.GetBucketLocationCommandOutput]
  's3:GetBucketEncryption': [S3.GetBucketEncryptionCommandInput, S3.GetBucketEncryptionCommandOutput]
  's3:GetBucketCors': [S3.GetBucketCorsCommandInput, S3.GetBucketCorsCommandOutput]
  's3:PutObject': [S3.PutObjectCommandInput, S3.PutObjectCommandOutput]
  's3:GetBucketPolicy': [S3.GetBucketPolicyCommandInput, S3.GetBucketPolicyCommandOutput]
  'lambda:GetFunctionConfiguration': [
    Lambda.GetFunctionConfigurationCommandInput,
    Lambda.GetFunctionConfigurationCommandOutput,
  ]
  'lambda:GetPolicy': [Lambda.GetPolicyCommandInput, Lambda.GetPolicyCommandOutput]
  'sns:GetTopicAttributes': [SNS.GetTopicAttributesCommandInput, SNS.GetTopicAttributesCommandOutput]
  's3:HeadObject': [S3.HeadObjectCommandInput, S3.HeadObjectCommandOutput]
  's3:ListObjectVersions': [S3.ListObjectVersionsCommandInput, S3.ListObjectVersionsCommandOutput]
  's3:UpdateObjectEncryption': [S3.UpdateObjectEncryptionCommandInput, S3.UpdateObjectEncryptionCommandOutput]
  's3:CopyObject': [S3.CopyObjectCommandInput, S3.CopyObjectCommandOutput]
  's3:ListObjectsV2': [S3.ListObjectsV2CommandInput, S3.ListObjectsV2CommandOutput]
}

// The SDK writes `?: X | undefined`, we write `?: X`; and its lists of texts are often unions of them.
type Loose<Value> = Value extends readonly (infer Item)[]
  ? Loose<Item>[]
  : Value extends Date | Uint8Array | AsyncIterable<unknown>
    ? Value
    : Value extends string
      ? string
      : Value extends object
        ? { [Field in keyof Value]: Loose<Value[Field]> | undefined }
        : Value

type Named<Call, Side extends 'input' | 'output'> = Call extends AwsCallName ? AwsCalls[Call][Side] : never

/** The calls whose input, as we type it, names a field that the SDK's input lacks, or gives it another type. */
type WrongInput = {
  [Call in keyof SdkCalls]: Loose<Named<Call, 'input'>> extends Partial<Loose<SdkCalls[Call][0]>>
    ? never
    : Call
}[keyof SdkCalls]

/** The calls whose answer, as the SDK types it, lacks a field that we read, or has another type there. */
type WrongOutput = {
  [Call in keyof SdkCalls]: Loose<SdkCalls[Call][1]> extends Loose<Named<Call, 'output'>> ? never : Call
}[keyof SdkCalls]

/** Fields of our inputs that the SDK's inputs do not have at all. */
type StrangeFields = {
  [Call in keyof SdkCalls]: string extends keyof Named<Call, 'input'>
    ? never
    : Exclude<keyof Named<Call, 'input'>, keyof SdkCalls[Call][0]>
}[keyof SdkCalls]

describe('our types of AWS calls', () => {
  test('have an SDK counterpart each', () => {
    expectTypeOf<AwsCallName>().toEqualTypeOf<keyof SdkCalls>()
  })

  test('can be sent through the SDK', () => {
    expectTypeOf<StrangeFields>().toBeNever()
    expectTypeOf<WrongInput>().toBeNever()
  })

  test('can be read from what the SDK answers', () => {
    // The SDK's body is a union over browsers and Node; in Node it is a stream, which is what we read.
    expectTypeOf<WrongOutput>().toEqualTypeOf<'s3:GetObject'>()
    expectTypeOf<Extract<S3.GetObjectCommandOutput['Body'], Readable>>().toExtend<S3Body>()
  })
})

describe('our request', () => {
  test('is one that the SDK takes', () => {
    expectTypeOf<CreateLabelingJobRequest>().toExtend<SageMaker.CreateLabelingJobCommandInput>()
  })

  test('names every field that the SDK names', () => {
    expectTypeOf<keyof CreateLabelingJobRequest>().toEqualTypeOf<
      keyof SageMaker.CreateLabelingJobCommandInput
    >()
  })
})

describe('an answer of the SDK', () => {
  test('is taken as it is where users hand it on', () => {
    expectTypeOf<SageMaker.DescribeLabelingJobCommandOutput>().toExtend<LabelingJobDescription>()
    expectTypeOf<Kms.GrantListEntry>().toExtend<KeyGrant>()
  })
})

describe('a client of the SDK', () => {
  test('is accepted as it is', () => {
    expectTypeOf<SageMaker.SageMakerClient>().toExtend<AwsClient>()
    expectTypeOf<Kms.KMSClient>().toExtend<AwsClient>()
    expectTypeOf<Sts.STSClient>().toExtend<AwsClient>()
  })
})
