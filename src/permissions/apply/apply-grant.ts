import type { Aws } from '../../aws/aws.js'
import { mayHaveHappened } from '../../aws/aws-error.js'
import type { Grant } from '../../aws/kms-calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { fiveMinutesAfter } from '../check/propagation.js'
import type { GrantChange } from '../plan/permission-change.js'
import { findOurGrants } from './our-grants.js'

/** How making a grant came out. */
export interface GrantOutcome {
  readonly status: 'verified' | 'propagating'
  readonly grantId: string
  /** From when on it takes effect everywhere. */
  readonly effectiveFrom: Date
}

const PAUSES = [1_000, 2_000, 4_000]

/**
 * Makes a grant and looks for it in the list. A repeated CreateGrant of the same name and content gives the same grant.
 * Needs `kms:CreateGrant` and `kms:ListGrants`.
 */
export async function applyGrant(change: GrantChange, aws: Aws): Promise<GrantOutcome> {
  const grantId = await createGrant(change, aws)
  const madeAt = aws.clock.now()
  for (const pause of [...PAUSES, 8_000]) {
    // The grant is made; that it cannot be listed says nothing against it.
    const listed = await findOurGrants(change, aws).catch(() => [])
    const found = listed.find((grant) => grant.GrantId === grantId)
    if (found !== undefined)
      return { status: 'verified', grantId, effectiveFrom: effectiveFrom(found, madeAt) }
    await aws.clock.sleep(pause)
  }
  return { status: 'propagating', grantId, effectiveFrom: effectiveFrom({}, madeAt) }
}

/** That a grant is listed does not say that it takes effect; the clock of KMS may be ahead of ours. */
export function effectiveFrom({ CreationDate }: Grant, madeAt: Date): Date {
  return fiveMinutesAfter([CreationDate, madeAt])
}

async function createGrant(change: GrantChange, aws: Aws): Promise<string> {
  const input = {
    KeyId: change.keyArn,
    GranteePrincipal: change.roleArn,
    Operations: [...change.operations],
    Name: change.name,
    ...(change.retiringPrincipal !== null && { RetiringPrincipal: change.retiringPrincipal }),
  }
  for (let attempt = 0; ; attempt++) {
    try {
      const { GrantId } = await retryPassing(aws, () => aws.call('kms:CreateGrant', input))
      return GrantId ?? ''
    } catch (thrown) {
      const pause = PAUSES[attempt]
      if (pause === undefined || !mayHaveHappened(thrown)) throw thrown
      await aws.clock.sleep(pause)
    }
  }
}
