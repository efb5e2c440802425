import { expect, test } from 'vitest'
import { decideAccess } from '../../../src/permissions/decide/decide-access.js'
import { judgeResourceRequest } from '../../../src/testing/authorize/judge-resource.js'
import { type AccessWorld, decideAccessInWorld } from '../../permissions/decide/access-worlds.js'
import { accessWorlds, randomAccess } from '../../permissions/decide/random-accesses.js'
import { randomNumbers } from '../../permissions/decide/random-questions.js'
import { runs } from '../../support/runs.js'

const QUESTIONS = runs(2_000)

/** What the fake makes of a request in a world; what AWS leaves open it holds against the caller. */
function judge(world: AccessWorld): boolean {
  const [, partition = '', , , account = ''] = world.roleArn.split(':')
  const name = world.roleArn.slice(world.roleArn.lastIndexOf('/') + 1)
  const side = {
    caller: { kind: 'role', arn: world.sessionArn, partition, account, name, sessionName: 's2' } as const,
    principalArn: world.roleArn,
    // The fake takes the id of a live role for the role, and the library does not know.
    principalId: 'AROASOMEBODYELSE00000',
    identity: world.identityPolicies,
    boundary: world.boundary ?? undefined,
    scps: world.scps,
  }
  const resource = {
    account: world.resourceAccount,
    policy: world.resourcePolicy ?? undefined,
    rcps: world.rcps,
    isClosedToThePublic: world.kind === 'bucket',
  }
  const context = new Map([...world.context].map(([key, value]) => [key, [value]] as const))
  return judgeResourceRequest(side, resource, { action: world.action, resource: world.resource, context })
    .allowed
}

test(`the fake judges ${QUESTIONS} random requests as the library does where that is certain, and lets nothing through that one reading of AWS refuses`, () => {
  const random = randomNumbers(20_261_126)
  const broken: unknown[] = []
  let compared = 0

  for (let index = 0; index < QUESTIONS && broken.length < 3; index++) {
    const access = randomAccess(random)
    const { verdict } = decideAccess(access.question)
    for (const world of accessWorlds(access, 6, random)) {
      const allowed = judge(world)
      compared++
      const isWrong =
        (verdict === 'allowed' && !allowed) ||
        ((verdict === 'missing' || verdict === 'denied') && allowed) ||
        (allowed && !decideAccessInWorld({ ...world, open: strict(world) }).allowed)
      if (isWrong) broken.push({ verdict, allowed, question: JSON.stringify(access.question), world })
    }
  }

  expect(broken).toEqual([])
  expect(compared).toBeGreaterThan(QUESTIONS * 3)
})

/** The reading under which the least is allowed. */
function strict({ resourcePolicy, roleArn }: AccessWorld): AccessWorld['open'] {
  const hasDeny = JSON.stringify(resourcePolicy).includes('"Deny"')
  return {
    allowNotPrincipal: false,
    denyNotPrincipalSpares: true,
    idCounts: false,
    canonicalAccount: hasDeny ? (roleArn.split(':')[4] as string) : 'another',
    publicAccessBlocked: true,
    missingVariableVoids: false,
    rcpsBind: true,
  }
}
