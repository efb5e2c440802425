import type { Aws } from '../../aws/aws.js'
import { rememberKeys } from '../../keys/remember-keys.js'

/**
 * Gives the same connection, for one run of an audit or a proof: each key and alias is looked up anew, and once. What a
 * program asked minutes ago is no evidence.
 */
export function lookUpKeysAnew(aws: Aws): Aws {
  // Each look-up already waits a few seconds by itself, after which the key is called unreadable.
  return rememberKeys(aws, [])
}
