import { describe, expect, it } from 'vitest'
import { inspectManifest } from '../../../src/manifests/overview/inspect-manifest.js'
import { SAMPLES } from '../read/sample-lines.js'

describe('the inspection of a manifest', () => {
  it('names each label attribute with its task, its counts and its jobs', async () => {
    const boxes = { annotations: [] }
    const boxesMetadata = { type: 'groundtruth/object-detection', 'job-name': 'labeling-job/signs' }
    const lines = [
      {
        'source-ref': 's3://acme-gt/1.jpg',
        'source-ref-metadata': {},
        boxes,
        'boxes-metadata': boxesMetadata,
        check: '1',
        'check-metadata': { type: 'groundtruth/label-verification', 'job-name': 'check-signs' },
      },
      {
        'source-ref': 's3://acme-gt/2.jpg',
        'boxes-metadata': { 'failure-reason': 'late', 'job-name': 'labeling-job/signs' },
        own: { any: 1 },
        'own-metadata': { type: 'groundTruth/custom', job_name: 'mine' },
      },
      { 'source-ref': 's3://acme-gt/3.jpg', boxes: 7, 'boxes-metadata': boxesMetadata },
      { 'source-ref': 's3://acme-gt/4.jpg', batch: 'spring' },
      { no: 'source' },
    ]

    const inspection = await inspectManifest([
      '\n',
      ...lines.map((line) => `${JSON.stringify(line)}\n`),
      '{broken',
    ])

    expect({ ...inspection }).toStrictEqual({
      objects: 4,
      unreadable: 2,
      attributes: [
        { attribute: 'boxes', task: 'bounding-box', labeled: 1, failed: 1, unreadable: 1, jobs: ['signs'] },
        {
          attribute: 'check',
          task: 'bounding-box-verification',
          labeled: 1,
          failed: 0,
          unreadable: 0,
          jobs: ['check-signs'],
        },
        { attribute: 'own', task: 'custom', labeled: 1, failed: 0, unreadable: 0, jobs: ['mine'] },
      ],
    })
    expect(String(inspection)).toBe(
      [
        '4 objects, 2 unreadable',
        '  boxes: bounding-box, 1 labeled, 1 failed, 1 of another form, by signs',
        '  check: bounding-box-verification, 1 labeled, 0 failed, by check-signs',
        '  own: custom, 1 labeled, 0 failed, by mine',
      ].join('\n'),
    )
  })

  it.each(SAMPLES.map(({ task, line }) => [task, line] as const))(
    'tells the task of a label of %s, or that it is unknown',
    async (task, line) => {
      const { attributes } = await inspectManifest([JSON.stringify(line)])

      expect(attributes.map((one) => [one.attribute, one.task, one.labeled])).toStrictEqual([
        ['label', NOT_TOLD[task] ?? task, 1],
      ])
    },
  )

  it('tells what a verification is of by the labels beside it, and nothing where there are both or none', async () => {
    const check = { check: 0, 'check-metadata': { type: 'groundtruth/label-verification' } }
    const boxes = { b: { annotations: [] }, 'b-metadata': { type: 'groundtruth/object-detection' } }
    const mask = { m: 's3://a/m.png', 'm-metadata': { type: 'groundtruth/semantic-segmentation' } }
    const taskOf = async (...parts: object[]) => {
      const line = Object.assign({ 'source-ref': 's3://acme-gt/1.jpg' }, ...parts)
      const { attributes } = await inspectManifest([JSON.stringify(line)])
      return attributes.find((one) => one.attribute === 'check')?.task
    }

    expect(await taskOf(check)).toBe('unknown')
    expect(await taskOf(check, boxes)).toBe('bounding-box-verification')
    expect(await taskOf(check, mask)).toBe('semantic-segmentation-verification')
    expect(await taskOf(check, boxes, mask)).toBe('unknown')
  })

  it('takes no key of the input for a label that failed, though it is named like metadata', async () => {
    const line = {
      'source-ref': 's3://acme-gt/letter.pdf',
      'annotator-metadata': { Info: 'Annotate required entities' },
      'other-metadata': 'none',
      entities: { 'annotation-ref': 's3://acme-gt/letter.json' },
      'entities-metadata': { type: 'groundtruth/custom', 'human-annotated': 'yes' },
    }

    const { attributes } = await inspectManifest([JSON.stringify(line)])

    expect(attributes.map((one) => one.attribute)).toStrictEqual(['entities'])
  })

  it('says unknown of an attribute with labels of several tasks', async () => {
    const types = ['groundtruth/image-classification', 'groundtruth/object-detection', 'constructor']
    const lines = types.map((type) => `${JSON.stringify({ source: 'x', a: 1, 'a-metadata': { type } })}\n`)

    expect((await inspectManifest(lines)).attributes).toMatchObject([{ task: 'unknown' }])
  })

  it('of nothing says so, and hostile names cannot forge a line of it', async () => {
    const line = JSON.stringify({ source: 'x', 'a\nb: c\u001b[31m-metadata': { 'human-annotated': 'yes' } })

    expect(String(await inspectManifest([]))).toBe('0 objects\n  no labels')
    expect(String(await inspectManifest([line])).split('\n')).toHaveLength(2)
  })

  it('has no options but a signal', async () => {
    await expect(inspectManifest([], undefined, { onBadLine: 'report' } as never)).rejects.toThrow(
      'it has no option "onBadLine"',
    )
    await expect(inspectManifest([], undefined, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    })
  })
})

/** What AWS's metadata do not tell. */
const NOT_TOLD: Readonly<Record<string, string>> = {
  'video-classification': 'unknown',
  'bounding-box-verification': 'unknown',
  'semantic-segmentation-verification': 'unknown',
  'semantic-segmentation-adjustment': 'semantic-segmentation',
  'pass-through': 'custom',
}
