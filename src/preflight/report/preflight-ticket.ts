import { type Owner, ownerName } from '../../show/owner.js'
import { type TicketItem, ticketText } from '../../show/ticket.js'
import type { MadeCheck } from './check.js'
import type { PreflightData } from './preflight-data.js'

const ASKED: readonly string[] = ['failed', 'unknown', 'warning']

/** Writes to an owner what is asked of them. Pure. */
export function ticketOf(owner: Owner, { name, region }: PreflightData, made: readonly MadeCheck[]): string {
  const items = ASKED.flatMap((status) =>
    made.filter((check) => check.owner === owner && check.status === status).map(itemOf),
  )
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
