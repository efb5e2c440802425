import { describe, expect, test } from 'vitest'
import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'
import type { PermissionChange } from '../../../src/permissions/plan/permission-change.js'
import type { NotFixed, PermissionPlanData } from '../../../src/permissions/plan/permission-plan.js'
import { planItems } from '../../../src/permissions/plan/plan-ticket.js'
import {
  changeLines,
  describeChange,
  planAsMarkdown,
  planAsText,
} from '../../../src/permissions/plan/show-plan.js'
import { checkedDecision, KEY, ROLE } from '../check/checked-decision.js'

const OTHER_KEY = KEY.replace('11111111', '22222222')
const SID = 'SmGroundTruthUse1'
const OWN = { Sid: SID, Effect: 'Allow', Principal: { AWS: ROLE }, Action: ['kms:Decrypt'], Resource: '*' }
const ADMIN = { Sid: 'Admin', Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }
const on = (verdict: CheckedDecision['verdict'], more: Partial<CheckedDecision> = {}) =>
  checkedDecision({ verdict, requirement: { why: 'jobs need it' } as never, ...more })
const text = (...Statement: readonly object[]) => JSON.stringify({ Statement })

const keyPolicy = (before: string, after: string, more: object = {}) =>
  ({
    kind: 'key-policy',
    keyArn: KEY,
    roleArn: ROLE,
    sid: SID,
    statement: OWN,
    actions: ['kms:Decrypt'],
    replaces: null,
    removedPrincipals: [],
    before,
    after,
    compact: false,
    size: { used: 12_345, limit: 32_768, unit: 'bytes' },
    ...more,
  }) as unknown as PermissionChange
const rolePolicy = (before: string | null, after: string) =>
  ({
    kind: 'role-policy',
    keyArn: KEY,
    roleArn: ROLE,
    roleName: 'GtExec',
    policyName: 'SmGroundTruthKms-1',
    actions: ['kms:Decrypt', 'kms:Encrypt'],
    before,
    after,
    size: { used: 1_234, limit: 10_240, unit: 'characters' },
  }) as unknown as PermissionChange
const grant = (retiringPrincipal: string | null) =>
  ({
    kind: 'grant',
    keyArn: KEY,
    roleArn: ROLE,
    name: 'sm-gt-1',
    operations: ['Decrypt', 'Encrypt'],
    retiringPrincipal,
    issuer: '111122223333',
  }) as unknown as PermissionChange

function planOf(more: {
  readonly decisions?: readonly CheckedDecision[]
  readonly changes?: readonly PermissionChange[]
  readonly after?: readonly CheckedDecision[]
  readonly notFixed?: readonly NotFixed[]
  readonly problems?: readonly object[]
  readonly warnings?: readonly string[]
}): PermissionPlanData {
  const { decisions = [on('missing')], problems = [], ...rest } = more
  return {
    report: { role: ROLE, region: 'us-east-1', decisions, problems },
    changes: [],
    after: [on('allowed')],
    notFixed: [],
    warnings: [],
    ...rest,
  } as unknown as PermissionPlanData
}

