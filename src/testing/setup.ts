import type { Grant } from '../aws/kms-calls.js'
import type { CorsRule } from '../aws/s3-calls.js'
import type { PolicyDocument } from '../permissions/policy/policy-document.js'
import type { EncryptionSetup } from './world/encryption-setup.js'
import type { ObjectLock } from './world/stored-object.js'

/** Accounts, regions and time of a fake AWS; everything has a default. */
export interface FakeAwsOptions {
  /** Home region. Default: `us-east-1`. */
  readonly region?: string
  /** Home account. Default: `111122223333`. */
  readonly account?: string
  /** Where the clock stands. Default: 2026-11-23T09:00:00Z. */
  readonly now?: Date
  /**
   * ARN of whoever calls when nobody else is named: a user, a session of a role that you set up, or an account's root.
   * Default: the user `dev` of the home account.
   */
  readonly caller?: string
  /** Whether the default caller has only the permissions it was given. Default: it may do everything at home. */
  readonly strict?: boolean
  /** Items a page of every list has at most, to see paging at work. Default: AWS's own sizes. */
  readonly pageSize?: number
}

/** A KMS key to set up. */
export interface KeySetup {
  /** One alias or several, for instance `alias/gt-output`. */
  readonly alias?: string | readonly string[]
  /** Default: the account's IAM policies decide (the policy KMS itself makes by default). Taken unchecked. */
  readonly policy?: PolicyDocument | string
  /** The second policy, `AWS_RAM`, that AWS RAM writes on a key that is shared. Default: none. */
  readonly sharedPolicy?: PolicyDocument | string
  /** Default: `Enabled`. */
  readonly state?: string
  /** Default: `SYMMETRIC_DEFAULT`. */
  readonly spec?: string
  /** Default: `ENCRYPT_DECRYPT`. */
  readonly usage?: string
  readonly region?: string
  readonly account?: string
  readonly multiRegion?: boolean
  /** Default: `AWS_KMS`. */
  readonly origin?: string
  /** `AWS` for an AWS managed key. Default: `CUSTOMER`. */
  readonly manager?: 'CUSTOMER' | 'AWS'
  readonly validTo?: Date
  readonly deletionDate?: Date
  readonly tags?: Readonly<Record<string, string>>
  readonly grants?: readonly Grant[]
  /** Default: made up. */
  readonly keyId?: string
}

/** An IAM role to set up. */
export interface RoleSetup {
  readonly name: string
  /** Default: `/`. */
  readonly path?: string
  readonly account?: string
  /** Default: sagemaker.amazonaws.com may assume the role. */
  readonly trust?: PolicyDocument
  /** Inline policies by name. Taken unchecked. */
  readonly inline?: Readonly<Record<string, PolicyDocument | string>>
  /** Managed policies: the ARN of one that exists, or one to make. */
  readonly attached?: readonly (string | ManagedPolicySetup)[]
  /** A boundary: the ARN of a managed policy, or the document of one to make. */
  readonly boundary?: string | PolicyDocument
  readonly tags?: Readonly<Record<string, string>>
  /** Default: a year before the clock's start. */
  readonly createdAt?: Date
  /** The unique id (`AROA…`). Default: made up. */
  readonly roleId?: string
}

/** A managed policy to set up. */
export interface ManagedPolicySetup {
  readonly name: string
  readonly document: PolicyDocument
}

/** An IAM user to set up. */
export interface UserSetup {
  readonly name: string
  /** Default: `/`. */
  readonly path?: string
  readonly account?: string
  /** Its IAM policies by name. Default: it is an administrator, unless the fake is strict. */
  readonly policies?: Readonly<Record<string, PolicyDocument>>
  /** The inline policies of its groups, by group and name. A user with groups and no `policies` is no administrator. */
  readonly groups?: Readonly<Record<string, Readonly<Record<string, PolicyDocument>>>>
  /** A boundary: the ARN of a managed policy, or the document of one to make. */
  readonly boundary?: string | PolicyDocument
  readonly tags?: Readonly<Record<string, string>>
}

/** Policies of an organization above all accounts of the fake. */
export interface OrganizationSetup {
  /** Service control policies: levels from the root down, each a list of policies. */
  readonly scps?: readonly (readonly PolicyDocument[])[]
  /** Resource control policies beside AWS's own that allows everything. */
  readonly rcps?: readonly PolicyDocument[]
}

/** A bucket to set up. */
export interface BucketSetup {
  readonly region?: string
  readonly account?: string
  /** ARN of the KMS key of its default encryption. Default: a key of S3. */
  readonly defaultKey?: string
  /**
   * Its CORS rules as S3 has them, or those that AWS gives for jobs over `images` or over `frames` and point clouds.
   * Default: none, as a new bucket has.
   */
  readonly cors?: readonly CorsRule[] | 'images' | 'frames'
  /** Whether it keeps versions. Default: it does not. */
  readonly versions?: boolean
  /** Its policy. A policy that is open to everybody counts for nothing in other accounts. Default: none. */
  readonly policy?: PolicyDocument | string
}

/** A Lambda function to set up. */
export interface LambdaSetup {
  readonly name: string
  readonly region?: string
  readonly account?: string
  /** Its policy. Default: none. */
  readonly policy?: PolicyDocument | string
}

/** An SNS topic to set up. */
export interface TopicSetup {
  readonly name: string
  readonly region?: string
  readonly account?: string
  /** Its policy. Default: the one that SNS makes, for the owner of the topic. */
  readonly policy?: PolicyDocument | string
  /** Its key: an ARN, an id or an alias. Default: it is not encrypted. */
  readonly key?: string
}

/** How an object is stored. */
export interface ObjectSetup extends EncryptionSetup {
  /** Object Lock: a retention, a legal hold, or both. Its bucket must keep versions. */
  readonly lock?: ObjectLock
  /** Default: now. */
  readonly lastModified?: Date
  readonly contentType?: string
  /** Default: `STANDARD`. */
  readonly storageClass?: string
  /** The bytes it claims to have, for an object that is too large to be held. */
  readonly size?: number
}

/** A work team to set up. */
export interface WorkteamSetup {
  readonly name: string
  /** Groups of a Cognito user pool whose members are in it. Default: one. */
  readonly groups?: readonly string[]
  /** Whether it is a vendor's that the account has subscribed to. Default: a private one. */
  readonly vendor?: boolean
  readonly region?: string
  readonly account?: string
}
