import { fault, type PageFault } from './page-fault.js'

/** What the functions that AWS has for its own tasks give to a page. */
const GIVEN_NAMES: readonly string[] = ['taskObject', 'labels', 'manifestLine']

const NAME = /task\.input(?:\.([A-Za-z_][\w-]*)|\[\s*["']([^"'\]]*)["']\s*\])/g
/** Where an element is told what a worker may choose. */
const CHOICES = /\s(labels|categories)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

const ATTRIBUTE = /\bmanifestLine(?:\.([A-Za-z_][\w-]*)|\[\s*["']([^"'\]]*)["']\s*\])/g

/** Lists the attributes of a line of the manifest that a page reads, each once. Pure. */
export function attributesRead(text: string): readonly string[] {
  return [...new Set([...text.matchAll(ATTRIBUTE)].map(([, dotted, quoted]) => dotted ?? quoted ?? ''))]
}

/** Finds the names that a page reads and that the function of its task does not give; Liquid puts nothing there. Pure. */
export function findNameFaults(text: string): readonly PageFault[] {
  const strange = strangeNames(text)
  if (strange.length === 0) return []
  const names = strange.map((name) => `task.input.${name}`).join(', ')
  const given = `the function of the task gives ${GIVEN_NAMES.join(', ')}`
  const fix = fixFor(strange)
  const [attribute] = [...text.matchAll(CHOICES)]
    .filter(([, , inDouble, inSingle]) => isEmpty(inDouble ?? inSingle ?? ''))
    .map(([, name]) => name)
  if (attribute !== undefined && !namesIn(text).includes('labels'))
    return [
      fault(
        'page-renders',
        'failed',
        `the page reads ${names}, and takes its ${attribute} from there`,
        `${given}: Liquid puts nothing where a name is not given, and workers have nothing to choose from`,
        fix,
      ),
    ]
  return [
    fault(
      'page-renders',
      'warning',
      `the page reads ${names}`,
      `${given}, as far as AWS's pages say: Liquid puts nothing where a name is not given`,
      fix,
    ),
  ]
}

/** Whether nothing but names that are not given fills a list of choices. */
function isEmpty(value: string): boolean {
  return (
    /^\s*\{\{[^}]*\}\}\s*$/.test(value) && !/\|\s*default\b/.test(value) && strangeNames(value).length > 0
  )
}

function strangeNames(text: string): readonly string[] {
  return [...new Set(namesIn(text))].filter((name) => !GIVEN_NAMES.includes(name))
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(NAME)].map(([, dotted, quoted]) => dotted ?? quoted ?? '')
}

function fixFor(names: readonly string[]): string {
  const near = names.flatMap((name) => {
    const start = name.toLowerCase().slice(0, 4)
    const meant = GIVEN_NAMES.find((given) => given.toLowerCase().startsWith(start))
    return meant === undefined ? [] : [`task.input.${meant} instead of task.input.${name}`]
  })
  return near.length === 0 ? 'Read what is given' : `Read ${near.join(', ')}`
}
