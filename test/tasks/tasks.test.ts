import { describe, expect, test } from 'vitest'
import { LabelingJobError } from '../../src/errors/labeling-job-error.js'
import * as customTasks from '../../src/tasks/custom-tasks.js'
import * as frameAdjustmentTasks from '../../src/tasks/frame-adjustment-tasks.js'
import * as imageTasks from '../../src/tasks/image-tasks.js'
import * as labelAdjustmentTasks from '../../src/tasks/label-adjustment-tasks.js'
import * as pointCloudTasks from '../../src/tasks/point-cloud-tasks.js'
import type { Task } from '../../src/tasks/task.js'
import { TASK_NAMES } from '../../src/tasks/task-kinds.js'
import { taskNamed } from '../../src/tasks/task-named.js'
import { TASK_TABLE, type TaskName } from '../../src/tasks/task-table.js'
import * as textTasks from '../../src/tasks/text-tasks.js'
import * as videoTasks from '../../src/tasks/video-tasks.js'

const TEXTS = { title: 'Box signs', description: 'One tight box a sign' }
const LABELS = 's3://acme-gt/ui/labels.json'
const TEMPLATE = 's3://acme-gt/ui/page.liquid.html'

const expectedRows: Readonly<Record<string, TaskName>> = {
  imageClassification: 'image-classification',
  imageClassificationMultiLabel: 'image-classification-multi-label',
  boundingBox: 'bounding-box',
  semanticSegmentation: 'semantic-segmentation',
  textClassification: 'text-classification',
  textClassificationMultiLabel: 'text-classification-multi-label',
  namedEntityRecognition: 'named-entity-recognition',
  videoClassification: 'video-classification',
  videoFrameObjectDetection: 'video-frame-object-detection',
  videoFrameObjectTracking: 'video-frame-object-tracking',
  pointCloudObjectDetection: 'point-cloud-object-detection',
  pointCloudObjectTracking: 'point-cloud-object-tracking',
  pointCloudAndCameraObjectTracking: 'point-cloud-object-tracking',
  pointCloudSemanticSegmentation: 'point-cloud-semantic-segmentation',
  adjustBoundingBox: 'bounding-box-adjustment',
  verifyBoundingBox: 'bounding-box-verification',
  adjustSemanticSegmentation: 'semantic-segmentation-adjustment',
  verifySemanticSegmentation: 'semantic-segmentation-verification',
  adjustVideoFrameObjectDetection: 'video-frame-object-detection-adjustment',
  verifyVideoFrameObjectDetection: 'video-frame-object-detection-adjustment',
  adjustVideoFrameObjectTracking: 'video-frame-object-tracking-adjustment',
  verifyVideoFrameObjectTracking: 'video-frame-object-tracking-adjustment',
  adjustPointCloudObjectDetection: 'point-cloud-object-detection-adjustment',
  verifyPointCloudObjectDetection: 'point-cloud-object-detection-adjustment',
  adjustPointCloudObjectTracking: 'point-cloud-object-tracking-adjustment',
  verifyPointCloudObjectTracking: 'point-cloud-object-tracking-adjustment',
  adjustPointCloudSemanticSegmentation: 'point-cloud-semantic-segmentation-adjustment',
  verifyPointCloudSemanticSegmentation: 'point-cloud-semantic-segmentation-adjustment',
  passThrough: 'pass-through',
  custom: 'custom',
}

type AnyConstructor = (options: unknown) => unknown
const constructors = {
  ...imageTasks,
  ...textTasks,
  ...videoTasks,
  ...pointCloudTasks,
  ...labelAdjustmentTasks,
  ...frameAdjustmentTasks,
  ...customTasks,
} as unknown as Readonly<Record<string, AnyConstructor>>
const cases = Object.entries(constructors)

