import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { editKeyPolicy } from '../plan/key-policy-change.js'
import type { KeyPolicyChange, PermissionChange, RolePolicyChange } from '../plan/permission-change.js'
import type { DoneChange, UndoEntry } from './applied-plan.js'
import { applyGrant, effectiveFrom } from './apply-grant.js'
import { ChangeFailed } from './change-failed.js'
import { oneAtATime } from './one-at-a-time.js'
import { findOurGrants } from './our-grants.js'
import { keyPolicyDocument, rolePolicyDocument } from './stored-documents.js'
import { grantUndo, undoEntryFor } from './undo-entry.js'
import {
  type DocumentEdit,
  lookAtDocument,
  type StoredDocument,
  type WriteOutcome,
  writeDocument,
} from './write-document.js'

/** A change that was looked at: it is made already, or would be made now. */
export interface LookedAtChange {
  readonly change: PermissionChange
  readonly isThere: boolean
  /** What takes it back once it is made. */
  readonly undo: UndoEntry
  /** From when on what is there takes effect everywhere; absent when that is known already. */
  readonly effectiveFrom?: Date
}

/** How a change came out. */
export interface ChangeOutcome {
  readonly status: DoneChange['status']
  /** Absent when nothing was written. */
  readonly undo?: UndoEntry
  /** From when on it takes effect everywhere; absent when that is known already. */
  readonly effectiveFrom?: Date
}

/**
 * Looks whether a change is made already, and whether it can be: reads only.
 *
 * @throws ChangeFailed when what it was planned on has changed, or cannot be read.
 */
export async function lookAtChange(change: PermissionChange, aws: Aws): Promise<LookedAtChange> {
  const undo = await undoEntryFor(change)
  if (change.kind === 'grant') {
    const [known] = await orFail(() => findOurGrants(change, aws))
    if (known?.GrantId === undefined) return { change, isThere: false, undo }
    return { change, isThere: true, undo, effectiveFrom: effectiveFrom(known, new Date(0)) }
  }
  const { document, edit } = namedEdit(change, aws)
  const outcome = await orFail(() => lookAtDocument(document, edit, aws))
  if (outcome.state === 'stale') throw new ChangeFailed({ kind: 'stale', found: outcome.found })
  return { change, isThere: outcome.state === 'already-there', undo }
}

/**
 * Makes one change of a plan and looks whether it lasts.
 *
 * @throws ChangeFailed when it was not made or did not last.
 */
export async function applyChange({ change, undo }: LookedAtChange, aws: Aws): Promise<ChangeOutcome> {
  if (change.kind !== 'grant') return orFail(() => changeDocument(change, undo, aws))
  const made = await orFail(() => oneAtATime(change.keyArn, () => applyGrant(change, aws)))
  const { status, grantId } = made
  return { status, effectiveFrom: made.effectiveFrom, undo: await grantUndo(change, grantId) }
}

async function orFail<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (thrown) {
    throw isAwsError(thrown) ? new ChangeFailed({ kind: 'aws', cause: thrown }) : thrown
  }
}

/** IAM states no limit; seconds are usual. */
const ROLE_POLICY_TAKES_EFFECT = 60_000

async function changeDocument(
  change: KeyPolicyChange | RolePolicyChange,
  undo: UndoEntry,
  aws: Aws,
): Promise<ChangeOutcome> {
  const { name, document, edit } = namedEdit(change, aws)
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

const TEN_MINUTES = 600_000

const TWO_MINUTES = 120_000

interface NamedEdit {
  /** Changes of one name are made one after another. */
  readonly name: string
  readonly document: StoredDocument
  readonly edit: DocumentEdit
}

function namedEdit(change: KeyPolicyChange | RolePolicyChange, aws: Aws): NamedEdit {
  return change.kind === 'key-policy' ? keyPolicyEdit(change, aws) : rolePolicyEdit(change, aws)
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
