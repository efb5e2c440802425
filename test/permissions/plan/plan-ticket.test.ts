import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/permissions/apply/apply-plan.js'
import { planPermissions } from '../../../src/permissions/plan/plan-permissions.js'
import { canonicalPolicy } from '../../../src/permissions/policy/compare-policies.js'
import {
  ADMIN,
  allowText,
  CALLER,
  cloudWith,
  DELEGATION,
  FOREIGN_KEY,
  JOB,
  OUTPUT_KEY,
  policyText,
  ROLE,
  resolvedJob,
  VOLUME_KEY,
} from '../labeling-account.js'

const BOTH = resolvedJob({ output: OUTPUT_KEY, volume: VOLUME_KEY })
const hasJq = spawnSync('jq', ['--version']).status === 0

/** The commands under a heading of a ticket. */
function commandsOf(ticket: string, heading: string): string {
  const [, part = ''] = ticket.split(`**${heading}:**`)
  const [section = ''] = part.split(/^(?:\*\*|###)/m)
  return [...section.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, commands]) => commands).join('\n')
}

/** Runs commands of a ticket on a policy that stands in a file, in the place of AWS. */
function run(commands: string, policy: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ticket-'))
  const file = join(folder, 'in-aws.json')
  writeFileSync(file, policy)
  const aws = `aws() { case "$2" in get-*) cat in-aws.json;; *) for last; do :; done; cp "\${last#file://}" in-aws.json;; esac; }`
  execFileSync('bash', ['-c', `${aws}\n${commands.replace(/^diff .*$/gm, '$& || true')}`], { cwd: folder })
  return readFileSync(file, 'utf8')
}

describe('a ticket for the owner of a key', () => {
  test('says what is asked, why, the change in every form, how to verify and how to undo', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(ADMIN)).connect())
    const [change] = plan.changes
    if (change?.kind !== 'key-policy') throw new Error('no change of the key policy')
    const { sid } = change
    const ticket = plan.toTicket('key')

    expect(
      ticket.split('**With the AWS CLI:**')[0],
    ).toBe(`## Let the role GtExec use KMS keys for labeling jobs

For: the owner of the KMS key

Amazon SageMaker Ground Truth works under the role ${ROLE} in us-east-1, and needs the permissions below on KMS keys (developer guide, sms-security-kms-permissions). Nothing else is asked for.

### Put the statement ${sid} into the policy of the key ${OUTPUT_KEY}

**Why:** all 9 actions are not allowed now: the services look the key up; SageMaker tries the key with it; multipart uploads, reading earlier output and attaching a volume need it; S3 encrypts every object it stores with a data key; it lies within the patterns of the guide

**The change:**

\`\`\`diff
+ {
+   "Sid": "${sid}",
+   "Effect": "Allow",
+   "Principal": {
+     "AWS": "${ROLE}"
+   },
+   "Action": [
+     "kms:Encrypt",
+     "kms:Decrypt",
+     "kms:ReEncrypt*",
+     "kms:GenerateDataKey*",
+     "kms:DescribeKey"
+   ],
+   "Resource": "*"
+ }
  everything else unchanged; nothing becomes public
\`\`\`

`)
    const key = `--region us-east-1 --key-id ${OUTPUT_KEY} --policy-name default`
    const lines = commandsOf(ticket, 'With the AWS CLI').split('\n')
    expect(lines[0]).toBe(
      `aws kms get-key-policy ${key} --query Policy --output text | jq . > key-policy.json`,
    )
    expect(lines[1]).toMatch(
      new RegExp(`^jq --arg sid ${sid} --argjson statement '\\{"Sid":"${sid}",.*> key-policy.new.json$`),
    )
    expect(lines.slice(2)).toEqual([
      'diff key-policy.json key-policy.new.json',
      `aws kms put-key-policy ${key} --policy file://key-policy.new.json`,
    ])
    expect(ticket).toContain('key.addToResourcePolicy(iam.PolicyStatement.fromJson({')
    expect(ticket).toContain(
      `  sid           = "${sid}"\n  effect        = "Allow"\n  actions       = ["kms:Encrypt",`,
    )
    expect(commandsOf(ticket, 'To verify')).toContain(`| jq --arg sid ${sid} `)
    expect(plan.toTicket('role')).toContain('Nothing is asked of the owner of the execution role.')
  })

  test.runIf(hasJq)('has commands that make of the policy what the plan makes, and undo it', async () => {
    const hostile = { ...ADMIN, Sid: `it's $(touch x) \`id\` "${'\u00fc'}"` }
    const single = JSON.stringify({ Version: '2012-10-17', Statement: ADMIN })
    const orphans = policyText(
      ADMIN,
      { ...ADMIN, Sid: 'Team', Principal: { AWS: [CALLER, 'AROADELETED000000001', 'AROADELETED000000002'] } },
      { ...ADMIN, Sid: 'Gone', Principal: { AWS: 'AROADELETED000000001' } },
    )
    for (const before of [policyText(hostile), single, orphans]) {
      const plan = await planPermissions(JOB, cloudWith(before).connect(), { removeDeletedPrincipals: true })
      const [change] = plan.changes
      if (change?.kind !== 'key-policy') throw new Error('no change of the key policy')
      const ticket = plan.toTicket('key')

      const after = run(commandsOf(ticket, 'With the AWS CLI'), before)
      const undone = run(commandsOf(ticket, 'To undo'), after)

      expect(canonicalPolicy(after)).toBe(canonicalPolicy(change.after))
      if (before !== orphans) expect(canonicalPolicy(undone)).toBe(canonicalPolicy(before))
      else expect(undone).not.toContain(change.sid)
    }
  })

  test('of another account gives the statement that only they can write', async () => {
    const cloud = cloudWith(undefined, { foreign: policyText(ADMIN) })
    const job = resolvedJob({ output: FOREIGN_KEY })

    const plan = await planPermissions(job, cloud.connect(), { addDocumentedStatement: true })

    expect(plan.toTicket('key')).toContain(`### Put a statement into the policy of the key ${FOREIGN_KEY}`)
    expect(plan.toTicket('key')).toContain('the key is of account 444455556666')
    expect(plan.toTicket('key').match(/^### /gm)).toHaveLength(1)
    expect(plan.toTicket('role')).toContain('### Put the inline policy SmGroundTruthKms-')
  })

  test('asks for a grant where grants are wanted', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(ADMIN)).connect(), { prefer: 'grant' })
    const ticket = plan.toTicket('key')

    expect(ticket).toMatch(
      new RegExp(
        `\naws kms create-grant --region us-east-1 --key-id ${OUTPUT_KEY} --name sm-gt-\\w{8} --grantee-principal ${ROLE} --retiring-principal ${CALLER} --operations Decrypt `,
      ),
    )
    expect(ticket).toMatch(/resource "aws_kms_grant" "sm_gt_\w{8}" \{/)
    expect(ticket).toMatch(/\| xargs -n 1 aws kms revoke-grant .* --grant-id\n/)
  })

  test('names a Deny that has to spare the role, to whoever owns its policy', async () => {
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*' }
    const cloud = cloudWith(policyText(DELEGATION, deny), {
      role: { inline: { Not: allowText('kms:Decrypt', '*', { Effect: 'Deny' }) } },
    })
    const plan = await planPermissions(JOB, cloud.connect())

    expect(plan.toTicket('key')).toContain(
      `### Have the Deny key-policy No spare ${ROLE}\n\n**Why:** it denies kms:Encrypt on ${OUTPUT_KEY}, and no Allow outweighs it`,
    )
    expect(plan.toTicket('role')).toContain('Have the Deny inline:Not \\#0 spare')
  })
})

