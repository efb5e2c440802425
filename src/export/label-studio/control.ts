import type { LabelKind } from '../../manifests/read/label-kinds.js'
import { LABEL_KINDS } from '../../manifests/read/label-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'

/** What a label is given to: an image, a text or a video. */
export type Medium = 'image' | 'text' | 'video'

/** The tag of a labeling config that a form of label fits, and how results of it are called. */
export interface Control {
  readonly tag: 'Choices' | 'RectangleLabels' | 'BrushLabels' | 'Labels'
  /** The tag's own tags, one for each class. */
  readonly item: 'Choice' | 'Label'
  /** The name of the tag, `from_name` of results. */
  readonly name: string
  /** The type of results, and the name of their list of classes. */
  readonly type: 'choices' | 'rectanglelabels' | 'brushlabels' | 'labels'
  readonly isMultiple: boolean
  /** Whether workers could say something about it. */
  readonly hasComments: boolean
}

const CHOICES = {
  tag: 'Choices',
  item: 'Choice',
  type: 'choices',
  isMultiple: false,
  hasComments: false,
} as const
const LABELS = { item: 'Label', isMultiple: false, hasComments: false } as const

/** Which tag each form of label fits. */
const CONTROLS = {
  class: { ...CHOICES, name: 'class' },
  classes: { ...CHOICES, name: 'classes', isMultiple: true },
  verdict: { ...CHOICES, name: 'verdict', hasComments: true },
  boxes: { ...LABELS, tag: 'RectangleLabels', type: 'rectanglelabels', name: 'boxes' },
  mask: { ...LABELS, tag: 'BrushLabels', type: 'brushlabels', name: 'mask' },
  entities: { ...LABELS, tag: 'Labels', type: 'labels', name: 'entities' },
} as const satisfies { readonly [Kind in LabelKind]?: Control }

/** The forms of label that Label Studio has a tag for. */
type ControlKind = keyof typeof CONTROLS

/** Gives the tag that labels of a task fit. */
export function controlOf(task: TaskName): Control {
  return CONTROLS[LABEL_KINDS[task] as ControlKind]
}

/** Gives what a task labels. */
export function mediumOf(task: TaskName): Medium {
  if (task === 'named-entity-recognition' || task.startsWith('text-')) return 'text'
  return task === 'video-classification' ? 'video' : 'image'
}
