import { parseArn } from '../../names/arn.js'
import type { Access, DecidedAccess } from '../../permissions/access/access.js'
import type { AccessSources } from '../../permissions/access/access-sources.js'
import { decideAccesses } from '../../permissions/access/decide-accesses.js'
import type { KeySources } from '../../permissions/read/read-key.js'
import type { GivenSources } from './given-sources.js'

/** A decision, and the policy on which it hangs that was given and not read. */
export interface SeenAccess extends DecidedAccess {
  /** The ARN of the key or bucket whose policy it is. */
  readonly hangsOn?: string
}

/** Decides by what was read and what was given; where what was read alone says otherwise, the decision hangs on the rest. */
export function decideAsGiven(
  accesses: readonly Access[],
  sources: AccessSources,
  given: GivenSources,
): readonly SeenAccess[] {
  const decided = decideAccesses(accesses, { ...sources, resources: given.withBuckets(sources.resources) })
  if (given.fates.size === 0) return decided
  const withoutGiven = (keys: readonly KeySources[]) =>
    keys.map((key) =>
      given.fates.get(key.key.arn) === 'taken' ? { ...key, policy: 'UNREADABLE' as const } : key,
    )
  const byReading = decideAccesses(accesses, {
    ...sources,
    keys: withoutGiven(sources.keys),
    readerKeys: withoutGiven(sources.readerKeys ?? []),
  })
  return decided.map((one, index) =>
    one.decision.verdict === byReading[index]?.decision.verdict
      ? one
      : { ...one, hangsOn: policyHolder(one.access.resourceArn) },
  )
}

/** The policy of a bucket is that of its objects. */
function policyHolder(arn: string): string {
  const { partition = '', service, resource = '' } = parseArn(arn) ?? {}
  return service === 's3' ? `arn:${partition}:s3:::${resource.split('/')[0]}` : arn
}
