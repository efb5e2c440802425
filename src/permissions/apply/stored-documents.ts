import type { Aws } from '../../aws/aws.js'
import { decoded, orWhenAbsent } from '../read/read-policies.js'
import { NOT_WHOLE } from '../read/reader.js'
import { ChangeFailed } from './change-failed.js'
import type { StoredDocument } from './write-document.js'

/** Names the policy of a key in messages. */
export function keyPolicyName(keyArn: string): string {
  return `the key policy of ${keyArn}`
}

/** Names an inline policy of a role in messages. */
export function rolePolicyName(roleName: string, policyName: string): string {
  return `the inline policy ${policyName} of the role ${roleName}`
}

/** The policy of a key. Needs `kms:GetKeyPolicy` and `kms:PutKeyPolicy`. */
export function keyPolicyDocument(keyArn: string, aws: Aws): StoredDocument {
  return {
    what: keyPolicyName(keyArn),
    async read() {
      const { Policy } = await aws.call('kms:GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' })
      return Policy ?? refuseNotWhole('kms:GetKeyPolicy')
    },
    // Never with the bypass of the lock-out check: a policy nobody can change any more is not worth a job.
    write: (text) =>
      aws.call('kms:PutKeyPolicy', { KeyId: keyArn, PolicyName: 'default', Policy: text ?? '' }),
  }
}

/** An inline policy of a role. Needs `iam:GetRolePolicy`, `iam:PutRolePolicy`, `iam:DeleteRolePolicy`. */
export function rolePolicyDocument(roleName: string, policyName: string, aws: Aws): StoredDocument {
  const name = { RoleName: roleName, PolicyName: policyName }
  return {
    what: rolePolicyName(roleName, policyName),
    async read() {
      const answer = await orWhenAbsent(aws.call('iam:GetRolePolicy', name), null)
      return answer === null ? null : (decoded(answer.PolicyDocument) ?? refuseNotWhole('iam:GetRolePolicy'))
    },
    write: (text) =>
      text === null
        ? orWhenAbsent(aws.call('iam:DeleteRolePolicy', name), null)
        : aws.call('iam:PutRolePolicy', { ...name, PolicyDocument: text }),
  }
}

/** Nothing is written over what could not be read. */
function refuseNotWhole(call: string): never {
  throw new ChangeFailed({ kind: 'aws', cause: new Error(`${call}: ${NOT_WHOLE}`) })
}
