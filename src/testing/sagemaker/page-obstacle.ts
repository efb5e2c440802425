import type { World } from '../world/world.js'
import { taskOfRequest } from './check-labeling-request.js'
import type { InputSource } from './job-keys.js'
import { readAsRole } from './read-input.js'
import { renderTemplate } from './render-template.js'

/** Says why the page of a job cannot be shown to workers, as its FailureReason. */
export function findPageObstacle(
  world: World,
  source: InputSource,
  template: string,
  { first, labels }: { readonly first: string | undefined; readonly labels: readonly string[] },
): string | undefined {
  const page = readAsRole(world, source, template)
  if (typeof page === 'object') return `ClientError: Unable to read the UI template ${template}: ${page.why}`
  const line = JSON.parse(first ?? '{}') as Readonly<Record<string, unknown>>
  const taskObject = line['source-ref'] ?? line['source']
  const input = { taskObject, labels, manifestLine: line }
  const { content, errors: all } = renderTemplate(page, input)
  const task = taskOfRequest(source.request)
  // What a function of one's own gives to its page, nobody knows here.
  const isOwn = task === 'custom' || task === 'pass-through'
  const errors = all.filter(({ Code }) => !isOwn || Code === 'TemplateSyntaxError')
  if (errors.length > 0) {
    const words = errors.map(({ Code, Message }) => `${Code}: '${Message}'`).join(', ')
    return `ClientError: Task failed to render: [ ${words} ]`
  }
  if (isOwn) return undefined
  const missing = missingIn(content, task) ?? missingChoices(page, input)
  if (missing !== undefined)
    return `ClientError: Task failed to render: [ InvalidTemplate: 'The page has no ${missing}.' ]`
  // What a worker's browser would say, nobody hears: the tasks are never answered.
  const isSigned =
    typeof taskObject !== 'string' ||
    !taskObject.startsWith('s3://') ||
    !content.includes(taskObject) ||
    // Its address may stand there as a text, beside what is shown.
    content.includes(`https://signed.example/${taskObject.slice('s3://'.length)}`)
  return isSigned
    ? undefined
    : "ClientError: Task failed to render: [ InvalidTemplate: 'The page shows an object that it has no access to.' ]"
}

/** The elements whose answers the functions of built-in tasks read. */
const ANSWERS: readonly (readonly [task: RegExp, element: RegExp])[] = [
  [/^image-classification$/, /<crowd-image-classifier[\s>]/],
  [/^image-classification-multi/, /<crowd-image-classifier-multi-select[\s>]/],
  [/^bounding-box(?:-adjustment)?$/, /<crowd-bounding-box[\s>]/],
  [/^semantic-segmentation(?:-adjustment)?$/, /<crowd-semantic-segmentation[\s>]/],
  [/^(?:text|video)-classification$/, /<crowd-classifier[\s>]/],
  [/^text-classification-multi/, /<crowd-classifier-multi-select[\s>]/],
]

function missingIn(content: string, task: string): string | undefined {
  if (!/<(?:crowd-)?form[\s>]/.test(content)) return 'form'
  if (!content.includes('crowd-html-elements')) return 'script of the crowd elements'
  if (ANSWERS.some(([name, element]) => name.test(task) && !element.test(content)))
    return `element for ${task}`
  return undefined
}

/** Where a page says what workers choose from by a value of the task. */
const CHOICES = /\s(?:labels|categories)\s*=\s*(["'])(\{\{\s*task\.input\b[\s\S]*?\}\})\1/g

function missingChoices(page: string, input: unknown): string | undefined {
  const isEmpty = [...page.matchAll(CHOICES)].some(([, , value = '']) =>
    ['', 'null'].includes(renderTemplate(value, input).content),
  )
  return isEmpty ? 'labels to choose from' : undefined
}
