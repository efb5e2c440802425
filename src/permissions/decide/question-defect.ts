import { isKey, isRole } from '../evaluate/identity.js'
import type { PermissionQuestion } from '../evaluate/question.js'
import { isPlainObject } from '../policy/plain-values.js'

/** Says what keeps a question from being answered; `undefined` for a question that can be. */
export function questionDefect({ roleArn, keyArn, action, paths }: PermissionQuestion): string | undefined {
  if (!isRole(String(roleArn))) return `${String(roleArn)} is not the ARN of a role`
  if (!isKey(String(keyArn))) return `${String(keyArn)} is not the ARN of a key`
  if (/[*?]/.test(String(action))) return `${action} is a pattern, not one action`
  const given: unknown = paths ?? []
  if (!Array.isArray(given) || !given.every(isPlainObject)) return 'paths is not an array of call paths'
  return undefined
}
