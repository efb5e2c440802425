/** The parts of a role ARN that decide. */
export interface RoleIdentity {
  readonly arn: string
  readonly partition: string
  readonly account: string
  /** The name without its path, as session ARNs carry it. */
  readonly name: string
  /** Whether AWS owns the role's use; organization policies of the account do not bind such a role. */
  readonly serviceLinked: boolean
}

/** The parts of a key ARN that decide. */
export interface KeyIdentity {
  readonly arn: string
  readonly partition: string
  readonly region: string
  readonly account: string
}

/** Reads a role ARN; `undefined` when it is not one. */
export function roleIdentity(arn: string): RoleIdentity | undefined {
  const parts = arnParts(arn)
  if (parts?.service !== 'iam' || !parts.resource.startsWith('role/')) return undefined
  const name = parts.resource.slice(parts.resource.lastIndexOf('/') + 1)
  if (!isAccountId(parts.account) || name === '') return undefined
  return {
    arn,
    partition: parts.partition,
    account: parts.account,
    name,
    serviceLinked: parts.resource.startsWith('role/aws-service-role/'),
  }
}

/** Reads a key ARN; `undefined` for anything else, aliases included. */
export function keyIdentity(arn: string): KeyIdentity | undefined {
  const parts = arnParts(arn)
  if (parts?.service !== 'kms' || !parts.resource.startsWith('key/')) return undefined
  if (!isAccountId(parts.account) || parts.region === '') return undefined
  return { arn, partition: parts.partition, region: parts.region, account: parts.account }
}

/** Tells whether a text is an account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

function arnParts(arn: string) {
  const [prefix, partition, service, region, account, ...rest] = arn.split(':')
  if (prefix !== 'arn' || !partition || service === undefined || region === undefined) return undefined
  if (account === undefined || rest.length === 0) return undefined
  return { partition, service, region, account, resource: rest.join(':') }
}
