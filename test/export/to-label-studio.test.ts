import { describe, expect, it } from 'vitest'
import { toLabelStudio } from '../../src/export/to-label-studio.js'
import { readLabels } from '../../src/manifests/read/read-labels.js'
import type { TaskName } from '../../src/tasks/task-table.js'
import { SAMPLES, textOf } from '../manifests/read/sample-lines.js'
import { boxLabels, boxLine, CLASSES, filesOf, noteSkipped } from './box-labels.js'
import { bucket, maskLabels, maskLine } from './files-in-s3.js'
import { unpackBrush } from './regions/grids.js'

describe('toLabelStudio', () => {
  it('writes boxes of people as annotations, in percent of the image, and a config of the same names', async () => {
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[2, 10, 20, 30, 40]], { confidence: 0.5 }))

    const files = await filesOf(toLabelStudio(labels, { classes: CLASSES }))

    expect(files['labeling-config.xml']).toBe(`<View>
  <Image name="image" value="$image"/>
  <RectangleLabels name="boxes" toName="image">
    <Label value="stop" background="#1f5fbf"/>
    <Label value="yield" background="#b3430b"/>
    <Label value="speed limit" background="#1a7544"/>
  </RectangleLabels>
</View>
`)
    expect(JSON.parse(files['tasks.json'] ?? '')).toStrictEqual([
      {
        data: { image: 's3://acme-gt/a.jpg' },
        annotations: [
          {
            result: [
              {
                id: '1-1',
                type: 'rectanglelabels',
                from_name: 'boxes',
                to_name: 'image',
                original_width: 100,
                original_height: 80,
                image_rotation: 0,
                value: { x: 10, y: 25, width: 30, height: 50, rotation: 0, rectanglelabels: ['speed limit'] },
              },
            ],
          },
        ],
      },
    ])
  })

  it('writes labels of machines as predictions, with their score, and without one where it is not known', async () => {
    const labels = boxLabels(
      boxLine('s3://acme-gt/a.jpg', [[0, 0, 0, 1, 1]], { human: 'no', confidence: 0.5 }),
      boxLine('s3://acme-gt/b.jpg', [[0, 0, 0, 1, 1]], { human: 'no', confidence: 0 }),
    )

    const tasks = await tasksOf(toLabelStudio(labels, { classes: CLASSES }))

    expect(tasks).toMatchObject([
      { predictions: [{ model_version: 'the-job-has-another-name', score: 0.5, result: [{ score: 0.5 }] }] },
      { predictions: [{ model_version: 'the-job-has-another-name', result: [{ id: '2-1' }] }] },
    ])
    expect(JSON.stringify(tasks[1])).not.toContain('score')
  })

  it('takes a label that does not say by whom for a prediction', async () => {
    const line = boxLine('s3://acme-gt/a.jpg', []).replace('"human-annotated":"yes",', '')

    expect(await tasksOf(toLabelStudio(boxLabels(line), { classes: CLASSES }))).toMatchObject([
      { predictions: [{ result: [] }] },
    ])
  })

  it('keeps an image without boxes, as looked at', async () => {
    const tasks = await tasksOf(
      toLabelStudio(boxLabels(boxLine('s3://acme-gt/a.jpg', [])), { classes: CLASSES }),
    )

    expect(tasks).toStrictEqual([{ data: { image: 's3://acme-gt/a.jpg' }, annotations: [{ result: [] }] }])
  })

  it('tells an image of unknown size, and leaves it out', async () => {
    const { notes, onSkipped } = noteSkipped()
    const labels = boxLabels(boxLine('s3://acme-gt/a.jpg', [[0, 0, 0, 1, 1]], { size: null }))

    expect(await tasksOf(toLabelStudio(labels, { classes: CLASSES, onSkipped }))).toStrictEqual([])
    expect(notes).toStrictEqual([
      '1: the size of its image is unknown, and Label Studio counts in percent of it: give imageSize',
    ])
  })

  it('writes spans of text in code points, as both of them count', async () => {
    const files = await filesOf(
      toLabelStudio(sampleOf('named-entity-recognition'), { classes: ['Date', 'Place'] }),
    )

    expect(JSON.parse(files['tasks.json'] ?? '')).toMatchObject([
      {
        data: { text: 'In 👩‍🚀 Łódź on 3 May' },
        annotations: [
          {
            result: [
              {
                type: 'labels',
                from_name: 'entities',
                to_name: 'text',
                value: { start: 7, end: 11, text: 'Łódź', labels: ['Place'] },
              },
              { value: { start: 15, end: 20, text: '3 May', labels: ['Date'] } },
            ],
          },
        ],
      },
    ])
    expect(files['labeling-config.xml']).toContain(
      '<Text name="text" value="$text"/>\n  <Labels name="entities" toName="text">',
    )
  })

  it('leaves out spans that cannot be, and tells them: it wrote the end 99 of a text of 4 characters', async () => {
    const { notes, onSkipped } = noteSkipped()
    const spans = [
      [0, 4],
      [2, 99],
      [3, 1],
      [-1, 2],
      [1.5, 2],
    ]
    const entities = spans.map(([startOffset, endOffset]) => ({ label: 'Place', startOffset, endOffset }))
    const lines = [entities, entities.slice(1)].map((list) =>
      textOf({ source: 'a😀bc', places: { annotations: { entities: list } } }),
    )
    const labels = readLabels({ task: 'named-entity-recognition', attribute: 'places' }, [lines.join('\n')])

    const files = await filesOf(toLabelStudio(labels, { classes: ['Place'], onSkipped }))

    const tasks = JSON.parse(files['tasks.json'] ?? '')
    expect(tasks).toHaveLength(1)
    expect(tasks[0].predictions[0].result).toMatchObject([{ value: { start: 0, end: 4, text: 'a😀bc' } }])
    expect(notes.slice(0, 4)).toStrictEqual([
      '1: span 2 (Place): it is from 2 to 99 of a text of 4 characters',
      '1: span 3 (Place): it is from 3 to 1 of a text of 4 characters',
      '1: span 4 (Place): it is from -1 to 2 of a text of 4 characters',
      '1: span 5 (Place): it is from 1.5 to 2 of a text of 4 characters',
    ])
    expect(notes.at(-1)).toBe('2: nothing is left of its spans: the text was left out')
  })

  it.each<[TaskName, string, object]>([
    [
      'image-classification',
      '<Choices name="class" toName="image" choice="single">',
      { choices: ['sunset'] },
    ],
    [
      'image-classification-multi-label',
      '<Choices name="classes" toName="image" choice="multiple">',
      { choices: ['bicycle', 'person'] },
    ],
    ['text-classification', '<Choices name="class" toName="text" choice="single">', { choices: ['sunset'] }],
    [
      'video-classification',
      '<Choices name="class" toName="video" choice="single">',
      { choices: ['sunset'] },
    ],
    ['bounding-box-verification', '<TextArea name="comments" toName="image"/>', { choices: ['bad'] }],
  ])('writes %s as choices', async (task, tag, value) => {
    const files = await filesOf(
      toLabelStudio(sampleOf(task), { classes: ['sunset', 'bad', 'person', 'bicycle'] }),
    )

    expect(files['labeling-config.xml']).toContain(tag)
    expect(JSON.parse(files['tasks.json'] ?? '')[0].annotations[0].result[0]).toMatchObject({
      type: 'choices',
      value,
    })
  })

  it('writes what workers said about a verdict', async () => {
    const tasks = await tasksOf(toLabelStudio(sampleOf('bounding-box-verification'), { classes: ['bad'] }))

    expect(tasks).toMatchObject([
      {
        annotations: [
          { result: [{}, { type: 'textarea', from_name: 'comments', value: { text: ['Too wide'] } }] },
        ],
      },
    ])
  })

  it('writes nothing chosen as a result of nothing', async () => {
    const tasks = await tasksOf(
      toLabelStudio(sampleOf('text-classification-multi-label'), { classes: ['kind'] }),
    )

    expect(tasks).toMatchObject([{ annotations: [{ result: [] }] }])
  })

  it('writes each class of a mask as a brush', async () => {
    const cloud = bucket()
    const labels = maskLabels(cloud, maskLine(cloud, 'a', ['1021', '0111'], ['BACKGROUND', 'road', 'sky']))

    const [task] = await tasksOf(toLabelStudio(labels, { classes: ['road', 'sky'] }))

    const [road, sky] = task?.annotations?.[0]?.result ?? []
    expect(road).toMatchObject({
      type: 'brushlabels',
      original_width: 4,
      value: { format: 'rle', brushlabels: ['road'] },
    })
    expect(unpackBrush(road?.value.rle ?? [])).toStrictEqual({ pixels: 8, inside: [0, 3, 5, 6, 7] })
    expect(unpackBrush(sky?.value.rle ?? [])).toStrictEqual({ pixels: 8, inside: [2] })
  })

  it('writes a file of tasks for each part of a split', async () => {
    const sources = Array.from({ length: 8 }, (_, index) => `s3://acme-gt/${index}.jpg`)
    const labels = boxLabels(...sources.map((source) => boxLine(source, [])))

    const files = await filesOf(toLabelStudio(labels, { classes: CLASSES, split: { train: 1, val: 1 } }))

    expect(Object.keys(files)).toStrictEqual(['labeling-config.xml', 'tasks_train.json', 'tasks_val.json'])
    expect([
      ...JSON.parse(files['tasks_train.json'] ?? ''),
      ...JSON.parse(files['tasks_val.json'] ?? ''),
    ]).toHaveLength(8)
  })

  it('leaves out what does not fit the config of the lines before, and tells it', async () => {
    const { notes, onSkipped } = noteSkipped()
    const metadata = {
      'class-name': 'bad',
      'human-annotated': 'yes',
      type: 'groundtruth/text-classification',
    }
    const lines = [
      { source: 'The soup was cold', mood: 0, 'mood-metadata': metadata },
      { 'source-ref': 's3://acme-gt/letter.txt', mood: 0, 'mood-metadata': metadata },
    ]
    const labels = readLabels({ task: 'text-classification', attribute: 'mood' }, [
      lines.map(textOf).join('\n'),
    ])

    expect(await tasksOf(toLabelStudio(labels, { classes: ['bad'], onSkipped }))).toHaveLength(1)
    expect(notes).toStrictEqual(['2: it does not fit the labeling config of the lines before it'])
  })

  it('takes texts that are objects by their address', async () => {
    const line = {
      'source-ref': 's3://acme-gt/letter.txt',
      mood: 0,
      'mood-metadata': { 'class-name': 'bad' },
    }
    const labels = readLabels({ task: 'text-classification', attribute: 'mood' }, [textOf(line)])

    const files = await filesOf(toLabelStudio(labels, { classes: ['bad'] }))

    expect(files['labeling-config.xml']).toContain('<Text name="text" value="$text" valueType="url"/>')
  })

  it('writes hostile names of classes so that the config stays what it is', async () => {
    const hostile = '"/><Image name="x"/><!-- \n&\u0000'
    const line = { source: 'x', mood: 0, 'mood-metadata': { 'class-name': hostile } }
    const labels = readLabels({ task: 'text-classification', attribute: 'mood' }, [textOf(line)])

    const files = await filesOf(toLabelStudio(labels, { classes: [hostile] }))

    expect(files['labeling-config.xml']).toContain(
      '    <Choice value="&#34;/&#62;&#60;Image name=&#34;x&#34;/&#62;&#60;!-- &#10;&#38;"/>\n',
    )
  })

  it('tells a class without a name, and refuses one that is not in the list', async () => {
    const { notes, onSkipped } = noteSkipped()
    const label = (metadata: object) =>
      readLabels({ task: 'text-classification', attribute: 'mood' }, [
        textOf({ source: 'x', mood: 3, 'mood-metadata': metadata }),
      ])

    expect(await tasksOf(toLabelStudio(label({}), { classes: ['bad'], onSkipped }))).toStrictEqual([])
    expect(notes).toStrictEqual(['1: it has a class without a name'])
    await expect(
      tasksOf(toLabelStudio(label({ 'class-name': 'good' }), { classes: ['bad'] })),
    ).rejects.toThrow('line 1 has the class "good", which is not among the classes of the export')
  })

  it('says of sequences what Label Studio would need of them', async () => {
    const files = toLabelStudio(sampleOf('video-frame-object-tracking'), { classes: ['x'] })

    await expect(filesOf(files)).rejects.toMatchObject({
      fix: 'These take them: toCoco(), toYolo(), toCsv(), toAugmentedManifest(). Label Studio shows a video file, or images by their addresses, and labels of a sequence have neither',
    })
  })

  it.each<TaskName>(['video-frame-object-tracking', 'point-cloud-object-detection', 'custom'])(
    'refuses labels of %s',
    async (task) => {
      await expect(filesOf(toLabelStudio(sampleOf(task), { classes: ['x'] }))).rejects.toMatchObject({
        code: 'refused-call',
        why: `the format has no room for labels of ${task}`,
      })
    },
  )
})

interface Task {
  readonly annotations?: readonly {
    readonly result: readonly { readonly value: { readonly rle: readonly number[] } }[]
  }[]
}

async function tasksOf(files: ReturnType<typeof toLabelStudio>): Promise<readonly Task[]> {
  return JSON.parse((await filesOf(files))['tasks.json'] ?? '') as readonly Task[]
}

function sampleOf(task: TaskName) {
  const line = SAMPLES.find((sample) => sample.task === task)?.line ?? {}
  return readLabels({ task, attribute: 'label' }, [textOf(line)])
}
