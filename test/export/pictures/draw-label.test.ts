import { inspect } from 'node:util'
import { encode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { colorAt } from '../../../src/export/pictures/class-color.js'
import { drawLabel } from '../../../src/export/pictures/draw-label.js'
import { readSequence } from '../../../src/manifests/frames/read-sequence.js'
import type { LabeledObject } from '../../../src/manifests/read/label.js'
import { readLabels } from '../../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../../src/tasks/task-table.js'
import { SAMPLES, textOf } from '../../manifests/read/sample-lines.js'
import { boxLabels, boxLine } from '../box-labels.js'
import { elementsOf } from './well-formed.js'

const HOSTILE = '"><script>alert(1)</script>\u0000\ud800 & ]]>'
const PNG = encode({ width: 200, height: 100, channels: 3, data: new Uint8Array(200 * 100 * 3) })

describe('drawLabel', () => {
  it('draws a box with its class, a legend and what it is of', async () => {
    const label = await boxLabel([[0, 10, 20, 30, 40]])

    expect(String(drawLabel(label))).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="in/a.jpg · line 1 · bounding-box · by people: stop × 1" viewBox="0 0 640 570" width="640" height="570" font-family="ui-sans-serif, system-ui, sans-serif">',
        '<title>in/a.jpg · line 1 · bounding-box · by people: stop × 1</title>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        '<svg x="0" width="640" height="512" aria-hidden="true">',
        '<rect width="640" height="512" fill="#f4f6f8"/>',
        '<rect x="0.5" y="0.5" width="639" height="511" fill="none" stroke="#c5ced6"/>',
        '<g>',
        '<rect x="64" y="128" width="192" height="256" fill="none" stroke="#ffffff" stroke-width="4" stroke-opacity="0.75"/>',
        '<rect x="64" y="128" width="192" height="256" fill="#1f5fbf" fill-opacity="0.14" stroke="#1f5fbf" stroke-width="2"/>',
        '</g>',
        '<rect x="63" y="112" width="64.7" height="16" rx="2" fill="#1f5fbf"/>',
        '<text x="67" y="123.8" font-size="11" fill="#ffffff" textLength="56.7" lengthAdjust="spacingAndGlyphs">stop 50 %</text>',
        '</svg>',
        '<rect x="12" y="522" width="12" height="12" rx="2" fill="#1f5fbf" stroke="#6b7684" stroke-width="0.5"/>',
        '<text x="30" y="532.5" font-size="12" fill="#1f2933">stop × 1</text>',
        '<text x="12" y="561" font-size="11" fill="#4a5563">in/a.jpg · line 1 · bounding-box · by people</text>',
        '</svg>\n',
      ].join(''),
    )
  })

  it('draws the same label the same twice, and a class in the same color in every picture', async () => {
    const one = String(drawLabel(await boxLabel([[1, 10, 20, 30, 40]])))
    const other = String(
      drawLabel(
        await boxLabel([
          [0, 1, 1, 1, 1],
          [1, 10, 20, 30, 40],
        ]),
      ),
    )

    expect(String(drawLabel(await boxLabel([[1, 10, 20, 30, 40]])))).toBe(one)
    expect(one).toContain(`fill="${colorAt(1)}"`)
    expect(other).toContain(`fill="${colorAt(1)}"`)
  })

  it('puts the bytes of an image into the picture, and takes its size from them', async () => {
    const label = await boxLabel([[0, 100, 50, 100, 50]], null)

    const elements = elementsOf(String(drawLabel(label, { image: PNG })))

    expect(elements.find(({ name }) => name === 'image')?.attributes).toStrictEqual({
      href: `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`,
      width: '640',
      height: '320',
      preserveAspectRatio: 'none',
    })
    expect(elements.filter(({ name }) => name === 'rect')[1]?.attributes).toMatchObject({
      x: '320',
      y: '160',
    })
  })

  it.each([
    [
      'a JPEG',
      Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 50, 0, 100, 1, 0, 0, 0),
      'jpeg',
    ],
    ['a GIF', Uint8Array.from([...Buffer.from('GIF89a'), 100, 0, 50, 0, 0, 0]), 'gif'],
  ])('takes the size of %s from its head', async (_, image, type) => {
    const picture = String(drawLabel(await boxLabel([[0, 50, 25, 50, 25]], null), { image }))

    expect(picture).toContain(`href="data:image/${type};base64,`)
    expect(picture).toContain('width="640" height="320"')
  })

  it('names the address of an image, and takes its size from the caller', async () => {
    const image = 'https://example.com/a.jpg?x="1"&y=2'

    const picture = String(drawLabel(await boxLabel([], null), { image, size: { width: 10, height: 5 } }))

    expect(picture).toContain(
      '<image href="https://example.com/a.jpg?x=&#34;1&#34;&#38;y=2" width="640" height="320"',
    )
  })

  it.each([
    ['s3://acme-gt/a.jpg', 'no page can show "s3://acme-gt/a.jpg"'],
    ['javascript:alert(1)', '"javascript:alert(1)" is no address of an image'],
    ['data:text/html;base64,PHNjcmlwdD4=', '"data:text/html;base64,PHNjcmlwdD4=" is no address of an image'],
    ['data:image/svg+xml;base64,PHNjcmlwdD4=', 'is no address of an image'],
    [Uint8Array.of(1, 2, 3), 'these bytes are no PNG, JPEG, GIF or WebP'],
  ])('refuses the image %s', async (image, why) => {
    const label = await boxLabel([])

    expect(() => drawLabel(label, { image })).toThrow(why)
  })

  it('refuses shapes over an image of unknown size, which would not fit it', async () => {
    const label = await boxLabel([[0, 1, 1, 1, 1]], null)

    expect(() => drawLabel(label, { image: 'https://example.com/a.jpg' })).toThrow(
      'the size of the image is not known, and shapes would not fit it: give size',
    )
  })

  it('takes an image of unknown size to end where its boxes do, when it is not shown', async () => {
    const label = await boxLabel([[0, 0, 0, 199, 99]], null)

    expect(String(drawLabel(label))).toContain('width="609.52" height="303.23" fill="none"')
  })

  it('refuses shapes over a JPEG that does not tell its size', async () => {
    const label = await boxLabel([[0, 1, 1, 1, 1]], null)

    expect(() =>
      drawLabel(label, { image: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0, 0, 0, 0, 0) }),
    ).toThrow('the size of the image is not known')
  })

  it('breaks a legend into lines, and says how many classes it leaves out', async () => {
    const classes = Array.from({ length: 45 }, (_, index) => index)
    const line = {
      'source-ref': 's3://acme-gt/a.jpg',
      label: classes,
      'label-metadata': { 'class-map': Object.fromEntries(classes.map((id) => [id, `class number ${id}`])) },
    }
    const label = await first(
      readLabels({ task: 'image-classification-multi-label', attribute: 'label' }, [textOf(line)]),
    )

    const picture = String(drawLabel(label))

    expect(picture).toContain('and 5 more</text>')
    const rights = [...picture.matchAll(/<text x="([\d.]+)" y="[\d.]+" font-size="12"/g)].map(([, x]) =>
      Number(x),
    )
    expect(Math.max(...rights)).toBeLessThan(640)
  })

  it('draws outlines, lines and points of a frame, and leaves out what is in space', () => {
    const [frame] = readSequence(
      JSON.stringify({
        'tracking-annotations': [
          {
            'frame-no': 7,
            frame: 'f-7.jpeg',
            polygons: [
              {
                'class-id': 0,
                vertices: [
                  { x: 0, y: 0 },
                  { x: 10, y: 0 },
                  { x: 10, y: 10 },
                ],
              },
            ],
            polylines: [
              {
                'class-id': 1,
                vertices: [
                  { x: 0, y: 0 },
                  { x: 10.5, y: 3 },
                ],
              },
            ],
            keypoints: [{ 'class-id': 2, x: 5, y: 6 }],
            annotations: [
              {
                'class-id': 0,
                'center-x': 1,
                'center-y': 1,
                'center-z': 1,
                length: 1,
                width: 1,
                height: 1,
                yaw: 0,
              },
            ],
          },
        ],
      }),
      { classMap: { 0: 'road', 1: 'lane', 2: 'wheel' } },
    ).frames
    if (frame === undefined) throw new Error('no frame')

    const elements = elementsOf(String(drawLabel(frame, { size: { width: 64, height: 64 } })))

    const drawn = elements.filter(({ name }) => ['polygon', 'polyline', 'circle'].includes(name))
    expect(
      drawn.map(({ name, attributes }) => [name, attributes['points'] ?? attributes['cx']]),
    ).toStrictEqual([
      ['polygon', '0,0 100,0 100,100'],
      ['polygon', '0,0 100,0 100,100'],
      ['polyline', '0,0 105,30'],
      ['polyline', '0,0 105,30'],
      ['circle', '50'],
    ])
  })

  it('says what of a frame is not drawn: a frame of cuboids was one on which nothing is labeled', () => {
    const cuboid = { kind: 'cuboid', center: { x: 1, y: 1, z: 1 }, length: 1, width: 1, height: 1, yaw: 0 }
    const unreadable = [{ path: 'annotations[1]', reason: 'it has no number height' }]
    const frame = { frameNumber: 4, sensor: 'lidar', attributes: {}, objects: [cuboid, cuboid], unreadable }

    const picture = String(drawLabel(frame as never))

    expect(picture).toContain(
      '<title>frame 4 · lidar · 2 cuboids not drawn · 1 part unreadable: nothing else is labeled</title>',
    )
  })

  it('refuses a size of 0, and draws boxes without end: numbers of the picture were NaN', async () => {
    const label = await boxLabel([[0, 1e300, -1e300, 1e308, 1e308]], null)
    const empty = Uint8Array.of(137, 80, 78, 71, ...Array.from({ length: 20 }, () => 0))

    expect(() => drawLabel(label, { size: { width: 0, height: 5 } })).toThrow(
      'an image cannot be 0 by 5 pixels: give size a width and a height above 0',
    )
    expect(String(drawLabel(label))).not.toMatch(/NaN|Infinity|e\+/)
    expect(() => drawLabel(label, { image: empty })).toThrow('the size of the image is not known')
  })

  it('draws spans on their text, each with its class', async () => {
    const picture = String(drawLabel(await sample('named-entity-recognition')))

    const texts = [...picture.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
    expect(texts).toStrictEqual([
      'In 👩‍🚀 ',
      'Place',
      'Łódź',
      ' on ',
      'Date',
      '3 May',
      'Date × 1',
      'Place × 1',
      'line 1 · named-entity-recognition · by people',
    ])
  })

  it('breaks long texts into lines, and says how many it leaves out', async () => {
    const label = await sample('named-entity-recognition', {
      source: `${'word '.repeat(2000)}${'x'.repeat(500)}\n\nend`,
    })

    const picture = String(drawLabel(label))

    const lines = [...picture.matchAll(/xml:space="preserve" textLength="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    )
    expect(Math.max(...lines)).toBeLessThanOrEqual(640 - 32)
    expect(picture).toMatch(/and \d+ more lines/)
  })

  it('lays a mask over its image, in the colors of its own', async () => {
    const picture = String(drawLabel(await sample('semantic-segmentation'), { image: PNG, mask: PNG }))

    const images = elementsOf(picture).filter(({ name }) => name === 'image')
    expect(images[1]?.attributes).toMatchObject({ width: '640', height: '320', opacity: '0.8' })
    expect(picture).toContain('fill="#f28333"')
  })

  it.each(SAMPLES.map(({ task }) => task).filter((task) => !/frame|tracking/.test(task)))(
    'draws a label of %s as well-formed SVG and HTML',
    async (task) => {
      const picture = drawLabel(await sample(task))

      expect(elementsOf(String(picture).trimEnd())[0]?.name).toBe('svg')
      expect(elementsOf(picture.toHtml())[0]?.name).toBe('figure')
    },
  )

  it.each<[TaskName, object]>([
    ['bounding-box', { 'source-ref': `s3://acme-gt/${HOSTILE.replaceAll(/\s/g, '')}` }],
    [
      'named-entity-recognition',
      {
        source: HOSTILE,
        label: { annotations: { entities: [{ label: HOSTILE, startOffset: 0, endOffset: 5 }] } },
      },
    ],
    [
      'bounding-box-verification',
      { 'label-metadata': { 'class-name': HOSTILE, 'worker-feedback': [{ comment: HOSTILE }] } },
    ],
    [
      'semantic-segmentation',
      {
        'label-metadata': {
          'internal-color-map': { 0: { 'class-name': HOSTILE, 'hex-color': '"/><script>' } },
        },
      },
    ],
    ['custom', { source: HOSTILE, label: HOSTILE }],
  ])('escapes what a label of %s says', async (task, change) => {
    const picture = drawLabel(await sample(task, change))

    expect(elementsOf(String(picture).trimEnd()).map(({ name }) => name)).not.toContain('script')
    expect(elementsOf(picture.toHtml()).map(({ name }) => name)).not.toContain('script')
  })

  it('refuses a sequence, and what is not labeled', async () => {
    const sequence = await sample('video-frame-object-tracking')

    expect(() => drawLabel(sequence)).toThrow('draw its frames, which label.frames() gives')
    expect(() => drawLabel({ status: 'failed' } as never)).toThrow('it was given no labeled object')
    expect(() => drawLabel(sequence, { picture: 1 } as never)).toThrow('it has no option "picture"')
  })

  it('says of a stream of labels that it is many', () => {
    expect(() => drawLabel(boxLabels() as never)).toThrow(
      'it was given many labels: draw each in a loop, or all with contactSheet()',
    )
  })

  it('shows itself in a notebook', async () => {
    const picture = drawLabel(await boxLabel([]))
    const display = (picture as unknown as Record<symbol, () => object>)[Symbol.for('Jupyter.display')]

    expect(display?.()).toStrictEqual({
      'text/plain': inspect(picture),
      'image/svg+xml': String(picture),
      'text/html': picture.toHtml(),
    })
  })
})

it('the color of every class can be read on white, and white letters on it', () => {
  for (let place = 0; place < 12; place += 1)
    expect(1.05 / (luminance(colorAt(place)) + 0.05)).toBeGreaterThan(4.5)
})

/** After WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

async function boxLabel(
  boxes: Parameters<typeof boxLine>[1],
  size: readonly [number, number] | null = [100, 80],
): Promise<LabeledObject> {
  return first(boxLabels(boxLine('s3://acme-gt/in/a.jpg', boxes, { size, confidence: 0.5 })))
}

async function sample(task: TaskName, change: object = {}): Promise<LabeledObject> {
  const line = SAMPLES.find((one) => one.task === task)?.line ?? {}
  return first(readLabels({ task, attribute: 'label' }, [textOf({ ...line, ...change })]))
}

async function first(labels: AsyncIterable<{ readonly status: string }>): Promise<LabeledObject> {
  for await (const label of labels) if (label.status === 'labeled') return label as unknown as LabeledObject
  throw new Error('nothing is labeled')
}
