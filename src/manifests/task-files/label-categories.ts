import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { isObject } from '../../json/json.js'
import { isTaskName } from '../../tasks/task-kinds.js'
import { TASK_TABLE, type TaskName, type TasksWith } from '../../tasks/task-table.js'
import { checksOf, itemsOf } from './category-rules.js'
import { categoryFile, type LabelCategories } from './label-categories-file.js'

/** What a simple label category file says. */
export interface LabelCategoriesOptions {
  /** What workers choose from, in the order they see it; each at most 256 characters. */
  readonly labels: readonly string[]
  /** The task the file is for, for the rules of that task. Default: only the rules of every task are checked. */
  readonly task?: TasksWith<{ labelFile: 'simple' }>
  /** Whether the job labels automatically, which lowers the number of labels of some tasks. Default: false. */
  readonly autoLabeling?: boolean
  /** Gets each warning, once no rule is broken. Default: warnings are dropped. */
  readonly onWarning?: (warning: Problem) => void
}

const API = 'CreateLabelingJob, LabelCategoryConfigS3Uri'
const QUOTAS = 'input-data-limits.html'

// Every other task may have any number, says the page.
const MOST: { readonly [Name in TaskName]?: number } = {
  'image-classification-multi-label': 50,
  'text-classification-multi-label': 50,
  'bounding-box': 50,
  'video-classification': 30,
}

/**
 * Makes the label category file of image, text classification, video clip and custom tasks.
 *
 * Becomes `{"document-version": "2018-11-28", "labels": [{"label": "stop"}, …]}`.
 *
 * Source: CreateLabelingJob, LabelCategoryConfigS3Uri; input-data-limits.html.
 *
 * @throws LabelingJobError `label-categories-invalid` with every rule that is broken.
 * @example
 * const categories = labelCategories({ labels: ['stop', 'yield'], task: 'bounding-box' })
 */
export function labelCategories(options: LabelCategoriesOptions): LabelCategories<'simple'> {
  const problems = problemsOf(options)
  const onWarning = options?.onWarning
  return categoryFile({ call: 'labelCategories', form: 'simple', problems, onWarning }, () => ({
    'document-version': '2018-11-28',
    labels: options.labels.map((label) => ({ label })),
  }))
}

function problemsOf(options: LabelCategoriesOptions): readonly Problem[] {
  const api = checksOf(API)
  const quotas = checksOf(QUOTAS)
  const shape = api.object('options', options, ['labels', 'task', 'autoLabeling', 'onWarning'])
  if (!isObject(options)) return shape
  const { labels, task, autoLabeling } = options as Partial<LabelCategoriesOptions>
  const most = task === 'semantic-segmentation' && autoLabeling === true ? 20 : task && MOST[task]
  return [
    ...shape,
    ...taskProblems(task),
    ...api.array('labels', labels, isClassification(task) ? 2 : 1, Infinity),
    ...quotas.array('labels', itemsOf(labels), 0, most ?? Infinity),
    ...itemsOf(labels).flatMap((label, index) => quotas.text(`labels[${index}]`, label, 1, 256)),
    ...api.unique('labels', itemsOf(labels), 'label'),
    ...api.unlike('labels', itemsOf(labels)),
  ]
}

// Classifying one clip among one label is no choice either, but AWS's text asks for two only of images and texts.
function isClassification(task: string | undefined): boolean {
  return task !== undefined && /^(image|text)-classification/.test(task)
}

function taskProblems(task: string | undefined): readonly Problem[] {
  const { broken } = checksOf(API)
  if (task === undefined) return []
  if (!isTaskName(task))
    return [broken('unknown-task', 'task', `${formatValue(task)} is no task`, 'The rules depend on the task')]
  const { labelFile } = TASK_TABLE[task]
  if (labelFile === 'simple') return []
  const call = labelFile === 'entities' ? 'entityCategories' : 'frameCategories'
  return [
    broken(
      'task-form',
      'task',
      `${task} has another form of label category file`,
      `${call}() makes that form`,
    ),
  ]
}
