import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.js'

// A leading zero makes a number octal to some.
const DECIMAL = /^(?:0|[1-9]\d{0,2})$/

/** Tells whether an IP address lies in a range such as `203.0.113.0/24`; an address alone is a range of one. */
export function addressInRange(address: string, range: string): Truth {
  const [base = '', length, ...rest] = range.split('/')
  const from = addressBytes(base)
  const asked = addressBytes(address)
  if (!from || !asked || rest.length > 0) return UNKNOWN
  const size = from.length * 8
  const bits = length === undefined ? size : DECIMAL.test(length) ? Number(length) : -1
  if (bits < 0 || bits > size) return UNKNOWN
  if (from.length !== asked.length) return FALSE
  return sameBits(from, asked, bits) ? TRUE : FALSE
}

function sameBits(left: readonly number[], right: readonly number[], bits: number): boolean {
  return left.every((byte, index) => {
    const shared = Math.min(8, Math.max(0, bits - index * 8))
    const mask = 0xff & (0xff << (8 - shared))
    return (byte & mask) === ((right[index] ?? 0) & mask)
  })
}

function addressBytes(text: string): readonly number[] | undefined {
  return text.includes(':') ? longAddress(text) : shortAddress(text)
}

function shortAddress(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => DECIMAL.test(part) && Number(part) < 256)) return undefined
  return parts.map(Number)
}

function longAddress(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => groupBytes(half))
  if (!head || (halves.length === 2 && !tail)) return undefined
  if (halves.length === 1) return head.length === 16 ? head : undefined
  const gap = 16 - head.length - (tail ?? []).length
  return gap < 2 ? undefined : [...head, ...new Array<number>(gap).fill(0), ...(tail ?? [])]
}

function groupBytes(half: string): readonly number[] | undefined {
  if (half === '') return []
  const bytes: number[] = []
  const groups = half.split(':')
  for (const [index, group] of groups.entries()) {
    const dotted = index === groups.length - 1 && group.includes('.') ? shortAddress(group) : undefined
    if (dotted) bytes.push(...dotted)
    else if (/^[0-9a-fA-F]{1,4}$/.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return bytes
}
