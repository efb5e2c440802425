import { parseArn } from '../../names/arn.js'

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

/** Tells whether a text is the ARN of a role. */
export function isRole(text: string): boolean {
  const { service, account = '', resource = '' } = parseArn(text) ?? {}
  return service === 'iam' && isAccountId(account) && /^role\/(?:.*\/)?[^/]+$/s.test(resource)
}

/** Tells whether a text is the ARN of a key; that of an alias is not. */
export function isKey(text: string): boolean {
  const { service, region, account = '', resource = '' } = parseArn(text) ?? {}
  return service === 'kms' && Boolean(region) && isAccountId(account) && resource.startsWith('key/')
}

/** Tells whether a text is an account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text)
}

/** Takes the ARN of a role apart. */
export function roleIdentity(arn: string): RoleIdentity {
  const { partition = '', account = '', resource = '' } = parseArn(arn) ?? {}
  return {
    arn,
    partition,
    account,
    name: resource.slice(resource.lastIndexOf('/') + 1),
    serviceLinked: resource.startsWith('role/aws-service-role/'),
  }
}

/** Takes the ARN of a key apart. */
export function keyIdentity(arn: string): KeyIdentity {
  const { partition = '', region = '', account = '' } = parseArn(arn) ?? {}
  return { arn, partition, region, account }
}
