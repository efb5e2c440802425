/** What a notebook is given to show a value. */
export function notebookOutput(value: unknown): Readonly<Record<string, string>> {
  const display = (value as Record<symbol, (() => Record<string, string>) | undefined>)[
    Symbol.for('Jupyter.display')
  ]
  if (display === undefined) throw new Error('a notebook does not know how to show it')
  return display.call(value)
}

/**
 * What of a piece of HTML would change the rest of a page that holds it, or be changed by a dark one: parts of a whole
 * document, rules of style for more than its own class, no ink or no paper.
 */
export function strayHtml(html: string): readonly string[] {
  const tags = html.match(/<(!doctype|html|head|body|title|meta|link|script)\b/gi) ?? []
  const documents = tags.filter((tag) => tag.toLowerCase() !== '<title' || !html.includes('<svg'))
  const [, ownClass = '?'] = /^<\w+ class="([\w-]+)"/.exec(html) ?? []
  const rules = [...html.matchAll(/<style>([^<]*)<\/style>/g)].flatMap(([, style = '']) =>
    [...style.matchAll(/([^{}]+)\{[^{}]*\}/g)].flatMap(([, selectors = '']) => selectors.split(',')),
  )
  const stray = rules.map((rule) => rule.trim()).filter((rule) => !rule.startsWith(`.${ownClass}`))
  const ground = /[;"{\s]color-scheme:\s*light/.test(html) ? [] : ['no ground of its own']
  return [...documents, ...stray, ...ground]
}
