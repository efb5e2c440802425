import { describe, expect, test } from 'vitest'
import { isLabelingJobError } from '../../../src/errors/labeling-job-error.js'
import { entityCategories } from '../../../src/manifests/task-files/entity-categories.js'
import {
  type LabelCategoriesOptions,
  labelCategories,
} from '../../../src/manifests/task-files/label-categories.js'
import { brokenRules } from './broken-rules.js'

const INSTRUCTIONS = { shortInstruction: '<p>Mark names</p>', fullInstruction: '<p>Mark every name</p>' }
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `label ${index}`)

describe('labelCategories', () => {
  test('becomes the simple form of the file', () => {
    const categories = labelCategories({ labels: ['stop', 'yield'], task: 'bounding-box' })

    expect(categories.form).toBe('simple')
    expect(JSON.parse(String(categories))).toEqual({
      'document-version': '2018-11-28',
      labels: [{ label: 'stop' }, { label: 'yield' }],
    })
    expect(JSON.parse(JSON.stringify(categories))).toEqual(JSON.parse(String(categories)))
    expect(String(categories).endsWith('}\n')).toBe(true)
    expect(Object.isFrozen(categories)).toBe(true)
  })

  test('does not change with what it was made from', () => {
    const labels = ['stop']

    const categories = labelCategories({ labels })
    labels.push('later')
    Object.assign(categories.toJSON(), { labels: [] })

    expect(categories.toJSON()).toEqual({ 'document-version': '2018-11-28', labels: [{ label: 'stop' }] })
  })

  test.each<[string, LabelCategoriesOptions]>([
    ['one label for boxes', { labels: ['stop'], task: 'bounding-box' }],
    ['two labels for a classification', { labels: ['yes', 'no'], task: 'image-classification' }],
    ['50 labels for boxes', { labels: numbered(50), task: 'bounding-box' }],
    [
      '20 labels for automated segmentation',
      { labels: numbered(20), task: 'semantic-segmentation', autoLabeling: true },
    ],
    [
      'any number of labels for segmentation by people',
      { labels: numbered(400), task: 'semantic-segmentation' },
    ],
    ['a label of 256 characters, emoji counted once', { labels: ['🚦'.repeat(256)] }],
    ['labels that differ in case', { labels: ['Stop', 'stop'] }],
  ])('takes %s', (_case, options) => {
    const categories = labelCategories(options)

    expect(categories.toJSON()['labels']).toHaveLength(options.labels.length)
  })

  test('tells of labels that differ in capital letters only, and takes them', () => {
    const told: string[] = []
    const onWarning = ({ code, what }: { readonly code: string; readonly what: string }) => {
      told.push(`${code}: ${what}`)
    }

    labelCategories({ labels: ['Cat', 'dog', 'cat ', 'CAT'], onWarning })
    entityCategories({ labels: ['\u00e9', { label: 'e\u0301' }], instructions: INSTRUCTIONS, onWarning })

    expect(told).toStrictEqual([
      'labels-alike: "Cat" and "cat " look alike',
      'labels-alike: "Cat" and "CAT" look alike',
      'labels-alike: "\u00e9" and "e\u0301" look alike',
    ])
  })

  test.each<[string, unknown, string[]]>([
    ['no labels', { labels: [] }, ['labels: it has 0 items']],
    ['one label for images', { labels: ['a'], task: 'image-classification' }, ['labels: it has 1 item']],
    [
      'one label for texts',
      { labels: ['a'], task: 'text-classification-multi-label' },
      ['labels: it has 1 item'],
    ],
    ['51 labels for boxes', { labels: numbered(51), task: 'bounding-box' }, ['labels: it has 51 items']],
    [
      '31 labels for clips',
      { labels: numbered(31), task: 'video-classification' },
      ['labels: it has 31 items'],
    ],
    [
      '21 labels for automated segmentation',
      { labels: numbered(21), task: 'semantic-segmentation', autoLabeling: true },
      ['labels: it has 21 items'],
    ],
    ['a doubled label', { labels: ['a', 'b', 'a', 'a'] }, ['labels: "a" is there more than once']],
    ['an empty label', { labels: ['a', ''] }, ['labels[1]: "" has 0 characters']],
    ['a label that is no string', { labels: [7] }, ['labels[0]: it is 7']],
    ['half a character', { labels: ['a\uD83C'] }, ['labels[0]: it has half of a surrogate pair']],
    ['labels that are no list', { labels: 'a,b' }, ['labels: it is "a,b"']],
    ['an option that does not exist', { labels: ['a'], lables: ['b'] }, ['options: it has "lables"']],
    ['no options', undefined, ['options: it is missing']],
    ['a task that does not exist', { labels: ['a'], task: 'boxing' }, ['task: "boxing" is no task']],
    [
      'a task with another form',
      { labels: ['a'], task: 'named-entity-recognition' },
      ['task: named-entity-recognition has another form of label category file'],
    ],
    [
      'a task with frames',
      { labels: ['a'], task: 'point-cloud-object-tracking' },
      ['task: point-cloud-object-tracking has another form of label category file'],
    ],
    [
      'everything wrong at once',
      { labels: ['', '', 'x'.repeat(257)], task: 'image-classification', extra: 1 },
      [
        'options: it has "extra"',
        'labels[0]: "" has 0 characters',
        'labels[1]: "" has 0 characters',
        `labels[2]: "${'x'.repeat(100)}… (257 characters)" has 257 characters`,
        'labels: "" is there more than once',
      ],
    ],
  ])('refuses %s', (_case, options, expected) => {
    const broken = brokenRules(() => labelCategories(options as LabelCategoriesOptions))

    expect(broken).toEqual(expected)
  })

  test('says all that is wrong in one message', () => {
    const making = () =>
      labelCategories({ labels: ['a', 'a'], task: 'image-classification', extra: 1 } as never)

    expect(making).toThrow(expect.objectContaining({ code: 'label-categories-invalid' }))
    expect(making).toThrow(
      'Cannot make label categories with labelCategories(): they break 2 rules of the label category file. \n' +
        '- options: it has "extra". It may have labels, task, autoLabeling, onWarning. Leave it out, or check how it is spelled.\n' +
        '- labels: "a" is there more than once. Each label has to be unique. Leave the repeated ones out, or rename them.',
    )
  })

  test('throws an error of the library that carries the problems and their sources', () => {
    let thrown: unknown

    try {
      labelCategories({ labels: [] })
    } catch (error) {
      thrown = error
    }

    expect(isLabelingJobError(thrown)).toBe(true)
    expect(thrown).toMatchObject({
      code: 'label-categories-invalid',
      why: 'they break a rule of the label category file',
      data: {
        problems: [
          {
            code: 'too-few-items',
            severity: 'error',
            path: 'labels',
            what: 'it has 0 items',
            why: 'It needs 1 or more',
            fix: 'Add to it',
            source: 'CreateLabelingJob, LabelCategoryConfigS3Uri',
          },
        ],
      },
    })
  })
})

