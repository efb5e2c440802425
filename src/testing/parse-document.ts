import type { PolicyDocument } from '../permissions/decision.js'

/** Reads a policy text; one that is no JSON object reads as a document without statements. */
export function parseDocument(text: string): PolicyDocument {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as PolicyDocument) : {}
  } catch {
    return {}
  }
}

/** Gives the text of a policy that was handed over as text or as a document. */
export function documentText(document: PolicyDocument | string): string {
  return typeof document === 'string' ? document : JSON.stringify(document, null, 2)
}
