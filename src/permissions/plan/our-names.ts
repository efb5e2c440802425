/** Begins the Sid of every key policy statement that this library writes. */
export const STATEMENT_PREFIX = 'SmGroundTruthUse'
/** Begins the name of every inline role policy that this library writes. */
export const ROLE_POLICY_PREFIX = 'SmGroundTruthKms-'
/** The Sid of every statement in an inline role policy that this library writes. */
export const ROLE_POLICY_SID = 'SmGroundTruthKms'
/** Begins the name of every grant that this library makes. */
export const GRANT_PREFIX = 'sm-gt-'

/**
 * Gives a name for what is written for a role on a key: the prefix and 8 hexadecimal digits, the same each time. A text
 * in which the role or the key was replaced by another has a name that does not fit it.
 */
export async function ourName(
  prefix: string,
  roleArn: string,
  keyArn: string,
  operations: readonly string[] = [],
): Promise<string> {
  const hash = await sha256([roleArn, keyArn, ...operations].join(' '))
  return `${prefix}${hash.slice(0, 8)}`
}

/** Gives the SHA-256 of a text in hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
