import { describe, expect, it } from 'vitest'
import { failures } from '../../src/manifests/read/failures.js'
import { labelSummary } from '../../src/manifests/read/label-summary.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../src/tasks/task-table.js'
import { SAMPLES, textOf } from './sample-lines.js'

describe('a label summary', () => {
  it('counts labels by annotator, status and class', async () => {
    const lines = [
      classLine('stop', 'yes'),
      classLine('stop', 'no'),
      classLine('yield', 'no'),
      classLine('dead end', 'no'),
      classLine(undefined, undefined),
      { 'source-ref': 's3://acme/7.jpg', 'sign-metadata': { 'failure-reason': 'late' } },
      { 'source-ref': 's3://acme/8.jpg' },
      {},
    ]

    const summary = await labelSummary(read('image-classification', lines))

    expect({ ...summary, toString: undefined }).toStrictEqual({
      objects: 7,
      labeled: 5,
      human: 1,
      machine: 3,
      failed: 1,
      unlabeled: 1,
      unreadable: 1,
      classes: new Map([
        ['stop', 2],
        ['(unnamed)', 1],
        ['dead end', 1],
        ['yield', 1],
      ]),
      toString: undefined,
    })
    expect([...summary.classes.keys()]).toStrictEqual(['stop', '(unnamed)', 'dead end', 'yield'])
    expect(`${summary}`).toBe(
      [
        '7 objects: 5 labeled (1 by people, 3 by machine, 1 not said by whom), 1 failed, 1 unlabeled',
        '1 unreadable',
        '  stop: 2',
        '  (unnamed): 1',
        '  dead end: 1',
        '  yield: 1',
      ].join('\n'),
    )
  })

  it('says of an empty manifest that it is empty', async () => {
    expect(String(await labelSummary([]))).toBe('0 objects: 0 labeled, 0 failed, 0 unlabeled')
  })

  it.each<[TaskName, Record<string, number>]>([
    ['image-classification', { sunset: 1 }],
    ['image-classification-multi-label', { bicycle: 1, person: 1 }],
    ['bounding-box', { stop: 1, yield: 1 }],
    ['semantic-segmentation', {}],
    ['named-entity-recognition', { Date: 1, Place: 1 }],
    ['video-frame-object-tracking', { bus: 1, car: 1 }],
    ['point-cloud-object-detection', { Car: 1 }],
    ['bounding-box-verification', { bad: 1 }],
    ['custom', {}],
  ])('counts the classes of %s', async (task, classes) => {
    const sample = SAMPLES.find((one) => one.task === task)

    const summary = await labelSummary(readLabels({ task, attribute: 'label' }, [textOf(sample?.line ?? {})]))

    expect(Object.fromEntries(summary.classes)).toStrictEqual(classes)
  })

  it('calls boxes and chosen classes without a name unnamed', async () => {
    const boxes = { annotations: [{ left: 1, top: 2, width: 3, height: 4 }] }

    const ofBoxes = await labelSummary(read('bounding-box', [{ source: 'x', sign: boxes }]))
    const ofClasses = await labelSummary(
      read('image-classification-multi-label', [{ source: 'x', sign: [1] }]),
    )

    expect([...ofBoxes.classes, ...ofClasses.classes]).toStrictEqual([
      ['(unnamed)', 1],
      ['(unnamed)', 1],
    ])
  })
})

describe('failures', () => {
  it('fall together when they differ in addresses and ids only, most frequent first', async () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e'
    const lines = [
      failedLine(undefined),
      classLine('stop', 'yes'),
      failedLine('ClientError: Cannot read "s3://acme/1.jpg".'),
      failedLine('ClientError: Cannot read "s3://acme/2.jpg".'),
      failedLine(`Task ${id} expired`),
    ]

    const groups = await failures(read('image-classification', lines))

    expect(groups.map(({ reason, count, lineNumbers }) => ({ reason, count, lineNumbers }))).toStrictEqual([
      { reason: 'ClientError: Cannot read "s3://…".', count: 2, lineNumbers: [3, 4] },
      { reason: 'no reason given', count: 1, lineNumbers: [1] },
      { reason: 'Task … expired', count: 1, lineNumbers: [5] },
    ])
    expect(groups.map(String)).toStrictEqual([
      '2 × ClientError: Cannot read "s3://…".',
      '1 × no reason given',
      '1 × Task … expired',
    ])
  })

  it('name at most 100 lines each', async () => {
    const lines = Array.from({ length: 101 }, () => failedLine('late'))

    const [group] = await failures(read('image-classification', lines))

    expect(group?.count).toBe(101)
    expect(group?.lineNumbers).toStrictEqual(Array.from({ length: 100 }, (_, index) => index + 1))
  })
})

function classLine(name: string | undefined, human: string | undefined): object {
  const metadata = { 'class-name': name, 'human-annotated': human }
  return { 'source-ref': 's3://acme/1.jpg', sign: 0, 'sign-metadata': metadata }
}

function failedLine(reason: string | undefined): object {
  return { 'source-ref': 's3://acme/1.jpg', 'sign-metadata': { 'failure-reason': reason } }
}

function read(task: TaskName, lines: readonly object[]) {
  return readLabels({ task, attribute: 'sign', onBadLine: 'report' }, [lines.map(textOf).join('\n')])
}
