import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  type AutoLabelingTask,
  isTaskName,
  type PlainTask,
  type RefTask,
  type SingleWorkerTask,
  TASK_NAMES,
} from '../../src/tasks/task-kinds.js'
import type { TaskName } from '../../src/tasks/task-table.js'

describe('the kinds of tasks', () => {
  test('exactly four tasks are labeled automatically', () => {
    expectTypeOf<AutoLabelingTask>().toEqualTypeOf<
      'image-classification' | 'bounding-box' | 'semantic-segmentation' | 'text-classification'
    >()
  })

  test('video frames and point clouds take one worker per object', () => {
    expectTypeOf<SingleWorkerTask>().toEqualTypeOf<
      Extract<TaskName, `video-frame-${string}`> | Extract<TaskName, `point-cloud-${string}`>
    >()
  })

  test('the attribute ends in -ref, must not, or may: no task is of two kinds', () => {
    expectTypeOf<RefTask & PlainTask>().toEqualTypeOf<never>()
    expectTypeOf<Exclude<TaskName, RefTask | PlainTask>>().toEqualTypeOf<'pass-through' | 'custom'>()
  })

  test('verifying masks and detecting in point clouds need a plain attribute', () => {
    expectTypeOf<
      'semantic-segmentation-verification' | 'point-cloud-object-detection'
    >().toExtend<PlainTask>()
  })
})

describe('isTaskName', () => {
  test('knows every task of the table', () => {
    const unknown = TASK_NAMES.filter((name) => !isTaskName(name))

    expect(unknown).toEqual([])
    expect(TASK_NAMES).toHaveLength(24)
  })

  test.each(['boxing', 'toString', '', undefined, null, 3, {}])('refuses %o', (value) => {
    const known = isTaskName(value)

    expect(known).toBe(false)
  })
})
