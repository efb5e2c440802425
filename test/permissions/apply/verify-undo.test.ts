import { describe, expect, test } from 'vitest'
import type { KeyPolicyUndo, UndoEntry } from '../../../src/permissions/apply/applied-plan.js'
import { checksumOf, undoEntryFor } from '../../../src/permissions/apply/undo-entry.js'
import { whyNotOurs, withoutOurs } from '../../../src/permissions/apply/verify-undo.js'
import { makeKeyPolicyChange } from '../../../src/permissions/plan/key-policy-change.js'
import { GRANT_PREFIX, ourName, ROLE_POLICY_PREFIX } from '../../../src/permissions/plan/our-names.js'
import { ourPolicyText } from '../../../src/permissions/plan/plan-role-policy.js'
import { ADMIN, OUTPUT_KEY, policyText, ROLE, VOLUME_KEY } from '../labeling-account.js'

const OTHER_ROLE = 'arn:aws:iam::111122223333:role/Other'

const made = await makeKeyPolicyChange({
  keyArn: OUTPUT_KEY,
  policy: policyText(ADMIN),
  role: { arn: ROLE },
  actionsWith: () => ['kms:Encrypt', 'kms:Decrypt'],
  removedPrincipals: [],
  canRemove: false,
  compact: false,
})
if (!('change' in made)) throw new Error(made.refused)
const STATEMENT = (await undoEntryFor(made.change)) as KeyPolicyUndo
const POLICY = await undoEntryFor({
  kind: 'role-policy',
  keyArn: OUTPUT_KEY,
  roleArn: ROLE,
  roleName: 'GtExec',
  policyName: await ourName(ROLE_POLICY_PREFIX, ROLE, OUTPUT_KEY),
  actions: ['kms:Decrypt'],
  before: ourPolicyText(OUTPUT_KEY, ['kms:Encrypt']),
  after: ourPolicyText(OUTPUT_KEY, ['kms:Encrypt', 'kms:Decrypt']),
  size: { used: 0, limit: 10_240, unit: 'characters' },
})
const OF_NO_ROLE = await ourName(ROLE_POLICY_PREFIX, 'x', OUTPUT_KEY)
const GRANT = await undoEntryFor({
  kind: 'grant',
  keyArn: OUTPUT_KEY,
  roleArn: ROLE,
  name: await ourName(GRANT_PREFIX, ROLE, OUTPUT_KEY, ['Decrypt']),
  operations: ['Decrypt'],
  retiringPrincipal: null,
  issuer: '111122223333',
})

/** An entry that was altered by somebody who knows how to make the checksum. */
async function forged(entry: UndoEntry, change: object): Promise<UndoEntry> {
  const altered = { ...entry, ...change }
  return { ...altered, checksum: await checksumOf(altered) } as UndoEntry
}

const ALTERED = 'the undo information was altered since it was given'
const FOREIGN = "it is not of this library's making"

describe('undo information', () => {
  test.each([
    ['a key policy', STATEMENT],
    ['a role policy', POLICY],
    ['a grant', GRANT],
  ])('for %s is followed as it was given, also without its checksum, and not altered', async (_, entry) => {
    const { checksum, ...bare } = entry

    expect(checksum).toMatch(/^[0-9a-f]{16}$/)
    expect(await whyNotOurs(entry)).toBeUndefined()
    expect(await whyNotOurs(bare as UndoEntry)).toBeUndefined()
    expect(await whyNotOurs({ ...entry, keyArn: VOLUME_KEY } as UndoEntry)).toBe(ALTERED)
  })

  test.each([
    ['another key', STATEMENT, { keyArn: VOLUME_KEY }],
    ['no key', STATEMENT, { keyArn: 7 }],
    ['no text before', STATEMENT, { before: null }],
    ['another Sid', STATEMENT, { sid: 'Admin' }],
    ['another role', STATEMENT, { written: { ...STATEMENT.written, Principal: { AWS: OTHER_ROLE } } }],
    ['everybody', STATEMENT, { written: { ...STATEMENT.written, Principal: '*' } }],
    ['no role', STATEMENT, { written: { ...STATEMENT.written, Principal: { AWS: 'x' } } }],
    ['a Deny', STATEMENT, { written: { ...STATEMENT.written, Effect: 'Deny' } }],
    ['a condition', STATEMENT, { written: { ...STATEMENT.written, Condition: { Bool: { a: 'true' } } } }],
    ['one resource', STATEMENT, { written: { ...STATEMENT.written, Resource: OUTPUT_KEY } }],
    ['no actions', STATEMENT, { written: { ...STATEMENT.written, Action: 7 } }],
    ['a text in the place of a statement', STATEMENT, { previousOwnStatement: 'x' }],
    ['a list in the place of a statement', STATEMENT, { previousOwnStatement: [] }],
    ['another role', POLICY, { roleArn: OTHER_ROLE, roleName: 'Other' }],
    ['the name of another role', POLICY, { roleName: 'Other' }],
    ['another policy', POLICY, { policyName: 'Admin' }],
    ['another key', POLICY, { keyArn: VOLUME_KEY }],
    ['a policy that is not ours', POLICY, { written: policyText(ADMIN) }],
    [
      'a policy of another version',
      POLICY,
      { written: ourPolicyText(OUTPUT_KEY, ['kms:Encrypt', 'kms:Decrypt']).replace('2012', '2008') },
    ],
    ['a policy before that is not ours', POLICY, { previous: policyText(ADMIN) }],
    [
      'a policy before that gives more',
      POLICY,
      { previous: ourPolicyText(OUTPUT_KEY, ['kms:Encrypt', 'kms:*']) },
    ],
    [
      'a policy before that is for another key',
      POLICY,
      { previous: ourPolicyText(VOLUME_KEY, ['kms:Encrypt']) },
    ],
    [
      'a policy before of another version',
      POLICY,
      { previous: ourPolicyText(OUTPUT_KEY, ['kms:Encrypt']).replace('2012', '2008') },
    ],
    ['another role', GRANT, { roleArn: OTHER_ROLE }],
    ['no role', GRANT, { roleArn: 'x' }],
    ['no key', GRANT, { keyArn: 7 }],
    ['other operations', GRANT, { operations: ['Encrypt'] }],
    ['another name', GRANT, { name: 'theirs' }],
    ['another kind', GRANT, { kind: 'user' }],
  ])('that names %s is not followed, whatever its checksum says: %#', async (_, entry, change) => {
    expect(await whyNotOurs(await forged(entry, change))).toBe(FOREIGN)
  })

  test.each([
    [STATEMENT, { written: null }],
    [POLICY, { roleArn: 'x', policyName: OF_NO_ROLE }],
    [GRANT, { operations: null }],
  ])('whose parts are not what they should be was altered: %#', async (entry, change) => {
    expect(await whyNotOurs(await forged(entry, change))).toBe(ALTERED)
  })

  test('for a role policy puts nothing back where there was none', async () => {
    expect(await whyNotOurs(await forged(POLICY, { previous: null }))).toBeUndefined()
  })
})