describe('a change is shown', () => {
  test('of a key policy: the statement that is put in', () => {
    const change = keyPolicy(text(ADMIN), text(ADMIN, { Sid: SID }))

    expect(describeChange(change)).toBe(`key policy of ${KEY}: statement ${SID}, 12,345 of 32,768 bytes`)
    expect(changeLines(change)).toEqual([
      '+ {',
      `+   "Sid": "${SID}"`,
      '+ }',
      '  everything else unchanged; nothing becomes public',
    ])
  })

  test('of a key policy: the lines that differ of a statement that was there, and what goes', () => {
    const change = keyPolicy(
      text({ Sid: SID, Action: 'a' }, { Sid: 'Gone' }, ADMIN),
      text({ Sid: SID, Action: 'b' }, ADMIN),
      { compact: true },
    )

    expect(changeLines(change)).toEqual([
      '~ all white space taken out',
      `  in the statement ${SID}:`,
      '-   "Action": "a"',
      '+   "Action": "b"',
      '- {',
      '-   "Sid": "Gone"',
      '- }',
      '  everything else unchanged; nothing becomes public',
    ])
  })

  test('of a key policy: statements without a Sid are no counterparts', () => {
    const change = keyPolicy(text({ Action: 'a' }), text({ Action: 'b' }))

    expect(changeLines(change).slice(0, 6)).toEqual([
      '- {',
      '-   "Action": "a"',
      '- }',
      '+ {',
      '+   "Action": "b"',
      '+ }',
    ])
  })

  test('of a role policy: line by line', () => {
    expect(describeChange(rolePolicy(null, ''))).toBe(
      'inline policy SmGroundTruthKms-1 on role GtExec: kms:Decrypt, kms:Encrypt, 1,234 of 10,240 characters',
    )
    expect(changeLines(rolePolicy(null, '{\n}'))).toEqual(['+ {', '+ }'])
    expect(changeLines(rolePolicy('{\na\n}', '{\nb\n}'))).toEqual(['- a', '+ b'])
  })

  test('of a grant: who gets it, and who may retire it', () => {
    expect(describeChange(grant(null))).toBe(`grant sm-gt-1 on ${KEY}: Decrypt, Encrypt`)
    expect([grant(null), grant(ROLE)].map(changeLines)).toEqual([
      [
        `+ grantee ${ROLE}`,
        '+ nobody named to retire it: it is taken back with kms:RevokeGrant',
        '+ takes effect after up to five minutes; shows in no template',
      ],
      [
        `+ grantee ${ROLE}`,
        `+ may be retired by ${ROLE}`,
        '+ takes effect after up to five minutes; shows in no template',
      ],
    ])
  })
})

describe('a plan in words', () => {
  test('says what was, what is written, how it is undone, and what is left', () => {
    const encrypt = on('unknown', {
      action: 'kms:Encrypt',
      unknownBecause: [{ kind: 'session-name', policy: 'key-policy', statement: 'A' }],
    })

    expect(
      planAsText(
        planOf({
          decisions: [on('missing'), encrypt],
          problems: [
            { severity: 'error', what: 'W', why: 'because', fix: 'Do it' },
            { severity: 'warning', what: 'not said', why: 'x', fix: 'x' },
          ],
          changes: [grant(null), rolePolicy(null, '{}')],
          warnings: ['look out'],
          after: [on('allowed'), encrypt],
          notFixed: [{ decision: encrypt, why: 'it is not known', statementForKeyPolicy: { Sid: 'S' } }],
        }),
      ),
    ).toBe(`before: 0 of 2 actions allowed
error: W: because. Do it.
plan 1  grant sm-gt-1 on ${KEY}: Decrypt, Encrypt
  + grantee ${ROLE}
  + nobody named to retire it: it is taken back with kms:RevokeGrant
  + takes effect after up to five minutes; shows in no template
  undo: revokes the grant
plan 2  inline policy SmGroundTruthKms-1 on role GtExec: kms:Decrypt, kms:Encrypt, 1,234 of 10,240 characters
  + {}
  undo: deletes the policy
warning: look out
after: 1 of 2 actions allowed (as far as policies and grants show)
not fixed: kms:Encrypt on ${KEY} (unknown): it is not known [key-policy A names a session, and SageMaker's session name is not documented]; for the policy of that key: {"Sid":"S"}`)
  })

  test('with nothing to write says so, and leaves without more words what has no reasons', () => {
    expect(
      planAsText(planOf({ after: [on('missing')], notFixed: [{ decision: on('missing'), why: 'no' }] })),
    ).toBe(`before: 0 of 1 action allowed
nothing to write
after: 0 of 1 action allowed (as far as policies and grants show)
not fixed: kms:Decrypt on ${KEY} (missing): no`)
  })

  test.each([
    ['a policy that was there', rolePolicy('{}', '{ }'), 'writes the policy as it was'],
    ['a statement that is new', keyPolicy(text(ADMIN), text(ADMIN, OWN)), `takes the statement ${SID} out`],
    [
      'a statement that may be put back',
      keyPolicy(text(ADMIN, { ...OWN, Action: 'kms:Encrypt' }), text(ADMIN, OWN)),
      `writes the statement ${SID} as it was`,
    ],
    [
      'a statement that gave more',
      keyPolicy(text({ ...OWN, Action: 'kms:PutKeyPolicy' }), text(OWN)),
      `takes the statement ${SID} out`,
    ],
    ['a policy that is none', keyPolicy('x', text(OWN)), `takes the statement ${SID} out`],
  ])('says how undo treats %s', (_, change, undo) => {
    expect(planAsText(planOf({ changes: [change] }))).toContain(`\n  undo: ${undo}\n`)
  })

  test('is fenced in Markdown by more backticks than it has', () => {
    const fences = ['no', '``', '````', '`` ``````'].map(
      (why) => planAsMarkdown(planOf({ notFixed: [{ decision: on('missing'), why }] })).split('diff\n')[0],
    )

    expect(fences).toEqual(['```', '```', '`````', '```````'])
    expect(planAsMarkdown(planOf({ changes: [grant(null)] }))).toContain(`\n+ grantee ${ROLE}\n`)
  })
})

