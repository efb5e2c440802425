import type { Aws } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import { sleepUntil } from '../../aws/clock.js'
import { RefusedCallError, refuseNoConnection } from '../../errors/refused-call-error.js'
import { parseArn } from '../../names/arn.js'
import { sha256 } from '../plan/own-name.js'
import type { KeyPolicyChange, PermissionChange, RolePolicyChange } from '../plan/permission-change.js'
import type { PermissionPlan } from '../plan/permission-plan.js'
import { editKeyPolicy } from '../plan/plan-key-policy.js'
import { findStatement } from '../policy/edit-policy.js'
import type { AppliedPlan, DoneChange, UndoEntry, UndoInfo } from './applied-plan.js'
import { applyFailed } from './apply-failed.js'
import { applyGrant, type GrantOutcome } from './apply-grant.js'
import { readCaller, refuseOtherRegion } from './caller.js'
import { oneAtATime } from './one-at-a-time.js'
import { PermissionsChangeError } from './permissions-error.js'
import { keyPolicyDocument, rolePolicyDocument } from './stored-documents.js'
import { type DocumentEdit, type StoredDocument, writeDocument } from './write-document.js'

/**
 * Writes exactly a plan, one change after another, and verifies each. A document that changed since the plan was made
 * stops it before anything is written to that document; a second `applyPlan` of the same plan writes nothing.
 *
 * What AWS gives back does not count everywhere yet. After the last change a minute is waited for a role policy (IAM
 * states no limit, and seconds are usual), and five for a grant, as KMS says.
 *
 * AWS has no version check on policies: another writer within one round trip cannot be kept out, only noticed after.
 *
 * Needs what the changes name: `kms:GetKeyPolicy` and `kms:PutKeyPolicy`, `iam:GetRolePolicy` and
 * `iam:PutRolePolicy`, or `kms:ListGrants` and `kms:CreateGrant`.
 *
 * @throws PermissionsChangeError with what was done before it, and `data.undo`; LabelingJobError `refused-call` for what
 * is no plan, and in another region; AwsCallError when the caller cannot be told.
 */
export async function applyPlan(plan: PermissionPlan, aws: Aws): Promise<AppliedPlan> {
  const done: DoneChange[] = []
  const entries: UndoEntry[] = []
  refuseNoConnection('applyPlan', aws, '')
  const changes = changesOf(plan)
  await refuseOtherRegion('applyPlan', { what: 'the plan was made', region: plan.report.region }, aws)
  const caller = await readCaller(aws)
  const start = { region: plan.report.region, at: aws.clock.now().toISOString(), caller: caller.arn }
  const undo = (): UndoInfo => ({ ...start, entries: [...entries] })
  const progress: Progress = () => ({ done: [...done], undo: undo() })
  refuseOtherAccount(changes, caller, progress)
  let countsFrom = 0
  for (const change of changes) {
    if (change.kind === 'grant') {
      const outcome = await makeGrant(change, aws, entries, progress)
      countsFrom = Math.max(countsFrom, outcome.countsFrom.getTime())
      done.push({ change, status: outcome.state })
      continue
    }
    const state = await changeDocument(change, aws, entries, progress)
    if (change.kind === 'role-policy' && state !== 'already-there')
      countsFrom = Math.max(countsFrom, aws.clock.now().getTime() + ROLE_POLICY_COUNTS)
    done.push({ change, status: state })
  }
  await sleepUntil(countsFrom, aws)
  return { done, undo: undo() }
}

const ROLE_POLICY_COUNTS = 60_000

/** Refuses what is no plan, for callers without a type checker. */
function changesOf(plan: PermissionPlan): PermissionPlan['changes'] {
  const { changes, report } = Object(plan) as Partial<PermissionPlan>
  if (Array.isArray(changes) && report !== undefined) return changes as PermissionPlan['changes']
  throw new RefusedCallError('applyPlan', 'this is no plan: give what planPermissions() gives', '')
}

/** A role is found by its name in the account of the credentials, and may be another one there. */
function refuseOtherAccount(
  changes: PermissionPlan['changes'],
  caller: { readonly account: string },
  progress: Progress,
): void {
  for (const change of changes) {
    const account =
      change.kind === 'grant'
        ? (parseArn(change.issuer)?.account ?? change.issuer)
        : parseArn(change.kind === 'role-policy' ? change.roleArn : change.keyArn)?.account
    if (account === caller.account) continue
    const what = change.kind === 'role-policy' ? `the role ${change.roleArn}` : `the key ${change.keyArn}`
    throw new PermissionsChangeError(
      'permissions-apply-failed',
      { what, ...progress() },
      {
        why: `the plan was made for account ${account}, and the credentials are of account ${caller.account}`,
        fix: 'Use the credentials that the plan was made with; nothing was written',
      },
    )
  }
}

