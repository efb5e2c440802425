import { expect, test } from 'vitest'
import { grantForms } from '../../../src/permissions/tickets/grant-forms.js'
import {
  bucketStatementForms,
  keyStatementForms,
  lambdaPermissionForms,
  rolePolicyForms,
  type TicketForms,
  topicStatementForms,
} from '../../../src/permissions/tickets/statement-forms.js'

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-4111-8111-111111111111'
const ROLE = 'arn:aws:iam::111122223333:role/labeling/GtExec'
const ADMIN = 'arn:aws:iam::111122223333:role/Admin'
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:labels'
const LAMBDA = 'arn:aws:lambda:eu-west-1:111122223333:function:pre'
const STATEMENT = { Sid: 'Gt', Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }
const ADDED = JSON.stringify(STATEMENT)
const DIFF = [
  '+ {',
  '+   "Sid": "Gt",',
  '+   "Effect": "Allow",',
  '+   "Action": "kms:Decrypt",',
  '+   "Resource": "*"',
  '+ }',
]
const REPLACE =
  'if any(.[]; .Sid == $sid) then map(if .Sid == $sid then $statement else . end) else . + [$statement] end)'
const LOOK = 'If that is the change and nothing else, write it:'

/** Commands as one would type them, but for the quotes. */
function typed({ diff = [], cli, cdk = '', terraform = '', verify, undo }: TicketForms) {
  const lines = (steps: TicketForms['cli'] = []) =>
    steps.map((step) => {
      if (typeof step === 'string') return step
      const piped = step.pipeTo === undefined ? step.run : [...step.run, '|', ...step.pipeTo]
      return [...piped, ...(step.into === undefined ? [] : ['>', step.into])].join(' ')
    })
  return { diff, cdk, terraform, cli: lines(cli), verify: lines(verify), undo: lines(undo) }
}

test('a grant is made, listed and revoked by its name', () => {
  const grant = { keyArn: KEY, roleArn: ROLE, name: 'gt', operations: ['Decrypt', 'CreateGrant'] }
  const list = `aws kms list-grants --region eu-west-1 --key-id ${KEY} --grantee-principal ${ROLE}`
  const create = `aws kms create-grant --region eu-west-1 --key-id ${KEY} --name gt --grantee-principal ${ROLE}`
  const plain = typed(grantForms({ ...grant, retiringPrincipal: null }))

  expect(plain).toEqual({
    diff: [`+ grantee ${ROLE}`, '+ operations Decrypt, CreateGrant'],
    cli: [`${create} --operations Decrypt CreateGrant`],
    cdk: '// CloudFormation has no resource for grants: make it with the AWS CLI or with Terraform.',
    terraform: [
      'resource "aws_kms_grant" "gt" {',
      '  name              = "gt"',
      `  key_id            = "${KEY}"`,
      `  grantee_principal = "${ROLE}"`,
      '  operations        = ["Decrypt","CreateGrant"]',
      '}',
    ].join('\n'),
    verify: ['It takes effect after up to five minutes.', list],
    undo: [
      `${list} --query Grants[?Name==\`"gt"\`].GrantId --output text | xargs -n 1 aws kms revoke-grant --region eu-west-1 --key-id ${KEY} --grant-id`,
    ],
  })
  expect(typed(grantForms({ ...grant, retiringPrincipal: ADMIN }))).toEqual({
    ...plain,
    diff: [...plain.diff, `+ may be retired by ${ADMIN}`],
    cli: [`${create} --retiring-principal ${ADMIN} --operations Decrypt CreateGrant`],
    terraform: [
      'resource "aws_kms_grant" "gt" {',
      '  name              = "gt"',
      `  key_id            = "${KEY}"`,
      `  grantee_principal = "${ROLE}"`,
      `  retiring_principal = "${ADMIN}"`,
      '  operations        = ["Decrypt","CreateGrant"]',
      '}',
    ].join('\n'),
  })
})

test('a statement of a topic is read, edited, looked at and written', () => {
  const read = `aws sns get-topic-attributes --region eu-west-1 --topic-arn ${TOPIC} --query Attributes.Policy --output text`
  const write = `aws sns set-topic-attributes --region eu-west-1 --topic-arn ${TOPIC} --attribute-name Policy --attribute-value file://topic-policy.new.json`
  const { cdk, terraform, ...commands } = typed(topicStatementForms(TOPIC, STATEMENT))

  expect(commands).toEqual({
    diff: DIFF,
    cli: [
      `${read} | jq . > topic-policy.json`,
      `jq --arg sid Gt --argjson statement ${ADDED} .Statement = ([.Statement] | flatten(1) | ${REPLACE} topic-policy.json > topic-policy.new.json`,
      'diff topic-policy.json topic-policy.new.json',
      LOOK,
      write,
    ],
    verify: [`${read} | jq --arg sid Gt [.Statement] | flatten(1) | map(select(.Sid == $sid))`],
    undo: [
      `${read} | jq . > topic-policy.json`,
      'jq --arg sid Gt .Statement = ([.Statement] | flatten(1) | map(select(.Sid != $sid))) topic-policy.json > topic-policy.new.json',
      'diff topic-policy.json topic-policy.new.json',
      LOOK,
      write,
    ],
  })
  expect(cdk.split('\n').slice(0, 2)).toEqual([
    '// Where the topic is made: on a topic that is imported, CDK adds nothing.',
    'topic.addToResourcePolicy(iam.PolicyStatement.fromJson({',
  ])
  expect(terraform.split('\n').slice(0, 3)).toEqual([
    '# In the aws_iam_policy_document that the aws_sns_topic_policy is made from:',
    'statement {',
    '  sid           = "Gt"',
  ])
})

