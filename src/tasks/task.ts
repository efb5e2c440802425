import type { PageTaskOptions, TaskOptions, TaskResources, TaskTexts } from './task-options.js'
import type { TaskName } from './task-table.js'

/**
 * What workers are asked to do: made by `boundingBox()`, `imageClassification()` and the other constructors,
 * handed to `.task()`. A frozen value; two jobs may share one.
 */
export interface Task<Name extends TaskName = TaskName> extends TaskTexts, TaskResources {
  readonly name: Name
  /** How long a worker may take for one task, in seconds. */
  readonly timeLimit: number
}

/**
 * Makes a task of one kind.
 *
 * @example
 * const make: MakeTask<'named-entity-recognition'> = namedEntityRecognition
 * const labels = 's3://acme-gt/labels.json'
 * make({ title: 'Names', description: 'Mark all names', labels })
 */
export type MakeTask<Name extends TaskName, Options = TaskOptions> = (options: Options) => Task<Name>

/**
 * Makes a task of one kind that runs on a page of your own.
 *
 * @example
 * const make: MakePageTask<'bounding-box'> = boundingBox
 * const template = 's3://acme-gt/page.liquid.html'
 * make({ title: 'Signs', description: 'Draw a box around each sign', template, labels: 's3://acme-gt/labels.json' })
 */
export type MakePageTask<Name extends TaskName> = MakeTask<Name, PageTaskOptions>