type Progress = () => { readonly done: readonly DoneChange[]; readonly undo: UndoInfo }

async function changeDocument(
  change: KeyPolicyChange | RolePolicyChange,
  aws: Aws,
  entries: UndoEntry[],
  progress: Progress,
): Promise<DoneChange['status']> {
  const { document, edit } =
    change.kind === 'key-policy' ? keyPolicyEdit(change, aws) : rolePolicyEdit(change, aws)
  const name = change.kind === 'key-policy' ? change.keyArn : change.roleArn
  const entry = await undoEntry(change)
  const texts = { what: document.what, base: change.before ?? undefined, planned: change.after }
  try {
    const outcome = await oneAtATime(name, () => writeDocument(document, edit, aws))
    if (outcome.state === 'already-there') return outcome.state
    if (outcome.state === 'verified' || outcome.state === 'propagating') {
      entries.push(entry)
      return outcome.state
    }
    if (outcome.state === 'failed') {
      if (outcome.mayBeWritten) entries.push(entry)
      throw applyFailed({ ...texts, ...progress() }, outcome.cause)
    }
    const data = { ...texts, found: outcome.found ?? undefined }
    if (outcome.state === 'stale') {
      throw new PermissionsChangeError(
        'permissions-stale-plan',
        { ...data, ...progress() },
        {
          why: 'it was changed by somebody else since the plan was made',
          fix: 'Plan again; nothing was written to it',
        },
      )
    }
    entries.push(entry)
    throw new PermissionsChangeError(
      'permissions-lost-update',
      { ...data, ...progress() },
      {
        why: 'after it was written it reads otherwise: somebody else wrote it at the same time',
        fix: 'Compare error.data.planned with error.data.found, agree who writes, and plan again',
      },
    )
  } catch (thrown) {
    if (thrown instanceof PermissionsChangeError || !isAwsError(thrown)) throw thrown
    throw applyFailed({ ...texts, ...progress() }, thrown)
  }
}

async function makeGrant(
  change: PermissionChange & { readonly kind: 'grant' },
  aws: Aws,
  entries: UndoEntry[],
  progress: Progress,
): Promise<GrantOutcome> {
  try {
    const outcome = await oneAtATime(change.keyArn, () => applyGrant(change, aws))
    if (outcome.state !== 'already-there')
      entries.push({ kind: 'grant', keyArn: change.keyArn, grantId: outcome.grantId })
    return outcome
  } catch (thrown) {
    if (!isAwsError(thrown)) throw thrown
    throw applyFailed({ what: `the grants on ${change.keyArn}`, ...progress() }, thrown)
  }
}

const TEN_MINUTES = 10 * 60_000

const TWO_MINUTES = 2 * 60_000

function keyPolicyEdit(change: KeyPolicyChange, aws: Aws): { document: StoredDocument; edit: DocumentEdit } {
  const document = keyPolicyDocument(change.keyArn, aws)
  const { before, after, roleCreatedAt } = change
  const age = roleCreatedAt === null ? Infinity : aws.clock.now().getTime() - Date.parse(roleCreatedAt)
  return {
    document,
    edit: {
      before,
      after,
      rebuild: (now) => editKeyPolicy(now ?? '', change),
      malformedPatience: age < TEN_MINUTES ? TWO_MINUTES : 0,
    },
  }
}

function rolePolicyEdit(
  change: RolePolicyChange,
  aws: Aws,
): { document: StoredDocument; edit: DocumentEdit } {
  const { roleName, policyName, before, after } = change
  const document = rolePolicyDocument(roleName, policyName, aws)
  return { document, edit: { before, after, rebuild: () => after, malformedPatience: 0 } }
}

async function undoEntry(change: KeyPolicyChange | RolePolicyChange): Promise<UndoEntry> {
  if (change.kind === 'role-policy') {
    const { roleArn, roleName, policyName, before, after } = change
    return { kind: 'role-policy', roleArn, roleName, policyName, written: after, previous: before }
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
    beforeHash: await sha256(before),
    afterHash: await sha256(after),
  }
}
