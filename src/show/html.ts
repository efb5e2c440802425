/** Ink on paper of its own: a notebook or a page may be dark, and its rules for elements lose against these. */
export const CARD_COLORS = 'color:#1b1f24;background:#fff;color-scheme:light'

/** Writes text so that HTML shows it as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Shows lines as a terminal does, on a card of their own; those of a difference, `+ ` and `- `, in color where asked. */
export function preformatted(text: string, { isDiff = false } = {}): string {
  const lines = text.split('\n').map((line) => (isDiff ? diffLine(line) : escapeHtml(line)))
  return `<pre style="${PRE};${CARD_COLORS}">${lines.join('\n')}</pre>`
}

const PRE =
  'margin:0;padding:.6em .8em;overflow-x:auto;white-space:pre;border-radius:4px;font:13px/1.45 ui-monospace,Menlo,Consolas,monospace'

function diffLine(line: string): string {
  const [, mark] = /^\s*([+-]) /.exec(line) ?? []
  if (mark === undefined) return escapeHtml(line)
  return `<span style="color:${mark === '+' ? '#116329' : '#b3261e'}">${escapeHtml(line)}</span>`
}

/**
 * Keeps the rules of a style sheet to what lies in elements of one class, so that nothing else of a page changes; `&` in
 * a selector is the element of the class itself.
 */
export function scopedStyle(className: string, rules: string): string {
  return rules.replaceAll(/([^{}]+)(\{[^{}]*\})/g, (_, selectors: string, block: string) => {
    const scoped = selectors.split(',').map((selector) => {
      const one = selector.trim()
      return one.startsWith('&') ? `.${className}${one.slice(1)}` : `.${className} ${one}`
    })
    return `\n${scoped.join(', ')} ${block}`
  })
}
