import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { isObject, type JsonObject } from '../../json/json.js'
import { isTaskName } from '../../tasks/task-kinds.js'
import { TASK_TABLE } from '../../tasks/task-table.js'
import { checksOf, itemsOf } from './category-rules.js'
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
  'onWarning',
]
const ATTRIBUTE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,125}[a-zA-Z0-9])?$/

const linked = checksOf('sms-point-cloud-3d-2d-object-tracking.html')
const LINKED = ['BoundingBox', 'Cuboid']
const rules = checksOf(PAGE)

/** Lists every rule that the options of `frameCategories()` break. */
export function frameCategoryProblems(options: unknown): readonly Problem[] {
  const shape = rules.object('options', options, KNOWN)
  if (!isObject(options)) return shape
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
    ...(annotationType === undefined ? [] : annotationTypeProblems(annotationType, task)),
    ...auditProblems(options),
    ...kindProblems(options),
  ]
}

function taskProblems(task: unknown): readonly Problem[] {
  if (task === undefined) return []
  if (isTaskName(task) && TASK_TABLE[task].labelFile === 'frames') return []
  return [
    isTaskName(task)
      ? rules.broken(
          'task-form',
          'task',
          `${task} has another form of label category file`,
          `${TASK_TABLE[task].labelFile === 'entities' ? 'entityCategories' : 'labelCategories'}() makes that form`,
        )
      : rules.broken(
          'unknown-task',
          'task',
          `${formatValue(task)} is no task`,
          'The rules depend on the task',
        ),
  ]
}

function labelProblems(labels: unknown, global: unknown, verification: unknown): readonly Problem[] {
  const named = itemsOf(labels).map((label) => (typeof label === 'string' ? { label } : label))
  const names = named.map((label) => (isObject(label) ? label['label'] : undefined))
  return [
    ...rules.array('labels', labels, 1, 30),
    ...named.flatMap((label, index) => {
      const path = `labels[${index}]`
      const shape = rules.object(path, label, ['label', 'categoryAttributes', 'editsAllowed'])
      if (!isObject(label)) return shape
      const { categoryAttributes: own, editsAllowed } = label
      return [
        ...shape,
        ...rules.text(`${path}.label`, label['label'], 1, 16),
        ...editsProblems(path, editsAllowed),
        ...(verification === true && editsAllowed === 'any'
          ? [
              rules.broken(
                'verification-edits',
                `${path}.editsAllowed`,
                'it is "any"',
                'Verification allows no label to be changed',
              ),
            ]
          : []),
        ...(own === undefined ? [] : attributeListProblems(`${path}.categoryAttributes`, own, 'category')),
        ...countProblems(path, [...itemsOf(global), ...itemsOf(own)]),
      ]
    }),
    ...rules.unique('labels', names, 'label'),
    ...rules.unlike('labels', names),
  ]
}

/** The page counts the attributes of a label together with the global ones. */
function countProblems(path: string, attributes: readonly unknown[]): readonly Problem[] {
  const why = 'A label, the global attributes counted in, may have'
  const free = attributes.filter((attribute) => isObject(attribute) && isFreeText(attribute)).length
  return [
    ...(attributes.length > 10
      ? [rules.broken('too-many-attributes', path, `it has ${attributes.length} attributes`, `${why} 10`)]
      : []),
    ...(free > 5
      ? [
          rules.broken(
            'too-much-free-text',
            path,
            `it has ${free} attributes of free text`,
            `${why} 5 of free text`,
          ),
        ]
      : []),
  ]
}

function isFreeText(attribute: JsonObject): boolean {
  return attribute['type'] === 'string' && attribute['enum'] === undefined
}

/** The page wants category attributes to have different names in the whole file, not only in one label. */
function categoryNameProblems(labels: unknown, global: unknown): readonly Problem[] {
  const own = itemsOf(labels).flatMap((label) =>
    isObject(label) ? itemsOf(label['categoryAttributes']) : [],
  )
  const names = [...itemsOf(global), ...own].map((attribute) => isObject(attribute) && attribute['name'])
  return rules.unique(
    'categoryAttributes and categoryGlobalAttributes',
    names,
    'name of a category attribute',
  )
}

/** Point clouds have none, but for tracking that links them with images: there both forms of boxes are named. */
function annotationTypeProblems(type: unknown, task: unknown): readonly Problem[] {
  const path = 'annotationType'
  const isPointCloud = typeof task === 'string' && task.startsWith('point-cloud-')
  const isLinked = task === undefined ? Array.isArray(type) : isTracking(task)
  if (isLinked) {
    const types = itemsOf(type).map((item) => (isObject(item) ? item['type'] : undefined))
    const isWhole = types.length === LINKED.length && LINKED.every((name) => types.includes(name))
    const what = Array.isArray(type)
      ? `it has ${types.map(formatValue).join(', ')}`
      : `it is ${formatValue(type)}`
    return isWhole ? [] : [linked.broken('annotation-type-linked', path, what, 'It has to name both')]
  }
  if (isPointCloud || Array.isArray(type)) {
    const why = 'Only video frame tasks and 3D-2D object tracking have such types'
    return [rules.broken('annotation-type-task', path, `it is given for ${String(task)}`, why)]
  }
  return rules.oneOf(path, type, ['BoundingBox', 'Polyline', 'Polygon', 'Keypoint'])
}

function isTracking(task: unknown): boolean {
  return typeof task === 'string' && task.startsWith('point-cloud-object-tracking')
}

function auditProblems({ auditLabelAttributeName: name, verification, task }: JsonObject) {
  const path = 'auditLabelAttributeName'
  const adjusts = isTaskName(task) ? task.endsWith('-adjustment') : undefined
  if (name === undefined)
    return adjusts === true || verification === true
      ? [
          rules.broken(
            'audit-missing',
            path,
            'it is missing',
            'Adjustment and verification need the label attribute of the earlier job',
          ),
        ]
      : []
  return [
    ...(adjusts === false
      ? [
          rules.broken(
            'audit-not-allowed',
            path,
            `it is given for ${String(task)}`,
            'Only adjustment and verification may have it',
          ),
        ]
      : []),
    ...(typeof name === 'string' && ATTRIBUTE_NAME.test(name)
      ? []
      : [
          rules.broken(
            'audit-name',
            path,
            `it is ${formatValue(name)}`,
            'It has to be a label attribute name',
          ),
        ]),
  ]
}

function kindProblems(options: JsonObject): readonly Problem[] {
  const { task, labels, categoryGlobalAttributes, verification } = options
  if (!isTaskName(task)) return verificationShape(verification)
  const segments = task.startsWith('point-cloud-semantic-segmentation')
  const attributes = [
    ...(categoryGlobalAttributes === undefined ? [] : ['categoryGlobalAttributes']),
    ...itemsOf(labels).flatMap((label, index) =>
      isObject(label) && label['categoryAttributes'] !== undefined
        ? [`labels[${index}].categoryAttributes`]
        : [],
    ),
  ]
  return [
    ...verificationShape(verification),
    ...(segments ? attributes : []).map((path) =>
      rules.broken(
        'attributes-ignored',
        path,
        `it is given for ${task}`,
        'Ground Truth ignores attributes of categories in this task',
      ),
    ),
    ...(verification === true && !task.endsWith('-adjustment')
      ? [
          rules.broken(
            'verification-task',
            'verification',
            `it is true for ${task}`,
            'Verification needs the adjustment task of that kind',
          ),
        ]
      : []),
  ]
}

function verificationShape(verification: unknown): readonly Problem[] {
  return verification === undefined ? [] : rules.boolean('verification', verification)
}
