import type { Aws, RequestOptions } from '../../aws/aws.js'
import { isAccessDenied, isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import type { ResourceSource } from '../../permissions/access/access-sources.js'
import { sameMeaning } from '../../permissions/policy/compare-policies.js'
import { parsePolicy } from '../../permissions/policy/parse-policy.js'

/**
 * What became of a policy that was given: taken since AWS shows none, or read and the same, or read and another, or of
 * something that is not there. What AWS shows counts.
 */
export type GivenFate = 'taken' | 'same' | 'another' | 'absent'

/** Policies that were given, in the place of those that AWS does not show. */
export interface GivenSources {
  /** The connection that gives the policies of keys as they were given, where AWS refuses them. */
  readonly aws: Aws
  /** Of those that were asked for, by ARN. */
  readonly fates: ReadonlyMap<string, GivenFate>
  /** Gives what was read of buckets, with the policies that were given where AWS refused them. */
  withBuckets(resources: readonly ResourceSource[]): readonly ResourceSource[]
}

// KMS reads the policy of a key in its own account only, and words its refusal in several ways.
const NOT_SHOWN = ['NotFoundException', 'InvalidArnException', 'ValidationException']

/** Takes policies by ARN. */
export function takeGiven(aws: Aws, policies: ReadonlyMap<string, string>): GivenSources {
  const fates = new Map<string, GivenFate>()
  /** Gives the policy that counts. */
  const settle = (arn: string, read: unknown): string => {
    const given = policies.get(arn) as string
    if (typeof read !== 'string') {
      fates.set(arn, 'taken')
      return given
    }
    fates.set(arn, isSame(read, given) ? 'same' : 'another')
    return read
  }
  return {
    fates,
    aws: policies.size === 0 ? aws : withKeyPolicies(aws, (arn) => policies.has(arn), settle),
    withBuckets: (resources) =>
      resources.map((resource) => {
        const { arn, presence, policy } = resource
        if (!policies.has(arn)) return resource
        if (policy === 'UNREADABLE') return { ...resource, policy: settle(arn, undefined) }
        if (presence === 'not-found') fates.set(arn, 'absent')
        else settle(arn, typeof policy === 'string' ? policy : JSON.stringify(policy))
        return resource
      }),
  }
}

function isSame(read: string, given: string): boolean {
  return parsePolicy(read, '').why === undefined && sameMeaning(read, given)
}

function withKeyPolicies(
  aws: Aws,
  isGiven: (arn: string) => boolean,
  settle: (arn: string, read: unknown) => string,
): Aws {
  const readPolicy = async (input: AwsCalls['kms:GetKeyPolicy']['input'], options?: RequestOptions) => {
    if (input.PolicyName !== 'default' || !isGiven(input.KeyId))
      return aws.call('kms:GetKeyPolicy', input, options)
    try {
      const { Policy: read } = await aws.call('kms:GetKeyPolicy', input, options)
      return { Policy: settle(input.KeyId, read) }
    } catch (thrown) {
      if (!isAccessDenied(thrown) && !isAwsError(thrown, ...NOT_SHOWN)) throw thrown
      return { Policy: settle(input.KeyId, undefined) }
    }
  }
  const call = (name: AwsCallName, input: never, options?: RequestOptions) =>
    name === 'kms:GetKeyPolicy' ? readPolicy(input, options) : aws.call(name, input, options)
  return {
    region: () => aws.region(),
    clock: aws.clock,
    identity: (service) => aws.identity(service),
    with: (change) => withKeyPolicies(aws.with(change), isGiven, settle),
    call: call as Aws['call'],
  }
}
