/** Prints a plain value as a TypeScript literal: bare keys where possible, single quotes, short things on one line. */
export function printLiteral(value, indent = '') {
  const line = onOneLine(value)
  if (typeof value !== 'object' || indent.length + line.length <= 100) return line
  const deeper = `${indent}  `
  const inner = Array.isArray(value)
    ? value.map((item) => `${deeper}${printLiteral(item, deeper)},`)
    : Object.entries(value).map(([key, item]) => `${deeper}${printKey(key)}: ${printLiteral(item, deeper)},`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return [open, ...inner, `${indent}${close}`].join('\n')
}

function onOneLine(value) {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${onOneLine(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function printKey(key) {
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)
}

function quoted(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
