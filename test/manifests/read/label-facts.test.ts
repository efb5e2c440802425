import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOOD, moodLine, read } from './read-all.js'
import { textOf } from './sample-lines.js'

describe('a label', () => {
  it.each([
    ['microseconds without a time zone', '2026-03-04T05:06:07.891234', '2026-03-04T05:06:07.891Z'],
    ['an offset without a colon', '2020-05-15T08:01:16+0000', '2020-05-15T08:01:16.000Z'],
    ['an offset of its own', '2020-05-15T08:01:16+02:30', '2020-05-15T05:31:16.000Z'],
    ['a Z', '2020-05-15T08:01:16Z', '2020-05-15T08:01:16.000Z'],
    ['a blank in the middle', '2020-05-15 08:01:16.5', '2020-05-15T08:01:16.500Z'],
    ['a leap day', '2024-02-29T00:00:00.000000', '2024-02-29T00:00:00.000Z'],
    ['a year that `Date.UTC` reads otherwise', '0026-03-04T05:06:07.000000', '0026-03-04T05:06:07.000Z'],
    ['the last second of a year', '1999-12-31T23:59:59.999999', '1999-12-31T23:59:59.999Z'],
    ['the first day of a year', '2000-01-01T00:00:00.000001', '2000-01-01T00:00:00.000Z'],
  ])('reads a creation date with %s', async (_name, written, expected) => {
    const [label] = await read(MOOD, [textOf(moodLine({ 'creation-date': written }))])

    expect(label).toMatchObject({ createdAt: new Date(expected) })
  })

  it.each([
    '',
    'yesterday',
    '2026-13-04T05:06:07.891234',
    '2026-02-30T05:06:07.891234',
    '2026-04-31T05:06:07+02:00',
    '2025-02-29T05:06:07.891234',
    '2026-02-30T05:06:07.89x234',
    '2026-03-04T25:06:07.891234',
    '2026-03-04T05:06:07.89a234',
    '2026-03-04T05:06:07.8912/4',
    7,
  ])('leaves a creation date of %j out', async (written) => {
    const [label] = await read(MOOD, [textOf(moodLine({ 'creation-date': written }))])

    expect(label).toMatchObject({ status: 'labeled', createdAt: undefined })
  })

  it('reads every date that AWS can write as JavaScript reads it', () => {
    const anyDate = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })

    return fc.assert(
      fc.asyncProperty(anyDate, async (date) => {
        const written = `${date.toISOString().slice(0, -1)}789`
        const [label] = await read(MOOD, [textOf(moodLine({ 'creation-date': written }))])

        expect(label).toMatchObject({ createdAt: date })
      }),
    )
  })

  it.each([
    ['yes', true],
    ['no', false],
    ['Yes', true],
    ['NO', false],
    ['true', true],
    ['false', false],
    [true, true],
    [false, false],
    ['perhaps', undefined],
    [undefined, undefined],
  ])('reads human-annotated %j as %j', async (written, expected) => {
    const [label] = await read(MOOD, [textOf(moodLine({ 'human-annotated': written }))])

    expect(label).toMatchObject({ humanAnnotated: expected })
  })

  it('keeps a bare job name and strips the prefix of another', async () => {
    const lines = ['signs', 'labeling-job/signs', 4].map(
      (name) => `${textOf(moodLine({ 'job-name': name }))}\n`,
    )

    const labels = await read(MOOD, lines)

    expect(labels.map((label) => 'jobName' in label && label.jobName)).toStrictEqual([
      'signs',
      'signs',
      undefined,
    ])
  })
})
