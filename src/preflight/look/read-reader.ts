import { parseArn } from '../../names/arn.js'
import type { UnknownReason } from '../../permissions/evaluate/unknown-reason.js'
import type { Caller } from '../../permissions/read/read-permissions.js'
import { type RoleSources, readRole } from '../../permissions/read/read-role.js'
import { readUser } from '../../permissions/read/read-user.js'
import type { Reader } from '../../permissions/read/reader.js'
import { look } from './look.js'
import type { Subject } from './subject.js'

/** Whoever reads labels, or why it is not known whose policies count. */
export interface SeenReader {
  readonly found?: RoleSources
  readonly why?: UnknownReason
}

/** Reads the policies of whoever is to read the labels: a role, the role behind a session, or a user. */
export async function readReader(
  subject: Subject,
  given: true | string | undefined,
  caller: Promise<Caller | undefined>,
  reader: Reader,
): Promise<SeenReader> {
  if (given === undefined) return {}
  const account = caller.then((identity) => identity?.account)
  // Awaited where policies are read, unless that ends before.
  account.catch(() => undefined)
  const arn = given === true ? (await caller)?.arn : given
  if (arn === undefined) return { why: unreadable('the identity of the caller', 'sts:GetCallerIdentity') }
  const { service, resource = '' } = parseArn(arn) ?? {}
  const [kind, name = ''] = resource.split('/')
  if (service === 'iam' && kind === 'role') return { found: await readRole(arn, account, reader) }
  if (service === 'iam' && kind === 'user') return { found: await readUser(arn, account, reader) }
  if (service !== 'sts' || kind !== 'assumed-role') return { why: OTHER }
  // The ARN of a session leaves the path of its role out.
  const { found } = await look(subject, 'iam:GetRole', { RoleName: name }, `Cannot read the role ${name}`)
  return found?.Role?.Arn === undefined
    ? { why: unreadable(`the role of ${arn}`, 'iam:GetRole') }
    : { found: await readRole(found.Role.Arn, account, reader) }
}

const OTHER: UnknownReason = {
  kind: 'undocumented',
  topic: 'whoever reads the labels is neither a role nor a user: give { reader } the ARN of one',
}

function unreadable(source: string, permissionNeeded: string): UnknownReason {
  return { kind: 'unreadable', source, permissionNeeded }
}
