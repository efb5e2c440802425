import type { PermissionPlanData } from '../../permissions/plan/permission-plan.js'
import { planItems } from '../../permissions/plan/plan-ticket.js'
import { type Owner, ownerName } from '../../show/owner.js'
import { type TicketItem, ticketText } from '../../show/ticket.js'
import type { MadeCheck } from './check.js'
import type { PreflightData } from './preflight-data.js'

const ASKED: readonly string[] = ['failed', 'unknown', 'warning']

/** Writes to an owner what is asked of them; what a plan would change on role and keys in every form. Pure. */
export function ticketOf(
  owner: Owner,
  { name, region }: PreflightData,
  made: readonly MadeCheck[],
  plan?: PermissionPlanData,
): string {
  const planned = plan === undefined ? [] : planItems(owner, plan)
  // A plan says the same of what it can change, and how.
  const asked = made.filter(
    ({ owner: of, code }) => of === owner && !(code === 'keys-allowed' && planned.length > 0),
  )
  const items = [
    ...planned,
    ...ASKED.flatMap((status) => asked.filter((check) => check.status === status).map(itemOf)),
    ...(owner === 'you' ? made.flatMap(ownItem) : []),
  ]
  return ticketText({
    owner,
    title: `Labeling job ${name}: what it needs of ${ownerName(owner)}`,
    summary: `The Amazon SageMaker Ground Truth labeling job ${name} in ${region} was checked before it is created. ${
      items.length === 0 ? 'Nothing of yours stands in its way.' : 'What follows stands in its way, or may.'
    }`,
    items,
  })
}

function itemOf({ what, why = '', fix, status, help }: MadeCheck): TicketItem {
  return {
    what: fix ?? what,
    why: `${what}${status === 'unknown' ? ' (it could not be checked)' : ''}: ${why}`,
    ...help,
    verify: [...(help?.verify ?? []), 'Have whoever runs the job check it again.'],
  }
}

/** What whoever runs the job can do instead of waiting for somebody else. */
function ownItem({ what, why = '', own, owner }: MadeCheck): readonly TicketItem[] {
  if (own === undefined) return []
  const verify = ['Check the job again.']
  return [{ what: own, why: `${what}: ${why}. ${capitalizedName(owner)} can change that as well`, verify }]
}

function capitalizedName(owner: MadeCheck['owner']): string {
  const name = ownerName(owner) ?? 'its owner'
  return name.charAt(0).toUpperCase() + name.slice(1)
}
