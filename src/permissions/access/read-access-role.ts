import type { Aws, CallOptions } from '../../aws/aws.js'
import { withSignal } from '../../aws/with-signal.js'
import { parseArn } from '../../names/arn.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import { type KeySources, readKey } from '../read/read-key.js'
import { type RoleSources, readRole } from '../read/read-role.js'
import { makeReader } from '../read/reader.js'

/** Reads a role where `readPermissions()` does not: the role that reads labels, or that of a job whose keys are wrong. */
export async function readAccessRole(
  roleArn: string,
  aws: Aws,
  options: CallOptions = {},
): Promise<RoleSources> {
  const reader = makeReader(withSignal(aws, options.signal, `Cannot read the role ${roleArn}`))
  const caller = reader.read('sts:GetCallerIdentity', {}, 'the identity of the caller')
  return readRole(
    roleArn,
    caller.then((identity) => identity?.Account),
    reader,
  )
}

/**
 * Reads policies and grants of keys that are known from the objects under them: S3 encrypts with symmetric keys only, so
 * that nothing has to be asked of the keys themselves. Needs `kms:GetKeyPolicy`, `kms:ListKeyPolicies`, `kms:ListGrants`.
 */
export async function readAccessKeys(
  keyArns: readonly string[],
  roleArn: string,
  aws: Aws,
  options: CallOptions = {},
): Promise<readonly KeySources[]> {
  const reader = makeReader(withSignal(aws, options.signal, 'Cannot read the keys of the input'))
  return Promise.all(
    [...new Set(keyArns)].map((arn) => {
      const { account = '', region = '', resource = '' } = parseArn(arn) ?? {}
      const keyId = resource.replace(/^key\//, '')
      const key = {
        given: arn,
        arn: arn as KmsKeyArn,
        keyId,
        account,
        region,
        multiRegion: keyId.startsWith('mrk-'),
        origin: 'unknown',
      }
      return readKey(key, [], roleArn, reader)
    }),
  )
}
