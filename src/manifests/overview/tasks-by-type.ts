import { asRecord, asText, type JsonRecord } from '../../json/loose-values.js'
import type { TaskName } from '../../tasks/task-table.js'
import { fieldOf } from '../frames/spellings.js'

/** The task whose labels have a type in their metadata. AWS shows none of video classification. */
const TASKS_BY_TYPE: ReadonlyMap<string, TaskName> = new Map([
  ['groundtruth/image-classification', 'image-classification'],
  ['groundtruth/text-classification', 'text-classification'],
  ['groundtruth/video-classification', 'video-classification'],
  ['groundtruth/image-classification-multilabel', 'image-classification-multi-label'],
  ['groundtruth/text-classification-multilabel', 'text-classification-multi-label'],
  ['groundtruth/object-detection', 'bounding-box'],
  ['groundtruth/semantic-segmentation', 'semantic-segmentation'],
  ['groundtruth/text-span', 'named-entity-recognition'],
  ['groundtruth/video-object-detection', 'video-frame-object-detection'],
  ['groundtruth/video-object-tracking', 'video-frame-object-tracking'],
  ['groundtruth/point_cloud_object_detection', 'point-cloud-object-detection'],
  ['groundtruth/point_cloud_object_tracking', 'point-cloud-object-tracking'],
  ['groundtruth/point_cloud_single_frame_semantic_segmentation', 'point-cloud-semantic-segmentation'],
  // As AWS spelled them in 2020.
  ['groundtruth/lidar_object_detection', 'point-cloud-object-detection'],
  ['groundtruth/lidar_object_tracking', 'point-cloud-object-tracking'],
  ['groundtruth/lidar_single_frame_semantic_segmentation', 'point-cloud-semantic-segmentation'],
  ['groundtruth/custom', 'custom'],
])

const ADJUSTABLE: readonly string[] = [
  'bounding-box',
  'semantic-segmentation',
  'video-frame-object-detection',
  'video-frame-object-tracking',
  'point-cloud-object-detection',
  'point-cloud-object-tracking',
  'point-cloud-semantic-segmentation',
]

/**
 * Tells the task that a label is of, from its metadata; `undefined` where they do not tell. A verification has one type
 * whatever was verified: it is of boxes or of masks as the line has labels of either, and of neither where it has both.
 */
export function taskOfMetadata(metadata: JsonRecord, line: JsonRecord): TaskName | undefined {
  const type = asText(metadata['type'])?.toLowerCase()
  if (type === 'groundtruth/label-verification') return verificationOn(line)
  const task = type === undefined ? undefined : TASKS_BY_TYPE.get(type)
  if (task === undefined || fieldOf(metadata, 'adjustment-status') === undefined) return task
  return ADJUSTABLE.includes(task) ? (`${task}-adjustment` as TaskName) : task
}

function verificationOn(line: JsonRecord): TaskName | undefined {
  const types = new Set(Object.values(line).map((value) => asRecord(value)?.['type']))
  const hasBoxes = types.has('groundtruth/object-detection')
  const hasMasks = types.has('groundtruth/semantic-segmentation')
  if (hasBoxes === hasMasks) return undefined
  return hasBoxes ? 'bounding-box-verification' : 'semantic-segmentation-verification'
}
