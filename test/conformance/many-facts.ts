import { expect, test } from 'vitest'
import { applyPlan, ensurePermissions, planPermissions, undo } from '../../src/permissions/index.js'
import { sameMeaning } from '../../src/permissions/policy/compare-policies.js'
import { allow, inlinePoliciesOf, jobOf, keyPolicyOf, type Place, policyWithoutDelegation } from './place.js'

interface Statement {
  readonly Sid: string
  readonly Principal: { readonly AWS: string }
}

/** That roles and writers on one key do not disturb each other. */
export function manyFacts(place: () => Place): void {
  test('twenty roles get a statement each in one key policy, and undo in any order leaves the rest', async () => {
    const { aws, key } = place()
    const before = await policyWithoutDelegation(place())
    const { keyArn } = await key({ policy: before })
    const roles = await makeRoles(place(), 20)
    const others: readonly Statement[] = JSON.parse(before).Statement

    const undos = []
    for (const roleArn of roles) {
      const { undo: info } = await ensurePermissions(jobOf(roleArn, keyArn), aws, { apply: true })
      undos.push(info)
    }
    const full: readonly Statement[] = JSON.parse(await keyPolicyOf(place(), keyArn)).Statement
    const evenFirst = [
      ...undos.filter((_, index) => index % 2 === 0),
      ...undos.filter((_, index) => index % 2),
    ]
    for (const info of evenFirst.slice(0, 10)) if (info !== undefined) await undo(info, aws)
    const half: readonly Statement[] = JSON.parse(await keyPolicyOf(place(), keyArn)).Statement
    for (const info of evenFirst.slice(10)) if (info !== undefined) await undo(info, aws)

    expect(full.slice(0, others.length)).toEqual(others)
    expect(full.slice(others.length).map(({ Principal }) => Principal.AWS)).toEqual(roles)
    expect(new Set(full.map(({ Sid }) => Sid)).size).toBe(others.length + 20)
    expect(half).toEqual([...others, ...full.slice(others.length).filter((_, index) => index % 2 === 1)])
    expect(sameMeaning(await keyPolicyOf(place(), keyArn), before)).toBe(true)
  })

  test('twenty roles get an inline policy each, and the key policy stays', async () => {
    const { aws, key } = place()
    const { keyArn } = await key()
    const before = await keyPolicyOf(place(), keyArn)
    const roles = await makeRoles(place(), 20)

    const reports = await Promise.all(
      roles.map((roleArn) => ensurePermissions(jobOf(roleArn, keyArn), aws, { apply: true })),
    )

    const names = await Promise.all(
      roles.map(async (roleArn) => Object.keys(await inlinePoliciesOf(place(), roleArn))),
    )
    expect(reports.every(({ report }) => report.ok)).toBe(true)
    expect(names).toEqual(roles.map(() => ['images', expect.stringMatching(/^SmGroundTruthKms-/)]))
    expect(await keyPolicyOf(place(), keyArn)).toBe(before)
  })

  test('two mends of one key at once both last', async () => {
    const { aws, key } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roles = await makeRoles(place(), 2)

    const ensured = await Promise.all(
      roles.map((roleArn) => ensurePermissions(jobOf(roleArn, keyArn), aws, { apply: true })),
    )

    expect(ensured.map(({ report }) => report.ok)).toEqual([true, true])
    expect((await ownRoles(place(), keyArn)).sort()).toEqual([...roles].sort())
  })

  test('of two plans made on one text and applied at once, one is written and one is stale', async () => {
    const { aws, key } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roles = await makeRoles(place(), 2)
    const plans = await Promise.all(roles.map((roleArn) => planPermissions(jobOf(roleArn, keyArn), aws)))

    const outcomes = await Promise.allSettled(plans.map((plan) => applyPlan(plan, aws)))

    const answers = outcomes.map((one) =>
      one.status === 'fulfilled' ? one.value.done.map(({ status: state }) => state).join() : one.reason.code,
    )
    const written = roles.filter((_, index) => answers[index] === 'verified')
    expect([...answers].sort()).toEqual(['permissions-stale-plan', 'verified'])
    expect(await ownRoles(place(), keyArn)).toEqual(written)
  })

  test('of twelve mends at once none is lost: each lasts or asks to be done again', async () => {
    const { aws, key } = place()
    const before = await policyWithoutDelegation(place())
    const { keyArn } = await key({ policy: before })
    const roles = await makeRoles(place(), 12)
    const mend = (some: readonly string[]) =>
      Promise.allSettled(
        some.map((roleArn) => ensurePermissions(jobOf(roleArn, keyArn), aws, { apply: true })),
      )

    let open = roles
    const refusals: string[] = []
    const misreported: string[] = []
    for (let round = 0; open.length > 0 && round < roles.length; round++) {
      const outcomes = await mend(open)
      refusals.push(...outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])))
      open = open.filter((_, index) => outcomes[index]?.status === 'rejected')
      const named = await ownRoles(place(), keyArn)
      misreported.push(...roles.filter((roleArn) => named.includes(roleArn) === open.includes(roleArn)))
    }

    const { Statement: statements } = JSON.parse(await keyPolicyOf(place(), keyArn))
    const others = JSON.parse(before).Statement
    expect(open).toEqual([])
    expect(misreported).toEqual([])
    expect(refusals.filter((code) => code !== 'permissions-stale-plan')).toEqual([])
    expect((await ownRoles(place(), keyArn)).sort()).toEqual([...roles].sort())
    expect(statements.slice(0, others.length)).toEqual(others)
  })

  test('a statement that somebody added since the plan was made stops the plan, and stays', async () => {
    const { aws, key } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const [roleArn = '', otherArn = ''] = await makeRoles(place(), 2)
    const plan = await planPermissions(jobOf(roleArn, keyArn), aws)
    const policy = JSON.parse(await keyPolicyOf(place(), keyArn))
    policy.Statement.unshift({
      Sid: 'Of somebody else',
      Effect: 'Allow',
      Principal: { AWS: otherArn },
      Action: 'kms:Decrypt',
      Resource: '*',
    })
    await aws.call('kms:PutKeyPolicy', {
      KeyId: keyArn,
      PolicyName: 'default',
      Policy: JSON.stringify(policy),
    })

    const applying = applyPlan(plan, aws)

    await expect(applying).rejects.toMatchObject({ code: 'permissions-stale-plan', data: { done: [] } })
    expect(JSON.parse(await keyPolicyOf(place(), keyArn))).toEqual(policy)
  })
}

async function makeRoles({ role }: Place, count: number): Promise<readonly string[]> {
  const roles: string[] = []
  for (let index = 0; index < count; index++)
    roles.push(await role({ inline: { images: allow('s3:GetObject') } }))
  return roles
}

/** The roles that the library's own statements name. */
async function ownRoles(place: Place, keyArn: string): Promise<string[]> {
  const { Statement: statements }: { Statement: readonly Statement[] } = JSON.parse(
    await keyPolicyOf(place, keyArn),
  )
  return statements
    .filter(({ Sid }) => Sid.startsWith('SmGroundTruthUse'))
    .map(({ Principal }) => Principal.AWS)
}
