import { describe, expect, it } from 'vitest'
import { type Rounds, readRounds } from '../../../src/manifests/read/read-rounds.js'

const BOXES = { annotations: [{ class_id: 0, left: 1, top: 2, width: 3, height: 4 }] }
const JOBS = [
  { task: 'bounding-box', attribute: 'boxes' },
  { task: 'bounding-box-verification', attribute: 'check' },
  { task: 'bounding-box-adjustment', attribute: 'better' },
] as const

describe('the rounds of an object', () => {
  it('are what each job of a chain made of it, in the order that was asked for', async () => {
    const manifest = lines(
      {
        'source-ref': 's3://acme-gt/1.jpg',
        boxes: BOXES,
        check: '1',
        'check-metadata': { 'class-name': 'too wide' },
        better: { annotations: [] },
        'better-metadata': { 'adjustment-status': 'adjusted' },
      },
      { 'source-ref': 's3://acme-gt/2.jpg', boxes: BOXES, 'check-metadata': { 'failure-reason': 'late' } },
    )

    const [first, second] = await all(readRounds(JOBS, ['\n', manifest]))

    expect(first).toMatchObject({
      source: 's3://acme-gt/1.jpg',
      lineNumber: 2,
      rounds: [
        { status: 'labeled', task: 'bounding-box', attribute: 'boxes', boxes: [{ left: 1 }] },
        { status: 'labeled', task: 'bounding-box-verification', className: 'too wide' },
        { status: 'labeled', task: 'bounding-box-adjustment', boxes: [], adjusted: true },
      ],
    })
    expect(second?.rounds.map((round) => round.status)).toStrictEqual(['labeled', 'failed', 'unlabeled'])
  })

  it('are read anew by each loop', async () => {
    const rounds = readRounds(JOBS.slice(0, 1), [lines({ 'source-ref': 's3://acme-gt/1.jpg', boxes: BOXES })])

    expect(await all(rounds)).toHaveLength(1)
    expect(await all(rounds)).toHaveLength(1)
  })

  it.each([
    ['{broken', 'it is not JSON'],
    [
      '{"source-ref": "s3://acme-gt/1.jpg", "boxes": {"annotations": []}, "check": []}',
      'its check does not have the form of a label of task bounding-box-verification',
    ],
  ])('end at a line that cannot be read: %s', async (line, reason) => {
    await expect(all(readRounds(JOBS, [`${line}\n`]))).rejects.toMatchObject({
      code: 'line-unreadable',
      message: `Cannot read line 1 of the manifest: ${reason}. Correct the line, or give each job with the task that it had.`,
    })
  })

  it('tell of an attribute that no object has', async () => {
    const manifest = lines({ 'source-ref': 's3://acme-gt/1.jpg', boxes: BOXES, 'boxes-metadata': {} })

    await expect(all(readRounds(JOBS.slice(0, 2), [manifest]))).rejects.toThrow(
      'Cannot read labels under "check": the only object does not have this attribute; there are labels under boxes',
    )
  })

  it.each([
    [[], 'it was given no jobs: give a task and an attribute for each, in a list'],
    [undefined, 'it was given no jobs'],
    [[JOBS[0], { ...JOBS[1], attribute: 'boxes' }], 'it was given the attribute "boxes" twice'],
    [[{ task: 'boxes', attribute: 'boxes' }], 'Give options in which task is the name of a task'],
    [[{ ...JOBS[0], onBadLine: 'report' }], 'it has no option "onBadLine"'],
  ])('are not read of %j', async (jobs, words) => {
    await expect(all(readRounds(jobs as never, []))).rejects.toThrow(words)
  })
})

function lines(...objects: readonly object[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('')
}

async function all(rounds: AsyncIterable<Rounds>): Promise<Rounds[]> {
  const list: Rounds[] = []
  for await (const one of rounds) list.push(one)
  return list
}
