import { canonicalJson } from '../../json/canonical-json.js'
import { sha256 } from '../plan/our-names.js'
import type { GrantChange, PermissionChange } from '../plan/permission-change.js'
import { findStatement } from '../policy/edit-policy.js'
import type { GrantUndo, UndoEntry } from './applied-plan.js'
import { keyPolicyName } from './stored-documents.js'

/** Gives what takes a change back once it is made; pure but for the hash. */
export async function undoEntryFor(change: PermissionChange): Promise<UndoEntry> {
  if (change.kind === 'grant') return grantUndo(change, null)
  if (change.kind === 'role-policy') {
    const { kind, keyArn, roleArn, roleName, policyName, before, after } = change
    const entry = { kind, keyArn, roleArn, roleName, policyName, written: after, previous: before } as const
    return { ...entry, checksum: await checksumOf(entry) }
  }
  const { kind, keyArn, sid, before, after, statement } = change
  const previousOwnStatement = findStatement(before, sid, keyPolicyName(keyArn)) ?? null
  const entry = { kind, keyArn, sid, written: statement, previousOwnStatement, before, after } as const
  return { ...entry, checksum: await checksumOf(entry) }
}

/** Gives what revokes a grant. */
export async function grantUndo(change: GrantChange, grantId: string | null): Promise<GrantUndo> {
  const { kind, keyArn, roleArn, name, operations } = change
  const entry = { kind, keyArn, roleArn, name, operations, grantId } as const
  return { ...entry, checksum: await checksumOf(entry) }
}

/** Gives the checksum over an entry. */
export async function checksumOf(entry: object): Promise<string> {
  const { checksum: _, ...rest } = entry as { readonly checksum?: string }
  return (await sha256(canonicalJson(rest))).slice(0, 16)
}
