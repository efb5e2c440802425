import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { parseArn } from '../../names/arn.js'
import type { KeySources } from '../read/read-key.js'
import type { PermissionSources } from '../read/read-permissions.js'
import { GRANT_PREFIX, ourName } from './our-names.js'
import type { GrantChange, Planned } from './permission-change.js'

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

/** Plans a grant on a key: exact role, no constraint. It takes effect after up to five minutes. */
export async function planGrant(
  { role, caller }: PermissionSources,
  { key, grants }: KeySources,
  actions: readonly string[],
  retiringPrincipal: string | null,
): Promise<Planned<GrantChange>> {
  if (grants === 'UNREADABLE')
    return {
      refused: `the grants on ${key.arn} cannot be read (kms:ListGrants), so a new one could not be told from one that is there`,
    }
  const operations = actions.map((action) => action.slice('kms:'.length)).sort()
  return {
    change: {
      kind: 'grant',
      keyArn: key.arn,
      roleArn: role.arn,
      name: await ourName(GRANT_PREFIX, role.arn, key.arn, operations),
      operations,
      retiringPrincipal,
      issuer: caller?.account ?? key.account,
    },
  }
}

/**
 * Gives the principal that the caller acts as: a user, or the role of a session, whose path only IAM tells. `null`
 * when that cannot be told. Needs `iam:GetRole` on the caller's role.
 */
export async function callersPrincipal(callerArn: string | undefined, aws: Aws): Promise<string | null> {
  const caller = parseArn(callerArn ?? '')
  if (callerArn !== undefined && caller?.service === 'iam' && caller.resource.startsWith('user/'))
    return callerArn
  const [kind, name] = caller?.resource.split('/') ?? []
  if (caller?.service !== 'sts' || kind !== 'assumed-role' || name === undefined) return null
  try {
    const { Role } = await retryPassing(aws, () => aws.call('iam:GetRole', { RoleName: name }))
    return Role?.Arn ?? null
  } catch (thrown) {
    // A grant without somebody to retire it is as good to the job.
    if (isAwsError(thrown)) return null
    throw thrown
  }
}
