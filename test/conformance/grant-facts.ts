import { expect, test } from 'vitest'
import { applyPlan, planPermissions, undo } from '../../src/permissions/index.js'
import { jobOf, type Place, policyWithoutDelegation } from './place.js'

/** That a grant is made once, covers what grants can cover, and is revoked by undo. */
export function grantFacts(place: () => Place): void {
  test('a grant is made on request, once, and undo revokes it', async () => {
    const { aws, key, role } = place()
    const { keyArn } = await key({ policy: await policyWithoutDelegation(place()) })
    const roleArn = await role()
    const plan = await planPermissions(jobOf(roleArn, keyArn), aws, { prefer: 'grant' })
    const read = async () => {
      const { Grants = [] } = await aws.call('kms:ListGrants', { KeyId: keyArn, GranteePrincipal: roleArn })
      return Grants.map(({ Name, GranteePrincipal, Operations = [] }) => ({
        Name,
        GranteePrincipal,
        Operations: [...Operations].sort(),
      }))
    }

    const applied = await applyPlan(plan, aws)
    const made = await read()
    const again = await applyPlan(plan, aws)
    const kept = await read()
    const undone = await undo(applied.undo, aws)
    const left = await read()

    expect(made).toEqual([
      {
        Name: expect.stringMatching(/^sm-gt-[0-9a-f]{8}$/),
        GranteePrincipal: roleArn,
        Operations: [
          'Decrypt',
          'DescribeKey',
          'Encrypt',
          'GenerateDataKey',
          'GenerateDataKeyWithoutPlaintext',
          'ReEncryptFrom',
          'ReEncryptTo',
        ],
      },
    ])
    expect(again.done.map(({ status: state }) => state)).toEqual(again.done.map(() => 'already-there'))
    expect(kept).toEqual(made)
    expect(undone.undone.map(({ kind }) => kind)).toContain('grant')
    expect(left).toEqual([])
  })
}
