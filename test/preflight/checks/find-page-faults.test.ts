import { expect, test } from 'vitest'
import { workerTemplate } from '../../../src/manifests/index.js'
import { findPageFaults } from '../../../src/preflight/checks/find-page-faults.js'

const TASKS = [
  'image-classification',
  'image-classification-multi-label',
  'bounding-box',
  'semantic-segmentation',
  'text-classification',
  'text-classification-multi-label',
  'video-classification',
] as const

const page = (task: (typeof TASKS)[number]) =>
  workerTemplate({ task, header: 'h', shortInstructions: 's', fullInstructions: 'f' })

test.each(TASKS)('the page that this library makes for %s has no fault', (task) => {
  expect(findPageFaults(page(task), task)).toEqual([])
})

const BOXES = page('bounding-box')

test.each([
  ['{{ open', 'the page opens {{ and does not close it'],
  ['{% open', 'the page opens {% and does not close it'],
  ['{% if x %}{% for y in x %}', 'the page opens for and has no endfor'],
  ['{% if x %}{% endfor %}', 'the page has endfor where nothing of it is open'],
  ['{%- unless x -%}{% endunless %}{% endunless %}', 'the page has endunless where nothing of it is open'],
])('%s cannot be read', (text, what) => {
  expect(findPageFaults(BOXES + text, 'bounding-box').map((fault) => fault.what)).toEqual([what])
})

test.each([
  ['<!-- {{ open -->', []],
  ['{% comment %}{{ open {% if x %}{% endcomment %}', []],
  ['{% assign y = 1 %}{% if y %}{% elsif z %}{% else %}{% endif %}', []],
  ['{{ task.input.manifestLine.signs | to_json }}', []],
  ['{{ task.input.other }}', ['the page reads task.input.other']],
  ['{{ task.input["other"] }}', ['the page reads task.input.other']],
  ["{{ task.input['taskObject'] | grant_read_access }}", []],
])('%s is read as Liquid reads it', (text, expected) => {
  expect(findPageFaults(BOXES + text, 'bounding-box').map(({ what }) => what)).toEqual(expected)
})

test.each([
  [
    'labels="{{ task.input.label | to_json | escape }}"',
    'failed',
    'Read task.input.labels instead of task.input.label',
  ],
  [
    'labels="{{ task.input[\'Labels\'] | to_json | escape }}"',
    'failed',
    'Read task.input.labels instead of task.input.Labels',
  ],
  ["labels='{{ task.input.choices }}'", 'failed', 'Read what is given'],
  [
    'labels="{{ task.input.label | default: taskLabels }}"',
    'warning',
    'Read task.input.labels instead of task.input.label',
  ],
  [
    'labels="[\'Stop\'{{ task.input.label }}]"',
    'warning',
    'Read task.input.labels instead of task.input.label',
  ],
  [
    'labels="{{ more }}" title="{{ task.input.label }}"',
    'warning',
    'Read task.input.labels instead of task.input.label',
  ],
])('a page whose labels are not given has none: %s', (attribute, status, fix) => {
  const faults = findPageFaults(BOXES.replace(/labels="[^"]*"/, attribute), 'bounding-box')

  expect(faults.map((fault) => [fault.status, fault.fix])).toEqual([[status, fix]])
})

test('a page of another task, without a form and without the script, is told all three', () => {
  const faults = findPageFaults('<p>{{ task.input.taskObject | grant_read_access }}</p>', 'bounding-box')

  expect(faults.map(({ status, what }) => [status, what])).toEqual([
    ['failed', 'the page does not load crowd-html-elements.js'],
    ['failed', 'the page has no <crowd-form>'],
    ['failed', 'the page has no <crowd-bounding-box>'],
  ])
})

test.each([
  [
    'elements in capitals',
    BOXES.replaceAll('crowd-form', 'Crowd-Form').replaceAll('crowd-bounding-box', 'CROWD-BOUNDING-BOX'),
    [],
  ],
  ['a form of HTML', BOXES.replaceAll('crowd-form', 'form'), ['unknown: the page submits with <form>']],
  [
    'the address of the object beside the object',
    `${BOXES}<h3>{{ task.input.taskObject }}</h3>`,
    ['warning: the page shows task.input.taskObject once without grant_read_access'],
  ],
])('a page with %s is not said to fail', (_, text, expected) => {
  expect(findPageFaults(text, 'bounding-box').map(({ status, what }) => `${status}: ${what}`)).toEqual(
    expected,
  )
})

test('an adjustment page is not asked for an element that no page of AWS names', () => {
  const verification = BOXES.replaceAll('crowd-bounding-box', 'crowd-image-classifier')

  expect(findPageFaults(verification, 'bounding-box-verification')).toEqual([])
  expect(findPageFaults(verification, undefined)).toEqual([])
})
