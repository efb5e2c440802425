import { describe, expect, it } from 'vitest'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { MOOD, moodLine, read } from './read-all.js'
import { textOf } from './sample-lines.js'

describe('an object without a label', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
    'is not labeled under an attribute that every object has in JavaScript: %s',
    async (attribute) => {
      const labels = await read({ task: 'custom', attribute }, ['{"source":"x"}'])

      expect(labels).toMatchObject([{ status: 'unlabeled' }])
    },
  )

  it('is unlabeled when its line is as it was', async () => {
    const line = { source: 'x', other: 1 }

    const labels = await read(MOOD, [textOf(line)])

    expect(labels).toStrictEqual([
      { status: 'unlabeled', task: MOOD.task, lineNumber: 1, source: 'x', attribute: 'mood', line },
    ])
  })

  it.each([
    [
      'with a reason',
      { 'failure-reason': 'ClientError: Annotation tasks expired' },
      {},
      'ClientError: Annotation tasks expired',
    ],
    ['with a reason beside a value', { failure_reason: 'late' }, { mood: 1 }, 'late'],
    ['with metadata and no reason', {}, {}, undefined],
    ['with an empty label', { 'failure-reason': '' }, { mood: null }, undefined],
  ])('has failed %s', async (_name, metadata, value, reason) => {
    const line = { source: 'x', ...value, 'mood-metadata': { 'job-name': 'j', ...metadata } }

    const labels = await read(MOOD, [textOf(line)])

    expect(labels).toStrictEqual([
      {
        status: 'failed',
        task: MOOD.task,
        lineNumber: 1,
        source: 'x',
        attribute: 'mood',
        line,
        reason,
        createdAt: undefined,
        jobName: 'j',
      },
    ])
  })
})

describe('a custom job', () => {
  const OTHER_KEY = { task: 'custom', attribute: 'two-line-review' } as const
  const metadata = { type: 'groundtruth/custom', 'job-name': 'two-line-review', 'human-annotated': 'yes' }

  it('whose Lambda answered under another key has labeled objects, not failed ones', async () => {
    const line = { source: 'x', review: { label: 'cell' }, 'two-line-review-metadata': metadata }

    const [label] = await read(OTHER_KEY, [textOf(line)])

    expect(label).toMatchObject({ status: 'labeled', humanAnnotated: true, value: undefined, line })
  })

  it.each([
    ['a reason', { 'failure-reason': 'late', 'human-annotated': 'true' }],
    ['nobody who annotated it', { 'retry-count': 1 }],
  ])('has a failed object where the metadata names %s', async (_name, said) => {
    const [label] = await read(OTHER_KEY, [textOf({ source: 'x', 'two-line-review-metadata': said })])

    expect(label).toMatchObject({ status: 'failed' })
  })

  it('without a Lambda names the place of the answers', async () => {
    const uri = 's3://acme-gt/out/mood/annotations/worker-response/iteration-1/0/2026-01-08_23:06:49.json'
    const lines = ['worker-response-ref', 'worker_response_ref'].map((key) =>
      textOf({ source: 'x', mood: {}, 'mood-metadata': { 'human-annotated': 'yes', [key]: uri } }),
    )

    const labels = await read({ task: 'custom', attribute: 'mood' }, [lines.join('\n')])

    expect(labels).toMatchObject([
      { status: 'labeled', value: {}, workerResponseUri: uri },
      { status: 'labeled', value: {}, workerResponseUri: uri },
    ])
  })

  it('has no place of answers that is not in S3', async () => {
    const [label] = await read(MOOD, [textOf(moodLine({ 'worker-response-ref': 'https://acme' }))])

    expect(label).toMatchObject({ status: 'labeled', workerResponseUri: undefined })
  })
})

describe('the type in the metadata', () => {
  const boxes = { annotations: [{ class_id: 0, left: 1, top: 2, width: 3, height: 4 }] }

  it.each([
    'groundtruth/object-detection',
    'groundtruth/video-object-tracking',
    'groundtruth/video-object-detection',
    'groundtruth/label-verification',
    'groundtruth/point_cloud_object_detection',
    'my/type',
    undefined,
  ])('is advice where the label can only be that of the task: boxes with %s', async (type) => {
    const line = { 'source-ref': 's3://acme/1.jpg', box: boxes, 'box-metadata': { type } }

    const [label] = await read({ task: 'bounding-box', attribute: 'box' }, [textOf(line)])

    expect(label).toMatchObject({ status: 'labeled', boxes: [{ left: 1, top: 2, width: 3, height: 4 }] })
  })

  it.each<[TaskName, unknown, string]>([
    ['bounding-box', { annotations: [] }, 'groundtruth/point_cloud_object_detection'],
    ['semantic-segmentation', 's3://acme/a', 'groundtruth/video-object-tracking'],
    ['image-classification', 1, 'groundtruth/label-verification'],
    ['image-classification', boxes, 'groundtruth/object-detection'],
  ])('decides where the label may be of another form: %s with %j', async (task, label, type) => {
    const line = { 'source-ref': 's3://acme/1.jpg', label, 'label-metadata': { type } }

    const [found] = await read({ task, attribute: 'label', onBadLine: 'report' }, [textOf(line)])

    expect(found).toStrictEqual({
      status: 'unreadable',
      task,
      lineNumber: 1,
      reason: `its label is a label of type ${type}, which task ${task} does not make`,
    })
  })
})
