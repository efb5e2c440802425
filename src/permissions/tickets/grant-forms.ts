import { parseArn } from '../../names/arn.js'
import { asciiJson, hclJson } from '../policy/statement-as-code.js'
import { labelOf, type TicketForms } from './statement-forms.js'

/** A grant that is asked for. */
export interface AskedGrant {
  readonly keyArn: string
  readonly roleArn: string
  readonly name: string
  /** Operations as KMS names them, without `kms:`. */
  readonly operations: readonly string[]
  readonly retiringPrincipal: string | null
}

/** How a grant is made, and revoked again. */
export function grantForms(grant: AskedGrant): TicketForms {
  const { keyArn, roleArn, name, operations, retiringPrincipal } = grant
  const key = ['--region', parseArn(keyArn)?.region ?? '', '--key-id', keyArn]
  const list = ['aws', 'kms', 'list-grants', ...key, '--grantee-principal', roleArn]
  return {
    diff: [
      `+ grantee ${roleArn}`,
      `+ operations ${operations.join(', ')}`,
      ...(retiringPrincipal === null ? [] : [`+ may be retired by ${retiringPrincipal}`]),
    ],
    cli: [
      {
        run: [
          'aws',
          'kms',
          'create-grant',
          ...key,
          '--name',
          name,
          '--grantee-principal',
          roleArn,
          ...(retiringPrincipal === null ? [] : ['--retiring-principal', retiringPrincipal]),
          '--operations',
          ...operations,
        ],
      },
    ],
    cdk: '// CloudFormation has no resource for grants: make it with the AWS CLI or with Terraform.',
    terraform: [
      `resource "aws_kms_grant" ${hclJson(labelOf(name))} {`,
      `  name              = ${hclJson(name)}`,
      `  key_id            = ${hclJson(keyArn)}`,
      `  grantee_principal = ${hclJson(roleArn)}`,
      ...(retiringPrincipal === null ? [] : [`  retiring_principal = ${hclJson(retiringPrincipal)}`]),
      `  operations        = ${hclJson(operations)}`,
      '}',
    ].join('\n'),
    verify: ['It takes effect after up to five minutes.', { run: list }],
    undo: [
      {
        run: [...list, '--query', `Grants[?Name==\`${asciiJson(name)}\`].GrantId`, '--output', 'text'],
        pipeTo: ['xargs', '-n', '1', 'aws', 'kms', 'revoke-grant', ...key, '--grant-id'],
      },
    ],
  }
}
