import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { RefusedCallData } from '../../errors/refused-call.js'
import { earlierLabels, type Review } from './earlier-labels.js'

/** The tasks that `workerTemplate()` has a page for. */
export type TemplatedTask = keyof typeof PAGES

/** Plain text (an empty line starts a paragraph), or HTML with Liquid that is taken as it is. */
type InstructionText = string | { readonly html: string }

/** What a worker page says. */
export interface WorkerTemplateOptions {
  readonly task: TemplatedTask
  /** The question above the object, in plain text. */
  readonly header: string
  /** What is shown beside the object at all times. */
  readonly shortInstructions: InstructionText
  /** What opens when a worker asks for more. */
  readonly fullInstructions: InstructionText
  /** The title of the full instructions, in plain text. Default: `Instructions`. */
  readonly fullInstructionsHeader?: string
  /**
   * For adjustment and verification: the attribute that carries the labels of the earlier job, for instance its name. The
   * page shows them.
   */
  readonly adjusts?: string
}

interface Page {
  readonly element: string
  /** The key of the answers; the Lambdas of built-in tasks read them under the names of AWS's own pages. */
  readonly name: string
  readonly labels: 'labels' | 'categories'
  readonly shows: 'image' | 'text' | 'video'
  readonly review?: Review
}

const PAGES = {
  'image-classification': image('crowd-image-classifier', 'categories'),
  'image-classification-multi-label': image('crowd-image-classifier-multi-select', 'categories'),
  'bounding-box': { ...image('crowd-bounding-box', 'labels'), name: 'boundingBox' },
  'semantic-segmentation': image('crowd-semantic-segmentation', 'labels'),
  'text-classification': classifier('crowd-classifier', 'text'),
  'text-classification-multi-label': classifier('crowd-classifier-multi-select', 'text'),
  'video-classification': classifier('crowd-classifier', 'video'),
  'bounding-box-adjustment': {
    ...image('crowd-bounding-box', 'labels'),
    name: 'boundingBox',
    review: 'adjust-boxes',
  },
  'bounding-box-verification': { ...image('crowd-image-classifier', 'categories'), review: 'verify-boxes' },
  'semantic-segmentation-adjustment': {
    ...image('crowd-semantic-segmentation', 'labels'),
    review: 'adjust-masks',
  },
  'semantic-segmentation-verification': {
    ...image('crowd-image-classifier', 'categories'),
    review: 'verify-masks',
  },
} as const satisfies Readonly<Record<string, Page>>

const KNOWN = [
  'task',
  'header',
  'shortInstructions',
  'fullInstructions',
  'fullInstructionsHeader',
  'adjusts',
] as const
const OBJECT_URL = '{{ task.input.taskObject | grant_read_access }}'

/**
 * Makes the worker page of a task: HTML with Liquid, to be put into S3 as the task's `template`. Workers choose
 * from the labels of the label category file. Plain texts are escaped, so that neither HTML nor Liquid in them runs.
 *
 * Becomes `<crowd-form><crowd-bounding-box name="boundingBox" src="{{ … | grant_read_access }}" …>…`. The page
 * loads AWS's `crowd-html-elements.js` from `assets.crowd.aws`. The page of an adjustment or verification shows the labels
 * under the attribute that `adjusts` names: boxes as `initial-value` or `overlay`, masks with their colors.
 *
 * Source: sms-ui-template-reference.html; sms-custom-templates-step2.html; the pages of the tasks.
 *
 * @throws LabelingJobError `refused-call` for an unknown task or option, and for a text that is missing.
 *
 * @example
 * const html = workerTemplate({
 *   task: 'bounding-box',
 *   header: 'Box every street sign',
 *   shortInstructions: 'One box a sign',
 *   fullInstructions: 'A box touches its sign on all sides; signs that are cut off count too',
 * })
 * const template = await writeWorkerTemplate(html, 's3://acme-gt/ui/box.liquid.html', aws)
 */
