import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { parseArn, partitionOf } from '../../names/arn.js'
import { type RoleSources, readRole } from '../../permissions/read/read-role.js'
import { readUser } from '../../permissions/read/read-user.js'
import type { Reader } from '../../permissions/read/reader.js'
import { isNotThere, look } from './look.js'
import type { SeenCaller } from './read-caller.js'
import type { Subject } from './subject.js'

/** Whoever is to read the labels, with the policies that count, or what keeps them from being known. */
export interface SeenReader {
  /** Empty when it is the caller, and AWS did not say who that is. */
  readonly arn: string
  readonly found?: RoleSources
  readonly obstacle?: ReaderObstacle
}

/** Why nothing can be decided of whoever is to read the labels. */
export type ReaderObstacle =
  | { readonly kind: 'caller-unknown'; readonly error?: LabelingJobError }
  | { readonly kind: 'neither-role-nor-user' }
  | { readonly kind: 'another-partition'; readonly partition: string }
  | { readonly kind: 'session-elsewhere'; readonly callerAccount: string }
  | { readonly kind: 'session-of-nobody' }
  | { readonly kind: 'session-unread'; readonly error?: LabelingJobError }

/** What is known of the caller when readers are read. */
interface Asked {
  readonly subject: Subject
  readonly caller: Promise<SeenCaller>
  readonly reader: Reader
}

/** Reads the policies of whoever is to read the labels: a role, the role behind a session, or a user. */
export async function readReader(given: true | string, asked: Asked): Promise<SeenReader> {
  const { subject, caller, reader } = asked
  const account = caller.then(({ found }) => found?.account)
  // Awaited where policies are read, unless that ends before.
  account.catch(() => undefined)
  const { found, error } = given === true ? await caller : { found: { arn: given }, error: undefined }
  if (found === undefined)
    return { arn: '', obstacle: { kind: 'caller-unknown', ...(error !== undefined && { error }) } }
  const { arn } = found
  const { partition, service, resource = '' } = parseArn(arn) ?? {}
  if (partition !== undefined && partition !== partitionOf(subject.region))
    return { arn, obstacle: { kind: 'another-partition', partition } }
  const [kind] = resource.split('/')
  if (service === 'iam' && kind === 'role') return { arn, found: await readRole(arn, account, reader) }
  if (service === 'iam' && kind === 'user') return { arn, found: await readUser(arn, account, reader) }
  if (service === 'sts' && kind === 'assumed-role') return { arn, ...(await readSession(arn, asked)) }
  return { arn, obstacle: { kind: 'neither-role-nor-user' } }
}

/** The ARN of a session leaves the path of its role out, and IAM looks for a name in the caller's account alone. */
async function readSession(
  arn: string,
  { subject, caller, reader }: Asked,
): Promise<Pick<SeenReader, 'found' | 'obstacle'>> {
  const { account, resource = '' } = parseArn(arn) ?? {}
  const [, name = ''] = resource.split('/')
  const callerAccount = (await caller).found?.account
  if (callerAccount !== undefined && callerAccount !== account)
    return { obstacle: { kind: 'session-elsewhere', callerAccount } }
  const { found, error } = await look(
    subject,
    'iam:GetRole',
    { RoleName: name },
    `Cannot read the role ${name}`,
  )
  const roleArn = found?.Role?.Arn
  // Where AWS did not say who calls, the role that IAM gives says whose roles these are.
  const roleAccount = parseArn(roleArn ?? '')?.account
  if (roleArn !== undefined && roleAccount === account)
    return { found: await readRole(roleArn, Promise.resolve(roleAccount), reader) }
  if (roleAccount !== undefined)
    return { obstacle: { kind: 'session-elsewhere', callerAccount: roleAccount } }
  if (isNotThere(error) && callerAccount !== undefined) return { obstacle: { kind: 'session-of-nobody' } }
  return { obstacle: { kind: 'session-unread', ...(error !== undefined && { error }) } }
}
