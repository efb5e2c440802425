import type { Aws } from '../../aws/aws.js'
import { mayHaveHappened } from '../../aws/aws-error.js'
import type { Grant } from '../../aws/calls.js'
import { retryPassing } from '../../aws/retry-passing.js'
import { fiveMinutesAfter } from '../check/propagation.js'
import type { GrantChange } from '../plan/permission-change.js'
import { listGrants } from '../read/list-grants.js'
import { NOT_WHOLE } from '../read/reader.js'
import { ChangeFailed } from './change-failed.js'

/** How making a grant came out. */
export interface GrantOutcome {
  readonly status: 'already-there' | 'verified' | 'propagating'
  readonly grantId: string
  /** From when on it takes effect everywhere. */
  readonly effectiveFrom: Date
}

const PAUSES = [1_000, 2_000, 4_000]

/**
 * Makes a grant unless one of that name is there, and looks for it in the list. A repeated CreateGrant of the same
 * name and content gives the same grant. Needs `kms:CreateGrant` and `kms:ListGrants`.
 */
export async function applyGrant(change: GrantChange, aws: Aws): Promise<GrantOutcome> {
  const [known] = await ourGrants(change, aws)
  if (known?.GrantId !== undefined)
    return {
      status: 'already-there',
      grantId: known.GrantId,
      effectiveFrom: effectiveFrom(known, new Date(0)),
    }
  const grantId = await createGrant(change, aws)
  const madeAt = aws.clock.now()
  for (const pause of [...PAUSES, 8_000]) {
    // The grant is made; that it cannot be listed says nothing against it.
    const listed = await ourGrants(change, aws).catch(() => [])
    const found = listed.find((grant) => grant.GrantId === grantId)
    if (found !== undefined)
      return { status: 'verified', grantId, effectiveFrom: effectiveFrom(found, madeAt) }
    await aws.clock.sleep(pause)
  }
  return { status: 'propagating', grantId, effectiveFrom: effectiveFrom({}, madeAt) }
}

/** That a grant is listed does not say that it takes effect; the clock of KMS may be ahead of ours. */
function effectiveFrom({ CreationDate }: Grant, madeAt: Date): Date {
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

/** Throws when it cannot look: a grant that was there before must not be taken for ours. */
async function ourGrants(change: GrantChange, aws: Aws): Promise<readonly Grant[]> {
  const { keyArn, roleArn, name, operations } = change
  const grants = await listGrants(
    keyArn,
    roleArn,
    (input) => retryPassing(aws, () => aws.call('kms:ListGrants', input)),
    () => {
      throw new ChangeFailed({ kind: 'aws', cause: new Error(`kms:ListGrants: ${NOT_WHOLE}`) })
    },
  )
  return (grants ?? []).filter(
    ({ Name, Operations = [], Constraints }) =>
      Name === name &&
      Object.keys(Constraints ?? {}).length === 0 &&
      [...Operations].sort().join(' ') === operations.join(' '),
  )
}
