import { formatValue } from '../../errors/format-value.js'
import { isTaskName } from '../../tasks/task-kinds.js'
import { TASK_TABLE, type TaskName, type TasksWith } from '../../tasks/task-table.js'
import { type CategoryProblem, checksOf, isRecord, itemsOf } from './category-problem.js'
import { categoryFile, type LabelCategories } from './label-categories-file.js'

/** What a simple label category file says. */
export interface LabelCategoriesOptions {
  /** What workers choose from, in the order they see it; each at most 256 characters. */
  readonly labels: readonly string[]
  /** The task the file is for, for the rules of that task. Default: only the rules of every task are checked. */
  readonly task?: TasksWith<{ labelFile: 'simple' }>
  /** Whether the job labels automatically, which lowers the number of labels of some tasks. Default: false. */
  readonly autoLabeling?: boolean
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
  return categoryFile('labelCategories', 'simple', problemsOf(options), () => ({
    'document-version': '2018-11-28',
    labels: options.labels.map((label) => ({ label })),
  }))
}

function problemsOf(options: LabelCategoriesOptions): CategoryProblem[] {
  const api = checksOf(API)
  const quotas = checksOf(QUOTAS)
  const shape = api.object('options', options, ['labels', 'task', 'autoLabeling'])
  if (!isRecord(options)) return shape
  const { labels, task, autoLabeling } = options as Partial<LabelCategoriesOptions>
  const most = task === 'semantic-segmentation' && autoLabeling === true ? 20 : task && MOST[task]
  return [
    ...shape,
    ...taskProblems(task),
    ...api.list('labels', labels, isClassification(task) ? 2 : 1, Infinity),
    ...quotas.list('labels', itemsOf(labels), 0, most ?? Infinity),
    ...itemsOf(labels).flatMap((label, index) => quotas.text(`labels[${index}]`, label, 1, 256)),
    ...api.unique('labels', itemsOf(labels), 'label'),
  ]
}

// Classifying one clip among one label is no choice either, but AWS's text asks for two only of images and texts.
function isClassification(task: string | undefined): boolean {
  return task !== undefined && /^(image|text)-classification/.test(task)
}

function taskProblems(task: string | undefined): CategoryProblem[] {
  const { problem } = checksOf(API)
  if (task === undefined) return []
  if (!isTaskName(task))
    return [problem('task', `${formatValue(task)} is no task`, 'Give the name of a task')]
  const { labelFile } = TASK_TABLE[task]
  if (labelFile === 'simple') return []
  const call = labelFile === 'entities' ? 'entityCategories' : 'frameCategories'
  return [problem('task', `${task} has another form of label category file`, `Make it with ${call}()`)]
}