export function workerTemplate(options: WorkerTemplateOptions): string {
  refuseWrong(options)
  const {
    task,
    header,
    shortInstructions,
    fullInstructions,
    fullInstructionsHeader = 'Instructions',
    adjusts = '',
  } = options
  const page: Page = PAGES[task]
  return [
    '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
    '<crowd-form>',
    `  <${page.element}`,
    `    name="${page.name}"`,
    ...(page.shows === 'image' ? [`    src="${OBJECT_URL}"`] : []),
    `    header="${escaped(header)}"`,
    `    ${page.labels}="{{ task.input.labels | to_json | escape }}"`,
    ...(page.review === undefined ? [] : [`    ${earlierLabels(page.review, adjusts)}`]),
    '  >',
    ...targetOf(page),
    `    <full-instructions header="${escaped(fullInstructionsHeader)}">${htmlOf(fullInstructions)}</full-instructions>`,
    `    <short-instructions>${htmlOf(shortInstructions)}</short-instructions>`,
    `  </${page.element}>`,
    '</crowd-form>',
    '',
  ].join('\n')
}

/** Tells whether `workerTemplate()` has a page for a task. */
export function isTemplatedTask(value: unknown): value is TemplatedTask {
  return typeof value === 'string' && Object.hasOwn(PAGES, value)
}

function targetOf({ shows }: Page): string[] {
  if (shows === 'image') return []
  // Ground Truth escapes a variable by itself. Inside pre-wrap every space and line break of ours would show.
  if (shows === 'text')
    return [
      '    <classification-target style="white-space: pre-wrap">{{ task.input.taskObject }}</classification-target>',
    ]
  const source = (type: string) => `        <source src="${OBJECT_URL}" type="video/${type}">`
  return [
    '    <classification-target>',
    '      <video width="100%" controls>',
    ...['mp4', 'webm', 'ogg'].map(source),
    '      </video>',
    '    </classification-target>',
  ]
}

function htmlOf(text: InstructionText): string {
  if (typeof text !== 'string') return text.html
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => `<p>${escaped(paragraph.trim()).replaceAll(/\r?\n/g, '<br>')}</p>`)
    .join('')
}

// Braces as character references: the browser shows them, Liquid never sees its `{{` and `{%`.
function escaped(text: string): string {
  return text.replaceAll(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function image<Element extends string, Labels extends Page['labels']>(element: Element, labels: Labels) {
  return { element, name: element as string, labels, shows: 'image' } as const
}

function classifier<Element extends string, Shows extends Page['shows']>(element: Element, shows: Shows) {
  return { element, name: element, labels: 'categories', shows } as const
}

function refuseWrong(options: unknown): void {
  const given = (typeof options === 'object' && options !== null ? options : {}) as Record<string, unknown>
  const known: readonly string[] = KNOWN
  const wrong = [
    ...Object.keys(given).filter((option) => !known.includes(option)),
    ...(isTemplatedTask(given['task']) ? [] : ['task']),
    ...(typeof given['header'] === 'string' ? [] : ['header']),
    ...(isInstruction(given['shortInstructions']) ? [] : ['shortInstructions']),
    ...(isInstruction(given['fullInstructions']) ? [] : ['fullInstructions']),
    ...(['string', 'undefined'].includes(typeof given['fullInstructionsHeader'])
      ? []
      : ['fullInstructionsHeader']),
    ...(isRightAttribute(given['task'], given['adjusts']) ? [] : ['adjusts']),
  ]
  if (wrong.length === 0) return
  throw new LabelingJobError({
    code: 'refused-call',
    what: 'Cannot make a worker page with workerTemplate()',
    why: `these options are unknown, missing or of the wrong kind: ${wrong.join(', ')}`,
    fix: `Use ${known.join(', ')} (adjusts for adjustment and verification alone, where it is the attribute of the earlier job); the tasks are ${Object.keys(PAGES).join(', ')}`,
    data: { received: wrong.join(', '), expected: known.join(', ') } satisfies RefusedCallData,
  })
}

// Only letters, digits and hyphens: the name stands in Liquid, where nothing else may.
function isRightAttribute(task: unknown, adjusts: unknown): boolean {
  const reviews = isTemplatedTask(task) && (PAGES[task] as Page).review !== undefined
  if (!reviews) return adjusts === undefined
  return (
    typeof adjusts === 'string' && adjusts.length <= 127 && /^[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$/.test(adjusts)
  )
}

function isInstruction(value: unknown): value is InstructionText {
  return (
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && typeof (value as { html?: unknown }).html === 'string')
  )
}
