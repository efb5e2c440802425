import * as iam from '@aws-sdk/client-iam'
import { IAMClient } from '@aws-sdk/client-iam'
import * as kms from '@aws-sdk/client-kms'
import { KMSClient } from '@aws-sdk/client-kms'
import * as sts from '@aws-sdk/client-sts'
import { STSClient } from '@aws-sdk/client-sts'
import { mockClient } from 'aws-sdk-client-mock'
import type { Aws } from '../../src/aws/aws.js'
import type { Grant } from '../../src/aws/calls.js'
import { connect } from '../../src/aws/connect.js'
import type { ErrorCode } from '../../src/errors/error-code.js'
import type { LabelingJobError } from '../../src/errors/labeling-job-error.js'
import type { CreateLabelingJobRequest } from '../../src/job/request/request.js'
import type { ResolvedJob } from '../../src/job/resolved-job.js'
import type {
  PermissionsChangeErrorData,
  PermissionsErrorData,
} from '../../src/permissions/apply/permissions-error.js'
import type { PolicyStatement } from '../../src/permissions/policy/policy-document.js'
import { makeShown } from '../../src/show/shown.js'

export const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
export const OUTPUT_KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111'
export const VOLUME_KEY = 'arn:aws:kms:us-east-1:111122223333:key/22222222-2222-4222-8222-222222222222'
export const NOW = new Date('2026-11-23T12:00:00Z')

export const ADMIN: PolicyStatement = {
  Sid: 'Admin',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/Admin' },
  Action: 'kms:*',
  Resource: '*',
}
export const DELEGATION: PolicyStatement = {
  Sid: 'Enable IAM policies',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: 'kms:*',
  Resource: '*',
}
export const GUIDE: PolicyStatement = {
  Sid: 'AllowUseOfKmsKey',
  Effect: 'Allow',
  Principal: { AWS: ROLE },
  Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  Resource: '*',
}

/** Writes a key policy as people do: indented. */
export function policyText(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'key', Statement: statements }, null, 4)
}

/** A statement that allows what no job of Ground Truth asks for by itself. */
export const PAIRS: PolicyStatement = { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }
export const FOREIGN_KEY = OUTPUT_KEY.replace('111122223333', '444455556666')

/** An AWS with the policies of the output key and of the volume key. */
export function worldWith(output: string, volume?: string): SmallAws {
  const world = new SmallAws()
  world.policies.set(OUTPUT_KEY, output)
  if (volume !== undefined) world.policies.set(VOLUME_KEY, volume)
  return world
}

/** Everything this AWS holds; tests change it freely. */
export class SmallAws {
  readonly policies = new Map<string, string>()
  readonly grants = new Map<string, Grant[]>()
  readonly inline = new Map<string, string>()
  /** Documents by ARN. */
  readonly managed = new Map<string, string>()
  attached: string[] = []
  boundary: string | undefined
  /** What DescribeKey says otherwise than usual. */
  keyFacts: object = {}
  roleArn = ROLE
  roleCreated = new Date('2025-01-01T00:00:00Z')
  roleTags: { Key: string; Value: string }[] = []
  trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'sagemaker.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  })
  caller = 'arn:aws:iam::111122223333:user/ops'
  pageSize = 100
  /** Reads of a document that still give the old text after a write. */
  slowReads = 0
  /** Called before each call; may throw what AWS would, or change the world. */
  before: (call: string, input: Record<string, string>) => void = () => undefined
  /** Called after each call has done its work. */
  after: (call: string, input: Record<string, string>) => void = () => undefined
  readonly calls: string[] = []
  readonly #old = new Map<string, { text: string | undefined; reads: number }>()
  slept = 0

  get writes(): readonly string[] {
    return this.calls.filter((call) => /^(Put|Delete|CreateGrant|Revoke)/.test(call))
  }

