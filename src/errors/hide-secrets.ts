import { isObject } from '../json/json.js'
import { withoutSecrets } from './without-secrets.js'

const SECRET_FIELD =
  /^(?:token(?:-\d+)?|stringtosign\w*|canonicalrequest\w*|signatureprovided|awsaccesskeyid)$/i
const DEEPEST = 4

/**
 * Takes the credentials and signatures out of what AWS answered, in the error itself: it is the `cause` of ours, and whoever
 * prints or logs that prints them. Sockets and the like that an error carries, and what cannot be changed, stay as they are.
 */
export function hideSecrets(thrown: unknown, depth = 0): void {
  if (!(thrown instanceof Error || Array.isArray(thrown) || isObject(thrown)) || depth > DEEPEST) return
  for (const field of new Set([...Object.keys(thrown), 'message', 'stack', 'cause'])) {
    const value: unknown = Reflect.get(thrown, field)
    if (typeof value !== 'string') hideSecrets(value, depth + 1)
    else {
      const shown = SECRET_FIELD.test(field) ? '…' : withoutSecrets(value)
      if (shown !== value) Reflect.set(thrown, field, shown)
    }
  }
}
