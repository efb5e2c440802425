const encoder = /* @__PURE__ */ new TextEncoder()

/** Gives a whole number of 32 bits for a text: FNV-1a, whose upper bits say little of the last bytes, and mixed. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Gives the same number as eight hexadecimal digits, to tell names apart by. */
export function hashText(text: string): string {
  return hashOf(text).toString(16).padStart(8, '0')
}
