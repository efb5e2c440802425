import type { Side } from './match.js'

const READ_PERMISSIONS: Readonly<Record<string, string>> = {
  'key-policy': 'kms:GetKeyPolicy',
  'identity-policies':
    'iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion',
  'inline:*': 'iam:ListRolePolicies, iam:GetRolePolicy',
  'managed:*': 'iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion',
}

/** Gives the permissions that would let a policy be read, by the name it goes by in evidence. */
export function permissionToRead(name: string, sides: readonly Side[]): string {
  const known = READ_PERMISSIONS[name]
  if (known !== undefined) return known
  if (/^(?:scp|rcp)(?:$|:)/.test(name)) return 'organizations:DescribePolicy'
  if (name.startsWith('inline:')) return 'iam:GetRolePolicy'
  return sides.includes('boundary')
    ? 'iam:GetRole, iam:GetPolicy, iam:GetPolicyVersion'
    : 'iam:GetPolicy, iam:GetPolicyVersion'
}
