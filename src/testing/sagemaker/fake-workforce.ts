import type {
  DescribeSubscribedWorkteamCommandInput,
  DescribeWorkteamCommandInput,
  RenderUiTemplateCommandInput,
} from '@aws-sdk/client-sagemaker'
import { authorize } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, FakeWorkteam, Operations, World } from '../world/world.js'
import { trustsSageMaker } from './check-labeling-request.js'
import { renderTemplate } from './render-template.js'

/** The work teams of the fake, and the pages that they are shown. */
export const WORKFORCE: Operations = {
  DescribeWorkteam: describeWorkteam,
  DescribeSubscribedWorkteam: describeSubscribedWorkteam,
  RenderUiTemplate: renderUiTemplate,
}

function describeWorkteam(world: World, call: Call, { WorkteamName = '' }: DescribeWorkteamCommandInput) {
  const arn = `arn:${world.partition}:sagemaker:${call.region}:${call.caller.account}:workteam/private-crowd/${WorkteamName}`
  authorize(world, call, 'sagemaker:DescribeWorkteam', arn)
  const team = existing(world, arn)
  return {
    Workteam: {
      WorkteamName,
      WorkteamArn: team.arn,
      Description: WorkteamName,
      MemberDefinitions: team.groups.map((UserGroup) => ({
        CognitoMemberDefinition: { UserPool: `${call.region}_fake`, UserGroup, ClientId: 'fake' },
      })),
      SubDomain: `fake.labeling.${call.region}.sagemaker.aws`,
      CreateDate: team.createdAt,
      LastUpdatedDate: team.createdAt,
    },
  }
}

function describeSubscribedWorkteam(
  world: World,
  call: Call,
  { WorkteamArn = '' }: DescribeSubscribedWorkteamCommandInput,
) {
  authorize(world, call, 'sagemaker:DescribeSubscribedWorkteam', WorkteamArn)
  return { SubscribedWorkteam: { WorkteamArn: existing(world, WorkteamArn).arn, SellerName: 'A vendor' } }
}

function existing(world: World, arn: string): FakeWorkteam {
  const team = world.workteams.get(arn)
  if (team === undefined) throw new AwsFault('ValidationException', `The work team ${arn} does not exist.`)
  return team
}

function renderUiTemplate(world: World, call: Call, input: RenderUiTemplateCommandInput) {
  authorize(world, call, 'sagemaker:RenderUiTemplate', '*')
  const { RoleArn = '', UiTemplate, Task } = input
  authorize(world, call, 'iam:PassRole', RoleArn, { 'iam:PassedToService': 'sagemaker.amazonaws.com' })
  const role = world.roles.get(RoleArn)
  if (role === undefined || !trustsSageMaker(role, call))
    throw new AwsFault('ValidationException', `The role ${RoleArn} cannot be assumed by SageMaker.`)
  const { content, errors } = renderTemplate(UiTemplate?.Content ?? '', taskInput(Task?.Input))
  return { RenderedContent: content, Errors: errors }
}

function taskInput(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    throw new AwsFault('ValidationException', 'Task.Input is not a JSON object.')
  }
}
