import type { IamCalls } from './iam-calls.js'
import type { KmsCalls } from './kms-calls.js'
import type { S3Calls } from './s3-calls.js'
import type { SageMakerCalls } from './sagemaker-calls.js'

/**
 * Every AWS call this library makes, named by its IAM action, with the parts of input and answer it uses.
 * Structural on purpose: importing the SDK's own types costs each consumer some 900 files.
 * A type test keeps them assignable to the SDK's.
 */
export interface AwsCalls extends SageMakerCalls, KmsCalls, IamCalls, S3Calls {
  'sns:GetTopicAttributes': {
    input: { TopicArn: string }
    output: { Attributes?: Record<string, string> }
  }
  'sns:PublishBatch': {
    input: { TopicArn: string; PublishBatchRequestEntries: TopicEntry[] }
    output: {
      Successful?: { Id?: string }[]
      Failed?: { Id?: string; Code?: string; Message?: string; SenderFault?: boolean }[]
    }
  }
  'lambda:GetFunctionConfiguration': {
    input: { FunctionName: string }
    output: { FunctionArn?: string; State?: string }
  }
  'lambda:GetPolicy': { input: { FunctionName: string; Qualifier?: string }; output: { Policy?: string } }
}

/** The IAM action name of a call, for instance `kms:DescribeKey`. */
export type AwsCallName = keyof AwsCalls

/** One message of a batch for a topic. */
export interface TopicEntry {
  Id: string
  Message: string
  MessageGroupId?: string
  MessageDeduplicationId?: string
}
