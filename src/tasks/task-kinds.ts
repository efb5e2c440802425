import { TASK_TABLE, type TaskName, type TasksWith } from './task-table.js'

/** The tasks that can be labeled automatically. */
export type AutoLabelingTask = TasksWith<{ algorithm: string }>
/** The tasks that take exactly one worker an object: video frames and 3D point clouds. */
export type SingleWorkerTask = TasksWith<{ workers: 'one' }>
/** The tasks whose label attribute must end in `-ref`. */
export type RefTask = TasksWith<{ attribute: 'ref' }>
/** The tasks whose label attribute must not end in `-ref`. */
export type PlainTask = TasksWith<{ attribute: 'plain' }>
/** The tasks whose workers see a page that the job names in S3. */
export type TemplateTask = TasksWith<{ ui: 'template' }>

/** Every task by name, in the order of the table. */
export const TASK_NAMES: readonly TaskName[] = Object.freeze(Object.keys(TASK_TABLE) as TaskName[])

/** Tells whether a value is the name of a task. */
export function isTaskName(value: unknown): value is TaskName {
  return typeof value === 'string' && Object.hasOwn(TASK_TABLE, value)
}
