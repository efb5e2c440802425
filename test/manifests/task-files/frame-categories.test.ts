import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../src/errors/problem.js'
import {
  type FrameCategoriesOptions,
  frameCategories,
} from '../../../src/manifests/task-files/frame-categories.js'
import { brokenRules } from './broken-rules.js'

const numbered = (count: number, prefix = 'n') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const free = (name: string) => ({ name, type: 'string', description: 'Say it' }) as const
const choice = (name: string) =>
  ({ name, type: 'string', enum: ['yes', 'no'], description: 'Choose' }) as const
const number = { name: 'count', type: 'number', minimum: 0, maximum: 9, description: 'Count' } as const

describe('frameCategories', () => {
  test('becomes the form with attributes', () => {
    const categories = frameCategories({
      labels: ['car', { label: 'person', categoryAttributes: [choice('sits')], editsAllowed: 'none' }],
      frameAttributes: [{ ...number, isRequired: true }],
      categoryGlobalAttributes: [{ ...choice('hidden'), editsAllowed: 'any' }],
      instructions: { shortInstruction: 'Box', fullInstruction: 'Box each' },
      annotationType: 'Polygon',
      task: 'video-frame-object-tracking',
    })

    expect(categories.form).toBe('frames')
    expect(categories.toJSON()).toEqual({
      documentVersion: '2020-03-01',
      labels: [
        { label: 'car' },
        { label: 'person', categoryAttributes: [choice('sits')], editsAllowed: 'none' },
      ],
      frameAttributes: [{ ...number, isRequired: true }],
      categoryGlobalAttributes: [{ ...choice('hidden'), editsAllowed: 'any' }],
      instructions: { shortInstruction: 'Box', fullInstruction: 'Box each' },
      annotationType: 'Polygon',
    })
  })

  test('closes every label to edits for verification', () => {
    const categories = frameCategories({
      labels: ['car', { label: 'person' }],
      auditLabelAttributeName: 'boxes-ref',
      verification: true,
      task: 'point-cloud-object-tracking-adjustment',
    })

    expect(categories.toJSON()).toEqual({
      documentVersion: '2020-03-01',
      labels: [
        { label: 'car', editsAllowed: 'none' },
        { label: 'person', editsAllowed: 'none' },
      ],
      auditLabelAttributeName: 'boxes-ref',
    })
  })

  test.each<[string, FrameCategoriesOptions]>([
    ['30 labels', { labels: numbered(30) }],
    ['a label of 16 characters', { labels: ['x'.repeat(16)] }],
    [
      '10 attributes of a label, half of them global',
      {
        labels: [{ label: 'car', categoryAttributes: numbered(5, 'own').map(choice) }],
        categoryGlobalAttributes: numbered(5, 'all').map(free),
      },
    ],
    [
      '10 frame attributes, 5 of free text',
      {
        labels: ['car'],
        frameAttributes: [...numbered(5, 'free').map(free), ...numbered(5, 'choice').map(choice)],
      },
    ],
    [
      '10 choices',
      { labels: ['car'], categoryGlobalAttributes: [{ name: 'a', type: 'string', enum: numbered(10) }] },
    ],
    [
      'instructions of 254 and 2,047 characters',
      {
        labels: ['car'],
        instructions: { shortInstruction: 'x'.repeat(254), fullInstruction: 'x'.repeat(2_047) },
      },
    ],
    ['an adjustment without knowing the task', { labels: ['car'], auditLabelAttributeName: 'boxes' }],
  ])('takes %s', (_case, options) => {
    const categories = frameCategories(options)

    expect(categories.toJSON()['labels']).toHaveLength(options.labels.length)
  })

  test.each<[string, unknown, string[]]>([
    ['no options', undefined, ['options: it is missing']],
    ['an option that does not exist', { labels: ['a'], attributes: [] }, ['options: it has "attributes"']],
    ['no labels', { labels: [] }, ['labels: it has 0 items']],
    ['31 labels', { labels: numbered(31) }, ['labels: it has 31 items']],
    [
      'a label of 17 characters',
      { labels: ['x'.repeat(17)] },
      [`labels[0].label: "${'x'.repeat(17)}" has 17 characters`],
    ],
    ['a doubled label', { labels: ['a', { label: 'a' }] }, ['labels: "a" is there more than once']],
    ['a label that is nothing', { labels: [null] }, ['labels[0]: it is null']],
    [
      'a label of an unknown shape',
      { labels: [{ label: 'a', editsAllowed: 'some', color: 'red' }] },
      ['labels[0]: it has "color"', 'labels[0].editsAllowed: it is "some"'],
    ],
    [
      '11 attributes, the global ones counted in',
      {
        labels: [{ label: 'a', categoryAttributes: numbered(6, 'own').map(choice) }],
        categoryGlobalAttributes: numbered(5, 'all').map(choice),
      },
      ['labels[0]: it has 11 attributes'],
    ],
    [
      '6 attributes of free text, the global ones counted in',
      {
        labels: [{ label: 'a', categoryAttributes: numbered(3, 'own').map(free) }],
        categoryGlobalAttributes: numbered(3, 'all').map(free),
      },
      ['labels[0]: it has 6 attributes of free text'],
    ],
    [
      'one name for attributes of two labels',
      {
        labels: [
          { label: 'a', categoryAttributes: [choice('x')] },
          { label: 'b', categoryAttributes: [choice('x')] },
        ],
      },
      ['categoryAttributes and categoryGlobalAttributes: "x" is there more than once'],
    ],
    [
      'one name for a global and an own attribute',
      { labels: [{ label: 'a', categoryAttributes: [choice('x')] }], categoryGlobalAttributes: [free('x')] },
      ['categoryAttributes and categoryGlobalAttributes: "x" is there more than once'],
    ],
    [
      'attributes that are no list',
      {
        labels: [{ label: 'a', categoryAttributes: {} }],
        frameAttributes: 'x',
        categoryGlobalAttributes: [3],
      },
      [
        'labels[0].categoryAttributes: it is an object',
        'frameAttributes: it is "x"',
        'categoryGlobalAttributes[0]: it is 3',
      ],
    ],
    [
      'too many frame attributes, too many of free text',
      { labels: ['a'], frameAttributes: numbered(11).map(free) },
      ['frameAttributes: it has 11 items', 'frameAttributes: it has 11 attributes of free text'],
    ],
    [
      'one name for two frame attributes',
      { labels: ['a'], frameAttributes: [free('x'), choice('x')] },
      ['frameAttributes: "x" is there more than once'],
    ],
    [
      'a frame attribute without description',
      { labels: ['a'], frameAttributes: [{ name: 'x', type: 'string' }] },
      ['frameAttributes[0].description: it is missing'],
    ],
    [
      'attributes with wrong details',
      {
        labels: ['a'],
        categoryGlobalAttributes: [
          {
            name: '',
            type: 'boolean',
            description: 'x'.repeat(129),
            isRequired: 'yes',
            editsAllowed: true,
            extra: 1,
          },
        ],
      },
      [
        'categoryGlobalAttributes[0]: it has "extra"',
        'categoryGlobalAttributes[0].name: "" has 0 characters',
        'categoryGlobalAttributes[0].type: it is "boolean"',
        `categoryGlobalAttributes[0].description: "${'x'.repeat(100)}… (129 characters)" has 129 characters`,
        'categoryGlobalAttributes[0].isRequired: it is "yes"',
        'categoryGlobalAttributes[0].editsAllowed: it is true',
      ],
    ],
    [
      'no choices, too many, too long, doubled',
      {
        labels: ['a'],
        categoryGlobalAttributes: [
          { name: 'none', type: 'string', enum: [] },
          { name: 'many', type: 'string', enum: numbered(11) },
          { name: 'long', type: 'string', enum: ['x'.repeat(17)] },
          { name: 'twice', type: 'string', enum: ['x', 'x'] },
        ],
      },
      [
        'categoryGlobalAttributes[0].enum: it has 0 items',
        'categoryGlobalAttributes[1].enum: it has 11 items',
        `categoryGlobalAttributes[2].enum[0]: "${'x'.repeat(17)}" has 17 characters`,
        'categoryGlobalAttributes[3].enum: "x" is there more than once',
      ],
    ],
    [
      'numbers without whole ends, with choices, or the wrong way round',
      {
        labels: ['a'],
        categoryGlobalAttributes: [
          { name: 'open', type: 'number' },
          { name: 'half', type: 'number', minimum: 0.5, maximum: '9' },
          { name: 'choice', type: 'number', minimum: 0, maximum: 1, enum: ['x'] },
          { name: 'turned', type: 'number', minimum: 2, maximum: 1 },
          { name: 'text', type: 'string', minimum: 0 },
        ],
      },
      [
        'categoryGlobalAttributes[0].minimum: it is missing',
        'categoryGlobalAttributes[0].maximum: it is missing',
        'categoryGlobalAttributes[1].minimum: it is 0.5',
        'categoryGlobalAttributes[1].maximum: it is "9"',
        'categoryGlobalAttributes[2].enum: it is given for a number',
        'categoryGlobalAttributes[3]: its minimum is 2, its maximum 1',
        'categoryGlobalAttributes[4].minimum: it is given for a string',
      ],
    ],
    [
      'instructions that are too long',
      {
        labels: ['a'],
        instructions: { shortInstruction: 'x'.repeat(255), fullInstruction: 'x'.repeat(2_048) },
      },
      [
        `instructions.shortInstruction: "${'x'.repeat(100)}… (255 characters)" has 255 characters`,
        `instructions.fullInstruction: "${'x'.repeat(100)}… (2048 characters)" has 2048 characters`,
      ],
    ],
    [
      'an unknown annotation type',
      { labels: ['a'], annotationType: 'Cuboid' },
      ['annotationType: it is "Cuboid"'],
    ],
    [
      'an annotation type for a point cloud',
      { labels: ['a'], annotationType: 'Polygon', task: 'point-cloud-object-detection' },
      ['annotationType: it is given for point-cloud-object-detection'],
    ],
    [
      'an adjustment without the earlier attribute',
      { labels: ['a'], task: 'video-frame-object-detection-adjustment' },
      ['auditLabelAttributeName: it is missing'],
    ],
    [
      'a verification without the earlier attribute, open to edits',
      { labels: [{ label: 'a', editsAllowed: 'any' }], verification: true },
      ['labels[0].editsAllowed: it is "any"', 'auditLabelAttributeName: it is missing'],
    ],
    [
      'a verification with a task that is none',
      {
        labels: ['a'],
        verification: true,
        task: 'video-frame-object-detection',
        auditLabelAttributeName: 'boxes',
      },
      [
        'auditLabelAttributeName: it is given for video-frame-object-detection',
        'verification: it is true for video-frame-object-detection',
      ],
    ],
    [
      'an earlier attribute that is no name, a verification that is no answer',
      { labels: ['a'], auditLabelAttributeName: 'my_boxes', verification: 'yes' },
      ['auditLabelAttributeName: it is "my_boxes"', 'verification: it is "yes"'],
    ],
    [
      'a task with the simple form',
      { labels: ['a'], task: 'bounding-box' },
      ['task: bounding-box has another form of label category file'],
    ],
    [
      'a task with the form of entities',
      { labels: ['a'], task: 'named-entity-recognition' },
      ['task: named-entity-recognition has another form of label category file'],
    ],
    ['a task that does not exist', { labels: ['a'], task: 'frames' }, ['task: "frames" is no task']],
  ])('refuses %s', (_case, options, expected) => {
    const broken = brokenRules(() => frameCategories(options as FrameCategoriesOptions))

    expect(broken).toEqual(expected)
  })
})

