import type { S3UriText } from '../names/s3-uri.js'

// Interfaces on interfaces: made by `Omit` and `Partial`, these would cost each user's type check 40 instantiations.

/** What every task says to its workers. */
export interface TaskTexts {
  /** What workers read in the list of tasks: 1 to 128 characters, no emoji. */
  readonly title: string
  /** What workers read before they accept: 1 to 255 characters on one line. */
  readonly description: string
  /** Words to find the task by: 1 to 5, each at most 30 letters, digits and single spaces. Default: none. */
  readonly keywords?: readonly string[]
  /** How long a worker may take for one task, in seconds, from 30. Default: what the console fills in. */
  readonly timeLimit?: number
}

/** What a task may name beside its texts. */
export interface TaskResources {
  /** The label category file. Default: none. */
  readonly labels?: S3UriText
  /** The worker page: HTML with Liquid. */
  readonly template?: S3UriText
  /** Custom tasks: the Lambda that prepares an object for the worker. Default: none. */
  readonly preLambda?: LambdaArnText
  /** Custom tasks: the Lambda that consolidates the answers. Default: none. */
  readonly postLambda?: LambdaArnText
}

/** What a task needs whose page AWS hosts: named entities, video frames, 3D point clouds. */
export interface TaskOptions extends TaskTexts {
  /** The label category file. */
  readonly labels: S3UriText
}

/** What a task needs that runs on a page of your own: images, text classification, video clips. */
export interface PageTaskOptions extends TaskOptions {
  /** The worker page: HTML with Liquid. */
  readonly template: S3UriText
}

/** What a custom task needs; it may have no Lambda, one, or both. */
export interface CustomTaskOptions extends TaskTexts, TaskResources {
  /** The worker page: HTML with Liquid. */
  readonly template: S3UriText
}

/** The shape of a Lambda function's ARN. */
type LambdaArnText = `arn:${string}:lambda:${string}`
