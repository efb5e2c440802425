import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  GetKeyPolicyCommand,
  ListGrantsCommand,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms'
import type { Grant } from '../../src/aws/kms-calls.js'
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
import { type FakeAws, fakeAws, type KeySetup, type RoleSetup } from '../../src/testing/index.js'

export const ROLE = 'arn:aws:iam::111122223333:role/service-role/GtExec'
export const OUTPUT_KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111'
export const VOLUME_KEY = 'arn:aws:kms:us-east-1:111122223333:key/22222222-2222-4222-8222-222222222222'
export const NOW = new Date('2026-11-23T12:00:00Z')

/** Who runs the library, and may do everything in the account. */
export const CALLER = 'arn:aws:iam::111122223333:user/ops'
/** Who does what the library does not: everything that a test changes or looks up past it. */
const ROOT = 'arn:aws:iam::111122223333:root'

export const ADMIN: PolicyStatement = {
  Sid: 'Admin',
  Effect: 'Allow',
  Principal: { AWS: CALLER },
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

/** A statement that allows what no job of Ground Truth asks for by itself. */
export const PAIRS: PolicyStatement = { ...GUIDE, Action: 'kms:GenerateDataKeyPair*' }
export const FOREIGN_KEY = OUTPUT_KEY.replace('111122223333', '444455556666')

/** Writes a key policy as people do: indented. */
export function policyText(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'key', Statement: statements }, null, 4)
}

/** Writes an IAM policy of one statement. */
export function allowText(Action: string | readonly string[], Resource: string, more: object = {}): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource, ...more } })
}

interface AccountSetup {
  /** The policy of the volume key; there is none without it. */
  readonly volume?: string
  /** The policy of the key of another account. */
  readonly foreign?: string
  readonly key?: KeySetup
  readonly role?: Partial<RoleSetup>
  readonly caller?: string
  readonly pageSize?: number
}

/** An account with the role of a job, and the keys whose policies are given. */
export function cloudWith(output?: string, setup: AccountSetup = {}): FakeAws {
  const { volume, foreign, key, role, caller = CALLER, pageSize } = setup
  const cloud = fakeAws({ now: NOW, caller, ...(pageSize !== undefined && { pageSize }) })
  cloud.role({ name: 'GtExec', path: '/service-role/', roleId: 'AROAEXAMPLEGT0000001', ...role })
  cloud.user({ name: 'ops' })
  for (const [arn, policy] of [
    [OUTPUT_KEY, output],
    [VOLUME_KEY, volume],
    [FOREIGN_KEY, foreign],
  ] as const) {
    const [account, keyId] = [arn.split(':')[4] as string, arn.slice(arn.indexOf('/') + 1)]
    if (policy !== undefined) cloud.key({ account, keyId, policy, ...key })
  }
  return cloud
}

/** The text of a key policy. */
export async function keyPolicyOf(cloud: FakeAws, keyArn: string): Promise<string> {
  const { Policy = '' } = await cloud.as(ROOT).send(new GetKeyPolicyCommand({ KeyId: keyArn }))
  return Policy
}

/** Changes a key policy behind the back of the library. */
export async function putKeyPolicy(cloud: FakeAws, keyArn: string, text: string): Promise<undefined> {
  const input = { KeyId: keyArn, Policy: text, BypassPolicyLockoutSafetyCheck: true }
  await cloud.as(ROOT).send(new PutKeyPolicyCommand(input))
}

/** The inline policies of the role, by name, decoded. */
export async function inlineOf(cloud: FakeAws): Promise<Readonly<Record<string, string>>> {
  const sender = cloud.as(ROOT)
  const { PolicyNames = [] } = await sender.send(new ListRolePoliciesCommand({ RoleName: 'GtExec' }))
  const entries = (PolicyNames as string[]).map(async (PolicyName) => {
    const command = new GetRolePolicyCommand({ RoleName: 'GtExec', PolicyName })
    const { PolicyDocument = '' } = await sender.send(command)
    return [PolicyName, decodeURIComponent(PolicyDocument)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Changes an inline policy of the role behind the back of the library. */
export async function putInline(cloud: FakeAws, PolicyName: string, PolicyDocument: string): Promise<void> {
  await cloud.as(ROOT).send(new PutRolePolicyCommand({ RoleName: 'GtExec', PolicyName, PolicyDocument }))
}

/** Deletes an inline policy of the role behind the back of the library. */
export async function deleteInline(cloud: FakeAws, PolicyName: string): Promise<void> {
  await cloud.as(ROOT).send(new DeleteRolePolicyCommand({ RoleName: 'GtExec', PolicyName }))
}

/** The grants on a key. */
export async function grantsOf(cloud: FakeAws, keyArn: string): Promise<readonly Grant[]> {
  const { Grants = [] } = await cloud.as(ROOT).send(new ListGrantsCommand({ KeyId: keyArn }))
  return Grants
}

/** Makes a grant for the role on the output key behind the back of the library. */
export async function createGrant(cloud: FakeAws, grant: object): Promise<void> {
  const input = { KeyId: OUTPUT_KEY, GranteePrincipal: ROLE, ...grant }
  await cloud.as(ROOT).send(new CreateGrantCommand(input as CreateGrantCommandInput))
}

/** The calls by which the library changed something. */
export function writesOf(cloud: FakeAws): readonly string[] {
  return cloud.calls
    .writes()
    .filter(({ caller }) => caller !== ROOT)
    .map(({ name }) => name)
}

/** How long the library has waited, in milliseconds. */
export function slept(cloud: FakeAws): number {
  return cloud.clock.now().getTime() - NOW.getTime()
}

/** An error as the SDK throws it, on every call from now on. */
export function failing(cloud: FakeAws, call: string, name: string, message = name): void {
  cloud.inject({ call, fault: { name, message }, times: Number.POSITIVE_INFINITY })
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
      sameAs: () => {
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
