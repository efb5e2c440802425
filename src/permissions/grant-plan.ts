import { GRANT_PREFIX, ownName } from './own-name.js'
import type { GrantChange, Planned } from './permission-change.js'
import type { KeySources } from './read-key.js'
import type { PermissionSources } from './read-permissions.js'

/**
 * The operations a grant is made for. Data key pairs are left out, as custom key stores refuse them; `CreateGrant` is,
 * as what a volume needs of a grant made through a grant is not documented.
 */
export const GRANTABLE_ACTIONS: readonly string[] = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
]

/** Plans a grant on a key: exact role, no constraint. It takes up to five minutes to count. */
export async function planGrant(
  { role, callerAccount }: PermissionSources,
  { key }: KeySources,
  actions: readonly string[],
): Promise<Planned<GrantChange>> {
  const operations = actions.map((action) => action.slice('kms:'.length)).sort()
  return {
    change: {
      kind: 'grant',
      keyArn: key.arn,
      roleArn: role.arn,
      name: await ownName(GRANT_PREFIX, `${role.arn} ${operations.join(' ')}`),
      operations,
      issuer: callerAccount === '' ? key.account : callerAccount,
    },
  }
}