describe('a ticket for the owner of the role', () => {
  test('puts an inline policy on it, and takes it off again', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(DELEGATION, ADMIN)).connect())
    const [change] = plan.changes
    if (change?.kind !== 'role-policy') throw new Error('no change of the role')
    const ticket = plan.toTicket('role')

    const put = commandsOf(ticket, 'With the AWS CLI')
    expect(put).toMatch(
      new RegExp(
        `^aws iam put-role-policy --role-name GtExec --policy-name ${change.policyName} --policy-document '`,
      ),
    )
    const [, document = ''] = /--policy-document '(.*)'$/.exec(put) ?? []
    expect(JSON.parse(document)).toEqual(JSON.parse(change.after))
    // Each change has a name of its own: a stack takes none twice.
    const label = change.policyName.replace('-', '_')
    expect(ticket).toContain(`new iam.CfnRolePolicy(this, "${label}", {\n  roleName: "GtExec",`)
    expect(ticket).toContain(`resource "aws_iam_role_policy" "${label}" {\n  role   = "GtExec"`)
    expect(commandsOf(ticket, 'To undo')).toBe(
      `aws iam delete-role-policy --role-name GtExec --policy-name ${change.policyName}`,
    )
  })
})

describe('the plan of one owner', () => {
  test('has their changes alone, and says what is left to others', async () => {
    const cloud = cloudWith(policyText(ADMIN), { volume: policyText(DELEGATION, ADMIN) })
    const plan = await planPermissions(BOTH, cloud.connect())
    const ofKey = plan.forOwner('key')
    const ofRole = plan.forOwner('role')

    expect(plan.changes.map(({ kind }) => kind)).toEqual(['key-policy', 'role-policy'])
    expect(plan.complete).toBe(true)
    expect(ofKey.changes).toEqual([plan.changes[0]])
    expect(ofRole.changes).toEqual([plan.changes[1]])
    expect(ofKey.complete).toBe(false)
    expect(String(ofKey)).toContain(
      `not fixed: all 10 actions on ${VOLUME_KEY} (missing): it is for the owner of the execution role to change`,
    )
    expect(plan.forOwner('bucket').changes).toEqual([])
    expect(ofKey.forOwner('role').changes).toEqual([])
  })

  test('is applied as any plan is, and the rest follows', async () => {
    const cloud = cloudWith(policyText(ADMIN), { volume: policyText(DELEGATION, ADMIN) })
    const aws = cloud.connect()
    const plan = await planPermissions(BOTH, aws)

    const first = await applyPlan(plan.forOwner('role'), aws)
    const second = await applyPlan(JSON.parse(JSON.stringify(plan.forOwner('key'))), aws)

    expect([...first.done, ...second.done].map(({ status }) => status)).toEqual(['verified', 'verified'])
    expect((await planPermissions(BOTH, aws)).changes).toEqual([])
  })

  test('is refused for what is no owner', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(ADMIN)).connect())

    expect(() => plan.forOwner('boss' as never)).toThrow(
      /Cannot call forOwner\(\): "boss" is no owner: give one of you, role, key/,
    )
    expect(() => plan.toTicket('toString' as never)).toThrow(/Cannot call toTicket\(\)/)
  })

  test('does not show in what the plan holds', async () => {
    const plan = await planPermissions(JOB, cloudWith(policyText(ADMIN)).connect())

    expect(Object.keys(plan)).toEqual(['report', 'changes', 'notFixed', 'after', 'complete', 'warnings'])
  })
})
