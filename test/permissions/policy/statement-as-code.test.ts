import { describe, expect, it } from 'vitest'
import {
  addedStatement,
  asciiJson,
  cdkStatement,
  terraformStatement,
} from '../../../src/permissions/policy/statement-as-code.js'

const STATEMENT = {
  Sid: 'OnlyOurKey',
  Effect: 'Deny',
  Principal: { AWS: ['arn:aws:iam::111122223333:role/GtExec'], Service: 'sagemaker.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: ['arn:aws:s3:::labels/${aws:PrincipalAccount}/*'],
  Condition: { Bool: { 'aws:SecureTransport': false } },
}

describe('a statement as code', () => {
  it('stands in Terraform as a block of a policy document', () => {
    expect(terraformStatement(STATEMENT)).toBe(`statement {
  sid           = "OnlyOurKey"
  effect        = "Deny"
  actions       = ["s3:PutObject"]
  resources     = ["arn:aws:s3:::labels/$\${aws:PrincipalAccount}/*"]
  principals {
    type        = "AWS"
    identifiers = ["arn:aws:iam::111122223333:role/GtExec"]
  }
  principals {
    type        = "Service"
    identifiers = ["sagemaker.amazonaws.com"]
  }
  condition {
    test     = "Bool"
    variable = "aws:SecureTransport"
    values   = ["false"]
  }
}`)
  })

  it('stands in Terraform with what it excepts', () => {
    expect(
      terraformStatement({ Effect: 'Deny', NotPrincipal: '*', NotAction: 's3:*', NotResource: '*' }),
    ).toBe(`statement {
  effect        = "Deny"
  not_actions   = ["s3:*"]
  not_resources = ["*"]
  not_principals {
    type        = "*"
    identifiers = ["*"]
  }
}`)
  })

  it('stands in the CDK and in a diff as JSON', () => {
    const statement = { Effect: 'Allow', Action: 'kms:Decrypt' }
    expect(cdkStatement(statement)).toBe(
      'iam.PolicyStatement.fromJson({\n  "Effect": "Allow",\n  "Action": "kms:Decrypt"\n})',
    )
    expect(addedStatement(statement)).toEqual([
      '+ {',
      '+   "Effect": "Allow",',
      '+   "Action": "kms:Decrypt"',
      '+ }',
    ])
  })

  it('shows no character that is not what it looks like', () => {
    const text = '\u202e"\\b\b\f\n\u007fü漢`${x}%{y}'
    expect(asciiJson({ Sid: text })).toMatch(/^[ -~]+$/)
    expect(JSON.parse(asciiJson({ Sid: text }))).toEqual({ Sid: text })
    expect(asciiJson('\b\f\\b\\f\u202e')).toBe(String.raw`"\u0008\u000c\\b\\f\u202e"`)
    expect(cdkStatement({ Sid: text })).toMatch(/^[\n -~]+$/)
    expect(terraformStatement({ Sid: text, Effect: 'Allow' })).toContain('$${x}%%{y}')
  })
})
