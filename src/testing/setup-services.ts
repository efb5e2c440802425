import type { LambdaSetup, TopicSetup } from './setup.js'
import { documentText } from './world/policy-document.js'
import type { World } from './world/world.js'

/** Adds a Lambda function and gives its ARN. */
export function addLambda(world: World, setup: LambdaSetup): { readonly lambdaArn: string } {
  const { name, region = world.region, account = world.account, policy } = setup
  const arn = `arn:${world.partition}:lambda:${region}:${account}:function:${name}`
  world.lambdas.set(arn, {
    arn,
    account,
    region,
    ...(policy !== undefined && { policy: documentText(policy) }),
  })
  return { lambdaArn: arn }
}

/** Adds an SNS topic and gives its ARN. */
export function addTopic(world: World, setup: TopicSetup): { readonly topicArn: string } {
  const { name, region = world.region, account = world.account, policy, key } = setup
  const arn = `arn:${world.partition}:sns:${region}:${account}:${name}`
  world.topics.set(arn, {
    arn,
    account,
    region,
    policy: documentText(policy ?? defaultPolicy(arn, account)),
    ...(key !== undefined && { keyId: key }),
  })
  return { topicArn: arn }
}

/** The policy that SNS writes for a new topic. */
function defaultPolicy(arn: string, account: string) {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  }
}
