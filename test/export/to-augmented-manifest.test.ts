import { describe, expect, it } from 'vitest'
import { type AugmentedManifestOptions, toAugmentedManifest } from '../../src/export/to-augmented-manifest.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../src/tasks/task-table.js'
import { SAMPLES, textOf } from '../manifests/read/sample-lines.js'
import { boxLabels, boxLine, CLASS_MAP, failedLine, filesOf, noteSkipped } from './box-labels.js'

const METADATA = {
  type: 'groundtruth/object-detection',
  'human-annotated': 'yes',
  'creation-date': '2026-03-04T05:06:07.891234',
  'job-name': 'labeling-job/the-job-has-another-name',
}

describe('toAugmentedManifest', () => {
  it.each(['training', 'rekognition'] as const)(
    'writes boxes for %s with numbers, under their own attribute, and leaves out every other',
    async (reader) => {
      const line = {
        ...JSON.parse(boxLine('s3://acme-gt/a.jpg', [[2, 90, 20, 30, 40]])),
        other: 1,
        'other-metadata': {},
      }

      const { notes, onSkipped } = noteSkipped()

      const lines = await linesOf(boxLabels(textOf(line)), { for: reader, onSkipped })

      expect(notes).toStrictEqual([
        '1: box 1 (speed limit): it reaches out of the image, which is 100 by 80 pixels: it was cut at the edge',
      ])
      expect(lines).toStrictEqual([
        {
          'source-ref': 's3://acme-gt/a.jpg',
          signs: {
            image_size: [{ width: 100, height: 80, depth: 3 }],
            annotations: [{ class_id: 2, left: 90, top: 20, width: 10, height: 40 }],
          },
          'signs-metadata': { ...METADATA, objects: [{ confidence: 0 }], 'class-map': { 2: CLASS_MAP[2] } },
        },
      ])
    },
  )

  it('leaves out lines without a label, which stop a training, and tells them; an image without boxes stays', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(
      failedLine('s3://acme-gt/a.jpg', 'late'),
      '{"source-ref": "s3://acme-gt/b.jpg"}',
      boxLine('s3://acme-gt/c.jpg', []),
      boxLine('s3://acme-gt/d.jpg', [[0, 0, 0, 1, 1]], { size: null }),
      boxLine('s3://acme-gt/e.jpg', [[9, 0, 0, 1, 1]]),
    )

    const lines = await linesOf(labels, { for: 'training', onSkipped })

    expect(lines.map((line) => line['source-ref'])).toStrictEqual(['s3://acme-gt/c.jpg'])
    expect(notes).toStrictEqual([
      '1: it failed: late',
      '2: it has no label',
      '4: the size of its image is unknown',
      '5: a box has a class without a name or number',
    ])
  })

  it('writes the number of a class as a number for training', async () => {
    const [line] = await linesOf(sampleOf('image-classification'), { for: 'training' })

    expect(line).toMatchObject({ label: 3, 'label-metadata': { 'class-name': 'sunset' } })
  })

  it.each<TaskName>([
    'semantic-segmentation',
    'point-cloud-object-detection',
    'video-frame-object-tracking',
    'custom',
  ])('gives the label of %s to training as it is', async (task) => {
    const sample = SAMPLES.find((one) => one.task === task)

    const [line] = await linesOf(sampleOf(task), { for: 'training' })

    const { batch: _, 'source-ref-metadata': __, ...expected } = sample?.line ?? {}
    expect(line).toStrictEqual(expected)
  })

  it('writes each class of an image as an attribute of its own for Rekognition', async () => {
    const [line] = await linesOf(sampleOf('image-classification-multi-label'), { for: 'rekognition' })

    const facts = {
      type: 'groundtruth/image-classification',
      'human-annotated': 'yes',
      'creation-date': '2026-03-04T05:06:07.891',
      'job-name': 'acme-signs',
    }
    expect(line).toStrictEqual({
      'source-ref': 's3://acme-gt/in/0001.jpg',
      'label-1': 4,
      'label-1-metadata': { 'class-name': 'bicycle', confidence: 0.95, ...facts },
      'label-2': 0,
      'label-2-metadata': { 'class-name': 'person', confidence: 0.25, ...facts },
    })
  })

  it('writes the class of an image for Rekognition, with the confidence 0 where none is known', async () => {
    const [line] = await linesOf(sampleOf('image-classification'), { for: 'rekognition' })

    expect(line).toMatchObject({ label: 3, 'label-metadata': { 'class-name': 'sunset', confidence: 0 } })
  })

  it('tells what Rekognition would refuse: no annotator, no date, no class, another bucket', async () => {
    const { notes, onSkipped } = noteSkipped()
    const metadata = {
      'class-name': 'sunset',
      'human-annotated': 'yes',
      'creation-date': '2026-03-04T05:06:07',
    }
    const line = (source: string, change: object, value: unknown = 0) =>
      textOf({ 'source-ref': source, sky: value, 'sky-metadata': { ...metadata, ...change } })
    const labels = readLabels({ task: 'image-classification', attribute: 'sky' }, [
      [
        line('s3://acme-gt/1.jpg', {}),
        line('s3://acme-gt/2.jpg', { 'human-annotated': undefined }),
        line('s3://acme-gt/3.jpg', { 'creation-date': undefined }),
        line('s3://acme-gt/4.jpg', { 'class-name': undefined }),
        line('s3://other/5.jpg', {}),
      ].join('\n'),
    ])

    const lines = await linesOf(labels, { for: 'rekognition', onSkipped })

    expect(lines).toHaveLength(1)
    expect(notes).toStrictEqual([
      '2: it does not say by whom it was labeled, which Rekognition asks for',
      '3: it does not say when it was labeled, which Rekognition asks for',
      '4: it has a class without a name',
      '5: its image is not in the bucket acme-gt of those before, and Rekognition takes one bucket',
    ])
  })

  it.each<TaskName>(['text-classification', 'text-classification-multi-label', 'named-entity-recognition'])(
    'gives labels of %s to Comprehend as Ground Truth wrote them',
    async (task) => {
      const sample = SAMPLES.find((one) => one.task === task)

      const [line] = await linesOf(sampleOf(task), { for: 'comprehend' })

      const { batch: _, ...expected } = sample?.line ?? {}
      expect(line).toStrictEqual(expected)
    },
  )

  it('tells texts that are objects of their own, which Comprehend does not read', async () => {
    const { notes, onSkipped } = noteSkipped()
    const line = { 'source-ref': 's3://acme-gt/1.txt', mood: 0, 'mood-metadata': { 'class-name': 'bad' } }
    const labels = readLabels({ task: 'text-classification', attribute: 'mood' }, [textOf(line)])

    expect(await linesOf(labels, { for: 'comprehend', onSkipped })).toStrictEqual([])
    expect(notes).toStrictEqual([
      '1: its text is an object of its own, and Comprehend reads texts of the manifest',
    ])
  })

  it('leaves out spans that cannot be, with their confidences, and tells them', async () => {
    const { notes, onSkipped } = noteSkipped()
    const place = { label: 'Place', startOffset: 0, endOffset: 4 }
    const odd = { ...place, endOffset: 5 }
    const line = (entities: readonly object[]) =>
      textOf({
        source: 'Łódź',
        places: { annotations: { labels: [{ label: 'Place' }], entities } },
        'places-metadata': { entities: entities.map((_, at) => ({ confidence: at })) },
      })
    const text = [line([odd, place]), line([odd])].join('\n')
    const labels = readLabels({ task: 'named-entity-recognition', attribute: 'places' }, [text])

    expect(await linesOf(labels, { for: 'comprehend', onSkipped })).toStrictEqual([
      {
        source: 'Łódź',
        places: { annotations: { labels: [{ label: 'Place' }], entities: [place] } },
        'places-metadata': { entities: [{ confidence: 1 }] },
      },
    ])
    expect(notes).toStrictEqual([
      '1: span 1 (Place): it is from 0 to 5 of a text of 4 characters',
      '2: span 1 (Place): it is from 0 to 5 of a text of 4 characters',
      '2: nothing is left of its spans',
    ])
  })

  it('leaves out an image of whose boxes none is left: Rekognition would learn a background', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 200, 0, 10, 10]]))

    expect(await linesOf(labels, { for: 'rekognition', onSkipped })).toStrictEqual([])
    expect(notes.at(-1)).toBe('1: nothing is left of its boxes')
  })

  it.each([
    ['my_label', 'Comprehend takes no attribute named "my_label"'],
    ['label-', 'Comprehend takes no attribute named "label-"'],
    ['a'.repeat(64), `Comprehend takes no attribute named "${'a'.repeat(64)}"`],
  ])('refuses the attribute %s for Comprehend', async (attribute, why) => {
    const labels = readLabels({ task: 'text-classification', attribute }, [
      textOf({ source: 'x', [attribute]: 0 }),
    ])

    await expect(linesOf(labels, { for: 'comprehend' })).rejects.toMatchObject({ code: 'refused-call', why })
  })

  it.each<['rekognition' | 'comprehend', TaskName]>([
    ['rekognition', 'semantic-segmentation'],
    ['rekognition', 'text-classification'],
    ['rekognition', 'video-classification'],
    ['comprehend', 'bounding-box'],
    ['comprehend', 'image-classification'],
    ['comprehend', 'video-classification'],
  ])('refuses for %s labels of %s', async (reader, task) => {
    await expect(linesOf(sampleOf(task), { for: reader })).rejects.toThrow(
      `${reader} does not read labels of ${task}`,
    )
  })

  it('writes a manifest for each part of a split', async () => {
    const sources = Array.from({ length: 8 }, (_, index) => `s3://acme-gt/${index}.jpg`)
    const labels = boxLabels(...sources.map((source) => boxLine(source, [])))

    const files = await filesOf(
      toAugmentedManifest(labels, { for: 'training', split: { train: 1, validation: 1 } }),
    )

    expect(Object.keys(files)).toStrictEqual(['train.manifest', 'validation.manifest'])
    expect(Object.values(files).join('').trimEnd().split('\n')).toHaveLength(8)
  })

  it.each([
    [{ for: 'cvat' }, 'the option for is cvat. Give one of training, rekognition, comprehend'],
    [{ for: 'training', split: {} }, 'the split has no parts'],
    [{ for: 'training', classes: [] }, 'it has no option "classes"'],
  ])('refuses the options %j', (options, words) => {
    expect(() => toAugmentedManifest([], options as never)).toThrow(words)
  })
})

async function linesOf(labels: Parameters<typeof toAugmentedManifest>[0], options: AugmentedManifestOptions) {
  const text = (await filesOf(toAugmentedManifest(labels, options)))['output.manifest'] ?? ''
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

function sampleOf(task: TaskName) {
  const line = SAMPLES.find((sample) => sample.task === task)?.line ?? {}
  return readLabels({ task, attribute: 'label' }, [textOf(line)])
}
