import { canonicalJson } from '../../json/canonical-json.js'
import type { EvidenceData } from './evidence-record.js'

/**
 * Gives the SHA-256 of a record: of its JSON without the field `sha256`, keys sorted at every level, no space between
 * tokens, and everything beyond ASCII written as `\uXXXX` in lower case, which is what `jq -acSj` and Python's
 * `json.dumps(sort_keys=True, separators=(',', ':'))` write.
 */
export async function hashRecord(record: Omit<EvidenceData, 'sha256'>): Promise<string> {
  const text = canonicalJson(JSON.parse(JSON.stringify(record))).replaceAll(/[\u007f-\uffff]/g, escaped)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
