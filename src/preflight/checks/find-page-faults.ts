import { INPUT_KINDS } from '../../manifests/write/manifest-object.js'
import type { TaskName } from '../../tasks/task-table.js'
import { findMarked } from './find-marked.js'
import { findNameFaults } from './find-name-faults.js'
import { fault, type PageFault } from './page-fault.js'

/** The element by which each task that has one takes answers. */
const ELEMENTS: Readonly<Partial<Record<TaskName, string>>> = {
  'image-classification': 'crowd-image-classifier',
  'image-classification-multi-label': 'crowd-image-classifier-multi-select',
  'bounding-box': 'crowd-bounding-box',
  'bounding-box-adjustment': 'crowd-bounding-box',
  'semantic-segmentation': 'crowd-semantic-segmentation',
  'semantic-segmentation-adjustment': 'crowd-semantic-segmentation',
  'text-classification': 'crowd-classifier',
  'text-classification-multi-label': 'crowd-classifier-multi-select',
  'video-classification': 'crowd-classifier',
}

/** Whether AWS's own function gives a task its input, so that the names in it are known. */
export function isGivenByAws(task: TaskName | undefined): task is keyof typeof ELEMENTS & TaskName {
  return task !== undefined && task !== 'custom' && task !== 'pass-through'
}

/** Finds what is wrong with the page of a task without showing it. Pure. */
export function findPageFaults(page: string, task: TaskName | undefined): readonly PageFault[] {
  const text = withoutComments(page)
  const isOfAws = isGivenByAws(task)
  return [
    ...liquidFaults(text),
    ...(isOfAws ? elementFaults(text, task) : formFaults(text)),
    ...(isOfAws ? findNameFaults(text) : []),
    ...(isOfAws ? accessFaults(text, task) : []),
  ]
}

function withoutComments(page: string): string {
  const { outside } = findMarked(page, /<!--/g, /-->/g)
  return findMarked(outside, /\{%-?\s*comment\s*-?%\}/g, /\{%-?\s*endcomment\s*-?%\}/g).outside
}

const BLOCKS = ['for', 'if', 'unless', 'case', 'capture', 'raw', 'tablerow', 'ifchanged']

function liquidFaults(text: string): readonly PageFault[] {
  const opened = findMarked(findMarked(text, /\{\{/g, /\}\}/g).outside, /\{%/g, /%\}/g).outside
  const stray = /\{\{|\{%/.exec(opened)?.[0]
  if (stray !== undefined)
    return [
      fault(
        'page-renders',
        'failed',
        `the page opens ${stray} and does not close it`,
        'Liquid cannot read it',
        `Close it with ${stray === '{{' ? '}}' : '%}'}`,
      ),
    ]
  const open: string[] = []
  for (const [, tag = ''] of text.matchAll(/\{%-?\s*(\w+)/g)) {
    const ends = tag.startsWith('end') ? tag.slice('end'.length) : undefined
    if (BLOCKS.includes(tag)) open.push(tag)
    else if (ends !== undefined && BLOCKS.includes(ends) && open.pop() !== ends)
      return [blockFault(`the page has ${tag} where nothing of it is open`)]
  }
  return open.length === 0 ? [] : [blockFault(`the page opens ${open.at(-1)} and has no end${open.at(-1)}`)]
}

function blockFault(what: string): PageFault {
  return fault(
    'page-renders',
    'failed',
    what,
    'Liquid cannot read it',
    'Open and close each block of the page',
  )
}

function elementFaults(text: string, task: TaskName): readonly PageFault[] {
  const element = ELEMENTS[task]
  const has = (name: string) => new RegExp(`<${name}[\\s/>]`, 'i').test(text)
  const faults: PageFault[] = []
  if (!text.includes('crowd-html-elements.js'))
    faults.push(
      fault(
        'page-renders',
        'failed',
        'the page does not load crowd-html-elements.js',
        'the elements that take the answer come from it',
        'Add <script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
      ),
    )
  if (!has('crowd-form'))
    faults.push(has('form') ? OWN_FORM : missingElement('crowd-form', 'workers submit with it'))
  if (element !== undefined && !has(element))
    faults.push(missingElement(element, `the functions of ${task} read its answer`))
  return faults
}

const OWN_FORM = fault(
  'page-renders',
  'unknown',
  'the page submits with <form>',
  'every page of AWS for its own tasks submits with <crowd-form>, and none says that another form does',
  'Put <crowd-form> in its place',
)

function missingElement(element: string, why: string): PageFault {
  return fault(
    'page-renders',
    'failed',
    `the page has no <${element}>`,
    why,
    `Add it, or make the page with workerTemplate() of labeling-job/manifests`,
  )
}

function formFaults(text: string): readonly PageFault[] {
  if (/<(?:crowd-)?form[\s/>]/i.test(text)) return []
  return [
    fault(
      'page-renders',
      'warning',
      'the page has neither <crowd-form> nor <form>',
      'workers submit with one',
      'Add <crowd-form>',
    ),
  ]
}

function accessFaults(text: string, task: TaskName): readonly PageFault[] {
  const shown = findMarked(text, /\{\{/g, /\}\}/g).inside.filter((expression) =>
    /task\.input\.taskObject\b/.test(expression),
  )
  if (shown.length === 0)
    return [
      fault(
        'page-grants-access',
        'warning',
        'the page does not show task.input.taskObject',
        'workers would not see what they label',
        'Show {{ task.input.taskObject }}',
      ),
    ]
  const isText = INPUT_KINDS[task] === 'text'
  const granting = shown.filter((expression) => /\|\s*grant_read_access\b/.test(expression))
  if (isText && granting.length > 0)
    return [
      fault(
        'page-renders',
        'failed',
        'the page puts a text through grant_read_access',
        'that filter takes an address in S3 alone',
        'Take | grant_read_access away',
      ),
    ]
  if (isText || granting.length === shown.length) return []
  return [
    fault(
      'page-grants-access',
      // It may print the address beside what it shows.
      granting.length > 0 ? 'warning' : 'failed',
      `the page shows task.input.taskObject ${granting.length > 0 ? 'once ' : ''}without grant_read_access`,
      'the browser of a worker has no right to the bucket: that filter makes the address one that is signed',
      'Write {{ task.input.taskObject | grant_read_access }}',
    ),
  ]
}
