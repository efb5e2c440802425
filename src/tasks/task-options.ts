import type { S3UriText } from '../names/s3-uri.js'

/** The shape of a Lambda function's ARN. */
type LambdaArnText = `arn:${string}:lambda:${string}`

/** What every task says to its workers. */
interface TaskTexts {
  /** What workers read in the list of tasks: 1 to 128 characters, no emoji. */
  readonly title: string
  /** What workers read before they accept: 1 to 255 characters on one line. */
  readonly description: string
  /** Words to find the task by: 1 to 5, each at most 30 letters, digits and single spaces. Default: none. */
  readonly keywords?: readonly string[]
  /** How long a worker may take for one task, in seconds, from 30. Default: what the console fills in. */
  readonly timeLimit?: number
}

/** What a task on an AWS-hosted page needs: named entities, video frames, 3D point clouds. */
export interface HostedTaskOptions extends TaskTexts {
  /** The label category file. */
  readonly labels: S3UriText
}

/** What a task on a page of your own needs: images, text classification, video clips. */
export interface TemplateTaskOptions extends HostedTaskOptions {
  /** The worker page: HTML with Liquid. */
  readonly template: S3UriText
}

/** What a pass-through task needs. */
export interface PassThroughTaskOptions extends TaskTexts {
  /** The worker page: HTML with Liquid. */
  readonly template: S3UriText
  /** The label category file. Default: none. */
  readonly labels?: S3UriText
}

/** What a custom task needs; it may have no Lambda, one, or both. */
export interface CustomTaskOptions extends PassThroughTaskOptions {
  /** The Lambda that prepares an object for the worker. Default: none. */
  readonly preLambda?: LambdaArnText
  /** The Lambda that consolidates the answers. Default: none. */
  readonly postLambda?: LambdaArnText
}
