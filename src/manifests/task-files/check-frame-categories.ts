import { formatValue } from '../../errors/format-value.js'
import { isTaskName } from '../../tasks/task-kinds.js'
import { TASK_TABLE } from '../../tasks/task-table.js'
import { type CategoryProblem, checksOf, isRecord, itemsOf } from './category-problem.js'
import { attributeListProblems, editsProblems } from './check-attributes.js'
import { instructionProblems } from './entity-categories.js'

const PAGE = 'sms-label-cat-config-attributes.html'
const KNOWN = [
  'labels',
  'frameAttributes',
  'categoryGlobalAttributes',
  'instructions',
  'annotationType',
  'auditLabelAttributeName',
  'verification',
  'task',
]
const ATTRIBUTE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,125}[a-zA-Z0-9])?$/

const { problem, object, list, text, oneOf, unique } = checksOf(PAGE)

/** Lists every rule that the options of `frameCategories()` break. */
export function frameCategoryProblems(options: unknown): CategoryProblem[] {
  const shape = object('options', options, KNOWN)
  if (!isRecord(options)) return shape
  const { labels, frameAttributes, categoryGlobalAttributes, instructions, annotationType, task } = options
  return [
    ...shape,
    ...taskProblems(task),
    ...labelProblems(labels, categoryGlobalAttributes, options['verification']),
    ...(frameAttributes === undefined
      ? []
      : attributeListProblems('frameAttributes', frameAttributes, 'frame')),
    ...(categoryGlobalAttributes === undefined
      ? []
      : attributeListProblems('categoryGlobalAttributes', categoryGlobalAttributes, 'category')),
    ...categoryNameProblems(labels, categoryGlobalAttributes),
    ...(instructions === undefined
      ? []
      : instructionProblems(instructions, { short: 254, full: 2_047, source: PAGE })),
    ...(annotationType === undefined
      ? []
      : oneOf('annotationType', annotationType, ['BoundingBox', 'Polyline', 'Polygon', 'Keypoint'])),
    ...auditProblems(options),
    ...kindProblems(options),
  ]
}

function taskProblems(task: unknown): CategoryProblem[] {
  if (task === undefined) return []
  if (isTaskName(task) && TASK_TABLE[task].labelFile === 'frames') return []
  return [
    isTaskName(task)
      ? problem(
          'task',
          `${task} has another form of label category file`,
          `Make it with ${TASK_TABLE[task].labelFile === 'entities' ? 'entityCategories' : 'labelCategories'}()`,
        )
      : problem('task', `${formatValue(task)} is no task`, 'Give the name of a task'),
  ]
}

function labelProblems(labels: unknown, global: unknown, verification: unknown): CategoryProblem[] {
  const named = itemsOf(labels).map((label) => (typeof label === 'string' ? { label } : label))
  const names = named.map((label) => (isRecord(label) ? label['label'] : undefined))
  return [
    ...list('labels', labels, 1, 30),
    ...named.flatMap((label, index) => {
      const path = `labels[${index}]`
      const shape = object(path, label, ['label', 'categoryAttributes', 'editsAllowed'])
      if (!isRecord(label)) return shape
      const { categoryAttributes: own, editsAllowed } = label
      return [
        ...shape,
        ...text(`${path}.label`, label['label'], 1, 16),
        ...editsProblems(path, editsAllowed),
        ...(verification === true && editsAllowed === 'any'
          ? [problem(`${path}.editsAllowed`, 'it is "any"', 'Verification allows no label to be changed')]
          : []),
        ...(own === undefined ? [] : attributeListProblems(`${path}.categoryAttributes`, own, 'category')),
        ...countProblems(path, [...itemsOf(global), ...itemsOf(own)]),
      ]
    }),
    ...unique('labels', names, 'label'),
  ]
}

/** The page counts the attributes of a label together with the global ones. */
function countProblems(path: string, attributes: readonly unknown[]): CategoryProblem[] {
  const why = 'A label, the global attributes counted in, may have'
  const free = attributes.filter((attribute) => isRecord(attribute) && isFreeText(attribute)).length
  return [
    ...(attributes.length > 10 ? [problem(path, `it has ${attributes.length} attributes`, `${why} 10`)] : []),
    ...(free > 5 ? [problem(path, `it has ${free} attributes of free text`, `${why} 5 of free text`)] : []),
  ]
}

function isFreeText(attribute: Readonly<Record<string, unknown>>): boolean {
  return attribute['type'] === 'string' && attribute['enum'] === undefined
}

/** The page wants category attributes to have different names in the whole file, not only in one label. */
function categoryNameProblems(labels: unknown, global: unknown): CategoryProblem[] {
  const own = itemsOf(labels).flatMap((label) =>
    isRecord(label) ? itemsOf(label['categoryAttributes']) : [],
  )
  const names = [...itemsOf(global), ...own].map((attribute) => isRecord(attribute) && attribute['name'])
  return unique('categoryAttributes and categoryGlobalAttributes', names, 'name of a category attribute')
}

function auditProblems({
  auditLabelAttributeName: name,
  verification,
  task,
}: Readonly<Record<string, unknown>>) {
  const path = 'auditLabelAttributeName'
  const adjusts = isTaskName(task) ? task.endsWith('-adjustment') : undefined
  if (name === undefined)
    return adjusts === true || verification === true
      ? [
          problem(
            path,
            'it is missing',
            'Adjustment and verification need the label attribute of the earlier job',
          ),
        ]
      : []
  return [
    ...(adjusts === false
      ? [problem(path, `it is given for ${String(task)}`, 'Only adjustment and verification may have it')]
      : []),
    ...(typeof name === 'string' && ATTRIBUTE_NAME.test(name)
      ? []
      : [problem(path, `it is ${formatValue(name)}`, 'It has to be a label attribute name')]),
  ]
}

function kindProblems(options: Readonly<Record<string, unknown>>): CategoryProblem[] {
  const { task, annotationType, labels, categoryGlobalAttributes, verification } = options
  if (!isTaskName(task)) return verificationShape(verification)
  const segments = task.startsWith('point-cloud-semantic-segmentation')
  const attributes = [
    ...(categoryGlobalAttributes === undefined ? [] : ['categoryGlobalAttributes']),
    ...itemsOf(labels).flatMap((label, index) =>
      isRecord(label) && label['categoryAttributes'] !== undefined
        ? [`labels[${index}].categoryAttributes`]
        : [],
    ),
  ]
  return [
    ...verificationShape(verification),
    ...(task.startsWith('point-cloud-') && annotationType !== undefined
      ? [problem('annotationType', `it is given for ${task}`, 'Only video frame tasks have one')]
      : []),
    ...(segments ? attributes : []).map((path) =>
      problem(path, `it is given for ${task}`, 'Ground Truth ignores attributes of categories in this task'),
    ),
    ...(verification === true && !task.endsWith('-adjustment')
      ? [
          problem(
            'verification',
            `it is true for ${task}`,
            'Verification needs the adjustment task of that kind',
          ),
        ]
      : []),
  ]
}

function verificationShape(verification: unknown): CategoryProblem[] {
  return verification === undefined || typeof verification === 'boolean'
    ? []
    : [problem('verification', `it is ${formatValue(verification)}`, 'It has to be true or false')]
}
