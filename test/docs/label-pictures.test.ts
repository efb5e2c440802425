import { encode } from 'fast-png'
import { expect, test } from 'vitest'
import { charts } from '../../src/export/pictures/charts.js'
import { drawLabel } from '../../src/export/pictures/draw-label.js'
import { collect } from '../../src/manifests/overview/collect.js'
import type { LabeledObject } from '../../src/manifests/read/label.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import { type BoxRow, boxLabels, boxLine, failedLine } from '../export/box-labels.js'

// The pictures of the page on labels are what the library draws; `vitest -u` writes them anew.

const SCENE: readonly BoxRow[] = [
  [0, 48, 40, 40, 40],
  [1, 214, 66, 30, 27],
  [2, 268, 58, 24, 32],
]

test('the picture of boxes in the documentation is the one that is drawn', async () => {
  const line = boxLine('s3://acme-gt/in/crossing.jpg', SCENE, { size: [320, 160], confidence: 0.91 })

  const picture = String(drawLabel(await first(boxLabels(line)), { image: street() }))

  await expect(picture).toMatchFileSnapshot('../../docs/label-boxes.svg')
})

test('the picture of spans in the documentation is the one that is drawn', async () => {
  const source =
    'Ada Lovelace, born in London on 10 December 1815, wrote to Charles Babbage about his engine.'
  const span = (label: string, words: string) => {
    const startOffset = source.indexOf(words)
    return { label, startOffset, endOffset: startOffset + words.length }
  }
  const labels = [{ label: 'Person' }, { label: 'Place' }, { label: 'Date' }]
  const entities = [
    span('Person', 'Ada Lovelace'),
    span('Place', 'London'),
    span('Date', '10 December 1815'),
    span('Person', 'Charles Babbage'),
  ]
  const metadata = { type: 'groundtruth/text-span', 'human-annotated': 'yes' }
  const line = { source, names: { annotations: { labels, entities } }, 'names-metadata': metadata }
  const read = readLabels({ task: 'named-entity-recognition', attribute: 'names' }, [JSON.stringify(line)])

  const picture = String(drawLabel(await first(read)))

  await expect(picture).toMatchFileSnapshot('../../docs/label-spans.svg')
})

test('the charts in the documentation are those that are drawn', async () => {
  const lines = Array.from({ length: 240 }, (_, index) => {
    const boxes = SCENE.filter((_, place) => index % (place + 2) === 0)
    const confidence = 0.99 - ((index * 37) % 100) ** 2 / 14_000
    const source = `s3://acme-gt/in/${index}.jpg`
    if (index % 40 === 0) return failedLine(source, 'late')
    return boxLine(source, boxes, { size: [320, 160], confidence, human: index % 3 === 0 ? 'no' : 'yes' })
  })

  const picture = String(charts(await collect(boxLabels(...lines))))

  await expect(picture).toMatchFileSnapshot('../../docs/label-charts.svg')
})

async function first(labels: AsyncIterable<{ readonly status: string }>): Promise<LabeledObject> {
  for await (const label of labels) if (label.status === 'labeled') return label as unknown as LabeledObject
  throw new Error('nothing is labeled')
}

/** A street with three signs, painted. */
function street(): Uint8Array {
  const [width, height] = [320, 160]
  const data = new Uint8Array(width * height * 3)
  const paint = (color: number, isIn: (x: number, y: number) => boolean) => {
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        if (isIn(x, y)) data.set([color >> 16, (color >> 8) & 255, color & 255], (y * width + x) * 3)
  }
  paint(0xbfd9ee, () => true)
  paint(0x7fa36b, (_, y) => y > 92)
  paint(0x6f7277, (x, y) => y > 92 && Math.abs(x - 160) < 10 + (y - 92) * 1.9)
  paint(0xe8e3d2, (x, y) => y > 96 && Math.abs(x - 160) < 1 + (y - 92) / 22 && y % 26 < 15)
  paint(0x8c8f94, (x, y) => y > 60 && y < 118 && [68, 229, 280].some((pole) => Math.abs(x - pole) < 2))
  paint(
    0xc0392b,
    (x, y) => Math.abs(x - 68) + Math.abs(y - 60) < 27 && Math.abs(x - 68) < 20 && Math.abs(y - 60) < 20,
  )
  paint(0xf4f4f2, (x, y) => Math.abs(x - 68) < 13 && Math.abs(y - 60) < 4)
  paint(0xc0392b, (x, y) => y >= 66 && y < 93 && Math.abs(x - 229) < (93 - y) / 1.8)
  paint(0xf4f4f2, (x, y) => y >= 70 && y < 86 && Math.abs(x - 229) < (86 - y) / 1.9)
  paint(0xf4f4f2, (x, y) => Math.abs(x - 280) < 12 && Math.abs(y - 74) < 16)
  paint(0x2b2f36, (x, y) => Math.abs(x - 280) < 7 && Math.abs(y - 74) < 9 && (x + y) % 3 > 0)
  return encode({ width, height, channels: 3, data })
}
