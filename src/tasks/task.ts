import type { TaskName } from './task-table.js'

/**
 * What workers are asked to do: made by `boundingBox()`, `imageClassification()` and the other constructors,
 * handed to `.task()`. A frozen value; two jobs may share one.
 */
export interface Task<Name extends TaskName = TaskName> {
  readonly name: Name
  /** What workers read in the list of tasks: 1 to 128 characters, no emoji. */
  readonly title: string
  /** What workers read before they accept: 1 to 255 characters on one line. */
  readonly description: string
  /** Words to find the task by: 1 to 5, each at most 30 letters, digits and single spaces. */
  readonly keywords?: readonly string[]
  /** How long a worker may take for one task, in seconds. */
  readonly timeLimit: number
  /** The label category file, an `s3://` URI. */
  readonly labels?: string
  /** The worker page, an `s3://` URI, for tasks that take a template. */
  readonly template?: string
  /** Custom tasks: the ARN of the Lambda that prepares an object for the worker. */
  readonly preLambda?: string
  /** Custom tasks: the ARN of the Lambda that consolidates the answers. */
  readonly postLambda?: string
}