describe('a plan asks of the owner', () => {
  const why = (...decisions: readonly CheckedDecision[]) =>
    planItems('key', planOf({ decisions, changes: [grant(null)] }))[0]?.why
  const encrypt = (verdict: CheckedDecision['verdict']) =>
    on(verdict, { action: 'kms:Encrypt', requirement: { why: 'it is tried' } as never })

  test('of the key a grant, with the actions that it is for and why they are needed', () => {
    const [item, ...more] = planItems('key', planOf({ changes: [grant(null), rolePolicy(null, '{}')] }))

    expect(more).toEqual([])
    expect(item).toMatchObject({
      what: `Make a grant on the key ${KEY} for ${ROLE}`,
      why: 'kms:Decrypt is not allowed now: jobs need it',
      diff: changeLines(grant(null)),
    })
  })

  test.each([
    ['one of two', [on('missing'), encrypt('allowed')], 'kms:Decrypt is not allowed now: jobs need it'],
    [
      'all',
      [on('missing'), encrypt('denied')],
      'all 2 actions are not allowed now: jobs need it; it is tried',
    ],
    [
      'what is unknown as well',
      [on('missing'), encrypt('unknown')],
      'all 2 actions are not certainly allowed now: jobs need it; it is tried',
    ],
    [
      'none on another key or of another name',
      [on('missing'), on('missing', { keyArn: OTHER_KEY }), on('missing', { action: 'kms:Sign' })],
      'kms:Decrypt is not allowed now: jobs need it',
    ],
    [
      'one reason once',
      [on('missing'), on('missing', { action: 'kms:Encrypt' })],
      'all 2 actions are not allowed now: jobs need it',
    ],
  ])('for %s', (_, decisions, words) => {
    expect(why(...decisions)).toBe(words)
  })

  test('for what the patterns of a statement cover', () => {
    const change = keyPolicy(text(ADMIN), text(ADMIN, OWN), { actions: ['kms:Dec*', 'kms:Encrypt'] })
    const decisions = [on('missing'), encrypt('missing'), on('missing', { action: 'kms:EncryptAll' })]

    expect(planItems('key', planOf({ decisions, changes: [change] }))[0]?.why).toBe(
      'kms:Decrypt, kms:Encrypt are not allowed now: jobs need it; it is tried',
    )
  })

  test('of the role a policy', () => {
    expect(planItems('role', planOf({ changes: [grant(null), rolePolicy(null, '{}')] }))).toMatchObject([
      { what: 'Put the inline policy SmGroundTruthKms-1 on the role GtExec' },
    ])
  })

  test('of a key in another account one statement for all its actions', () => {
    const left = (action: string, keyArn: string, statement?: object) =>
      ({ decision: on('missing', { action, keyArn }), why: '', statementForKeyPolicy: statement }) as NotFixed
    const notFixed = [
      left('kms:Decrypt', KEY, OWN),
      left('kms:Encrypt', KEY, OWN),
      left('kms:Sign', KEY),
      left('kms:Decrypt', OTHER_KEY, { ...OWN, Sid: undefined }),
    ]

    const items = planItems('key', planOf({ notFixed }))

    expect(items.map(({ what, why }) => [what, why])).toEqual([
      [
        `Put a statement into the policy of the key ${KEY}`,
        'the key is of account 111122223333, and only its policy lets roles of other accounts use it: kms:Decrypt, kms:Encrypt',
      ],
      [
        `Put a statement into the policy of the key ${OTHER_KEY}`,
        'the key is of account 111122223333, and only its policy lets roles of other accounts use it: kms:Decrypt',
      ],
    ])
    expect(items[0]?.diff?.join('\n')).toContain(`"Sid": "${SID}"`)
    expect(items[1]?.diff?.join('\n')).toContain('"Sid": "GroundTruthUse"')
    expect(planItems('role', planOf({ notFixed }))).toEqual([])
  })

  const denied = (policy: string, more: Partial<CheckedDecision> = {}): NotFixed => ({
    decision: on('denied', {
      evidence: [
        { policy: 'key-policy', statement: 'Use', effect: 'Allow', via: 'role', certain: true },
        { policy, statement: 'No', effect: 'Deny', via: 'role', certain: true },
      ],
      ...more,
    }),
    why: '',
  })

  test('that a Deny spares the role: each once, with all that it denies on the key', () => {
    const notFixed = [
      denied('key-policy'),
      denied('key-policy', { action: 'kms:Encrypt' }),
      denied('key-policy', { keyArn: OTHER_KEY }),
      denied('inline:Wall', { action: 'kms:Sign' }),
    ]
    const read = (keyArn: string) => ({
      run: [
        'aws',
        'kms',
        'get-key-policy',
        '--region',
        'us-east-1',
        '--key-id',
        keyArn,
        '--policy-name',
        'default',
        '--query',
        'Policy',
        '--output',
        'text',
      ],
      pipeTo: ['jq', '--arg', 'sid', 'No', '[.Statement] | flatten(1) | map(select(.Sid == $sid))'],
    })

    expect(planItems('key', planOf({ notFixed }))).toEqual([
      {
        what: `Have the Deny key-policy No spare ${ROLE}`,
        why: `it denies kms:Decrypt, kms:Encrypt on ${KEY}, and no Allow outweighs it`,
        cli: [read(KEY)],
      },
      {
        what: `Have the Deny key-policy No spare ${ROLE}`,
        why: `it denies kms:Decrypt on ${OTHER_KEY}, and no Allow outweighs it`,
        cli: [read(OTHER_KEY)],
      },
    ])
    expect(planItems('role', planOf({ notFixed }))).toEqual([
      {
        what: `Have the Deny inline:Wall No spare ${ROLE}`,
        why: `it denies kms:Sign on ${KEY}, and no Allow outweighs it`,
      },
    ])
  })

  test('and of whoever runs the job, where the Deny is of the organization', () => {
    const notFixed = [denied('scp:Wall'), denied('key-policy', { evidence: [] })]

    expect(planItems('you', planOf({ notFixed })).map(({ what }) => what)).toEqual([
      `Have the Deny scp:Wall No spare ${ROLE}`,
    ])
    expect(planItems('key', planOf({ notFixed }))).toEqual([])
  })
})
