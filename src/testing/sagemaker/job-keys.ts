import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { decidePermission } from '../../permissions/decide/decide-permission.js'
import type { Decision } from '../../permissions/decide/decision.js'
import type { NamedPolicy } from '../../permissions/policy/policy-document.js'
import { keyRequirements } from '../../permissions/requirements/key-requirements.js'
import { keyContext } from '../authorize/authorize.js'
import { assertUsable, keyNamed } from '../kms/kms-keys.js'
import { AwsFault } from '../world/aws-fault.js'
import { sessionOf } from '../world/role-session.js'
import { grantsInEffect } from '../world/stored-grant.js'
import { readKeyPolicy } from '../world/stored-policy.js'
import type { Call, FakeKey, FakeRole, World } from '../world/world.js'

/**
 * Finds what keeps a job's role from using its keys, as the job's FailureReason; `undefined` when nothing does. Every
 * action that a known call of a service depends on must be allowed. How Ground Truth calls KMS is not documented, so
 * what `decidePermission` calls `unknown` passes, unless the fake is strict.
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
  const decision = decide(world, role, key, action, at)
  if (decision.verdict === 'allowed' || (decision.verdict === 'unknown' && !world.strict)) return undefined
  const { arn } = sessionOf(world, role.arn)
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${keyArn} ${because(decision)}`
}

/** The key that S3 encrypts a job's output with: the job's own, else the AWS managed key of S3. */
export function outputKeyOf(world: World, source: InputSource, at: Date): string {
  return usableKey(world, source, source.request.OutputConfig.KmsKeyId || 'alias/aws/s3', at).arn
}

function usableKey(world: World, { request, region }: InputSource, name: string, at: Date): FakeKey {
  const caller = sessionOf(world, request.RoleArn)
  const call: Call = {
    service: 'kms',
    operation: 'DescribeKey',
    caller,
    region,
    at,
    grantTokens: [],
    visibleFrom: at,
    wrote: () => {},
  }
  const key = keyNamed(world, call, name)
  assertUsable(key)
  return key
}

function decide(world: World, role: FakeRole, key: FakeKey, action: string, at: Date): Decision {
  const { policies } = world
  const managed = (arn: string): NamedPolicy[] => {
    const document = policies.get(arn)?.document
    return document === undefined ? [] : [{ name: `managed:${arn}@v1`, policy: document }]
  }
  const inline = [...role.inline].flatMap(([name, text]): NamedPolicy[] => {
    const policy = text.at(at)
    return policy === undefined ? [] : [{ name: `inline:${name}`, policy }]
  })
  const tags = Object.entries(role.tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value])
  const { 'aws:RequestedRegion': _, ...known } = keyContext(world, key)
  return decidePermission({
    roleArn: role.arn,
    roleId: role.id,
    keyArn: key.arn,
    action,
    keyPolicy: readKeyPolicy(world, key.policy.at(at)),
    identityPolicies: [...inline, ...role.attached.flatMap(managed)],
    boundary: role.boundaryArn === undefined ? null : (managed(role.boundaryArn)[0] ?? null),
    grants: grantsInEffect(world, key, at),
    scps: world.scps.length === 0 ? null : world.scps,
    rcps: world.rcps.length === 0 ? null : world.rcps.map((rcp) => [rcp]),
    context: { ...known, ...Object.fromEntries(tags) },
  })
}

function because({ verdict, action, evidence, missingIn: lacks, unknownBecause }: Decision): string {
  if (verdict === 'denied') {
    const deny = evidence.find(({ effect }) => effect === 'Deny')?.policy
    return `with an explicit deny in ${deny === 'key-policy' ? 'a resource-based policy' : `the policy ${deny}`}`
  }
  if (verdict === 'unknown') {
    const reasons = unknownBecause.map(({ kind }) => kind)
    return `because FakeAws is strict and nobody can tell (${[...new Set(reasons)].join(', ')})`
  }
  return `because no ${LACKING[lacks[0] ?? 'key-policy']} allows the ${action} action`
}

const LACKING: Readonly<Record<Decision['missingIn'][number], string>> = {
  'key-policy': 'resource-based policy',
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  scp: 'service control policy',
}

/** The part of a job that its input depends on. */
export interface InputSource {
  readonly request: CreateLabelingJobRequest
  readonly region: string
}
