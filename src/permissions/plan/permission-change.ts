import type { PolicyStatement } from '../policy/policy-document.js'
import type { PermissionSources } from '../read/read-permissions.js'

/** One thing a plan writes. */
export type PermissionChange = KeyPolicyChange | RolePolicyChange | GrantChange

/** The library's own statement put into a key policy; all other bytes stay. */
export interface KeyPolicyChange {
  readonly kind: 'key-policy'
  readonly keyArn: string
  readonly roleArn: string
  /** When the role was made: KMS may not know a new principal yet. */
  readonly roleCreatedAt: string | null
  readonly sid: string
  readonly statement: PolicyStatement
  readonly actions: readonly string[]
  /** The statement of the same Sid that goes: under a condition, of another shape, or for a deleted principal. */
  readonly replaces: PolicyStatement | null
  /** Unique ids of deleted principals that are taken out of Allow statements. */
  readonly removedPrincipals: readonly string[]
  readonly before: string
  readonly after: string
  /** Whether all white space is taken out, to stay within the limit. */
  readonly compact: boolean
  readonly size: ChangeSize
}

/** The library's own inline policy put on the role. */
export interface RolePolicyChange {
  readonly kind: 'role-policy'
  readonly keyArn: string
  readonly roleArn: string
  readonly roleName: string
  readonly policyName: string
  readonly actions: readonly string[]
  /** `null` when the role has no policy of that name. */
  readonly before: string | null
  readonly after: string
  readonly size: ChangeSize
}

/** A grant made on the key. */
export interface GrantChange {
  readonly kind: 'grant'
  readonly keyArn: string
  readonly roleArn: string
  readonly name: string
  /** Operations as KMS names them, without `kms:`. */
  readonly operations: readonly string[]
  /** The caller's role or user, who may retire the grant; `null` when its ARN could not be told. */
  readonly retiringPrincipal: string | null
  /** The account that makes the grant. */
  readonly issuer: string
}

/** How much of a quota a document takes. */
export interface ChangeSize {
  readonly used: number
  readonly limit: number
  readonly unit: 'bytes' | 'characters'
}

/** A change, or why there can be none. */
export type Planned<Change> = { readonly change: Change } | { readonly refused: string }

/** Gives the sources as they would read after a change. Pure. */
export function withChange(sources: PermissionSources, change: PermissionChange): PermissionSources {
  if (change.kind === 'role-policy') {
    const name = `inline:${change.policyName}`
    const untouched = sources.role.identityPolicies.filter((policy) => policy.name !== name)
    const identityPolicies = [...untouched, { name, policy: change.after }]
    return { ...sources, role: { ...sources.role, identityPolicies } }
  }
  return {
    ...sources,
    keys: sources.keys.map((key) => {
      if (key.key.arn !== change.keyArn) return key
      if (change.kind === 'key-policy') return { ...key, policy: change.after }
      const grant = {
        GrantId: `planned:${change.name}`,
        GranteePrincipal: change.roleArn,
        IssuingAccount: change.issuer,
        Operations: [...change.operations],
      }
      return { ...key, grants: key.grants === 'UNREADABLE' ? [grant] : [...key.grants, grant] }
    }),
  }
}
