import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'

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

/** Gives the statements of a policy; a document without any gives none. */
export function statementsOf(policy: PolicyDocument | undefined): readonly PolicyStatement[] {
  const statements = policy?.Statement
  if (statements === undefined) return []
  return Array.isArray(statements) ? (statements as PolicyStatement[]) : [statements as PolicyStatement]
}

/** The listed values of a policy element that may be one text or several. */
export function texts(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
