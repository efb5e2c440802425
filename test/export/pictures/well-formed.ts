/** Gives the elements of a piece of XML in their order, or throws where it is not well-formed. */
export function elementsOf(
  xml: string,
): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const open: string[] = []
  const found: { name: string; attributes: Record<string, string> }[] = []
  let at = 0
  const tag = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y
  while (at < xml.length) {
    const next = xml.indexOf('<', at)
    const text = xml.slice(at, next < 0 ? xml.length : next)
    refuseText(text)
    if (next < 0) break
    tag.lastIndex = next
    const match = tag.exec(xml)
    if (match === null) throw new Error(`no tag at ${xml.slice(next, next + 60)}`)
    const [all, isEnd, name = '', written = '', isEmpty] = match
    if (isEnd === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> ends nothing`)
    } else {
      const attributes: Record<string, string> = {}
      for (const [, key = '', value = ''] of written.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        refuseText(value)
        if (key in attributes) throw new Error(`${key} is there twice`)
        attributes[key] = value
      }
      found.push({ name, attributes })
      if (isEmpty !== '/') open.push(name)
    }
    at = next + all.length
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not ended`)
  return found
}

function refuseText(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of them
  if (/&(?!#\d+;)|[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text))
    throw new Error(`not escaped: ${text}`)
  if (text.includes(']]>')) throw new Error('the end of a CDATA section in text')
}
