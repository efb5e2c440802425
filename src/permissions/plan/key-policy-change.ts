import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { withCommas } from '../../errors/printable.js'
import { canonicalPolicy } from '../policy/compare-policies.js'
import {
  deletedPrincipalsIn,
  isDeletedPrincipal,
  removeDeletedPrincipals,
  withoutDeletedPrincipals,
} from '../policy/deleted-principals.js'
import { findStatement, spliceStatement } from '../policy/edit-policy.js'
import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import { withoutSpace } from '../policy/scan-json.js'
import type { RoleSources } from '../read/read-role.js'
import { isKnownAction } from '../requirements/key-requirements.js'
import { keyStatement } from '../requirements/permission-documents.js'
import { ourName, STATEMENT_PREFIX } from './our-names.js'
import type { KeyPolicyChange, Planned } from './permission-change.js'

/** The quota of a key policy in bytes, white space included; AWS does not raise it. */
const KEY_POLICY_LIMIT = 32_768

/** What a change of a key policy is made from. */
export interface KeyPolicyRequest {
  readonly keyArn: string
  readonly policy: string
  readonly role: Pick<RoleSources, 'arn' | 'roleId' | 'createdAt'>
  /** What the statement allows, beside what stands under its Sid. */
  readonly actionsWith: (ours: PolicyStatement | undefined) => readonly string[]
  /** Unique ids of deleted principals that are taken out. */
  readonly removedPrincipals: readonly string[]
  /** Whether ids of deleted principals could still be asked to be taken out. */
  readonly canRemove: boolean
  /** Take white space out if the policy would be too long. */
  readonly compact: boolean
}

/**
 * Makes the change that puts the library's own statement into the policy of a key: exact role, no condition, resource
 * `*`. The same request gives the same change each time. Refuses what KMS would refuse: deleted principals, characters
 * outside its set, more than 32,768 bytes.
 */
export async function makeKeyPolicyChange(request: KeyPolicyRequest): Promise<Planned<KeyPolicyChange>> {
  const { keyArn, policy, role, removedPrincipals, canRemove } = request
  const sid = await ourName(STATEMENT_PREFIX, role.arn, keyArn)
  const name = `the key policy of ${keyArn}`
  try {
    const ours = findStatement(policy, sid, name)
    const whyNot = ours && whyNotReplaced(ours, role)
    if (whyNot !== undefined) return { refused: `${name} has a statement ${sid} that ${whyNot}` }
    const ofRole = ours !== undefined && isFor(ours, role.arn) ? ours : undefined
    const actions = request.actionsWith(ofRole)
    const statement = keyStatement(sid, role.arn, actions)
    const edit = { keyArn, statement, compact: false, removedPrincipals }
    const plain = editKeyPolicy(policy, edit)
    const compact = request.compact && byteLength(plain) > KEY_POLICY_LIMIT
    const after = compact ? editKeyPolicy(policy, { ...edit, compact }) : plain
    const obstacle = obstacleIn(policy, after, { sid, compact, removedPrincipals, canRemove })
    if (obstacle !== undefined) return { refused: obstacle }
    return {
      change: {
        kind: 'key-policy',
        keyArn,
        roleArn: role.arn,
        roleCreatedAt: role.createdAt?.toISOString() ?? null,
        sid,
        statement,
        actions,
        replaces: ours === undefined || (ofRole !== undefined && isPlainAllow(ours)) ? null : ours,
        removedPrincipals,
        before: policy,
        after,
        compact,
        size: { used: byteLength(after), limit: KEY_POLICY_LIMIT, unit: 'bytes' },
      },
    }
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'policy-not-understood'))
      return { refused: `${name} cannot be changed safely: ${thrown.why}` }
    throw thrown
  }
}

/**
 * Puts the statement of a change into the text of a key policy, takes out the deleted principals it names, and the white space if
 * it is to be compact. Pure.
 *
 * @throws LabelingJobError `policy-not-understood` when the text is not such that this can be done safely.
 */
export function editKeyPolicy(
  text: string,
  change: Pick<KeyPolicyChange, 'keyArn' | 'statement' | 'compact' | 'removedPrincipals'>,
): string {
  const name = `the key policy of ${change.keyArn}`
  const spliced = spliceStatement(text, change.statement, name)
  const cleaned =
    change.removedPrincipals.length === 0
      ? spliced
      : removeDeletedPrincipals(spliced, change.removedPrincipals, name)
  return change.compact ? withoutSpace(cleaned) : cleaned
}

