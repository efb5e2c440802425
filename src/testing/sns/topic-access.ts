import type { GetTopicAttributesCommandInput } from '@aws-sdk/client-sns'
import { parseArn } from '../../names/arn.js'
import { judgeKey } from '../authorize/authorize.js'
import { authorizeResource } from '../authorize/authorize-resource.js'
import { assertUsable, keyNamed } from '../kms/kms-keys.js'
import { AwsFault } from '../world/aws-fault.js'
import { parseDocument } from '../world/policy-document.js'
import type { Call, World } from '../world/world.js'

/** Refuses a call that its caller may not make on a topic. */
export function authorizeTopic(world: World, call: Call, action: string, arn: string): void {
  const { service, region, account = '' } = parseArn(arn) ?? {}
  if (service !== 'sns' || region !== call.region)
    throw new AwsFault('InvalidParameterException', 'Invalid parameter: TopicArn')
  const policy = world.topics.get(arn)?.policy
  authorizeResource(world, call, action, {
    arn,
    account,
    region,
    policy: policy === undefined ? undefined : parseDocument(policy),
  })
}

/** Tells of a topic that was set up. */
export function getTopicAttributes(
  world: World,
  call: Call,
  { TopicArn: arn = '' }: GetTopicAttributesCommandInput,
) {
  authorizeTopic(world, call, 'sns:GetTopicAttributes', arn)
  const topic = world.topics.get(arn)
  if (topic === undefined) throw new AwsFault('NotFoundException', 'Topic does not exist', 404)
  return {
    Attributes: {
      TopicArn: arn,
      Owner: topic.account,
      Policy: topic.policy,
      ...(topic.keyId !== undefined && { KmsMasterKeyId: topic.keyId }),
    },
  }
}

/** Refuses to publish for a caller who may not use the key of the topic. */
export function useTopicKey(world: World, call: Call, name: string | undefined): void {
  // Everybody who may publish may use the key that AWS manages.
  if (name === undefined || name === 'alias/aws/sns') return
  const key = keyNamed(world, call, name)
  assertUsable(key)
  for (const action of ['kms:GenerateDataKey', 'kms:Decrypt']) {
    const extra = { 'kms:ViaService': `sns.${call.region}.amazonaws.com` }
    const { allowed, because } = judgeKey(world, call, key, action, extra)
    if (!allowed)
      throw new AwsFault(
        'KMSAccessDeniedException',
        `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${key.arn} ${because}`,
      )
  }
}
