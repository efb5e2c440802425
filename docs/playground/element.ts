/** Makes an element. Text is only ever set as text: what is pasted is never read as markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { class: className, ...attributes }: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  if (className !== undefined) made.className = className
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/** Makes a list of texts under a heading, or nothing for an empty list. */
export function listed(heading: string, texts: readonly string[]): readonly HTMLElement[] {
  if (texts.length === 0) return []
  return [element('h2', {}, heading), element('ul', {}, ...texts.map((text) => element('li', {}, text)))]
}
