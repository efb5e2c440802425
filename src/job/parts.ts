/** What every labeling job needs, with the builder's call that gives it. */
export const PARTS = {
  name: 'named',
  task: 'task',
  input: 'input',
  output: 'output',
  role: 'role',
  workers: 'workers',
} as const

/** A part that every labeling job needs. */
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
