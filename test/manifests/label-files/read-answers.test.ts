import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readAnswers } from '../../../src/manifests/label-files/read-answers.js'

const ANSWERS = {
  answers: [
    {
      acceptanceTime: '2026-03-04T05:06:01.000Z',
      submissionTime: '2026-03-04T05:06:07.891Z',
      timeSpentInSeconds: 6.891,
      workerId: 'private.us-east-1.1',
      answerContent: { sky: { label: 'blue', sure: true } },
      workerMetadata: { identityData: { identityProviderType: 'Cognito', sub: 'u-1' } },
    },
    { workerId: 'private.us-east-1.2', answerContent: { sky: { sure: true, label: 'blue' } } },
    { workerId: 'private.us-east-1.3', answerContent: { sky: { label: 'gray', sure: true } } },
  ],
}

describe('the answers of workers', () => {
  it('come each with its worker, its time and the share of those that are equal to it', () => {
    expect(readAnswers(JSON.stringify(ANSWERS), { object: '7' })).toStrictEqual([
      {
        object: '7',
        lineNumber: 8,
        worker: 'private.us-east-1.1',
        seconds: 6.891,
        submittedAt: new Date('2026-03-04T05:06:07.891Z'),
        answer: { sky: { label: 'blue', sure: true } },
        agreement: 2 / 3,
      },
      {
        object: '7',
        lineNumber: 8,
        worker: 'private.us-east-1.2',
        seconds: undefined,
        submittedAt: undefined,
        answer: { sky: { sure: true, label: 'blue' } },
        agreement: 2 / 3,
      },
      {
        object: '7',
        lineNumber: 8,
        worker: 'private.us-east-1.3',
        seconds: undefined,
        submittedAt: undefined,
        answer: { sky: { label: 'gray', sure: true } },
        agreement: 1 / 3,
      },
    ])
  })

  it('as a consolidation Lambda is given them tell their objects, and are text that is JSON', () => {
    const payload = [
      {
        datasetObjectId: '12',
        dataObject: { s3Uri: 's3://acme-gt/12.jpg' },
        annotations: [
          { workerId: 'a', annotationData: { content: '{"x":[1,2]}' } },
          { workerId: 'b', annotationData: { content: { x: [1, 2] } } },
        ],
      },
      { datasetObjectId: 13, annotations: [{ workerId: 'a', annotationData: { content: 'so, so' } }] },
    ]

    expect(
      readAnswers(JSON.stringify(payload)).map(({ object, worker, answer, agreement }) => ({
        object,
        worker,
        answer,
        agreement,
      })),
    ).toStrictEqual([
      { object: '12', worker: 'a', answer: { x: [1, 2] }, agreement: 1 },
      { object: '12', worker: 'b', answer: { x: [1, 2] }, agreement: 1 },
      { object: '13', worker: 'a', answer: 'so, so', agreement: undefined },
    ])
  })

  it('may stand one object a line', () => {
    const line = JSON.stringify({ answers: [{ workerId: 'a', answerContent: 1 }] })

    expect(readAnswers(`\uFEFF${line}\n\n${line}\n`).map((one) => one.answer)).toStrictEqual([1, 1])
  })

  it('have nothing but what the file has', () => {
    expect(readAnswers('{"answers":[{},7]}')).toStrictEqual(
      [1, 2].map(() => ({
        object: undefined,
        lineNumber: undefined,
        worker: undefined,
        seconds: undefined,
        submittedAt: undefined,
        answer: undefined,
        agreement: 1,
      })),
    )
    expect(readAnswers('{"answers":[]}')).toStrictEqual([])
  })

  it.each([
    ['', 'it is not JSON'],
    ['{"answers": [', 'it is not JSON'],
    ['{}\n{patient-7731', 'it is not JSON'],
    ['[{"patient-7731":1}]', 'it has no list of answers'],
    ['"patient-7731"', 'it has no list of answers'],
    ['{"answers":{}}', 'it has no list of answers'],
    [
      `{"answers":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}`,
      'its values are more than 1,000 levels deep',
    ],
    [
      JSON.stringify({ answers: [{ answerContent: '{"a":'.repeat(2000) }] }),
      'its values are more than 1,000 levels deep',
    ],
  ])('are not found in %.60j', (text, reason) => {
    let thrown: unknown
    try {
      readAnswers(text)
    } catch (error) {
      thrown = error
    }

    expect(thrown).toMatchObject({
      code: 'line-unreadable',
      message: `Cannot read the answers of workers: ${reason}. Give the text of a file below annotations/worker-response/.`,
      data: { line: 1, reason },
    })
    expect(inspect(thrown, { depth: null })).not.toContain('patient-7731')
  })

  it('are asked for with a text, and options that exist', () => {
    expect(() => readAnswers(undefined as never)).toThrow('it was given no text')
    expect(() => readAnswers('{}', { objekt: 1 } as never)).toThrow('it has no option "objekt"')
  })
})
