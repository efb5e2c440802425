import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DecidedAccess } from '../../../src/permissions/access/access.js'
import { accessForms } from '../../../src/permissions/access/access-forms.js'
import { describeAccess, ownerOf } from '../../../src/permissions/access/describe-access.js'
import { ticketText } from '../../../src/show/ticket.js'
import { decidedAccess, KEY, PRE, ROLE, TOPIC } from './labeling-place.js'

const hasJq = spawnSync('jq', ['--version']).status === 0
const hasTerraform = spawnSync('terraform', ['-version']).status === 0

const ticketOf = (one: DecidedAccess) => {
  const { what, why, owner } = describeAccess(one)
  return ticketText({ owner, title: 'T', summary: 'S', items: [{ what, why, ...accessForms([one]) }] })
}

describe('what is missing', () => {
  test('of several objects is one statement, by their folder when they are many', () => {
    const reads = (...keys: readonly string[]) =>
      accessForms(
        keys.map((key) =>
          decidedAccess(
            { action: 's3:GetObject', resourceArn: `arn:aws:s3:::data/in/${key}`, goesOn: false },
            {},
          ),
        ),
      )?.diff?.join('\n')

    expect(reads('1.jpg', '2.jpg')).toContain(
      '"arn:aws:s3:::data/in/1.jpg",\n+     "arn:aws:s3:::data/in/2.jpg"',
    )
    expect(reads('a/1.jpg', 'a/2.jpg', 'a/3.jpg', 'b/1.jpg')).toContain(
      '"Resource": "arn:aws:s3:::data/in/*"',
    )
    expect(accessForms([])).toBeUndefined()
  })

  test('in a bucket policy is a statement of it', () => {
    const ticket = ticketOf(decidedAccess({}, {}))

    expect(ticket).toContain('For: the owner of the bucket')
    expect(ticket).toContain('+   "Sid": "GroundTruthGtExecPutObject60828a60",')
    expect(ticket).toContain('+   "Resource": "arn:aws:s3:::labels/out/Cats-1/*"')
    expect(ticket).toContain(
      'aws s3api get-bucket-policy --bucket labels --query Policy --output text | jq . > bucket-policy.json',
    )
    expect(ticket).toContain(
      'aws s3api put-bucket-policy --bucket labels --policy file://bucket-policy.new.json',
    )
    expect(ticket).toContain('bucket.addToResourcePolicy(iam.PolicyStatement.fromJson({')
    expect(ticket).toContain('  resources     = ["arn:aws:s3:::labels/out/Cats-1/*"]')
  })

  test.runIf(hasJq)('in a bucket without a policy is written into an empty one', () => {
    const [, , , , ...steps] = accessForms([decidedAccess({}, {})])?.cli ?? []
    const ticket = ticketText({
      owner: 'bucket',
      title: 'T',
      summary: 'S',
      items: [{ what: 'W', why: 'W', cli: steps }],
    })
    const commands = [...ticket.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, block = '']) => block).join('\n')
    const folder = mkdtempSync(join(tmpdir(), 'ticket-'))
    const aws = `aws() { for last; do :; done; cp "\${last#file://}" in-aws.json; }`
    const begin = `printf %s '{"Version":"2012-10-17","Statement":[]}' > bucket-policy.json`

    execFileSync('bash', ['-c', [aws, begin, commands.replace(/^diff .*$/gm, '$& || true')].join('\n')], {
      cwd: folder,
    })

    expect(JSON.parse(readFileSync(join(folder, 'in-aws.json'), 'utf8')).Statement).toEqual([
      {
        Sid: 'GroundTruthGtExecPutObject60828a60',
        Effect: 'Allow',
        Principal: { AWS: ROLE },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::labels/out/Cats-1/*',
      },
    ])
  })

  test.each([
    [
      'key',
      { action: 'kms:Decrypt', resourceArn: KEY },
      'aws kms put-key-policy --region us-east-1 --key-id',
    ],
    [
      'topic',
      { action: 'sns:Publish', resourceArn: TOPIC },
      'aws sns set-topic-attributes --region us-east-1',
    ],
    [
      'lambda',
      { action: 'lambda:InvokeFunction', resourceArn: PRE },
      'aws lambda add-permission --region us-east-1',
    ],
  ] as const)('in the policy of a %s is for its owner', (owner, access, command) => {
    const one = decidedAccess({ ...access, goesOn: false }, {})

    expect(ownerOf(one)).toBe(owner)
    expect(ticketOf(one)).toContain(command)
  })

  test('in the policies of the role is a policy of it', () => {
    const one = decidedAccess({}, { missingIn: ['identity'] })

    expect(ownerOf(one)).toBe('role')
    expect(ticketOf(one)).toContain(
      'aws iam put-role-policy --role-name GtExec --policy-name GroundTruthGtExecPutObject60828a60 --policy-document ',
    )
    expect(describeAccess(decidedAccess({}, { missingIn: ['resource-policy', 'identity'] })).fix).toBe(
      `Allow s3:PutObject on arn:aws:s3:::labels/out/Cats-1/* in an IAM policy of ${ROLE} and in the bucket policy`,
    )
  })

  test('under a boundary or an organization is shown, and written nowhere', () => {
    for (const side of ['boundary', 'scp'] as const) {
      const forms = accessForms([decidedAccess({}, { missingIn: [side] })])

      expect(forms?.diff).toContain('+   "Action": "s3:PutObject",')
      expect(forms?.cli).toBeUndefined()
    }
    expect(describeAccess(decidedAccess({}, { missingIn: ['boundary'] })).fix).toBe(
      'Allow s3:PutObject in the permissions boundary as well',
    )
    expect(describeAccess(decidedAccess({}, { missingIn: ['scp'] })).fix).toBe(
      'Have the organization allow s3:PutObject',
    )
  })

  test('of one role in two places has two names: under one, the second would be written over the first', () => {
    const names = ['in', 'out'].map(
      (folder) =>
        /--policy-name (\S+)/.exec(
          ticketOf(
            decidedAccess(
              { action: 's3:GetObject', resourceArn: `arn:aws:s3:::labels/${folder}/` },
              { missingIn: ['identity'] },
            ),
          ),
        )?.[1],
    )

    expect(names).toEqual([
      expect.stringMatching(/^GroundTruthGtExecGetObject[0-9a-f]{8}$/),
      expect.stringMatching(/^GroundTruthGtExecGetObject[0-9a-f]{8}$/),
    ])
    expect(names[0]).not.toBe(names[1])
  })

  test('on an object whose name has a star or looks like a variable is about that object alone', () => {
    const of = (name: string) =>
      accessForms([
        decidedAccess(
          { action: 's3:GetObject', resourceArn: `arn:aws:s3:::labels/${name}`, goesOn: false },
          {},
        ),
      ])?.diff?.find((line) => line.includes('Resource'))

    expect(of('*')).toBe('+   "Resource": "arn:aws:s3:::labels/${*}"')
    expect(of('what?.jpg')).toBe('+   "Resource": "arn:aws:s3:::labels/what${?}.jpg"')
    expect(of('${aws:username}$')).toBe('+   "Resource": "arn:aws:s3:::labels/${$}{aws:username}$"')
  })

  test('of the right to hand on the role gives it to SageMaker alone', () => {
    const pass = decidedAccess(
      { action: 'iam:PassRole', resourceArn: ROLE, goesOn: false },
      { kind: 'identity-only', missingIn: ['identity'] },
    )

    expect(
      accessForms([pass])
        ?.diff?.slice(4)
        .map((line) => line.slice(2).trim()),
    ).toEqual([
      `"Resource": "${ROLE}",`,
      '"Condition": {',
      '"StringEquals": {',
      '"iam:PassedToService": "sagemaker.amazonaws.com"',
      '}',
      '}',
      '}',
    ])
  })

  test('in a role of single sign-on is shown, as IAM takes no change of it', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Data_0a'
    const one = decidedAccess({}, { roleArn, missingIn: ['identity'] })

    expect(Object.keys(accessForms([one]) ?? {})).toEqual(['diff'])
    expect(describeAccess(one).fix).toBe(
      `Allow s3:PutObject on arn:aws:s3:::labels/out/Cats-1/* in the permission set of IAM Identity Center behind ${roleArn}`,
    )
  })

  test('for whoever is no role is not put into commands', () => {
    expect(
      accessForms([decidedAccess({ who: 'caller' }, { roleArn: 'arn:aws:iam::111122223333:user/ann' })]),
    ).toBeUndefined()
  })
})

test('what is denied is shown where it stands', () => {
  const deny = (policy: string) =>
    decidedAccess(
      {},
      {
        verdict: 'denied',
        evidence: [{ policy, statement: 'No', effect: 'Deny', via: 'any', certain: true }],
      },
    )

  expect(ticketOf(deny('bucket-policy'))).toContain(
    'aws s3api get-bucket-policy --bucket labels --query Policy --output text | jq --arg sid No ',
  )
  expect(ownerOf(deny('bucket-policy'))).toBe('bucket')
  expect(accessForms([deny('inline:Guard')])).toBeUndefined()
  expect(ownerOf(deny('inline:Guard'))).toBe('role')
})

test('a Deny without a Sid is shown by its place, as no statement has the Sid #1', () => {
  const denied = decidedAccess(
    {},
    {
      verdict: 'denied',
      evidence: [{ policy: 'bucket-policy', statement: '#1', effect: 'Deny', via: 'any', certain: true }],
    },
  )

  expect(ticketOf(denied)).toContain(
    "--query Policy --output text | jq --argjson place 1 '[[.Statement] | flatten(1) | .[$place]]'",
  )
})

test('a Deny that may apply is shown, with what spares the role for certain', () => {
  const condition = { kind: 'condition', key: 'aws:SourceVpce', operator: 'StringNotEquals' } as const
  const place = { policy: 'bucket-policy', statement: 'Vpce' }
  const open = decidedAccess(
    {},
    {
      verdict: 'unknown',
      unknownBecause: [{ ...condition, ...place }],
      evidence: [{ ...place, effect: 'Deny', via: 'any', certain: false }],
    },
  )

  const statement = {
    Sid: 'Vpce',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  }
  const policies = [{ name: 'bucket-policy', policy: JSON.stringify({ Statement: statement }) }]

  expect(accessForms([open])?.diff).toBeUndefined()
  expect(accessForms([open], policies)?.diff).toEqual([
    '  {',
    '    "Sid": "Vpce",',
    '    "Effect": "Deny",',
    '    "Principal": "*",',
    '    "Action": "s3:*",',
    '    "Resource": "*",',
    '    "Condition": {',
    '      "StringNotEquals": {',
    '        "aws:SourceVpce": "vpce-1"',
    '+     },',
    '+     "ArnNotEquals": {',
    `+       "aws:PrincipalArn": "${ROLE}"`,
    '      }',
    '    }',
    '  }',
  ])
  expect(ticketOf(open)).toContain('jq --arg sid Vpce ')
})

test('a Deny whose Sid an Allow has as well is found; of two Denies of one Sid none is shown as the one', () => {
  const place = { policy: 'bucket-policy', statement: 'Guard' }
  const open = decidedAccess(
    {},
    {
      verdict: 'unknown',
      unknownBecause: [{ kind: 'condition', key: 'aws:SourceVpce', operator: 'StringNotEquals', ...place }],
      evidence: [{ ...place, effect: 'Deny', via: 'any', certain: false }],
    },
  )
  const [allow, deny] = ['Allow', 'Deny'].map((Effect) => ({ Sid: 'Guard', Effect }))
  const diffOf = (...Statement: readonly unknown[]) =>
    accessForms([open], [{ name: 'bucket-policy', policy: JSON.stringify({ Statement }) }])?.diff

  expect(diffOf(allow, deny)?.[2]).toContain('"Effect": "Deny"')
  expect(diffOf(deny, { ...deny, Action: 's3:*' })).toBeUndefined()
})

test('a diff that spares the role is a statement once it is applied, and spares whoever was spared', () => {
  const place = { policy: 'bucket-policy', statement: 'Vpce' }
  const open = decidedAccess(
    {},
    {
      verdict: 'unknown',
      unknownBecause: [{ kind: 'condition', key: 'aws:SourceVpce', operator: 'StringNotEquals', ...place }],
      evidence: [{ ...place, effect: 'Deny', via: 'any', certain: false }],
    },
  )
  const admin = 'arn:aws:iam::111122223333:role/Admin'
  const sourceVpc = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }
  const statement = { Sid: 'Vpce', Effect: 'Deny', Condition: { ...sourceVpc } }
  const applied = (Condition: object) => {
    const policy = JSON.stringify({ Statement: [{ ...statement, Condition }] })
    const diff = accessForms([open], [{ name: 'bucket-policy', policy }])?.diff ?? []
    const kept = diff.filter((line) => !line.startsWith('-')).map((line) => line.slice(2))
    return JSON.parse(kept.join('\n'))
  }

  expect(applied({ ...sourceVpc, ArnNotEquals: { 'aws:principalarn': admin } })).toEqual({
    ...statement,
    Condition: { ...sourceVpc, ArnNotEquals: { 'aws:principalarn': [admin, ROLE] } },
  })
  expect(applied({ ArnNotEquals: { 'aws:SourceArn': admin } }).Condition).toEqual({
    ArnNotEquals: { 'aws:SourceArn': admin, 'aws:PrincipalArn': ROLE },
  })
  expect(applied({ ArnNotEquals: { 'aws:PrincipalArn': [admin] } }).Condition).toEqual({
    ArnNotEquals: { 'aws:PrincipalArn': [admin, ROLE] },
  })
})

test('what is allowed or unknown asks for nothing', () => {
  expect(accessForms([decidedAccess({}, { verdict: 'allowed' })])).toBeUndefined()
  expect(accessForms([decidedAccess({}, { verdict: 'unknown' })])).toBeUndefined()
})

test('a bucket of a hostile name stays one word', () => {
  const one = decidedAccess({ resourceArn: "arn:aws:s3:::a'$(touch x)`id`/k" }, {})
  const forms = accessForms([one])

  expect(ticketOf(one)).toContain("--bucket 'a'\\''$(touch x)`id`' ")
  expect(forms?.terraform).toContain('resources     = ["arn:aws:s3:::a\'$(touch x)`id`/k*"]')
})

test.runIf(hasTerraform)('Terraform reads what it is given', () => {
  const block = accessForms([decidedAccess({}, {})])?.terraform ?? ''
  const hcl = `data "aws_iam_policy_document" "x" {\n${block}\n}\n`

  expect(spawnSync('terraform', ['fmt', '-'], { input: hcl }).status).toBe(0)
})
