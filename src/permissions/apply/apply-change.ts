import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { KeyPolicyChange, PermissionChange, RolePolicyChange } from '../plan/permission-change.js'
import { editKeyPolicy } from '../plan/plan-key-policy.js'
import { findStatement } from '../policy/edit-policy.js'
import type { DoneChange, UndoEntry } from './applied-plan.js'
import { applyGrant } from './apply-grant.js'
import { ChangeFailed } from './change-failed.js'
import { oneAtATime } from './one-at-a-time.js'
import { keyPolicyDocument, rolePolicyDocument } from './stored-documents.js'
import { type DocumentEdit, type StoredDocument, type WriteOutcome, writeDocument } from './write-document.js'

/** How a change came out. */
export interface ChangeOutcome {
  readonly status: DoneChange['status']
  /** Absent when nothing was written. */
  readonly undo?: UndoEntry
  /** From when on it takes effect everywhere; absent when that is known already. */
  readonly effectiveFrom?: Date
}

/**
 * Makes one change of a plan and looks whether it lasts.
 *
 * @throws ChangeFailed when it was not made or did not last.
 */
export async function applyChange(change: PermissionChange, aws: Aws): Promise<ChangeOutcome> {
  try {
    if (change.kind !== 'grant') return await changeDocument(change, aws)
    const { status, grantId, effectiveFrom } = await oneAtATime(change.keyArn, () => applyGrant(change, aws))
    const undo: UndoEntry = { kind: 'grant', keyArn: change.keyArn, grantId }
    return { status, effectiveFrom, ...(status !== 'already-there' && { undo }) }
  } catch (thrown) {
    throw isAwsError(thrown) ? new ChangeFailed({ kind: 'aws', cause: thrown }) : thrown
  }
}

/** IAM states no limit; seconds are usual. */
const ROLE_POLICY_TAKES_EFFECT = 60_000

async function changeDocument(change: KeyPolicyChange | RolePolicyChange, aws: Aws): Promise<ChangeOutcome> {
  const { name, document, edit } =
    change.kind === 'key-policy' ? keyPolicyEdit(change, aws) : rolePolicyEdit(change, aws)
  const undo = undoEntry(change)
  const outcome = await oneAtATime(name, () => writeDocument(document, edit, aws))
  if (outcome.state === 'already-there') return { status: outcome.state }
  if (outcome.state !== 'verified' && outcome.state !== 'propagating') throw failed(outcome, undo)
  const effectiveFrom = new Date(aws.clock.now().getTime() + ROLE_POLICY_TAKES_EFFECT)
  return { status: outcome.state, undo, ...(change.kind === 'role-policy' && { effectiveFrom }) }
}

function failed(
  outcome: Extract<WriteOutcome, { readonly state: 'failed' | 'stale' | 'lost' }>,
  undo: UndoEntry,
): ChangeFailed {
  if (outcome.state === 'failed')
    return new ChangeFailed({ kind: 'aws', cause: outcome.cause }, outcome.mayBeWritten ? undo : undefined)
  const { state: kind, found } = outcome
  return new ChangeFailed({ kind, found }, kind === 'lost' ? undo : undefined)
}

const TEN_MINUTES = 10 * 60_000

const TWO_MINUTES = 2 * 60_000

interface NamedEdit {
  /** Changes of one name are made one after another. */
  readonly name: string
  readonly document: StoredDocument
  readonly edit: DocumentEdit
}

function keyPolicyEdit(change: KeyPolicyChange, aws: Aws): NamedEdit {
  const { keyArn, before, after, roleCreatedAt } = change
  const age = roleCreatedAt === null ? Infinity : aws.clock.now().getTime() - Date.parse(roleCreatedAt)
  return {
    name: keyArn,
    document: keyPolicyDocument(keyArn, aws),
    edit: {
      before,
      after,
      rebuild: (now) => editKeyPolicy(now ?? '', change),
      malformedPatience: age < TEN_MINUTES ? TWO_MINUTES : 0,
    },
  }
}

function rolePolicyEdit(change: RolePolicyChange, aws: Aws): NamedEdit {
  const { roleArn, roleName, policyName, before, after } = change
  return {
    name: roleArn,
    document: rolePolicyDocument(roleName, policyName, aws),
    edit: { before, after, rebuild: () => after, malformedPatience: 0 },
  }
}

function undoEntry(change: KeyPolicyChange | RolePolicyChange): UndoEntry {
  if (change.kind === 'role-policy') {
    const { roleArn, roleName, policyName, before, after } = change
    return {
      kind: 'role-policy',
      roleArn,
      roleName,
      policyName,
      written: after,
      previous: before,
    }
  }
  const { keyArn, sid, before, after, statement } = change
  return {
    kind: 'key-policy',
    keyArn,
    sid,
    written: statement,
    previousOwnStatement: findStatement(before, sid, `the key policy of ${keyArn}`) ?? null,
    before,
    after,
  }
}