describe('entityCategories', () => {
  test('becomes the form with instructions', () => {
    const categories = entityCategories({
      labels: ['place', { label: 'person', shortDisplayName: 'per' }],
      instructions: INSTRUCTIONS,
    })

    expect(categories.form).toBe('entities')
    expect(categories.toJSON()).toEqual({
      'document-version': '2018-11-28',
      labels: [{ label: 'place' }, { label: 'person', shortDisplayName: 'per' }],
      instructions: INSTRUCTIONS,
    })
  })

  test.each<[string, unknown, string[]]>([
    ['no instructions', { labels: ['a'] }, ['instructions: it is missing']],
    [
      'half of the instructions',
      { labels: ['a'], instructions: { shortInstruction: 'Mark' } },
      ['instructions.fullInstruction: it is missing'],
    ],
    ['no labels', { labels: [], instructions: INSTRUCTIONS }, ['labels: it has 0 items']],
    [
      'a doubled label in both spellings',
      { labels: ['a', { label: 'a' }], instructions: INSTRUCTIONS },
      ['labels: "a" is there more than once'],
    ],
    [
      'labels of the wrong shape',
      { labels: [null, { label: '', short: 'x', shortDisplayName: '' }], instructions: INSTRUCTIONS },
      [
        'labels[0]: it is null',
        'labels[1]: it has "short"',
        'labels[1].label: "" has 0 characters',
        'labels[1].shortDisplayName: "" has 0 characters',
      ],
    ],
    ['no options', null, ['options: it is null']],
  ])('refuses %s', (_case, options, expected) => {
    const broken = brokenRules(() => entityCategories(options as never))

    expect(broken).toEqual(expected)
  })
})
