import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { MOOD, moodLine, read } from './read-all.js'
import { textOf } from './sample-lines.js'

describe('a manifest', () => {
  const text = `\uFEFF${['ascii', 'Łódź', '🎈', 'last'].map((source) => textOf({ source, mood: 1 })).join('\r\n\r\n  \n')}`

  it('gives the same labels however its bytes are cut', async () => {
    const bytes = new TextEncoder().encode(text)
    const whole = await read(MOOD, [bytes])

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const labels = await read(MOOD, pieces(bytes, cuts))

        expect(labels).toStrictEqual(whole)
      }),
    )
    expect(whole.map((label) => 'source' in label && [label.lineNumber, label.source])).toStrictEqual([
      [1, 'ascii'],
      [4, 'Łódź'],
      [7, '🎈'],
      [10, 'last'],
    ])
  })

  it('gives the same labels however its text is cut', async () => {
    const whole = await read(MOOD, [text])

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 20 }), async (cuts) => {
        const labels = await read(MOOD, pieces(text, cuts))

        expect(labels).toStrictEqual(whole)
      }),
    )
  })

  it('may come as bytes and text in turns', async () => {
    const [head, tail] = [textOf(moodLine({})), textOf({ source: '🎈', mood: 1 })]

    const labels = await read(MOOD, [new TextEncoder().encode(head), '\n', tail.slice(0, 12), tail.slice(12)])

    expect(labels.map((label) => 'source' in label && label.source)).toStrictEqual(['x', '🎈'])
  })

  it('shows half a character before bytes as a replacement character', async () => {
    const labels = await read(MOOD, ['{"mood":1,"source":"\uD83C', new TextEncoder().encode('"}')])

    expect(labels).toMatchObject([{ source: '\uFFFD' }])
  })

  it('may come in 200,000 parts of a character each, not a bare RangeError', async () => {
    const labels = await read(MOOD, [...textOf({ source: 'x'.repeat(200_000), mood: 1 })])

    expect(labels.map((label) => label.status)).toStrictEqual(['labeled'])
  })

  it('is empty when it has no line', async () => {
    expect(await read(MOOD, [])).toStrictEqual([])
    expect(await read(MOOD, ['', '\n\r\n'])).toStrictEqual([])
  })

  it('may be one piece of several megabytes, with lines across the inner borders', async () => {
    const line = `${textOf({ source: 'ł'.repeat(1000), mood: 1 })}\n`

    const labels = await read(MOOD, [new TextEncoder().encode(line.repeat(2000))])

    expect(labels).toHaveLength(2000)
    expect(new Set(labels.map((label) => 'source' in label && label.source)).size).toBe(1)
  })

  it('stops at a line that no manifest has', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(32)

    const reading = read({ ...MOOD, onBadLine: 'report' }, ['{}\n', ...Array(65).fill(megabyte)])

    await expect(reading).rejects.toThrow(
      'Cannot read line 2 of the manifest: it is longer than 64 MiB. Check that the file is a manifest, with one JSON object on each line.',
    )
  })

  it('loses only the line that is not UTF-8 when it comes with others', async () => {
    const good = new TextEncoder().encode(`${textOf({ source: '🎈', mood: 1 })}\n`)
    const bytes = Uint8Array.of(...good, 0xff, 10, ...good, ...good)

    const labels = await read({ ...MOOD, onBadLine: 'report' }, [bytes])

    expect(labels.map((label) => [label.lineNumber, label.status])).toStrictEqual([
      [1, 'labeled'],
      [2, 'unreadable'],
      [3, 'labeled'],
      [4, 'labeled'],
    ])
  })

  it('closes its source when reading ends early', async () => {
    let isClosed = false
    async function* source() {
      try {
        for (;;) yield `${textOf(moodLine({}))}\n`
      } finally {
        isClosed = true
      }
    }

    for await (const _ of readLabels(MOOD, source())) break

    expect(isClosed).toBe(true)
  })
})

function pieces<Whole extends string | Uint8Array>(whole: Whole, cuts: readonly number[]): Whole[] {
  const borders = [0, ...[...cuts].sort((one, other) => one - other), whole.length]
  return borders.slice(1).map((end, at) => whole.slice(borders[at], end) as Whole)
}
