import type { TaskName } from '../../tasks/task-table.js'
import { LABEL_KINDS, type LabelKind } from '../read/label-kinds.js'

/** The columns that rows of every task have. */
export const OBJECT_COLUMNS = [
  'lineNumber',
  'source',
  'task',
  'attribute',
  'humanAnnotated',
  'createdAt',
  'jobName',
]
const CLASS = ['className', 'classIndex', 'confidence']
const BOX = ['left', 'top', 'width', 'height']
const CENTER = ['centerX', 'centerY', 'centerZ']
const ANGLES = ['roll', 'pitch', 'yaw']
const FRAME = [
  'frameNumber',
  'frame',
  'sensor',
  'frameAttributes',
  'kind',
  ...CLASS,
  'objectId',
  'objectName',
]

const COLUMNS: Readonly<Record<LabelKind, readonly string[]>> = {
  class: CLASS,
  classes: CLASS,
  boxes: [...CLASS, ...BOX, 'imageWidth', 'imageHeight'],
  mask: [...CLASS, 'color', 'pixels', 'maskUri'],
  entities: ['className', 'confidence', 'start', 'end', 'text'],
  verdict: [...CLASS, 'comments'],
  sequence: [...FRAME, ...BOX, 'points', 'attributes'],
  cuboids: [...CLASS, 'objectName', ...CENTER, 'length', 'width', 'height', ...ANGLES, 'attributes'],
  'cuboid-sequence': [
    ...FRAME,
    ...CENTER,
    'length',
    'width',
    'height',
    ...ANGLES,
    'left',
    'top',
    'attributes',
  ],
  'point-mask': [...CLASS, 'color', 'points', 'maskUri'],
  value: ['value'],
}

/** The columns of the rows of a task, in their order. */
export function columnsOf(task: TaskName): readonly string[] {
  const adjusted = task.endsWith('-adjustment') ? ['adjusted'] : []
  return [...OBJECT_COLUMNS, ...COLUMNS[LABEL_KINDS[task]], ...adjusted]
}
