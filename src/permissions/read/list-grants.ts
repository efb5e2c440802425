import type { AwsCalls } from '../../aws/calls.js'
import type { Grant } from '../../aws/kms-calls.js'
import { isRecord } from '../policy/parse-policy.js'
import { everyPage } from './reader.js'

type ListGrants = AwsCalls['kms:ListGrants']

/**
 * Lists the grants on a key that name one grantee, page after page; `undefined` once `ask` gives no page, or one that is
 * not whole. Needs `kms:ListGrants`.
 */
export function listGrants(
  keyArn: string,
  grantee: string,
  ask: (input: ListGrants['input']) => Promise<ListGrants['output'] | undefined>,
  noteNotWhole: () => void,
): Promise<readonly Grant[] | undefined> {
  return everyPage(
    (marker) =>
      ask({ KeyId: keyArn, GranteePrincipal: grantee, ...(marker !== undefined && { Marker: marker }) }),
    ({ Grants }) => Grants,
    isRecord,
    ({ Truncated, NextMarker }) => ({ isTruncated: Truncated, marker: NextMarker }),
    noteNotWhole,
  )
}
