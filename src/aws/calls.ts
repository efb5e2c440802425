/**
 * Every AWS call this library makes, named by its IAM action, with the parts of input and answer it uses.
 * Structural on purpose: importing the SDK's own types costs each consumer some 900 files.
 * A type test keeps them assignable to the SDK's.
 */
export interface AwsCalls {
  'sagemaker:CreateLabelingJob': { input: object; output: { LabelingJobArn?: string } }
  'sagemaker:DescribeLabelingJob': { input: { LabelingJobName: string }; output: LabelingJobDescription }
  'sagemaker:StopLabelingJob': { input: { LabelingJobName: string }; output: object }
  'sagemaker:ListLabelingJobs': {
    input: {
      CreationTimeAfter?: Date
      CreationTimeBefore?: Date
      NameContains?: string
      StatusEquals?: LabelingJobStatus
      SortBy?: 'Name' | 'CreationTime' | 'Status'
      SortOrder?: 'Ascending' | 'Descending'
      MaxResults?: number
      NextToken?: string
    }
    output: { LabelingJobSummaryList?: LabelingJobSummary[]; NextToken?: string }
  }
  'sagemaker:ListTrainingJobs': {
    input: ListByCreationTime
    output: {
      TrainingJobSummaries?: { TrainingJobName?: string; TrainingJobArn?: string; CreationTime?: Date }[]
      NextToken?: string
    }
  }
  'sagemaker:DescribeTrainingJob': {
    input: { TrainingJobName: string }
    output: {
      TrainingJobName?: string
      TrainingJobArn?: string
      TrainingJobStatus?: string
      /** The labeling job that made it. */
      LabelingJobArn?: string
      RoleArn?: string
      CreationTime?: Date
      ResourceConfig?: { InstanceType?: string; InstanceCount?: number; VolumeKmsKeyId?: string }
      OutputDataConfig?: { S3OutputPath?: string; KmsKeyId?: string }
      ModelArtifacts?: { S3ModelArtifacts?: string }
    }
  }
  'sagemaker:ListTransformJobs': {
    input: ListByCreationTime
    output: {
      TransformJobSummaries?: { TransformJobName?: string; TransformJobArn?: string; CreationTime?: Date }[]
      NextToken?: string
    }
  }
  'sagemaker:DescribeTransformJob': {
    input: { TransformJobName: string }
    output: {
      TransformJobName?: string
      TransformJobArn?: string
      TransformJobStatus?: string
      /** The labeling job that made it. */
      LabelingJobArn?: string
      ModelName?: string
      CreationTime?: Date
      TransformResources?: { InstanceType?: string; InstanceCount?: number; VolumeKmsKeyId?: string }
      TransformOutput?: { S3OutputPath?: string; KmsKeyId?: string }
    }
  }
  'sagemaker:DescribeModel': {
    input: { ModelName: string }
    output: {
      ModelName?: string
      ModelArn?: string
      ExecutionRoleArn?: string
      CreationTime?: Date
      PrimaryContainer?: { Image?: string; ModelDataUrl?: string }
    }
  }
  'sagemaker:DescribeWorkteam': { input: { WorkteamName: string }; output: { Workteam?: Workteam } }
  'sagemaker:DescribeSubscribedWorkteam': {
    input: { WorkteamArn: string }
    output: { SubscribedWorkteam?: { WorkteamArn?: string; SellerName?: string } }
  }
  'sagemaker:RenderUiTemplate': {
    input: { UiTemplate: { Content: string }; Task: { Input: string }; RoleArn: string }
    output: { RenderedContent?: string; Errors?: { Code?: string; Message?: string }[] }
  }
  'kms:DescribeKey': { input: { KeyId: string }; output: { KeyMetadata?: KeyMetadata } }
  'kms:GetKeyPolicy': {
    input: { KeyId: string; PolicyName: 'default' | 'AWS_RAM' }
    output: { Policy?: string }
  }
  'kms:ListKeyPolicies': {
    input: { KeyId: string; Marker?: string; Limit?: number }
    output: { PolicyNames?: string[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:PutKeyPolicy': { input: { KeyId: string; PolicyName: 'default'; Policy: string }; output: object }
  'kms:ListGrants': {
    input: { KeyId: string; GranteePrincipal?: string; Marker?: string; Limit?: number }
    output: { Grants?: Grant[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:CreateGrant': {
    input: {
      KeyId: string
      GranteePrincipal: string
      Operations: string[]
      Name?: string
      RetiringPrincipal?: string
      DryRun?: boolean
    }
    output: { GrantId?: string; GrantToken?: string }
  }
  'kms:RevokeGrant': { input: { KeyId: string; GrantId: string }; output: object }
  'kms:ListAliases': {
    input: { KeyId?: string; Marker?: string; Limit?: number }
    output: {
      Aliases?: {
        AliasName?: string
        AliasArn?: string
        TargetKeyId?: string
        CreationDate?: Date
        LastUpdatedDate?: Date
      }[]
      NextMarker?: string
      Truncated?: boolean
    }
  }
  'kms:ListResourceTags': {
    input: { KeyId: string; Marker?: string; Limit?: number }
    output: { Tags?: { TagKey?: string; TagValue?: string }[]; NextMarker?: string; Truncated?: boolean }
  }
  'kms:Encrypt': { input: { KeyId: string; Plaintext: Uint8Array; DryRun: true }; output: object }
  'kms:Decrypt': {
    input: { KeyId: string; DryRun: true; DryRunModifiers: ['IGNORE_CIPHERTEXT'] }
    output: object
  }
  'kms:ReEncrypt': {
    input: {
      SourceKeyId: string
      DestinationKeyId: string
      DryRun: true
      DryRunModifiers: ['IGNORE_CIPHERTEXT']
    }
    output: object
  }
  'kms:GenerateDataKey': { input: { KeyId: string; KeySpec: 'AES_256'; DryRun: true }; output: object }
  'kms:GenerateDataKeyWithoutPlaintext': {
    input: { KeyId: string; KeySpec: 'AES_256'; DryRun: true }
    output: object
  }
  'kms:GenerateDataKeyPair': {
    input: { KeyId: string; KeyPairSpec: 'ECC_NIST_P256'; DryRun: true }
    output: object
  }
  'kms:GenerateDataKeyPairWithoutPlaintext': {
    input: { KeyId: string; KeyPairSpec: 'ECC_NIST_P256'; DryRun: true }
    output: object
  }
  'sts:GetCallerIdentity': {
    input: Record<string, never>
    output: { Account?: string; Arn?: string; UserId?: string }
  }
  'sts:AssumeRole': {
    input: { RoleArn: string; RoleSessionName: string; DurationSeconds: number }
    output: {
      Credentials?: {
        AccessKeyId: string | undefined
        SecretAccessKey: string | undefined
        SessionToken: string | undefined
      }
    }
  }
  'iam:GetRole': { input: { RoleName: string }; output: { Role?: IamRole } }
  'iam:ListRolePolicies': {
    input: { RoleName: string; Marker?: string; MaxItems?: number }
    output: { PolicyNames?: string[]; IsTruncated?: boolean; Marker?: string }
  }
  'iam:GetRolePolicy': {
    input: { RoleName: string; PolicyName: string }
    output: { PolicyDocument?: string }
  }
  'iam:PutRolePolicy': {
    input: { RoleName: string; PolicyName: string; PolicyDocument: string }
    output: object
  }
  'iam:DeleteRolePolicy': { input: { RoleName: string; PolicyName: string }; output: object }
  'iam:ListAttachedRolePolicies': {
    input: { RoleName: string; Marker?: string; MaxItems?: number }
    output: {
      AttachedPolicies?: { PolicyName?: string; PolicyArn?: string }[]
      IsTruncated?: boolean
      Marker?: string
    }
  }
  'iam:GetPolicy': { input: { PolicyArn: string }; output: { Policy?: { DefaultVersionId?: string } } }
  'iam:GetPolicyVersion': {
    input: { PolicyArn: string; VersionId: string }
    output: { PolicyVersion?: { Document?: string } }
  }
  'iam:SimulatePrincipalPolicy': {
    input: {
      PolicySourceArn: string
      ActionNames: string[]
      ResourceArns?: string[]
      ContextEntries?: {
        ContextKeyName: string
        ContextKeyValues: string[]
        ContextKeyType: 'string' | 'stringList'
      }[]
      Marker?: string
    }
    output: { EvaluationResults?: SimulationResult[]; IsTruncated?: boolean; Marker?: string }
  }
  's3:GetObject': {
    input: { Bucket: string; Key: string }
    output: { Body?: S3Body; ContentLength?: number }
  }
  's3:GetBucketLocation': { input: { Bucket: string }; output: { LocationConstraint?: string } }
  's3:GetBucketEncryption': {
    input: { Bucket: string }
    output: { ServerSideEncryptionConfiguration?: { Rules?: BucketEncryptionRule[] } }
  }
  's3:GetBucketCors': { input: { Bucket: string }; output: { CORSRules?: CorsRule[] } }
  's3:PutObject': {
    input: {
      Bucket: string
      Key: string
      Body: string | Uint8Array
      ContentType?: string
      ServerSideEncryption?: 'aws:kms'
      SSEKMSKeyId?: string
    }
    output: { ETag?: string }
  }
  's3:GetBucketPolicy': { input: { Bucket: string }; output: { Policy?: string } }
  'lambda:GetFunctionConfiguration': {
    input: { FunctionName: string }
    output: { FunctionArn?: string; State?: string }
  }
  'lambda:GetPolicy': { input: { FunctionName: string; Qualifier?: string }; output: { Policy?: string } }
  'sns:GetTopicAttributes': {
    input: { TopicArn: string }
    output: { Attributes?: Record<string, string> }
  }
  's3:HeadObject': {
    /** Never a checksum mode: with one, the caller needs rights on the object's KMS key. */
    input: { Bucket: string; Key: string; VersionId?: string }
    output: ObjectHead
  }
  's3:UpdateObjectEncryption': {
    input: {
      Bucket: string
      Key: string
      VersionId?: string
      ObjectEncryption: { SSEKMS: { KMSKeyArn: string; BucketKeyEnabled?: boolean } }
    }
    output: object
  }
  's3:CopyObject': {
    input: {
      Bucket: string
      Key: string
      CopySource: string
      CopySourceIfMatch?: string
      IfMatch?: string
      ServerSideEncryption?: 'aws:kms'
      SSEKMSKeyId?: string
      BucketKeyEnabled?: boolean
      StorageClass?: string
    }
    output: { CopyObjectResult?: { ETag?: string }; VersionId?: string }
  }
  's3:ListObjectsV2': {
    input: {
      Bucket: string
      Prefix?: string
      ContinuationToken?: string
      MaxKeys?: number
      /** Names may hold characters that XML cannot; `url` writes them so that it can. */
      EncodingType?: 'url'
    }
    output: {
      Contents?: { Key?: string; Size?: number; ETag?: string; LastModified?: Date; StorageClass?: string }[]
      EncodingType?: 'url'
      IsTruncated?: boolean
      NextContinuationToken?: string
    }
  }
  's3:ListObjectVersions': {
    input: {
      Bucket: string
      Prefix?: string
      KeyMarker?: string
      VersionIdMarker?: string
      MaxKeys?: number
      EncodingType?: 'url'
    }
    output: {
      Versions?: {
        Key?: string
        VersionId?: string
        IsLatest?: boolean
        Size?: number
        ETag?: string
        LastModified?: Date
        StorageClass?: string
      }[]
      DeleteMarkers?: { Key?: string; VersionId?: string; IsLatest?: boolean; LastModified?: Date }[]
      EncodingType?: 'url'
      IsTruncated?: boolean
      NextKeyMarker?: string
      NextVersionIdMarker?: string
    }
  }
  'sns:PublishBatch': {
    input: { TopicArn: string; PublishBatchRequestEntries: TopicEntry[] }
    output: {
      Successful?: { Id?: string }[]
      Failed?: { Id?: string; Code?: string; Message?: string; SenderFault?: boolean }[]
    }
  }
}

/** The IAM action name of a call, for instance `kms:DescribeKey`. */
export type AwsCallName = keyof AwsCalls

/** The body of an S3 object: a Node stream in Node, with the SDK's own readers on it. */
export type S3Body = AsyncIterable<Uint8Array> & { transformToString(): Promise<string> }

export type LabelingJobStatus =
  | 'Initializing'
  | 'InProgress'
  | 'Completed'
  | 'Failed'
  | 'Stopping'
  | 'Stopped'

/** One message of a batch for a topic. */
export interface TopicEntry {
  Id: string
  Message: string
  MessageGroupId?: string
  MessageDeduplicationId?: string
}

/** Counters of a labeling job. */
export interface LabelCounters {
  TotalLabeled?: number
  HumanLabeled?: number
  MachineLabeled?: number
  FailedNonRetryableError?: number
  Unlabeled?: number
}

/** A DescribeLabelingJob answer: the request's fields, as sent or as filled in by AWS, and the job's state. */
export interface LabelingJobDescription {
  LabelingJobStatus?: LabelingJobStatus
  LabelCounters?: LabelCounters
  FailureReason?: string
  CreationTime?: Date
  LastModifiedTime?: Date
  JobReferenceCode?: string
  LabelingJobName?: string
  LabelingJobArn?: string
  LabelAttributeName?: string
  InputConfig?: object
  OutputConfig?: object
  RoleArn?: string
  LabelCategoryConfigS3Uri?: string
  StoppingConditions?: object
  LabelingJobAlgorithmsConfig?: object
  HumanTaskConfig?: object
  Tags?: object[]
  LabelingJobOutput?: { OutputDatasetS3Uri?: string; FinalActiveLearningModelArn?: string }
}

/** A window of time, and where in it a list goes on. */
interface ListByCreationTime {
  CreationTimeAfter?: Date
  CreationTimeBefore?: Date
  SortBy?: 'CreationTime'
  SortOrder?: 'Ascending' | 'Descending'
  MaxResults?: number
  NextToken?: string
}

/** What HeadObject tells of an object, or of one version of it. */
export interface ObjectHead {
  VersionId?: string
  ETag?: string
  ContentLength?: number
  ContentType?: string
  LastModified?: Date
  /** Absent: the object was written without encryption, before 2023. */
  ServerSideEncryption?: string
  SSEKMSKeyId?: string
  BucketKeyEnabled?: boolean
  SSECustomerAlgorithm?: string
  StorageClass?: string
  ObjectLockMode?: string
  ObjectLockRetainUntilDate?: Date
  ObjectLockLegalHoldStatus?: string
  DeleteMarker?: boolean
}

/** One row of ListLabelingJobs. */
export interface LabelingJobSummary {
  LabelingJobName?: string
  LabelingJobArn?: string
  CreationTime?: Date
  LastModifiedTime?: Date
  LabelingJobStatus?: LabelingJobStatus
  LabelCounters?: LabelCounters
  WorkteamArn?: string
  FailureReason?: string
}

/** The parts of KMS's KeyMetadata that decide whether a key can be used. */
export interface KeyMetadata {
  KeyId?: string
  Arn?: string
  AWSAccountId?: string
  Enabled?: boolean
  KeyState?: string
  KeySpec?: string
  KeyUsage?: string
  KeyManager?: string
  Origin?: string
  MultiRegion?: boolean
  ValidTo?: Date
  DeletionDate?: Date
  CreationDate?: Date
}

/** What a bucket does with objects that are sent without a word on encryption, and what it refuses. */
export interface BucketEncryptionRule {
  ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string }
  BucketKeyEnabled?: boolean
  BlockedEncryptionTypes?: { EncryptionType?: string[] }
}

/** Which pages of other addresses a browser lets read from a bucket. */
export interface CorsRule {
  AllowedOrigins?: string[]
  AllowedMethods?: string[]
  AllowedHeaders?: string[]
  ExposeHeaders?: string[]
}

/** A work team as SageMaker gives it. */
export interface Workteam {
  WorkteamName?: string
  WorkteamArn?: string
  MemberDefinitions?: {
    CognitoMemberDefinition?: { UserPool?: string; UserGroup?: string }
    OidcMemberDefinition?: { Groups?: string[] }
  }[]
  SubDomain?: string
}

/** One grant on a key. */
export interface Grant {
  GrantId?: string
  Name?: string
  GranteePrincipal?: string
  GranteeServicePrincipal?: string
  IssuingAccount?: string
  Operations?: string[]
  CreationDate?: Date
  RetiringPrincipal?: string
  Constraints?: {
    EncryptionContextEquals?: Record<string, string>
    EncryptionContextSubset?: Record<string, string>
    SourceArn?: string
  }
}

/** An IAM role as GetRole gives it. */
export interface IamRole {
  Arn?: string
  RoleName?: string
  RoleId?: string
  Path?: string
  CreateDate?: Date
  AssumeRolePolicyDocument?: string
  MaxSessionDuration?: number
  PermissionsBoundary?: { PermissionsBoundaryArn?: string }
  Tags?: { Key?: string; Value?: string }[]
}

/** One result of SimulatePrincipalPolicy. */
export interface SimulationResult {
  EvalActionName?: string
  EvalDecision?: string
  OrganizationsDecisionDetail?: { AllowedByOrganizations?: boolean }
  PermissionsBoundaryDecisionDetail?: { AllowedByPermissionsBoundary?: boolean }
  MissingContextValues?: string[]
  /** Since July 2026 AWS gives one result an action, with the resources in here. */
  ResourceSpecificResults?: {
    EvalResourceName?: string
    EvalResourceDecision?: string
    MissingContextValues?: string[]
  }[]
}
