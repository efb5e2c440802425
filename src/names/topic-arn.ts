import type { Tagged } from 'type-fest'
import { type Checked, invalidName } from './name.js'

/** The shape of an SNS topic's ARN. */
export type TopicArnText = `arn:${string}:sns:${string}:${string}:${string}`

/** An SNS topic's ARN that was checked. */
export type TopicArn = Tagged<TopicArnText, 'TopicArn'>

const PATTERN = /^arn:aws[a-z-]*:sns:[a-z0-9-]*:\d{12}:[\w.-]+$/

/**
 * Checks an SNS topic's ARN: a literal when the program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text that is not the ARN of a topic.
 *
 * @example
 * const topic = topicArn(process.env['INPUT_TOPIC'] ?? '')
 */
export function topicArn<Text extends string>(text: Checked<Text, TopicArnText>): TopicArn {
  if (!isTopicArn(text)) {
    throw invalidName(
      { kind: 'an SNS topic ARN', received: text, expected: 'arn:aws:sns:<region>:<12 digits>:<topic>' },
      'Copy the ARN of the topic from SNS; a queue or subscription ARN is no topic ARN',
    )
  }
  return text
}

/** Tells whether a value is an SNS topic's ARN. */
function isTopicArn(value: unknown): value is TopicArn {
  return typeof value === 'string' && value.length <= 2048 && PATTERN.test(value)
}