describe('a key policy without what was written', () => {
  const { sid, written } = STATEMENT
  const theirs = { ...ADMIN, Sid: 'Theirs' }

  test('is the text before, where nothing else changed', () => {
    expect(withoutOurs(STATEMENT.after, STATEMENT)).toEqual({ after: policyText(ADMIN) })
  })

  test('is the text before to the byte, where one statement stood without a list', () => {
    const before = `{ "Statement": ${JSON.stringify(ADMIN)} }\n`
    const after = `{ "Statement": [${JSON.stringify(ADMIN)},${JSON.stringify(written)}] }\n`

    expect(withoutOurs(after, { ...STATEMENT, before, after })).toEqual({ after: before })
  })

  test('keeps what somebody else wrote since', () => {
    expect(withoutOurs(policyText(ADMIN, written, theirs), STATEMENT)).toEqual({
      after: policyText(ADMIN, theirs),
    })
  })

  test('has the statement of ours that stood there before, where undo may put it back', () => {
    const previous = { ...written, Action: ['kms:Encrypt'] }
    const gives = { ...written, Action: ['kms:PutKeyPolicy'] }
    const entry = (previousOwnStatement: typeof previous): KeyPolicyUndo => ({
      ...STATEMENT,
      before: policyText(ADMIN, previousOwnStatement),
      previousOwnStatement,
    })

    expect(withoutOurs(policyText(ADMIN, written), entry(previous))).toEqual({
      after: policyText(ADMIN, previous),
    })
    expect(withoutOurs(policyText(ADMIN, written, theirs), entry(previous))).toEqual({
      after: policyText(ADMIN, previous, theirs),
    })
    expect(withoutOurs(policyText(ADMIN, written), entry(gives))).toEqual({ after: policyText(ADMIN) })
  })

  test('has no ids of deleted principals, which KMS would refuse', () => {
    const old = { ...ADMIN, Sid: 'Old', Principal: { AWS: 'AROAEXAMPLEOLD000001' } }
    const entry = { ...STATEMENT, before: policyText(ADMIN, old) }

    expect(withoutOurs(policyText(ADMIN, old, written), entry)).toEqual({ after: policyText(ADMIN, old) })
    expect(withoutOurs(policyText(ADMIN, written), entry)).toEqual({ after: policyText(ADMIN) })
  })

  test('is not written from a text that is no policy', () => {
    expect(withoutOurs(STATEMENT.after, { ...STATEMENT, before: '{' })).toEqual({ after: policyText(ADMIN) })
  })

  test.each([
    [null, 'it is not there any more'],
    [policyText(ADMIN), 'it is not there any more'],
    [policyText(ADMIN, { ...written, Action: 'kms:Encrypt' }), 'somebody changed it since'],
    [policyText(ADMIN, written, written), `it cannot be changed safely: 2 statements have the Sid ${sid}`],
    ['{', 'it cannot be changed safely: it is not JSON'],
  ])('is not written where that cannot be: %#', (now, why) => {
    expect(withoutOurs(now, STATEMENT)).toBe(why)
  })
})