const LINKED = [{ type: 'BoundingBox' }, { type: 'Cuboid' }] as const

describe('the annotation type', () => {
  test.each<[string, Partial<FrameCategoriesOptions>]>([
    ['with the task', { task: 'point-cloud-object-tracking' }],
    ['without the task', {}],
    [
      'with the adjustment',
      { task: 'point-cloud-object-tracking-adjustment', auditLabelAttributeName: 'lift-ref' },
    ],
  ])('of 3D-2D object tracking names boxes and cuboids: %s', (_case, options) => {
    const categories = frameCategories({ labels: ['Forklift'], annotationType: LINKED, ...options })

    expect(categories.toJSON()['annotationType']).toEqual(LINKED)
  })

  test.each<[string, unknown, string[]]>([
    [
      'a list for video frames',
      { task: 'video-frame-object-tracking', annotationType: LINKED },
      ['annotationType: it is given for video-frame-object-tracking'],
    ],
    [
      'a list for point clouds without images',
      { task: 'point-cloud-object-detection', annotationType: LINKED },
      ['annotationType: it is given for point-cloud-object-detection'],
    ],
    ['one of the two types', { annotationType: [{ type: 'Cuboid' }] }, ['annotationType: it has "Cuboid"']],
    [
      'three types',
      { annotationType: [...LINKED, { type: 'Polygon' }, null] },
      ['annotationType: it has "BoundingBox", "Cuboid", "Polygon", undefined'],
    ],
    [
      'a single type for object tracking in point clouds',
      { task: 'point-cloud-object-tracking', annotationType: 'BoundingBox' },
      ['annotationType: it is "BoundingBox"'],
    ],
  ])('is refused as %s', (_case, options, expected) => {
    const broken = brokenRules(() => frameCategories({ labels: ['a'], ...(options as object) }))

    expect(broken).toEqual(expected)
  })
})

