import type { AwsService } from '../../aws/aws.js'
import type { Grant } from '../../aws/kms-calls.js'
import type { CorsRule } from '../../aws/s3-calls.js'
import type { LabelCounters, LabelingJobStatus } from '../../aws/sagemaker-calls.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { PolicyDocument } from '../../permissions/policy/policy-document.js'
import type { Caller } from './caller.js'
import type { Eventually } from './eventually.js'
import type { FakeClock } from './fake-clock.js'
import type { Ids } from './ids.js'
import type { FullLabelingSettings } from './labeling-settings.js'
import type { ModelJobs } from './model-jobs.js'
import type { ObjectStore } from './object-store.js'
import type { StoredObjectParts } from './stored-object.js'

/** Everything the fake AWS holds. The services work on it; nothing else does. */
export interface World {
  readonly region: string
  readonly account: string
  readonly partition: string
  readonly clock: FakeClock
  readonly ids: Ids
  readonly strict: boolean
  /** Items a page of a list, when smaller than AWS's own. */
  readonly pageSize: number
  readonly defaultCaller: Caller
  /** By ARN. */
  readonly keys: Map<string, FakeKey>
  /** Key ARN by alias ARN. */
  readonly aliases: Map<string, string>
  /** By ARN. */
  readonly roles: Map<string, FakeRole>
  /** By ARN. */
  readonly users: Map<string, FakeUser>
  /** By ARN. */
  readonly policies: Map<string, FakeManagedPolicy>
  /** By ARN. */
  readonly workteams: Map<string, FakeWorkteam>
  /** By name. */
  readonly buckets: Map<string, FakeBucket>
  /** Uploads in parts that are under way, by id. */
  readonly uploads: Map<string, FakeUpload>
  /** By ARN, those that were set up: every other one answers as well, without a policy. */
  readonly lambdas: Map<string, FakeLambda>
  /** By ARN, those that were set up: every other one takes messages as well. */
  readonly topics: Map<string, FakeTopic>
  /** By ARN; the name in it is lower-case. */
  readonly jobs: Map<string, FakeJob>
  /** What automated labeling trains and runs. */
  readonly modelJobs: ModelJobs
  /** Session ARN by access key id. */
  readonly sessions: Map<string, string>
  /** Organization levels above every account of the fake, each a list of policies. */
  scps: readonly (readonly PolicyDocument[])[]
  rcps: readonly PolicyDocument[]
  labeling: FullLabelingSettings
}

/** An upload in parts. */
export interface FakeUpload
  extends Pick<StoredObjectParts, 'encryption' | 'contentType' | 'metadata' | 'storageClass'> {
  readonly bucket: string
  readonly key: string
  readonly parts: Map<number, { readonly content: Uint8Array; readonly etag: string }>
}

/** A KMS key. */
export interface FakeKey {
  readonly keyId: string
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly spec: string
  readonly usage: string
  readonly manager: 'CUSTOMER' | 'AWS'
  readonly origin: string
  readonly multiRegion: boolean
  readonly createdAt: Date
  readonly validTo?: Date
  readonly deletionDate?: Date
  readonly tags: Readonly<Record<string, string>>
  state: string
  readonly policy: Eventually<StoredPolicy>
  /** The text of the second policy of a key that is shared through AWS RAM. */
  readonly sharedPolicy?: string
  readonly grants: FakeGrant[]
}

/** A grant as KMS keeps it. */
export interface FakeGrant {
  /** As ListGrants gives it. */
  readonly grant: Grant
  /** From when on ListGrants shows it. */
  readonly visibleFrom: Date
  /** From when on it counts without its token. */
  readonly effectiveFrom: Date
  readonly token: string
  /** Unique id of the grantee when the grant was made, of a role or user that the fake knows. */
  readonly granteeId: string | undefined
}

/** A key policy as KMS keeps it: its principals are held by unique id. */
export interface StoredPolicy {
  readonly text: string
  /** Unique id by ARN, of the roles and users that the policy named when it was written. */
  readonly principals: ReadonlyMap<string, string>
}

/** An IAM role. */
export interface FakeRole {
  readonly arn: string
  readonly account: string
  readonly name: string
  readonly path: string
  readonly id: string
  readonly createdAt: Date
  readonly trust: PolicyDocument
  /** Text by policy name; `undefined` once deleted. */
  readonly inline: Map<string, Eventually<string | undefined>>
  readonly attached: readonly string[]
  readonly boundaryArn?: string
  readonly tags: Readonly<Record<string, string>>
}

/** An IAM user. */
export interface FakeUser {
  readonly arn: string
  readonly account: string
  readonly name: string
  readonly id: string
  readonly policies: ReadonlyMap<string, PolicyDocument>
  /** Managed policies. */
  readonly attached: readonly string[]
  /** The inline policies of its groups, by group and name. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, PolicyDocument>>
  readonly boundaryArn?: string
  readonly tags: Readonly<Record<string, string>>
}

/** A work team. */
export interface FakeWorkteam {
  readonly arn: string
  /** Groups of a Cognito user pool. */
  readonly groups: readonly string[]
  readonly createdAt: Date
}

/** A managed policy with its only version. */
export interface FakeManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly document: PolicyDocument
}

/** An S3 bucket. */
export interface FakeBucket {
  readonly name: string
  readonly region: string
  readonly account: string
  /** ARN of the KMS key of its default encryption; without one it is a key of S3. */
  readonly defaultKeyArn?: string
  readonly cors: readonly CorsRule[]
  readonly hasVersions: boolean
  /** The text of its policy. */
  readonly policy?: string
  readonly objects: ObjectStore
}

/** A Lambda function. */
export interface FakeLambda {
  readonly arn: string
  readonly account: string
  readonly region: string
  /** The text of its policy. */
  readonly policy?: string
}

/** An SNS topic. */
interface FakeTopic {
  readonly arn: string
  readonly account: string
  readonly region: string
  /** The text of its policy; SNS makes one when none is given. */
  readonly policy: string
  /** What its key is called: an ARN, an id or an alias. */
  readonly keyId?: string
}

/** A labeling job; it moves with the clock. */
export interface FakeJob {
  readonly arn: string
  readonly request: CreateLabelingJobRequest
  readonly createdAt: Date
  readonly modifiedAt: Date
  readonly referenceCode: string
  readonly status: LabelingJobStatus
  readonly failureReason: string | undefined
  readonly hasOutput: boolean
  readonly outputManifestUri: string
  readonly finalModelArn: string
  counters(): Required<LabelCounters>
  /** Goes on until the given moment. */
  moveTo(now: Date): void
  /** Stops the job; `false` when it has ended. */
  stop(now: Date): boolean
  /** Takes a message of the input topic. */
  receive(topicArn: string, message: string, now: Date): void
}

/** One call on its way through the fake. */
export interface Call {
  readonly service: AwsService
  readonly operation: string
  readonly caller: Caller
  readonly region: string
  readonly at: Date
  /** Tokens of grants that shall count although they are new. */
  readonly grantTokens: readonly string[]
  /** From when on readers see what this call writes. */
  readonly visibleFrom: Date
  /** Notes that the call changed something. */
  wrote(): void
}

/** What an operation does. The input is typed by each operation; commands of the SDK carry it. */
export type Operation = (world: World, call: Call, input: never) => object

/** The operations of a service by name. */
export type Operations = Readonly<Record<string, Operation>>