describe('the constructors', () => {
  test('are the expected ones and cover every task', () => {
    const rows = new Set(Object.values(expectedRows))

    expect(Object.keys(constructors).sort()).toEqual(Object.keys(expectedRows).sort())
    expect([...rows].sort()).toEqual([...TASK_NAMES].sort())
  })

  test.each(cases)('%s makes its task with the time limit of the console', (name, make) => {
    const row = expectedRows[name] as TaskName
    const template = TASK_TABLE[row].ui === 'template' ? { template: TEMPLATE } : {}
    const given = { ...TEXTS, ...template, labels: LABELS }

    const task = make(given)

    expect(task).toEqual({ name: row, ...given, timeLimit: TASK_TABLE[row].usualTimeLimit })
  })

  test.each(cases)('%s keeps its own frozen copy of what it was given', (name, make) => {
    const row = expectedRows[name] as TaskName
    const template = TASK_TABLE[row].ui === 'template' ? { template: TEMPLATE } : {}
    const keywords = ['signs', 'streets']

    const task = make({ ...TEXTS, ...template, labels: LABELS, keywords, timeLimit: 90 })
    keywords.push('later')

    expect(task).toEqual({
      name: row,
      ...TEXTS,
      ...template,
      labels: LABELS,
      keywords: ['signs', 'streets'],
      timeLimit: 90,
    })
    expect(Object.isFrozen(task)).toBe(true)
    expect(Object.isFrozen((task as { keywords: unknown }).keywords)).toBe(true)
  })

  test.each(cases)('%s refuses an option it does not have and names those it has', (name, make) => {
    const hosted = TASK_TABLE[expectedRows[name] as TaskName].ui !== 'template'
    const known = ['title', 'description', 'keywords', 'timeLimit', 'labels']
      .concat(hosted ? [] : ['template'])
      .concat(name === 'custom' ? ['preLambda', 'postLambda'] : [])

    const refusing = () => make({ ...TEXTS, labels: LABELS, tempalte: TEMPLATE, workers: 3 })

    expect(refusing).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        data: { call: name, received: 'tempalte, workers', expected: known.join(', ') },
        message: `Cannot make a task with ${name}(): it has no option "tempalte", "workers". Use the options it has: ${known.join(', ')}.`,
      }),
    )
    expect(refusing).toThrow(LabelingJobError)
  })

  test.each(cases)('%s stands in the stack of its error by its name', (name, make) => {
    const stack = stackOf(() => make({ tempalte: TEMPLATE }))

    expect(make.name).toBe(name)
    expect(stack).toContain(` at ${name} (`)
  })

  test.each([undefined, null, 'boxes', ['boxes']])('refuse %o in place of options', (options) => {
    const refusing = () => constructors['boundingBox']?.(options)

    expect(refusing).toThrow(
      'Cannot make a task with boundingBox(): it was given no object with options. Use the options it has: title, description, keywords, timeLimit, labels, template.',
    )
  })

  test('leave rules to be reported by the job', () => {
    const task = constructors['boundingBox']?.({ title: '', timeLimit: -1, keywords: 'signs', labels: 7 })

    expect(task).toEqual({ name: 'bounding-box', title: '', timeLimit: -1, keywords: 'signs', labels: 7 })
  })

  test('take an option that is undefined as absent', () => {
    const task = constructors['custom']?.({
      ...TEXTS,
      template: TEMPLATE,
      labels: undefined,
      preLambda: undefined,
      keywords: undefined,
      timeLimit: undefined,
    })

    expect(task).toStrictEqual({ name: 'custom', ...TEXTS, template: TEMPLATE, timeLimit: 3_600 })
  })
})

describe('custom', () => {
  const pre = 'arn:aws:lambda:eu-west-1:111122223333:function:prepare'
  const post = 'arn:aws:lambda:eu-west-1:111122223333:function:consolidate'

  test.each([
    ['no Lambda', {}],
    ['the first Lambda', { preLambda: pre }],
    ['the second Lambda', { postLambda: post }],
    ['both Lambdas', { preLambda: pre, postLambda: post }],
  ] as const)('takes %s', (_case, lambdas) => {
    const task = customTasks.custom({ ...TEXTS, template: TEMPLATE, ...lambdas })

    expect(task).toEqual({ name: 'custom', ...TEXTS, template: TEMPLATE, ...lambdas, timeLimit: 3_600 })
  })
})

describe('taskNamed', () => {
  test.each(Object.entries(expectedRows))('makes what %s makes, for %s', (call, name) => {
    const template = TASK_TABLE[name].ui === 'template' ? { template: TEMPLATE } : {}
    const options = { ...TEXTS, ...template, labels: LABELS, keywords: ['signs'] } as const

    const task = taskNamed(name, options)

    expect(task).toEqual(constructors[call]?.(options))
  })

  test('refuses an option that its task does not have', () => {
    const refusing = () =>
      taskNamed('named-entity-recognition', { ...TEXTS, labels: LABELS, template: TEMPLATE })

    expect(refusing).toThrow(
      'Cannot make a task with taskNamed(): it has no option "template". Use the options it has: title, description, keywords, timeLimit, labels.',
    )
  })

  test.each([
    ['boxing', '"boxing"'],
    ['toString', '"toString"'],
    [undefined, 'undefined'],
  ])('refuses the task %o and names those that exist', (name, shown) => {
    const refusing = () => taskNamed(name as TaskName, { ...TEXTS, template: TEMPLATE })

    expect(refusing).toThrow(
      expect.objectContaining({
        code: 'refused-call',
        message: `Cannot make a task with taskNamed(): there is no task ${shown}. Give one of ${TASK_NAMES.join(', ')}.`,
      }),
    )
  })

  test('keeps the name in the type', () => {
    const task: Task<'bounding-box'> = taskNamed('bounding-box', { ...TEXTS, template: TEMPLATE })

    expect(task.name).toBe('bounding-box')
  })
})

test('wrong tasks do not compile', () => {
  const never = () => {
    // @ts-expect-error A template is an s3:// address.
    imageTasks.boundingBox({ ...TEXTS, labels: LABELS, template: 'ui/page.html' })
    // @ts-expect-error A template task needs its template.
    imageTasks.boundingBox({ ...TEXTS, labels: LABELS })
    // @ts-expect-error A hosted page leaves no place for a template.
    textTasks.namedEntityRecognition({ ...TEXTS, labels: LABELS, template: TEMPLATE })
    // @ts-expect-error Label categories are needed.
    pointCloudTasks.pointCloudObjectDetection(TEXTS)
    // @ts-expect-error A Lambda is named by its ARN.
    customTasks.custom({ ...TEXTS, template: TEMPLATE, preLambda: 'prepare' })
  }

  expect(never).toBeTypeOf('function')
})

function stackOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return String((error as Error).stack)
  }
  return 'nothing was thrown'
}