test('a bucket may have no policy yet, begins with an empty one, and is not left with one', () => {
  const { cli, cdk, terraform, undo } = typed(bucketStatementForms('labels', STATEMENT))

  expect(cli).toEqual([
    'Read it:',
    'aws s3api get-bucket-policy --bucket labels --query Policy --output text | jq . > bucket-policy.json',
    'If that says NoSuchBucketPolicy, begin with an empty one:',
    'printf %s {"Version":"2012-10-17","Statement":[]} | jq . > bucket-policy.json',
    'Edit it, and look at the difference:',
    `jq --arg sid Gt --argjson statement ${ADDED} .Statement = ([.Statement] | flatten(1) | ${REPLACE} bucket-policy.json > bucket-policy.new.json`,
    'diff bucket-policy.json bucket-policy.new.json',
    LOOK,
    'aws s3api put-bucket-policy --bucket labels --policy file://bucket-policy.new.json',
  ])
  // S3 takes no policy without a statement.
  expect(undo).toEqual([
    'aws s3api get-bucket-policy --bucket labels --query Policy --output text | jq . > bucket-policy.json',
    'jq --arg sid Gt .Statement = ([.Statement] | flatten(1) | map(select(.Sid != $sid))) bucket-policy.json > bucket-policy.new.json',
    'diff bucket-policy.json bucket-policy.new.json',
    LOOK,
    'aws s3api put-bucket-policy --bucket labels --policy file://bucket-policy.new.json',
    'If no statement is left, take the policy away in place of that:',
    'aws s3api delete-bucket-policy --bucket labels',
  ])
  expect(cdk).toContain('bucket.addToResourcePolicy(iam.PolicyStatement.fromJson({\n  "Sid": "Gt",')
  expect(terraform).toContain(
    '# In the aws_iam_policy_document that the aws_s3_bucket_policy is made from:\nstatement {',
  )
})

test('ids of deleted principals go out with the edit, and a statement without a Sid is shown by its place', () => {
  const read = `aws kms get-key-policy --region eu-west-1 --key-id ${KEY} --policy-name default --query Policy --output text`
  const of = (sid: string) =>
    typed(keyStatementForms(KEY, { ...STATEMENT, Sid: sid }, { removedPrincipals: ['AROAX'] }))

  expect(of('Gt').cli[1]).toContain(`--argjson statement ${ADDED} --argjson removed ["AROAX"] .Statement`)
  expect(typed(keyStatementForms(KEY, STATEMENT)).cli[1]).not.toContain('removed')
  expect(of('#12').verify).toEqual([
    `${read} | jq --argjson place 12 [[.Statement] | flatten(1) | .[$place]]`,
  ])
  for (const sid of ['x#12', '#12x', '#'])
    expect(of(sid).verify).toEqual([
      `${read} | jq --arg sid ${sid} [.Statement] | flatten(1) | map(select(.Sid == $sid))`,
    ])
})

test('a Lambda is given a permission by its Sid, and loses it by that', () => {
  const of = `--region eu-west-1 --function-name ${LAMBDA}`

  expect(typed(lambdaPermissionForms(LAMBDA, 'Gt', ROLE))).toEqual({
    diff: [
      '+ {',
      '+   "Sid": "Gt",',
      '+   "Effect": "Allow",',
      '+   "Principal": {',
      `+     "AWS": "${ROLE}"`,
      '+   },',
      '+   "Action": "lambda:InvokeFunction",',
      `+   "Resource": "${LAMBDA}"`,
      '+ }',
    ],
    cli: [
      `aws lambda add-permission ${of} --statement-id Gt --action lambda:InvokeFunction --principal ${ROLE}`,
    ],
    cdk: `fn.addPermission("Gt", { principal: new iam.ArnPrincipal("${ROLE}") })`,
    terraform: [
      'resource "aws_lambda_permission" "Gt" {',
      '  statement_id  = "Gt"',
      '  action        = "lambda:InvokeFunction"',
      `  function_name = "${LAMBDA}"`,
      `  principal     = "${ROLE}"`,
      '}',
    ].join('\n'),
    verify: [`aws lambda get-policy ${of} --query Policy --output text | jq .`],
    undo: [`aws lambda remove-permission ${of} --statement-id Gt`],
  })
})

test('an inline policy is put on a role, and off again or back to what it was', () => {
  const document = '{"Version":"2012-10-17","Statement":[]}'
  const of = '--role-name GtExec --policy-name Gt'
  const put = `aws iam put-role-policy ${of} --policy-document`
  const forms = typed(rolePolicyForms(ROLE, 'Gt', document, { diff: ['+ x'] }))

  expect(forms).toEqual({
    diff: ['+ x'],
    cli: [`${put} ${document}`],
    cdk: [
      'new iam.CfnRolePolicy(this, "Gt", {',
      '  roleName: "GtExec",',
      '  policyName: "Gt",',
      '  policyDocument: {',
      '    "Version": "2012-10-17",',
      '    "Statement": []',
      '  },',
      '})',
    ].join('\n'),
    terraform: [
      'resource "aws_iam_role_policy" "Gt" {',
      '  role   = "GtExec"',
      '  name   = "Gt"',
      '  policy = jsonencode({',
      '    "Version": "2012-10-17",',
      '    "Statement": []',
      '  })',
      '}',
    ].join('\n'),
    verify: [`aws iam get-role-policy ${of}`],
    undo: [`aws iam delete-role-policy ${of}`],
  })
  expect(
    typed(rolePolicyForms(ROLE, 'Gt', document, { diff: [], previous: '{"Statement":[1]}' })).undo,
  ).toEqual([`${put} {"Statement":[1]}`])
})
