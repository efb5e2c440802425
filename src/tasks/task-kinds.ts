import { TASK_TABLE, type TaskName, type TasksWith } from './task-table.js'

// Written out although the table says the same: taken from it, the four cost each user's type check some 800
// instantiations, several times what a job does. Each is pinned to the table in this very file.

/** The tasks that can be labeled automatically. */
export type AutoLabelingTask =
  | 'image-classification'
  | 'bounding-box'
  | 'semantic-segmentation'
  | 'text-classification'
/** The tasks that take exactly one worker an object: video frames and 3D point clouds. */
export type SingleWorkerTask =
  | 'video-frame-object-detection'
  | 'video-frame-object-tracking'
  | 'point-cloud-object-detection'
  | 'point-cloud-object-tracking'
  | 'point-cloud-semantic-segmentation'
  | 'video-frame-object-detection-adjustment'
  | 'video-frame-object-tracking-adjustment'
  | 'point-cloud-object-detection-adjustment'
  | 'point-cloud-object-tracking-adjustment'
  | 'point-cloud-semantic-segmentation-adjustment'
/** The tasks whose label attribute must end in `-ref`. */
export type RefTask =
  | 'semantic-segmentation'
  | 'video-frame-object-detection'
  | 'video-frame-object-tracking'
  | 'point-cloud-object-tracking'
  | 'point-cloud-semantic-segmentation'
  | 'semantic-segmentation-adjustment'
  | 'video-frame-object-detection-adjustment'
  | 'video-frame-object-tracking-adjustment'
  | 'point-cloud-object-tracking-adjustment'
  | 'point-cloud-semantic-segmentation-adjustment'
/** The tasks whose label attribute must not end in `-ref`. */
export type PlainTask =
  | 'image-classification'
  | 'image-classification-multi-label'
  | 'bounding-box'
  | 'text-classification'
  | 'text-classification-multi-label'
  | 'named-entity-recognition'
  | 'video-classification'
  | 'point-cloud-object-detection'
  | 'bounding-box-adjustment'
  | 'bounding-box-verification'
  | 'semantic-segmentation-verification'
  | 'point-cloud-object-detection-adjustment'

/** Every task by name, in the order of the table. */
export const TASK_NAMES: readonly TaskName[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(TASK_TABLE) as TaskName[],
)

/** Tells whether a value is the name of a task. */
export function isTaskName(value: unknown): value is TaskName {
  return typeof value === 'string' && Object.hasOwn(TASK_TABLE, value)
}

/** Tells whether workers of a task look at labels that are there: an adjustment or verification. */
export function reviewsLabels(task: TaskName): boolean {
  return /-(?:adjustment|verification)$/.test(task)
}

// Does not compile when a union above and the table differ.
type Same<Written, Told> = [Written, Told] extends [Told, Written] ? true : never
const TOLD_BY_THE_TABLE: readonly [
  Same<AutoLabelingTask, TasksWith<{ algorithm: string }>>,
  Same<SingleWorkerTask, TasksWith<{ workers: 'one' }>>,
  Same<RefTask, TasksWith<{ attribute: 'ref' }>>,
  Same<PlainTask, TasksWith<{ attribute: 'plain' }>>,
] = [true, true, true, true]
void TOLD_BY_THE_TABLE
