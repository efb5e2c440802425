import type { Aws } from '../../aws/aws.js'
import type { Grant } from '../../aws/kms-calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import type { GrantChange } from '../plan/permission-change.js'
import { listGrants } from '../read/list-grants.js'
import { NOT_WHOLE } from '../read/reader.js'
import { ChangeFailed } from './change-failed.js'

/**
 * Finds the grants of this library's making: of one name and role, with exactly its operations and no constraint.
 * Throws when it cannot look: a grant that was there before must not be taken for ours. Needs `kms:ListGrants`.
 */
export async function findOurGrants(
  { keyArn, roleArn, name, operations }: Pick<GrantChange, 'keyArn' | 'roleArn' | 'name' | 'operations'>,
  aws: Aws,
): Promise<readonly Grant[]> {
  const grants = await listGrants(
    keyArn,
    roleArn,
    (input) => retryPassing(aws, () => aws.call('kms:ListGrants', input)),
    () => {
      throw new ChangeFailed({ kind: 'aws', cause: new Error(`kms:ListGrants: ${NOT_WHOLE}`) })
    },
  )
  return (grants ?? []).filter(
    ({ Name, Operations = [], Constraints }) =>
      Name === name &&
      Object.keys(Constraints ?? {}).length === 0 &&
      [...Operations].sort().join(' ') === operations.join(' '),
  )
}
