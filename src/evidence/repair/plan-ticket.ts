import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import { refusedCall } from '../../errors/refused-call.js'
import type { PolicyStatement } from '../../permissions/policy/policy-document.js'
import {
  addedStatement,
  cdkStatement,
  terraformStatement,
} from '../../permissions/policy/statement-as-code.js'
import { OWNERS, type Owner, ownerName } from '../../show/owner.js'
import { type TicketItem, ticketText } from '../../show/ticket.js'
import type { PlannedReader, ReencryptionPlanData } from './reencryption-plan.js'

const SHOWN = 20

/** Writes what one owner has to do so that a plan can be carried out, and everybody reads on afterwards. Pure. */
export function planTicket(data: ReencryptionPlanData, owner: unknown): string {
  if (ownerName(owner) === undefined)
    throw refusedCall('toTicket', `${formatValue(owner)} is no owner: give ${OWNERS.join(', ')}`)
  const { job, keyArn, objects } = data
  return ticketText({
    owner: owner as Owner,
    title: `Output of the labeling job ${job} under another key`,
    summary: `${countOf(objects.length, 'object')} of the job ${data.arn} in ${data.folder} shall be encrypted with ${keyArn}. What is asked for below is needed for that.`,
    items: itemsFor(owner as Owner, data),
  })
}

function itemsFor(owner: Owner, data: ReencryptionPlanData): readonly TicketItem[] {
  const readers = data.readers.filter((reader) => reader.owner === owner && reader.verdict !== 'allowed')
  return [
    ...readers.map((reader) => readerItem(reader, data)),
    ...(owner === 'bucket' ? lockItems(data) : []),
    ...(owner === 'you' ? workItems(data) : []),
  ]
}

const VERDICTS: Readonly<Record<PlannedReader['verdict'], string>> = {
  allowed: 'it may',
  denied: 'a Deny stands against it',
  missing: 'no policy allows it',
  unknown: 'as far as policies could be read, it is not certain that it may',
}

function readerItem({ who, owner, verdict }: PlannedReader, { keyArn }: ReencryptionPlanData): TicketItem {
  const what = `Let ${who} decrypt with ${keyArn}`
  const why = `It reads the output of the job, and ${VERDICTS[verdict]}: it could not read the files once they are under the key.`
  const verify = ['Plan again: the reader is then allowed.']
  if (verdict === 'denied') return { what, why: `${why} Have the Deny spare it.`, verify }
  const statement: PolicyStatement = {
    Effect: 'Allow',
    ...(owner === 'key' && { Principal: { AWS: who } }),
    Action: ['kms:Decrypt'],
    Resource: owner === 'key' ? '*' : keyArn,
  }
  const where = owner === 'key' ? `the policy of the key ${keyArn}` : `an IAM policy of the role ${who}`
  return {
    what,
    why: `${why} Add this statement to ${where}.`,
    diff: addedStatement(statement),
    cdk: cdkStatement(statement),
    terraform: terraformStatement(statement),
    verify,
  }
}

function lockItems({ objects }: ReencryptionPlanData): readonly TicketItem[] {
  const locked = objects.filter(({ why }) => why?.startsWith('Object Lock'))
  const more = locked.length - SHOWN
  return [
    ...locked.slice(0, SHOWN).map(({ uri, versionId, why = '' }) => ({
      what: `Lift the lock of ${uri}${versionId === undefined ? '' : `, version ${versionId}`}`,
      why: `S3 does not change the key of a locked object. ${why}.`,
    })),
    ...(more > 0
      ? [{ what: `And of ${countOf(more, 'more object')}`, why: 'They are named in the plan.' }]
      : []),
  ]
}

function workItems({ objects, requests, aboutUsd }: ReencryptionPlanData): readonly TicketItem[] {
  const possible = objects.filter(({ how }) => how !== 'not-possible').length
  if (possible === 0) return []
  return [
    {
      what: `Put ${countOf(possible, 'object')} under the key`,
      why: `It takes ${countOf(requests, 'request')} to S3, about ${aboutUsd} USD.`,
      verify: ['await reencrypt(plan, aws), and proveJob() afterwards'],
    },
  ]
}
