import { parseS3Uri, withoutEndSlashes } from '../../names/s3-uri.js'
import { taskOfLambda } from '../../tasks/task-of-lambda.js'
import { callerPolicies, contextOf, type ExtraContext } from '../authorize/authorize.js'
import { type Guarded, judgeResource } from '../authorize/authorize-resource.js'
import { judgeIdentity } from '../authorize/judge.js'
import { encryptionContext, guarded, objectArn } from '../s3/bucket-access.js'
import { useTopicKey } from '../sns/topic-access.js'
import { AwsFault } from '../world/aws-fault.js'
import { parseDocument } from '../world/policy-document.js'
import { callOfRole, sessionOf } from '../world/role-session.js'
import type { World } from '../world/world.js'
import { type InputSource, outputKeyOf } from './job-keys.js'
import { s3Address } from './read-input.js'

/**
 * Says in AWS's words why the role of a job that looks at everything may not write its output, call its own Lambdas,
 * publish its labels or hand itself to training jobs; `undefined` when it may.
 */
export function findRoleObstacle(world: World, source: InputSource): string | undefined {
  return [...refusals(world, source)][0]
}

function* refusals(world: World, source: InputSource): Generator<string, void> {
  const { request } = source
  const at = world.clock.now()
  const call = { caller: sessionOf(world, request.RoleArn), at }
  const refuse = (action: string, resource: Guarded, extra: ExtraContext = {}) => {
    const { allowed, because } = judgeResource(world, call, action, resource, extra)
    const words = `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${resource.arn} ${because}`
    return allowed ? [] : [`ClientError: AccessDenied: ${words}`]
  }
  const output = parseS3Uri(s3Address(request.OutputConfig.S3OutputPath))
  const bucket = world.buckets.get(output.bucket)
  if (bucket !== undefined) {
    const folder = `${withoutEndSlashes(output.key)}/${request.LabelingJobName}/manifests/output/output.manifest`
    const object = guarded(bucket, objectArn(world, bucket, folder.replace(/^\//, '')))
    const headers = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: outputKeyOf(world, source, at) }
    yield* refuse('s3:PutObject', object, encryptionContext(headers))
    yield* refuse('s3:GetObject', object)
  }
  const { PreHumanTaskLambdaArn, AnnotationConsolidationConfig } = request.HumanTaskConfig
  for (const arn of [
    PreHumanTaskLambdaArn,
    AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
  ]) {
    if (arn === undefined || taskOfLambda(arn)?.ownedByAws === true) continue
    const known = world.lambdas.get(arn)
    if (known === undefined) yield `ClientError: Function not found: ${arn}`
    else yield* refuse('lambda:InvokeFunction', { ...known, policy: documentOf(known.policy) })
  }
  const topic = request.OutputConfig.SnsTopicArn
  if (topic !== undefined) yield* topicRefusals(world, source, topic, refuse)
  const input = request.InputConfig.DataSource.SnsDataSource?.SnsTopicArn
  if (input !== undefined) yield* subscribeRefusals(world, source, input, refuse)
  if (request.LabelingJobAlgorithmsConfig !== undefined) {
    const side = callerPolicies(world, call.caller, at)
    const context = contextOf(world, call, side, { 'iam:PassedToService': 'sagemaker.amazonaws.com' })
    const pass = { action: 'iam:PassRole', resource: request.RoleArn, context }
    const { allowed, because } = judgeIdentity(side, pass)
    if (!allowed)
      yield `ClientError: AccessDenied: User: ${call.caller.arn} is not authorized to perform: iam:PassRole on resource: ${request.RoleArn} ${because}`
  }
}

function* subscribeRefusals(
  world: World,
  { request, region }: InputSource,
  arn: string,
  refuse: (action: string, resource: Guarded, extra?: ExtraContext) => readonly string[],
): Generator<string, void> {
  const topic = world.topics.get(arn)
  if (topic === undefined) {
    yield `ClientError: NotFound: Topic does not exist: ${arn}`
    return
  }
  const queue = `arn:${world.partition}:sqs:${region}:${world.account}:GroundTruth-${request.LabelingJobName.toLowerCase()}`
  const extra = { 'sns:Protocol': 'sqs', 'sns:Endpoint': queue }
  yield* refuse('sns:Subscribe', { ...topic, policy: parseDocument(topic.policy) }, extra)
}

function* topicRefusals(
  world: World,
  { request, region }: InputSource,
  arn: string,
  refuse: (action: string, resource: Guarded) => readonly string[],
): Generator<string, void> {
  const topic = world.topics.get(arn)
  if (topic === undefined) {
    yield `ClientError: NotFound: Topic does not exist: ${arn}`
    return
  }
  yield* refuse('sns:Publish', { ...topic, policy: parseDocument(topic.policy) })
  if (topic.keyId === 'alias/aws/sns') {
    yield `ClientError: KMSAccessDenied: The key ${topic.keyId} of ${arn} cannot be used by the role.`
    return
  }
  const at = world.clock.now()
  const call = callOfRole(world, request.RoleArn, { service: 'sns', operation: 'Publish', region, at })
  try {
    useTopicKey(world, call, topic.keyId)
  } catch (thrown) {
    if (!(thrown instanceof AwsFault)) throw thrown
    yield `ClientError: ${thrown.name}: ${thrown.message}`
  }
}

function documentOf(text: string | undefined) {
  return text === undefined ? undefined : parseDocument(text)
}
