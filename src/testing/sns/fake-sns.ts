import type { PublishBatchCommandInput, PublishCommandInput } from '@aws-sdk/client-sns'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, Operations, World } from '../world/world.js'
import { authorizeTopic, getTopicAttributes, useTopicKey } from './topic-access.js'

/** The topics of the fake: what is published reaches the streaming jobs that listen. */
export const SNS: Operations = {
  GetTopicAttributes: getTopicAttributes,
  Publish: publish,
  PublishBatch: publishBatch,
}

/** What a topic takes at once, in bytes. */
const LONGEST = 262_144

interface Entry {
  readonly Message?: string | undefined
  readonly MessageGroupId?: string | undefined
  readonly MessageDeduplicationId?: string | undefined
}

function publish(world: World, call: Call, input: PublishCommandInput) {
  const topic = topicOf(world, call, input.TopicArn)
  const fault = faultOf(topic, input)
  if (fault !== undefined) throw new AwsFault('InvalidParameterException', fault)
  deliver(world, call, topic, input)
  return { MessageId: world.ids.uuid() }
}

function publishBatch(world: World, call: Call, input: PublishBatchCommandInput) {
  const topic = topicOf(world, call, input.TopicArn)
  const entries = input.PublishBatchRequestEntries ?? []
  const ids = entries.map(({ Id = '' }) => Id)
  const size = entries.reduce((sum, { Message = '' }) => sum + Buffer.byteLength(Message), 0)
  if (entries.length === 0)
    throw new AwsFault('EmptyBatchRequestException', 'The batch request does not contain any entries.')
  if (entries.length > 10)
    throw new AwsFault(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible (more than 10).',
    )
  if (new Set(ids).size < ids.length)
    throw new AwsFault(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    )
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    throw new AwsFault(
      'InvalidBatchEntryIdException',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    )
  if (size > LONGEST)
    throw new AwsFault(
      'BatchRequestTooLongException',
      'The length of all the batch messages put together is more than the limit.',
    )
  const sent = entries.map((entry) => ({ Id: entry.Id, fault: faultOf(topic, entry), entry }))
  const Successful = sent.flatMap(({ Id, fault, entry }) => {
    if (fault !== undefined) return []
    deliver(world, call, topic, entry)
    return [{ Id, MessageId: world.ids.uuid() }]
  })
  const Failed = sent.flatMap(({ Id, fault }) =>
    fault === undefined ? [] : [{ Id, Code: 'InvalidParameter', Message: fault, SenderFault: true }],
  )
  return { Successful, Failed }
}

function topicOf(world: World, call: Call, arn = ''): string {
  authorizeTopic(world, call, 'sns:Publish', arn)
  // A job by default depends on no topic that was set up; that it listens there says that there is one.
  const isHeard = [...world.jobs.values()].some(
    ({ request }) => request.InputConfig.DataSource.SnsDataSource?.SnsTopicArn === arn,
  )
  if (!isHeard && !world.topics.has(arn)) throw new AwsFault('NotFoundException', 'Topic does not exist', 404)
  useTopicKey(world, call, world.topics.get(arn)?.keyId)
  return arn
}

function faultOf(
  topic: string,
  { Message, MessageGroupId, MessageDeduplicationId }: Entry,
): string | undefined {
  const isFifo = topic.endsWith('.fifo')
  if (!Message) return 'Invalid parameter: Empty message'
  if (Buffer.byteLength(Message) > LONGEST) return 'Invalid parameter: Message too long'
  if (isFifo && !MessageGroupId)
    return 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics'
  if (isFifo && !MessageDeduplicationId)
    return 'Invalid parameter: The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly'
  if (!isFifo && MessageDeduplicationId)
    return 'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type'
  return undefined
}

function deliver(world: World, call: Call, topic: string, { Message = '' }: Entry): void {
  for (const job of world.jobs.values()) job.receive(topic, Message, call.at)
  call.wrote()
}