test('attributes that AWS ignores are no error, and are warned of', () => {
  const warnings: Problem[] = []

  const categories = frameCategories({
    labels: ['a', { label: 'b', categoryAttributes: [choice('x')] }],
    categoryGlobalAttributes: [choice('y')],
    task: 'point-cloud-semantic-segmentation',
    onWarning: (warning) => warnings.push(warning),
  })

  expect(categories.classes).toEqual(['a', 'b'])
  expect(Object.keys(categories.toJSON())).toEqual(['documentVersion', 'categoryGlobalAttributes', 'labels'])
  expect(warnings).toEqual(
    ['categoryGlobalAttributes', 'labels[1].categoryAttributes'].map((path) => ({
      code: 'attributes-ignored',
      severity: 'warning',
      path,
      what: 'it is given for point-cloud-semantic-segmentation',
      why: 'Ground Truth ignores attributes of categories in this task',
      fix: 'Leave the attributes out: workers will not see them',
      source: 'sms-label-cat-config-attributes.html',
    })),
  )
})

test('wrong frame categories do not compile', () => {
  const never = () => {
    // @ts-expect-error A number has a minimum and a maximum.
    frameCategories({ labels: ['a'], categoryGlobalAttributes: [{ name: 'x', type: 'number' }] })
    // @ts-expect-error A frame attribute has a description.
    frameCategories({ labels: ['a'], frameAttributes: [{ name: 'x', type: 'string' }] })
    // @ts-expect-error Boxes in images have the simple form.
    frameCategories({ labels: ['a'], task: 'bounding-box' })
  }

  expect(never).toBeTypeOf('function')
})
