/** An error of RenderUiTemplate. */
interface RenderError {
  readonly Code: string
  readonly Message: string
}

/** A page as SageMaker shows it, or why it cannot. */
export interface RenderedPage {
  readonly content: string
  readonly errors: readonly RenderError[]
}

const TOKEN = /(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/
/** What is between these is no Liquid. */
const HIDDEN = /\{%-?\s*(comment|raw)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}/g
const BLOCKS = ['for', 'if', 'unless', 'case', 'capture', 'comment', 'raw']
const PARTS = ['else', 'elsif', 'when', 'assign', 'break', 'continue', 'cycle', 'increment', 'decrement']

/**
 * Renders the Liquid of a worker page as far as such pages use it: values of the task, with filters, and blocks, whose
 * contents are all shown once. What depends on loops or conditions is left empty.
 */
export function renderTemplate(template: string, input: unknown): RenderedPage {
  const errors: RenderError[] = []
  const open: string[] = []
  const shown = template
    .replace(HIDDEN, '')
    .split(TOKEN)
    .map((piece) => {
      if (/^\{\{[\s\S]*\}\}$/.test(piece)) return output(piece, input, errors)
      if (/^\{%[\s\S]*%\}$/.test(piece)) return tag(piece, open, errors)
      const [opened] = /\{\{|\{%/.exec(piece) ?? []
      if (opened !== undefined)
        errors.push(syntax(`${opened === '{{' ? 'Variable' : 'Tag'} was not properly terminated`))
      return opened === undefined ? piece : ''
    })
  for (const block of open) errors.push(syntax(`'${block}' tag was never closed`))
  return { content: shown.join(''), errors }
}

function tag(piece: string, open: string[], errors: RenderError[]): '' {
  const [name = ''] = inside(piece).split(/\s+/)
  const ends = name.startsWith('end') ? name.slice('end'.length) : undefined
  if (BLOCKS.includes(name)) open.push(name)
  else if (ends !== undefined && open.at(-1) === ends) open.pop()
  else if (!PARTS.includes(name)) errors.push(syntax(`Unknown tag '${name}'`))
  return ''
}

function output(piece: string, input: unknown, errors: RenderError[]): string {
  const [path = '', ...filters] = inside(piece)
    .split('|')
    .map((part) => part.trim())
  // A variable of a loop or an assignment has no value here, and nothing is said of it.
  if (!path.startsWith('task.input')) return ''
  let value = valueAt(path, input)
  for (const filter of filters) value = filtered(value, filter, errors)
  return value === undefined || value === null ? '' : String(value)
}

function inside(piece: string): string {
  return piece.slice(2, -2).replace(/^-|-$/g, '').trim()
}

function valueAt(path: string, input: unknown): unknown {
  let value = input
  for (const [, plain, quoted] of path
    .slice('task.input'.length)
    .matchAll(/\.([\w-]+)|\[["']([^"']*)["']\]/g)) {
    const name = plain ?? quoted ?? ''
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  }
  return value
}

function filtered(value: unknown, filter: string, errors: RenderError[]): unknown {
  switch (filter.split(':')[0]?.trim()) {
    case 'grant_read_access':
      if (typeof value === 'string' && /^s3:\/\/[^/]+\/./.test(value))
        return `https://signed.example/${value.slice('s3://'.length)}`
      errors.push({
        Code: 'InvalidParameters',
        Message: `"grant_read_access" input is not a valid S3 URI: "${String(value ?? ' ')}".`,
      })
      return ''
    case 'to_json':
      return JSON.stringify(value ?? null)
    case 'escape':
      return String(value ?? '').replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    default:
      return value
  }
}

function syntax(message: string): RenderError {
  return { Code: 'TemplateSyntaxError', Message: `Liquid syntax error: ${message}` }
}
