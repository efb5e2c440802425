import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { MOOD, moodLine, read } from './read-all.js'
import { textOf } from './sample-lines.js'

describe('a line that cannot be read', () => {
  const secret = 'patient-7731'
  const cases: readonly [string, string | Uint8Array, string][] = [
    ['is not JSON', `{"source":"${secret}`, 'it is not JSON'],
    ['is an array', `["${secret}"]`, 'it is JSON but no object'],
    ['is not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'it is not UTF-8'],
    ['has no source', textOf({ mood: secret }), 'it has neither source-ref nor source'],
    [
      'carries a label of another form',
      textOf({ source: 'x', mood: { annotations: [secret] } }),
      'its mood does not have the form of a label of task text-classification',
    ],
    [
      'carries a label of another task',
      textOf(moodLine({ type: 'groundtruth/label-verification', 'class-name': secret })),
      'its mood is a label of type groundtruth/label-verification, which task text-classification does not make',
    ],
  ]

  it.each(cases)('stops reading when it %s, and is named by its number', async (_name, bad, reason) => {
    const reading = read(MOOD, [`${textOf(moodLine({}))}\r\n\r\n`, bad, '\n', textOf(moodLine({}))])

    const thrown = await reading.catch((error: unknown) => error)
    expect(thrown).toMatchObject({
      name: 'LabelingJobError',
      code: 'line-unreadable',
      message: `Cannot read line 3 of the manifest: ${reason}. Correct the line, or read on past such lines with onBadLine: 'report'.`,
      data: { line: 3, reason },
    })
    expect(thrown).not.toHaveProperty('cause')
    expect(inspect(thrown, { depth: null })).not.toContain(secret)
  })

  it.each(cases)('is reported on demand when it %s', async (_name, bad, reason) => {
    const good = textOf(moodLine({}))

    const labels = await read({ ...MOOD, onBadLine: 'report' }, [`${good}\n`, bad, '\n', good])

    expect(labels.map((label) => label.status)).toStrictEqual(['labeled', 'unreadable', 'labeled'])
    expect(labels[1]).toStrictEqual({ status: 'unreadable', task: MOOD.task, lineNumber: 2, reason })
  })

  it('is a label whose index is no number that exists', async () => {
    const [line] = await read({ ...MOOD, onBadLine: 'report' }, ['{"source":"x","mood":1e999}'])

    expect(line).toMatchObject({ status: 'unreadable' })
  })

  it.each<[TaskName, unknown]>([
    ['image-classification', [1]],
    ['bounding-box-verification', {}],
    ['image-classification-multi-label', 'x'],
    ['image-classification-multi-label', [1, 'x']],
    ['bounding-box', 3],
    ['bounding-box', { annotations: [{ class_id: 0, left: 'x', top: 0, width: 1, height: 1 }] }],
    ['bounding-box', { annotations: [null] }],
    ['semantic-segmentation', 4],
    ['semantic-segmentation', 'mask.png'],
    ['named-entity-recognition', { annotations: {} }],
    ['named-entity-recognition', { annotations: { entities: [7] } }],
    ['video-frame-object-tracking', {}],
    ['point-cloud-object-detection', {}],
    ['point-cloud-object-detection', { annotations: [7] }],
    [
      'point-cloud-object-detection',
      { annotations: [{ 'center-x': 1, 'center-y': 1, 'center-z': 1, length: 1, width: 1 }] },
    ],
    ['point-cloud-object-tracking', {}],
    ['point-cloud-semantic-segmentation', {}],
  ])('is a label of %s like %j', async (task, label) => {
    const [line] = await read({ task, attribute: 'label', onBadLine: 'report' }, [
      textOf({ 'source-ref': 's3://acme/a', label }),
    ])

    expect(line).toMatchObject({ status: 'unreadable' })
  })
})