  connect(): Aws {
    const kmsMock = mockClient(KMSClient)
    const iamMock = mockClient(IAMClient)
    const stsMock = mockClient(STSClient)
    for (const [name, answer] of Object.entries(this.#answers())) {
      const command = `${name}Command`
      // biome-ignore-start lint/suspicious/noExplicitAny: the mock's types are per command, the table is over all
      const fake = async (input: any) => this.#serve(name, input, answer)
      if (command in kms) kmsMock.on((kms as any)[command]).callsFake(fake)
      else if (command in iam) iamMock.on((iam as any)[command]).callsFake(fake)
      else stsMock.on((sts as any)[command]).callsFake(fake)
      // biome-ignore-end lint/suspicious/noExplicitAny: see above
    }
    const region = 'us-east-1'
    return connect({
      region,
      clients: {
        kms: new KMSClient({ region }),
        iam: new IAMClient({ region }),
        sts: new STSClient({ region }),
      },
      clock: this.#clock(),
    })
  }

  /** The same AWS behind one plain `send`, for tests that need many of them. */
  connectPlainly(): Aws {
    const answers = this.#answers()
    const send = async (command: {
      readonly input: unknown
      readonly constructor: { readonly name: string }
    }) => {
      const name = command.constructor.name.replace(/Command$/, '')
      const answer = answers[name]
      if (answer === undefined) throw awsError('UnknownOperationException', name)
      return this.#serve(name, command.input, answer)
    }
    return connect({ region: 'us-east-1', clients: { send }, clock: this.#clock() })
  }

  #clock(): Aws['clock'] {
    let now = NOW.getTime()
    return {
      now: () => new Date(now),
      sleep: async (milliseconds) => {
        now += milliseconds
        this.slept += milliseconds
      },
    }
  }

  // biome-ignore lint/suspicious/noExplicitAny: inputs of forty commands
  #serve(name: string, input: any, answer: (input: any) => object): object {
    this.calls.push(name)
    this.before(name, input)
    const output = answer(input)
    this.after(name, input)
    return output
  }

  #read(name: string, text: string | undefined): string | undefined {
    const old = this.#old.get(name)
    if (old === undefined || old.reads === 0) return text
    old.reads--
    return old.text
  }

  #wrote(name: string, before: string | undefined): void {
    this.#old.set(name, { text: before, reads: this.slowReads })
  }

  // biome-ignore lint/suspicious/noExplicitAny: inputs of forty commands
  #answers(): Record<string, (input: any) => object> {
    return {
      GetCallerIdentity: () => ({ Arn: this.caller, Account: this.caller.split(':')[4] }),
      AssumeRole: () => {
        throw awsError('AccessDenied')
      },
      DescribeKey: ({ KeyId }) => ({
        KeyMetadata: {
          Arn: KeyId.startsWith('alias/') ? (KeyId === 'alias/output' ? OUTPUT_KEY : VOLUME_KEY) : KeyId,
          KeyState: 'Enabled',
          KeySpec: 'SYMMETRIC_DEFAULT',
          KeyUsage: 'ENCRYPT_DECRYPT',
          KeyManager: 'CUSTOMER',
          Origin: 'AWS_KMS',
          ...this.keyFacts,
        },
      }),
      ListKeyPolicies: () => ({ PolicyNames: ['default'], Truncated: false }),
      GetKeyPolicy: ({ KeyId }) => ({ Policy: this.#read(KeyId, this.policies.get(KeyId)) }),
      PutKeyPolicy: ({ KeyId, Policy }) => {
        if (/"A(?:ROA|IDA)[A-Z0-9]{6,}"/.test(Policy))
          throw awsError(
            'MalformedPolicyDocumentException',
            'Policy contains a statement with one or more invalid principals.',
          )
        this.#wrote(KeyId, this.policies.get(KeyId))
        this.policies.set(KeyId, Policy)
        return {}
      },
      ListGrants: ({ KeyId, GranteePrincipal, Marker = '0' }) => {
        const all = (this.grants.get(KeyId) ?? []).filter((one) => one.GranteePrincipal === GranteePrincipal)
        const next = Number(Marker) + this.pageSize
        const more = next < all.length
        return {
          Grants: all.slice(Number(Marker), next),
          Truncated: more,
          ...(more && { NextMarker: String(next) }),
        }
      },
      CreateGrant: ({ KeyId, ...rest }) => {
        const own = this.grants.get(KeyId) ?? []
        const GrantId = `grant-${rest.Name}`
        const grant = {
          GrantId,
          ...rest,
          IssuingAccount: '111122223333',
          CreationDate: new Date(NOW.getTime() + this.slept),
        }
        if (!own.some((one) => one.GrantId === GrantId)) this.grants.set(KeyId, [...own, grant])
        return { GrantId }
      },
      RevokeGrant: ({ KeyId, GrantId }) => {
        const own = this.grants.get(KeyId) ?? []
        this.grants.set(
          KeyId,
          own.filter((one) => one.GrantId !== GrantId),
        )
        return {}
      },
      ListAliases: () => ({ Aliases: [{ AliasName: 'alias/output' }] }),
      ListResourceTags: () => ({ Tags: [{ TagKey: 'team', TagValue: 'vision' }] }),
      GetRole: ({ RoleName }) => ({
        Role: {
          Arn: this.roleArn,
          RoleName,
          RoleId: 'AROAEXAMPLEGT0000001',
          CreateDate: this.roleCreated,
          AssumeRolePolicyDocument: encodeURIComponent(this.trust),
          Tags: this.roleTags,
          ...(this.boundary !== undefined && {
            PermissionsBoundary: { PermissionsBoundaryArn: this.boundary },
          }),
        },
      }),
      ListRolePolicies: ({ Marker = '0' }) => {
        const names = [...this.inline.keys()]
        const next = Number(Marker) + this.pageSize
        const more = next < names.length
        return {
          PolicyNames: names.slice(Number(Marker), next),
          IsTruncated: more,
          ...(more && { Marker: String(next) }),
        }
      },
      GetRolePolicy: ({ PolicyName }) => {
        const text = this.#read(PolicyName, this.inline.get(PolicyName))
        if (text === undefined) throw awsError('NoSuchEntityException')
        return { PolicyDocument: encodeURIComponent(text) }
      },
      PutRolePolicy: ({ PolicyName, PolicyDocument }) => {
        this.#wrote(PolicyName, this.inline.get(PolicyName))
        this.inline.set(PolicyName, PolicyDocument)
        return {}
      },
      DeleteRolePolicy: ({ PolicyName }) => {
        this.#wrote(PolicyName, this.inline.get(PolicyName))
        this.inline.delete(PolicyName)
        return {}
      },
      ListAttachedRolePolicies: () => ({
        AttachedPolicies: this.attached.map((PolicyArn) => ({ PolicyArn })),
        IsTruncated: false,
      }),
      GetPolicy: () => ({ Policy: { DefaultVersionId: 'v3' } }),
      GetPolicyVersion: ({ PolicyArn }) => ({
        PolicyVersion: { Document: encodeURIComponent(this.managed.get(PolicyArn) ?? '{}') },
      }),
    }
  }
}

