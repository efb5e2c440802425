import { parseArn } from '../../names/arn.js'
import { parseRoleArn } from '../../names/role-arn.js'
import type { TicketItem } from '../../show/ticket.js'
import type { PolicyStatement } from '../policy/policy-document.js'
import {
  addedStatement,
  asciiJson,
  cdkStatement,
  hclJson,
  terraformStatement,
} from '../policy/statement-as-code.js'
import {
  bucketPolicyAddress,
  editSteps,
  keyPolicyAddress,
  type PolicyAddress,
  showStatement,
  topicPolicyAddress,
} from './document-commands.js'

/** The parts of an item that say how: the same change in every form. */
export type TicketForms = Omit<TicketItem, 'what' | 'why'>

/** How a statement comes into the policy of a key, and out of it again. */
export function keyStatementForms(
  keyArn: string,
  statement: PolicyStatement & { readonly Sid: string },
  {
    diff = addedStatement(statement),
    previous,
    removedPrincipals = [],
    compact = false,
  }: {
    readonly diff?: readonly string[]
    /** The statement of the same Sid that stood there before. */
    readonly previous?: PolicyStatement | undefined
    readonly removedPrincipals?: readonly string[]
    /** Whether the policy is near its limit. */
    readonly compact?: boolean
  } = {},
): TicketForms {
  return {
    ...editForms(keyPolicyAddress(keyArn), statement, { previous, removedPrincipals, compact }),
    diff,
    cdk: [
      '// Where the key is made: on a key that is imported, CDK adds nothing.',
      `key.addToResourcePolicy(${cdkStatement(statement)})`,
    ].join('\n'),
    terraform: [
      '# In the aws_iam_policy_document that the policy of the key is made from:',
      terraformStatement(statement),
    ].join('\n'),
  }
}

/** How a statement comes into the policy of a bucket, and out of it again. */
export function bucketStatementForms(
  bucket: string,
  statement: PolicyStatement & { readonly Sid: string },
): TicketForms {
  return {
    ...editForms(bucketPolicyAddress(bucket), statement),
    diff: addedStatement(statement),
    cdk: [
      '// Where the bucket is made: on a bucket that is imported, CDK adds nothing.',
      `bucket.addToResourcePolicy(${cdkStatement(statement)})`,
    ].join('\n'),
    terraform: [
      '# In the aws_iam_policy_document that the aws_s3_bucket_policy is made from:',
      terraformStatement(statement),
    ].join('\n'),
  }
}

/** How a statement comes into the policy of a topic, and out of it again. */
export function topicStatementForms(
  topicArn: string,
  statement: PolicyStatement & { readonly Sid: string },
): TicketForms {
  return {
    ...editForms(topicPolicyAddress(topicArn), statement),
    diff: addedStatement(statement),
    cdk: [
      '// Where the topic is made: on a topic that is imported, CDK adds nothing.',
      `topic.addToResourcePolicy(${cdkStatement(statement)})`,
    ].join('\n'),
    terraform: [
      '# In the aws_iam_policy_document that the aws_sns_topic_policy is made from:',
      terraformStatement(statement),
    ].join('\n'),
  }
}

/** How a role comes to invoke a Lambda by the policy of the Lambda. */
export function lambdaPermissionForms(lambdaArn: string, sid: string, roleArn: string): TicketForms {
  const of = ['--region', parseArn(lambdaArn)?.region ?? '', '--function-name', lambdaArn]
  const statement = {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: 'lambda:InvokeFunction',
    Resource: lambdaArn,
  }
  return {
    diff: addedStatement(statement),
    cli: [
      {
        run: [
          'aws',
          'lambda',
          'add-permission',
          ...of,
          '--statement-id',
          sid,
          '--action',
          'lambda:InvokeFunction',
          '--principal',
          roleArn,
        ],
      },
    ],
    cdk: `fn.addPermission(${asciiJson(sid)}, { principal: new iam.ArnPrincipal(${asciiJson(roleArn)}) })`,
    terraform: [
      `resource "aws_lambda_permission" ${hclJson(labelOf(sid))} {`,
      `  statement_id  = ${hclJson(sid)}`,
      '  action        = "lambda:InvokeFunction"',
      `  function_name = ${hclJson(lambdaArn)}`,
      `  principal     = ${hclJson(roleArn)}`,
      '}',
    ].join('\n'),
    verify: [
      {
        run: ['aws', 'lambda', 'get-policy', ...of, '--query', 'Policy', '--output', 'text'],
        pipeTo: ['jq', '.'],
      },
    ],
    undo: [{ run: ['aws', 'lambda', 'remove-permission', ...of, '--statement-id', sid] }],
  }
}

/** How an inline policy comes onto a role, and off it again. */
export function rolePolicyForms(
  roleArn: string,
  policyName: string,
  document: string,
  { diff, previous }: { readonly diff: readonly string[]; readonly previous?: string | undefined },
): TicketForms {
  const { name } = parseRoleArn(roleArn)
  const of = ['--role-name', name, '--policy-name', policyName]
  const put = (text: string) => ({
    run: ['aws', 'iam', 'put-role-policy', ...of, '--policy-document', asciiJson(JSON.parse(text))],
  })
  return {
    diff,
    cli: [put(document)],
    cdk: [
      `new iam.CfnRolePolicy(this, ${asciiJson(labelOf(policyName))}, {`,
      `  roleName: ${asciiJson(name)},`,
      `  policyName: ${asciiJson(policyName)},`,
      `  policyDocument: ${indented(asciiJson(JSON.parse(document), 2))},`,
      '})',
    ].join('\n'),
    terraform: [
      `resource "aws_iam_role_policy" ${hclJson(labelOf(policyName))} {`,
      `  role   = ${hclJson(name)}`,
      `  name   = ${hclJson(policyName)}`,
      `  policy = jsonencode(${indented(hclJson(JSON.parse(document), 2))})`,
      '}',
    ].join('\n'),
    verify: [{ run: ['aws', 'iam', 'get-role-policy', ...of] }],
    undo: [previous === undefined ? { run: ['aws', 'iam', 'delete-role-policy', ...of] } : put(previous)],
  }
}

/** A name within CDK and Terraform, of its own for each change: a ticket may ask for several. */
export function labelOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '_')
}

function editForms(
  address: PolicyAddress,
  statement: PolicyStatement & { readonly Sid: string },
  {
    previous,
    removedPrincipals = [],
    compact = false,
  }: {
    readonly previous?: PolicyStatement | undefined
    readonly removedPrincipals?: readonly string[]
    readonly compact?: boolean
  } = {},
): Pick<TicketForms, 'cli' | 'verify' | 'undo'> {
  const { Sid: sid } = statement
  return {
    cli: editSteps(address, { sid, statement, removedPrincipals, compact }),
    verify: [showStatement(address, sid)],
    undo: editSteps(address, { sid, statement: previous, compact }),
  }
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ')
}
