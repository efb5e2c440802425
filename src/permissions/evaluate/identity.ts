import { parseArn } from '../../names/arn.js'

/** The parts of the ARN of a role, or of a user in its place, that decide. */
export interface RoleIdentity {
  readonly arn: string
  readonly isUser: boolean
  readonly partition: string
  readonly account: string
  /** The ARN that stands for the whole account. */
  readonly accountRoot: string
  /** What the ARNs of its sessions begin with; they leave the role's path out. A user has none. */
  readonly sessionPrefix: string | undefined
  /** Whether AWS owns the role's use; organization policies of the account do not bind such a role. */
  readonly serviceLinked: boolean
}

/** The parts of a resource's ARN that decide. */
export interface ResourceIdentity {
  readonly arn: string
  /** Whether the ARN goes on after its text, in a way that is not known: an object that is yet to be written. */
  readonly goesOn: boolean
  /** What it is known to hold where it goes on. */
  readonly word?: string
  readonly partition: string
  /** Empty when it is not known. */
  readonly region: string
  /** Empty when it is not known. */
  readonly account: string
}

/** Tells whether a text is the ARN of one role. */
export function isRole(text: string): boolean {
  return isOfKind(text, 'role')
}

/** Tells whether a text is the ARN of one user. */
export function isUser(text: string): boolean {
  return isOfKind(text, 'user')
}

function isOfKind(text: string, kind: 'role' | 'user'): boolean {
  const { service, account = '', resource = '' } = parseArn(text) ?? {}
  const name = resource.startsWith(`${kind}/`) ? resource.slice(kind.length + 1) : ''
  return (
    service === 'iam' &&
    isAccountId(account) &&
    /^(?:[!-~]+\/)?[\w+=,.@-]+$/.test(name) &&
    !/[*?$]/.test(name)
  )
}

/** Tells whether a text is the ARN of one key; that of an alias is not. */
export function isKey(text: string): boolean {
  const { service, region, account = '', resource = '' } = parseArn(text) ?? {}
  return service === 'kms' && Boolean(region) && isAccountId(account) && /^key\/[A-Za-z0-9-]+$/.test(resource)
}

/** Tells whether a text is an account id. */
function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** Takes the ARN of a role, or of a user, apart. */
export function roleIdentity(arn: string): RoleIdentity {
  const { partition = '', account = '', resource = '' } = parseArn(arn) ?? {}
  const name = resource.slice(resource.lastIndexOf('/') + 1)
  return {
    arn,
    isUser: resource.startsWith('user/'),
    partition,
    account,
    accountRoot: `arn:${partition}:iam::${account}:root`,
    sessionPrefix: resource.startsWith('user/')
      ? undefined
      : `arn:${partition}:sts::${account}:assumed-role/${name}/`,
    serviceLinked: resource.startsWith('role/aws-service-role/'),
  }
}

/** Takes the ARN of a key apart. */
export function keyIdentity(arn: string): ResourceIdentity {
  const { partition = '', region = '', account = '' } = parseArn(arn) ?? {}
  return { arn, goesOn: false, partition, region, account }
}
