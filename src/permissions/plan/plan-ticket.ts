import { parseArn } from '../../names/arn.js'
import { type Owner, ownerName } from '../../show/owner.js'
import { type TicketItem, ticketText } from '../../show/ticket.js'
import type { CheckedDecision } from '../check/decide-requirements.js'
import { decidedBy, namedActions } from '../check/describe-decision.js'
import { findStatement } from '../policy/edit-policy.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import { parsePolicySource } from '../policy/policy-source.js'
import { keyPolicyAddress, showStatement } from '../tickets/document-commands.js'
import { grantForms } from '../tickets/grant-forms.js'
import { keyStatementForms, rolePolicyForms } from '../tickets/statement-forms.js'
import { isRestorable } from './key-policy-change.js'
import type { KeyPolicyChange, PermissionChange } from './permission-change.js'
import type { NotFixed, PermissionPlanData } from './permission-plan.js'
import { changeLines } from './show-plan.js'

/** Tells who owns what a change writes to. */
export function ownerOfChange({ kind }: PermissionChange): Owner {
  return kind === 'role-policy' ? 'role' : 'key'
}

/**
 * Writes what a plan asks of one owner: every change as a diff, commands, CDK and Terraform, with how to verify and undo
 * it, and what no plan can write, such as a Deny that has to go. Pure.
 */
export function planTicket(owner: Owner, data: PermissionPlanData): string {
  const { role, region } = data.report
  const items = planItems(owner, data)
  return ticketText({
    owner,
    title: `Let the role ${nameOf(role)} use KMS keys for labeling jobs`,
    summary: `Amazon SageMaker Ground Truth works under the role ${role} in ${region}, and needs the permissions below on KMS keys (developer guide, sms-security-kms-permissions). ${
      items.length === 0 ? `Nothing has to be done by ${ownerName(owner)}.` : 'Nothing else is asked for.'
    }`,
    items,
  })
}

/** Gives what a plan asks of one owner, item by item. Pure. */
export function planItems(owner: Owner, data: PermissionPlanData): readonly TicketItem[] {
  return [
    ...data.changes
      .filter((change) => ownerOfChange(change) === owner)
      .map((change) => changeItem(change, data)),
    ...(owner === 'key' ? statementItems(data.notFixed) : []),
    ...denyItems(owner, data.notFixed),
  ]
}

function changeItem(change: PermissionChange, { report }: PermissionPlanData): TicketItem {
  const { keyArn, roleArn } = change
  const diff = changeLines(change)
  const because = whyOf(change, report.decisions)
  if (change.kind === 'grant')
    return {
      what: `Make a grant on the key ${keyArn} for ${roleArn}`,
      why: because,
      ...grantForms(change),
      diff,
    }
  if (change.kind === 'role-policy')
    return {
      what: `Put the inline policy ${change.policyName} on the role ${nameOf(roleArn)}`,
      why: because,
      ...rolePolicyForms(roleArn, change.policyName, change.after, {
        diff,
        previous: change.before ?? undefined,
      }),
    }
  const { sid, statement, removedPrincipals, compact } = change
  return {
    what: `Put the statement ${sid} into the policy of the key ${keyArn}`,
    why: because,
    ...keyStatementForms(
      keyArn,
      { ...statement, Sid: sid },
      { diff, previous: previousOf(change), removedPrincipals, compact },
    ),
  }
}

/** What undo() would put back. */
function previousOf({ before, sid, keyArn, statement }: KeyPolicyChange): PolicyStatement | undefined {
  const previous = findStatement(before, sid, `the key policy of ${keyArn}`) ?? null
  return isRestorable(previous, statement) ? previous : undefined
}

function whyOf(change: PermissionChange, decisions: readonly CheckedDecision[]): string {
  const actions =
    change.kind === 'grant' ? change.operations.map((operation) => `kms:${operation}`) : change.actions
  const ofChange = decisions.filter(
    ({ keyArn, action, verdict }) =>
      keyArn === change.keyArn && verdict !== 'allowed' && actions.some((pattern) => covers(pattern, action)),
  )
  const reasons = [...new Set(ofChange.map(({ requirement }) => requirement.why))]
  const standing = ofChange.some(({ verdict }) => verdict === 'unknown')
    ? 'not certainly allowed now'
    : 'not allowed now'
  return `${namedActions(ofChange, decisions)} ${ofChange.length === 1 ? 'is' : 'are'} ${standing}: ${reasons.join('; ')}`
}

/** The guide's entries end in a star, and have no other. */
function covers(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}

/** Statements for keys of other accounts, one a key: nobody but their administrators can write them. */
function statementItems(notFixed: readonly NotFixed[]): readonly TicketItem[] {
  const byKey = new Map<string, { readonly statement: PolicyStatement; readonly of: CheckedDecision[] }>()
  for (const { decision, statementForKeyPolicy } of notFixed) {
    if (statementForKeyPolicy === undefined) continue
    const known = byKey.get(decision.keyArn)
    if (known === undefined) byKey.set(decision.keyArn, { statement: statementForKeyPolicy, of: [decision] })
    else known.of.push(decision)
  }
  return [...byKey].map(([keyArn, { statement, of }]) => ({
    what: `Put a statement into the policy of the key ${keyArn}`,
    why: `the key is of account ${parseArn(keyArn)?.account}, and only its policy lets roles of other accounts use it: ${of.map(({ action }) => action).join(', ')}`,
    ...keyStatementForms(keyArn, { ...statement, Sid: statement.Sid ?? 'GroundTruthUse' }),
  }))
}

const OWNERS_OF_DENIES: Readonly<Partial<Record<string, Owner>>> = {
  'key-policy': 'key',
  'identity-policies': 'role',
  inline: 'role',
  managed: 'role',
  boundary: 'role',
}

/** No Allow outweighs a Deny, and none is taken away by a plan. */
function denyItems(owner: Owner, notFixed: readonly NotFixed[]): readonly TicketItem[] {
  const denied = notFixed.filter(({ decision }) => decision.verdict === 'denied')
  const words = new Map<string, TicketItem>()
  for (const { decision } of denied) {
    const [deny] = decision.evidence.filter(({ effect }) => effect === 'Deny')
    const { kind = 'other' } = deny === undefined ? {} : parsePolicySource(deny.policy)
    if (deny === undefined || (OWNERS_OF_DENIES[kind] ?? 'you') !== owner) continue
    const { keyArn, roleArn } = decision
    const actions = denied
      .filter((one) => one.decision.keyArn === keyArn && decidedBy(one.decision) === decidedBy(decision))
      .map((one) => one.decision.action)
    words.set(`${keyArn} ${decidedBy(decision)}`, {
      what: `Have the Deny ${decidedBy(decision)} spare ${roleArn}`,
      why: `it denies ${actions.join(', ')} on ${keyArn}, and no Allow outweighs it`,
      ...(kind === 'key-policy' && { cli: [showStatement(keyPolicyAddress(keyArn), deny.statement)] }),
    })
  }
  return [...words.values()]
}

function nameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1)
}