/** Gives what a call throws, whichever of the errors of mending it is. */
export async function thrownBy(
  promise: Promise<unknown>,
): Promise<LabelingJobError<ErrorCode, PermissionsErrorData & PermissionsChangeErrorData>> {
  return promise.then(
    () => {
      throw new Error('nothing was thrown')
    },
    (thrown) => thrown,
  )
}

/** Makes an error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name })
}

/** A job as it is resolved, with the keys given. */
export function resolvedJob(keys: { readonly output?: string; readonly volume?: string }): ResolvedJob {
  const known = (arn: string | undefined) =>
    arn && {
      given: arn,
      arn: arn as never,
      keyId: arn.split('/')[1] ?? '',
      account: arn.split(':')[4] ?? '',
      region: 'us-east-1',
      multiRegion: false,
      origin: 'AWS_KMS',
    }
  const request = requestWith(keys)
  return makeShown(
    {
      name: request.LabelingJobName,
      region: 'us-east-1',
      request,
      keys: {
        ...(keys.output && { output: known(keys.output) as never }),
        ...(keys.volume && { volume: known(keys.volume) as never }),
      },
      warnings: [],
      report: () => {
        throw new Error('not asked for here')
      },
      create: () => Promise.reject(new Error('not asked for here')),
    },
    { text: () => 'a resolved job' },
  )
}

/** A request of a one-time job with the keys given. */
export function requestWith(keys: {
  readonly output?: string
  readonly volume?: string
}): CreateLabelingJobRequest {
  return {
    LabelingJobName: 'Signs',
    LabelAttributeName: 'signs',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://acme-in/dataset.manifest' } } },
    OutputConfig: { S3OutputPath: 's3://acme-out/jobs/', ...(keys.output && { KmsKeyId: keys.output }) },
    RoleArn: ROLE,
    ...(keys.volume && {
      LabelingJobAlgorithmsConfig: {
        LabelingJobAlgorithmSpecificationArn:
          'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/object-detection',
        LabelingJobResourceConfig: { VolumeKmsKeyId: keys.volume },
      },
    }),
    HumanTaskConfig: {
      WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/vision',
      UiConfig: { UiTemplateS3Uri: 's3://acme-in/ui/box.html' },
      PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox',
      TaskTitle: 'Box',
      TaskDescription: 'Box every sign',
      NumberOfHumanWorkersPerDataObject: 1,
      TaskTimeLimitInSeconds: 300,
      AnnotationConsolidationConfig: {
        AnnotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox',
      },
    },
  }
}

/** A job with an output key, and one with a volume key as well. */
export const JOB: ResolvedJob = resolvedJob({ output: OUTPUT_KEY })
export const TWO_KEY_JOB: ResolvedJob = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })
