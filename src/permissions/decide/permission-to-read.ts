import type { PolicySource } from '../policy/policy-source.js'
import type { Side } from './match.js'

/** Gives the permissions that would let a policy be read, by what it is, or by what it may hold. */
export function permissionToRead({ kind, name }: PolicySource, sides: readonly Side[]): string {
  switch (kind) {
    case 'key-policy':
      return name === undefined ? 'kms:GetKeyPolicy' : 'kms:ListKeyPolicies, kms:GetKeyPolicy'
    case 'bucket-policy':
      return 's3:GetBucketPolicy'
    case 'function-policy':
      return 'lambda:GetPolicy'
    case 'topic-policy':
      return 'sns:GetTopicAttributes'
    case 'scp':
    case 'rcp':
      return 'organizations:DescribePolicy'
    case 'identity-policies':
      return 'iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion'
    case 'user-policies':
      return 'iam:GetUser, iam:ListUserPolicies, iam:GetUserPolicy, iam:ListAttachedUserPolicies, iam:ListGroupsForUser, iam:ListGroupPolicies, iam:GetGroupPolicy, iam:ListAttachedGroupPolicies, iam:GetPolicy, iam:GetPolicyVersion'
    case 'inline':
      return name === undefined ? 'iam:ListRolePolicies, iam:GetRolePolicy' : 'iam:GetRolePolicy'
    default: {
      const first = kind === 'managed' && name === undefined ? 'iam:ListAttachedRolePolicies, ' : ''
      const ofRole = sides.includes('boundary') ? 'iam:GetRole, ' : first
      return `${ofRole}iam:GetPolicy, iam:GetPolicyVersion`
    }
  }
}
