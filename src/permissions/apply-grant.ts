import type { Aws } from '../aws/aws.js'
import type { Grant } from '../aws/calls.js'
import { makeReader, patiently } from './aws-reader.js'
import type { GrantChange } from './permission-change.js'
import { readGrants } from './read-key.js'
import { mayHaveHappened } from './write-document.js'

/** How making a grant came out. */
export interface GrantOutcome {
  readonly state: 'already-there' | 'verified' | 'propagating'
  readonly grantId: string
}

const PAUSES = [1_000, 2_000, 4_000]

/**
 * Makes a grant unless one of that name is there, and looks for it in the list. A repeated CreateGrant of the same
 * name and content gives the same grant. Needs `kms:CreateGrant` and `kms:ListGrants`.
 */
export async function applyGrant(change: GrantChange, aws: Aws): Promise<GrantOutcome> {
  const known = (await ownGrants(change, aws))[0]?.GrantId
  if (known !== undefined) return { state: 'already-there', grantId: known }
  const grantId = await createGrant(change, aws)
  for (const pause of [...PAUSES, 8_000]) {
    // The grant is made; that it cannot be listed says nothing against it.
    const found = await ownGrants(change, aws).catch(() => [])
    // Grants count after up to five minutes, and that one is listed does not say that it counts.
    if (found.some((grant) => grant.GrantId === grantId)) return { state: 'verified', grantId }
    await aws.clock.sleep(pause)
  }
  return { state: 'propagating', grantId }
}

async function createGrant(change: GrantChange, aws: Aws): Promise<string> {
  const input = {
    KeyId: change.keyArn,
    GranteePrincipal: change.roleArn,
    Operations: [...change.operations],
    Name: change.name,
  }
  for (let attempt = 0; ; attempt++) {
    try {
      const { GrantId } = await patiently(aws, () => aws.call('kms:CreateGrant', input))
      return GrantId ?? ''
    } catch (thrown) {
      const pause = PAUSES[attempt]
      if (pause === undefined || !mayHaveHappened(thrown)) throw thrown
      await aws.clock.sleep(pause)
    }
  }
}

async function ownGrants({ keyArn, roleArn, name }: GrantChange, aws: Aws): Promise<readonly Grant[]> {
  const grants = await readGrants(keyArn, roleArn, makeReader(aws))
  return (grants ?? []).filter((grant) => grant.Name === name)
}