/** Why a statement of our Sid is not replaced; `undefined` when it may be. */
function whyNotReplaced(
  ours: PolicyStatement,
  { arn, roleId }: KeyPolicyRequest['role'],
): string | undefined {
  if (!isFor(ours, arn) && !isForDeletedRole(ours, roleId))
    return `is not about ${arn} alone, and is not ours to replace`
  if (ours.Effect !== 'Allow') return 'denies, and a Deny is not taken away'
  return undefined
}

function isFor(statement: PolicyStatement, roleArn: string): boolean {
  return onlyPrincipal(statement) === roleArn
}

/** KMS shows our statement for a role of this ARN that was deleted: the Sid comes from the ARN, and the id stays. */
function isForDeletedRole(statement: PolicyStatement, roleId: string | undefined): boolean {
  const named = onlyPrincipal(statement)
  return named !== undefined && isDeletedPrincipal(named) && named !== roleId
}

/** The one AWS principal of a statement that names nothing else. */
export function onlyPrincipal({ Principal, NotPrincipal }: PolicyStatement): string | undefined {
  if (NotPrincipal !== undefined || !isRecord(Principal) || Object.keys(Principal).length !== 1)
    return undefined
  const named = textList(Principal['AWS'])
  return named?.length === 1 ? named[0] : undefined
}

/** Whether a statement is an Allow of the form that this library writes: no condition, every resource of the policy. */
export function isPlainAllow({ Effect, Condition, Resource, NotAction }: PolicyStatement): boolean {
  return (
    Effect === 'Allow' &&
    Condition === undefined &&
    NotAction === undefined &&
    textList(Resource)?.join(' ') === '*'
  )
}

function obstacleIn(
  before: string,
  after: string,
  {
    sid,
    compact,
    removedPrincipals,
    canRemove,
  }: Pick<KeyPolicyChange, 'sid' | 'compact' | 'removedPrincipals'> & { readonly canRemove: boolean },
): string | undefined {
  const deletedPrincipals = deletedPrincipalsIn(after)
  if (deletedPrincipals.length > 0) {
    const hint = canRemove
      ? '; { removeDeletedPrincipals: true } takes them out of Allow statements'
      : '; it stands in a Deny, which its administrator has to change'
    const ids = deletedPrincipals.length === 1 ? 'the id of a deleted principal' : 'ids of deleted principals'
    return `the key policy names ${deletedPrincipals.join(', ')}, ${ids}, and KMS refuses every change until that is removed${hint}`
  }
  // The set that PutKeyPolicy documents for the text of a policy.
  if (!/^[\t\n\r\u0020-\u00ff]+$/.test(after)) return 'the key policy has characters that KMS does not store'
  const size = byteLength(after)
  if (size > KEY_POLICY_LIMIT) {
    const hint = compact ? '' : '; { compact: true } takes white space out'
    return `the key policy would be ${withCommas(size)} bytes long, and the limit is ${withCommas(KEY_POLICY_LIMIT)}${hint}`
  }
  const expected = (statementsIn(before) ?? []).map((statement) =>
    withoutDeletedPrincipals(statement, removedPrincipals),
  )
  return canonicalPolicy({ ...JSON.parse(before), Statement: expected.filter(isRecord) }, sid) ===
    canonicalPolicy(after, sid)
    ? undefined
    : 'the change would touch other statements'
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/**
 * Whether a statement that ours took the place of is put back by undo: when it allows the same role no more than ours
 * does, or than this library ever writes. Undo information is a text, and no text gives anybody more.
 */
export function isRestorable(
  previous: PolicyStatement | null,
  ours: PolicyStatement,
): previous is PolicyStatement {
  if (previous === null || previous.Sid !== ours.Sid || previous.Effect !== 'Allow') return false
  const isPlain = Object.keys(previous).every((element) => RESTORABLE_ELEMENTS.has(element))
  if (!isPlain || onlyPrincipal(previous) !== onlyPrincipal(ours)) return false
  const allowed = textList(ours.Action) ?? []
  const restored = textList(previous.Action) ?? []
  return restored.every((action) => isKnownAction(action) || allowed.includes(action))
}

const RESTORABLE_ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'Resource',
  'Condition',
])
