import { describe, expect, it } from 'vitest'
import { charts } from '../../../src/export/pictures/charts.js'
import { contactSheet } from '../../../src/export/pictures/contact-sheet.js'
import { collect } from '../../../src/manifests/overview/collect.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import { notebookOutput, strayHtml } from '../../support/notebook-output.js'
import { boxLabels, boxLine, failedLine } from '../box-labels.js'
import { bucket, videoLabels, videoLine } from '../files-in-s3.js'
import { elementsOf } from './well-formed.js'

const NAMES = ['a', 'b', 'c', 'd']
const FOUR = NAMES.map((name) => boxLine(`s3://acme-gt/${name}.jpg`, [[0, 1, 1, 9, 9]]))

describe('contactSheet', () => {
  it('is one page of the labeled objects, in their order', async () => {
    const page = (
      await contactSheet(boxLabels(failedLine('s3://acme-gt/x.jpg', 'late'), ...FOUR), { columns: 2 })
    ).toHtml()

    expect(page).toContain('<h1>4 pictures of labels</h1>\n<p>1 line on the way had no label</p>')
    expect(page).toContain('grid-template-columns: repeat(2, minmax(0, 1fr))')
    expect([...page.matchAll(/<title>(\w)\.jpg/g)].map(([, name]) => name)).toStrictEqual(NAMES)
  })

  it('as the last line of a cell leaves the other cells of a notebook as they are', async () => {
    const sheet = await contactSheet(boxLabels(...FOUR))
    const { 'text/html': html = '', ...others } = notebookOutput(sheet)

    expect(strayHtml(html)).toStrictEqual([])
    expect(strayHtml(sheet.toHtml()).slice(0, 3)).toStrictEqual(['<!doctype', '<html', '<head'])
    expect([...html.matchAll(/<title>(\w)\.jpg/g)].map(([, name]) => name)).toStrictEqual(NAMES)
    expect(others).toStrictEqual({
      'text/plain': 'picture: 4 pictures of labels (SVG, or a page of HTML)',
      'image/svg+xml': String(sheet),
    })
  })

  it('is one SVG in rows and columns', async () => {
    const elements = elementsOf(String(await contactSheet(boxLabels(...FOUR), { columns: 3 })).trimEnd())

    const [sheet, ...inner] = elements.filter(
      ({ name, attributes }) => name === 'svg' && 'viewBox' in attributes,
    )
    expect(sheet?.attributes).toMatchObject({ width: String(16 + 3 * 356) })
    expect(inner.map(({ attributes: { x, y } }) => [x, y])).toStrictEqual([
      ['16', '16'],
      ['372', '16'],
      ['728', '16'],
      ['16', '362'],
    ])
  })

  it('stops reading at the limit', async () => {
    let read = 0
    async function* counted() {
      for await (const label of boxLabels(...FOUR)) {
        read += 1
        yield label
      }
    }

    expect((await contactSheet(counted(), { limit: 2 })).toHtml()).toContain('2 pictures of labels')
    expect(read).toBe(2)
  })

  it('asks for the image of each label', async () => {
    const image = async ({ source }: { readonly source: string }) =>
      source.endsWith('b.jpg') ? 'https://example.com/b.jpg' : undefined

    const page = (await contactSheet(boxLabels(...FOUR), { image })).toHtml()

    expect([...page.matchAll(/<image href="([^"]+)"/g)].map(([, href]) => href)).toStrictEqual([
      'https://example.com/b.jpg',
    ])
  })

  it('draws each frame of a sequence, to the limit', async () => {
    const cloud = bucket()
    const frames = ['0', '1', '2'].map((number) => ({
      'frame-no': number,
      frame: `f-${number}.jpeg`,
      annotations: [],
    }))

    const page = (
      await contactSheet(videoLabels(cloud, videoLine(cloud, 'v', frames)), { limit: 2 })
    ).toHtml()

    expect([...page.matchAll(/<title>(f-\d)\.jpeg/g)].map(([, name]) => name)).toStrictEqual(['f-0', 'f-1'])
  })

  it('of nothing says so', async () => {
    const sheet = await contactSheet([])

    expect(sheet.toHtml()).toContain('<h1>0 pictures of labels</h1>')
    expect(elementsOf(String(sheet).trimEnd())).toHaveLength(3)
  })

  it.each([
    [{ columns: 0 }, 'columns is 0, no whole number from 1'],
    [{ limit: 1.5 }, 'limit is 1.5, no whole number from 1'],
    [{ rows: 1 }, 'it has no option "rows"'],
  ])('refuses the options %j', async (options, words) => {
    await expect(contactSheet([], options as never)).rejects.toThrow(words)
    await expect(contactSheet('x' as never)).rejects.toThrow('it was given no labels')
  })
})

describe('charts', () => {
  it('writes the numbers at the bars, and draws them to one scale', async () => {
    const lines = [
      boxLine(
        's3://acme-gt/a.jpg',
        [
          [0, 1, 1, 9, 9],
          [0, 1, 1, 9, 9],
          [1, 1, 1, 9, 9],
        ],
        { confidence: 0.85 },
      ),
      boxLine('s3://acme-gt/b.jpg', [], { human: 'no' }),
      failedLine('s3://acme-gt/x.jpg', 'late'),
    ]

    const picture = String(charts(await collect(boxLabels(...lines))))

    expect(picture).toContain(
      'aria-label="Of 3 objects 2 are labeled and 1 failed; the most frequent class is stop, 2 times"',
    )
    expect(
      [...picture.matchAll(/<title>([^<]+)<\/title>/g)].slice(1).map(([, title]) => title),
    ).toStrictEqual([
      'labeled by people: 1 (33 %)',
      'labeled by machine: 1 (33 %)',
      'failed: 1 (33 %)',
      'stop: 2 (67 %)',
      'yield: 1 (33 %)',
      ...Array.from(
        { length: 10 },
        (_, index) => `${index / 10} to ${(index + 1) / 10}: ${index === 8 ? 3 : 0}`,
      ),
    ])
    const bars = elementsOf(picture.trimEnd()).filter(
      ({ name, attributes }) => name === 'rect' && attributes['x'] === '168',
    )
    expect(bars.map(({ attributes }) => attributes['width'])).toStrictEqual([
      '400',
      '400',
      '400',
      '400',
      '200',
    ])
  })

  it('says what it cannot draw', async () => {
    const picture = String(charts(await collect([])))

    expect(picture).toContain('There are no objects')
    expect(picture).toContain('No class was given')
    expect(picture).toContain('No confidence is known')
  })

  it('joins what is too much for bars, and escapes names', async () => {
    const lines = Array.from({ length: 25 }, (_, index) =>
      JSON.stringify({ source: 'x', mood: index, 'mood-metadata': { 'class-name': `<b>${index}</b>` } }),
    )

    const picture = charts(
      await collect(readLabels({ task: 'text-classification', attribute: 'mood' }, [lines.join('\n')])),
    )

    expect(String(picture)).toContain('<title>5 other classes: 5 (20 %)</title>')
    expect(elementsOf(picture.toHtml()).map(({ name }) => name)).not.toContain('b')
  })

  it('is its SVG in JSON', async () => {
    const picture = charts(await collect([]))

    expect(JSON.parse(JSON.stringify({ picture }))).toStrictEqual({ picture: String(picture) })
  })

  it('refuses what was not collected', () => {
    expect(() => charts([] as never)).toThrow('it was given no counts of labels: give what collect() gives')
    expect(() => charts(boxLabels() as never)).toThrow('await collect(labels)')
    expect(() => charts({} as never)).toThrow('give what collect() gives')
  })
})
