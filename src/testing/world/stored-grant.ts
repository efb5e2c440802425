import type { Grant } from '../../aws/kms-calls.js'
import type { FakeGrant, FakeKey, World } from './world.js'

/**
 * How long a new grant may take to count, in milliseconds; its token makes it count at once. AWS: "usually" seconds,
 * sometimes minutes; the fake has the five minutes that AWS names at most.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency
 */
const TIME_TO_COUNT = 5 * 60_000

/** Keeps a grant that a call made, seen from `visibleFrom` on. */
export function storeGrant(world: World, grant: Grant, at: Date, visibleFrom: Date): FakeGrant {
  return {
    grant,
    visibleFrom,
    effectiveFrom: new Date(Math.max(at.getTime() + TIME_TO_COUNT, visibleFrom.getTime())),
    token: world.ids.hex(64),
    granteeId: idOf(world, grant),
  }
}

/** Keeps a grant that is set up: it counts from the start, or, when it has a date, as one made then. */
export function setUpGrant(world: World, grant: Grant): FakeGrant {
  const long = new Date(0)
  const made = grant.CreationDate
  const stored = storeGrant(world, { GrantId: world.ids.hex(64), ...grant }, made ?? long, long)
  return made === undefined ? { ...stored, effectiveFrom: long } : stored
}

/** The grants that ListGrants shows; a grantee that was deleted since then shows as its unique id. */
export function grantsShown(world: World, key: FakeKey, at: Date): readonly Grant[] {
  return key.grants
    .filter(({ visibleFrom }) => visibleFrom <= at)
    .map(({ grant, granteeId }) =>
      granteeId === undefined || idOf(world, grant) === granteeId
        ? grant
        : { ...grant, GranteePrincipal: granteeId },
    )
}

/** The grants that count: old enough, or named by a token, and their grantee still is who it was. */
export function grantsInEffect(
  world: World,
  key: FakeKey,
  at: Date,
  tokens: readonly string[] = [],
): readonly Grant[] {
  return key.grants
    .filter(({ effectiveFrom, token }) => effectiveFrom <= at || tokens.includes(token))
    .filter(({ grant, granteeId }) => granteeId === undefined || idOf(world, grant) === granteeId)
    .map(({ grant }) => grant)
}

function idOf(world: World, { GranteePrincipal = '' }: Grant): string | undefined {
  return (world.roles.get(GranteePrincipal) ?? world.users.get(GranteePrincipal))?.id
}
