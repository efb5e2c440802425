import { parseArn } from '../../names/arn.js'

/** Who makes a call: the account's root, an IAM user, or a session of a role. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role'
  /** What GetCallerIdentity shows: a user's ARN, a session's ARN, the root's ARN. */
  readonly arn: string
  readonly partition: string
  readonly account: string
  /** The user's or role's name, without its path. */
  readonly name: string
  readonly sessionName?: string
}

/** Reads a caller from its ARN; `undefined` for an ARN that cannot make calls. */
export function parseCaller(arn: string): Caller | undefined {
  const parts = parseArn(arn)
  if (parts === undefined || !/^\d{12}$/.test(parts.account)) return undefined
  const { partition, account, service, resource } = parts
  const [kind, ...path] = resource.split('/')
  if (service === 'iam' && resource === 'root') return { kind: 'root', arn, partition, account, name: 'root' }
  if (service === 'iam' && kind === 'user' && path.length > 0) {
    return { kind: 'user', arn, partition, account, name: path.at(-1) as string }
  }
  const [name, sessionName] = path
  if (service === 'sts' && kind === 'assumed-role' && name && sessionName && path.length === 2) {
    return { kind: 'role', arn, partition, account, name, sessionName }
  }
  return undefined
}
