import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { keyRequirements } from '../../permissions/requirements/key-requirements.js'
import {
  callerPolicies,
  contextOf,
  type ExtraContext,
  judgeKey,
  keyContext,
  keyPolicies,
} from '../authorize/authorize.js'
import { assertUsable, keyNamed } from '../kms/kms-keys.js'
import { AwsFault } from '../world/aws-fault.js'
import { statementsOf } from '../world/policy-document.js'
import { callOfRole, sessionOf } from '../world/role-session.js'
import type { Call, FakeKey, FakeRole, World } from '../world/world.js'

/**
 * Finds what keeps a job's role from using its keys, as the job's FailureReason; `undefined` when nothing does. Every
 * action that a known call of a service depends on must be allowed.
 */
export function findKeyObstacle(world: World, source: InputSource, at: Date): string | undefined {
  const { OutputConfig, LabelingJobAlgorithmsConfig, RoleArn } = source.request
  const volume = LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
  const keys: { output?: string; volume?: string } = {}
  try {
    if (OutputConfig.KmsKeyId) keys.output = usableKey(world, source, OutputConfig.KmsKeyId, at).arn
    if (volume) keys.volume = usableKey(world, source, volume, at).arn
  } catch (thrown) {
    if (!(thrown instanceof AwsFault)) throw thrown
    return `ClientError: ${thrown.name}: ${thrown.message}`
  }
  for (const { action, keyArn, essential } of keyRequirements(RoleArn, keys)) {
    const refusal = essential ? findKeyRefusal(world, source, action, keyArn, at) : undefined
    if (refusal !== undefined) return `ClientError: AccessDeniedException: ${refusal}`
  }
  return undefined
}

/** Says in AWS's words why a job's role may not do something with a key, or gives `undefined` when it may. */
export function findKeyRefusal(
  world: World,
  { request }: Pick<InputSource, 'request'>,
  action: string,
  keyArn: string,
  at: Date,
): string | undefined {
  const role = world.roles.get(request.RoleArn)
  const key = world.keys.get(keyArn)
  if (role === undefined) return `The role ${request.RoleArn} does not exist.`
  if (key === undefined) return `Key '${keyArn}' does not exist`
  const because = refusalOf(world, role, key, action, at)
  if (because === undefined) return undefined
  const { arn } = sessionOf(world, role.arn)
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${keyArn} ${because}`
}

/** The key that S3 encrypts a job's output with: the job's own, else the AWS managed key of S3. */
export function outputKeyOf(world: World, source: InputSource, at: Date): string {
  return usableKey(world, source, source.request.OutputConfig.KmsKeyId || 'alias/aws/s3', at).arn
}

function usableKey(world: World, { request, region }: InputSource, name: string, at: Date): FakeKey {
  const call = callOfRole(world, request.RoleArn, { service: 'kms', operation: 'DescribeKey', region, at })
  const key = keyNamed(world, call, name)
  assertUsable(key)
  return key
}

/**
 * Judges the calls a job may make. How Ground Truth calls KMS is not documented, so it is judged by each way in which
 * it may: one that is allowed will do, unless the fake is strict.
 */
function refusalOf(world: World, role: FakeRole, key: FakeKey, action: string, at: Date): string | undefined {
  const call = { caller: sessionOf(world, role.arn), at }
  const requests = possibleRequests(openKeys(world, call, key, action), key.region)
  const judged = requests.map((extra) => judgeKey(world, call, key, action, extra))
  const allowed = judged.filter((judgement) => judgement.allowed)
  if (allowed.length === judged.length || (allowed.length > 0 && !world.strict)) return undefined
  if (allowed.length > 0) return 'because FakeAws is strict and nobody can tell whether it is allowed'
  return judged[0]?.because
}

/** Through which services SageMaker may call KMS for a job; `undefined` when it calls by itself. */
const SERVICES = [undefined, 's3', 'sagemaker', 'ec2']

/** What the requests of a job may bring, as far as policies ask: nothing, what they want, or something else. */
function possibleRequests(
  open: ReadonlyMap<string, readonly string[]>,
  region: string,
): readonly ExtraContext[] {
  const wanted = Object.fromEntries(open)
  const other = Object.fromEntries([...open.keys()].map((name) => [name, 'something else']))
  return SERVICES.flatMap((service) => {
    const via = service === undefined ? {} : { 'kms:ViaService': `${service}.${region}.amazonaws.com` }
    return [via, { ...wanted, ...via }, { ...other, ...via }]
  })
}

/** The condition keys that nobody knows of a job's requests of an action, with the values that policies and grants ask for. */
function openKeys(
  world: World,
  call: Pick<Call, 'caller' | 'at'>,
  key: FakeKey,
  action: string,
): ReadonlyMap<string, readonly string[]> {
  const side = callerPolicies(world, call.caller, call.at)
  const known = contextOf(world, call, side, keyContext(world, key))
  const boundary = side.boundary === undefined ? [] : [side.boundary]
  const policies = [
    ...keyPolicies(world, key, call.at),
    ...side.identity,
    ...boundary,
    ...side.scps.flat(),
    ...world.rcps,
  ]
  const asked = policies
    .flatMap(statementsOf)
    .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.entries(keys)))
  const constrained = key.grants.flatMap(({ grant: { Constraints = {} } }) =>
    Object.entries({ ...Constraints.EncryptionContextEquals, ...Constraints.EncryptionContextSubset }).map(
      ([name, value]) => [`kms:EncryptionContext:${name}`, value] as const,
    ),
  )
  const open = new Map<string, readonly string[]>()
  for (const [name, values] of [...asked, ...constrained]) {
    const lower = name.toLowerCase()
    if ((known.has(lower) && lower !== 'aws:sourceip') || isNeverBrought(lower, action)) continue
    // A range of addresses stands for its first one.
    open.set(lower, [
      ...(open.get(lower) ?? []),
      ...[values].flat().map((value) => String(value).replace(/^([\d.]+)\/\d+$/, '$1')),
    ])
  }
  return open
}

/** Keys that a role's session never brings, or that are gone through one by one. */
const CERTAIN = ['aws:username', 'kms:viaservice']

/**
 * DescribeKey takes no encryption context, and only CreateGrant says what the grant is for (service authorization
 * reference, "Actions, resources, and condition keys for AWS KMS").
 */
function isNeverBrought(key: string, action: string): boolean {
  if (CERTAIN.includes(key)) return true
  if (/^kms:(?:grant|retiring)/.test(key)) return action !== 'kms:CreateGrant'
  return key.startsWith('kms:encryption') && action === 'kms:DescribeKey'
}

/** The part of a job that its input depends on. */
export interface InputSource {
  readonly request: CreateLabelingJobRequest
  readonly region: string
}
