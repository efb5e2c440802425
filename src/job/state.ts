import type { TaskName } from '../tasks/task-table.js'

/** What every labeling job needs, with the builder's call that gives it. */
export const PARTS = {
  name: 'named',
  task: 'task',
  input: 'input',
  output: 'output',
  role: 'role',
  workers: 'workers',
} as const

/**
 * A part that every labeling job needs.
 *
 * @example
 * const template: LabelingJob<'bounding-box', never, Exclude<Part, 'task' | 'role'>> = labelingJob()
 *   .task(boundingBox({ title: 'Signs', description: 'Box it', template: 's3://acme-gt/t', labels: 's3://acme-gt/l.json' }))
 *   .role('arn:aws:iam::111122223333:role/GtExec')
 */
export type Part = keyof typeof PARTS

/** What a job has chosen that limits its later calls. */
export type Choice =
  | 'input'
  | 'stream'
  | 'autoLabeling'
  | 'stopWhen'
  | 'several-workers'
  | 'ref-attribute'
  | 'plain-attribute'

/** The task of a job under construction: none yet, one of the tasks, or whatever a request that was read in has. */
export type TaskState = TaskName | 'undecided' | 'open'

/** The tasks a state stands for: itself, or any when it was read in. */
export type TaskOf<Task extends TaskState> = Task extends TaskName ? Task : TaskName
