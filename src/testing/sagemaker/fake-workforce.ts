import type {
  DescribeSubscribedWorkteamCommandInput,
  DescribeWorkteamCommandInput,
  ListWorkteamsCommandInput,
  RenderUiTemplateCommandInput,
} from '@aws-sdk/client-sagemaker'
import { authorize } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { page, pageSize } from '../world/page.js'
import type { Call, FakeWorkteam, Operations, World } from '../world/world.js'
import { trustsSageMaker } from './check-labeling-request.js'
import { renderTemplate } from './render-template.js'

/** The work teams of the fake, and the pages that they are shown. */
export const WORKFORCE: Operations = {
  DescribeWorkteam: describeWorkteam,
  DescribeSubscribedWorkteam: describeSubscribedWorkteam,
  ListWorkteams: listWorkteams,
  RenderUiTemplate: renderUiTemplate,
}

function describeWorkteam(world: World, call: Call, { WorkteamName = '' }: DescribeWorkteamCommandInput) {
  const arn = `arn:${world.partition}:sagemaker:${call.region}:${call.caller.account}:workteam/private-crowd/${WorkteamName}`
  authorize(world, call, 'sagemaker:DescribeWorkteam', arn)
  const team = existing(world, arn)
  return { Workteam: described(team, call) }
}

function listWorkteams(world: World, call: Call, input: ListWorkteamsCommandInput) {
  authorize(world, call, 'sagemaker:ListWorkteams', '*')
  const here = `arn:${world.partition}:sagemaker:${call.region}:${call.caller.account}:workteam/private-crowd/`
  const { NameContains = '', SortBy = 'CreateDate', SortOrder = 'Ascending' } = input
  const sortKey = ({ arn, createdAt }: FakeWorkteam) => (SortBy === 'Name' ? arn : createdAt.toISOString())
  const found = [...world.workteams.values()]
    .filter(({ arn }) => arn.startsWith(here) && arn.slice(here.length).includes(NameContains))
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : sortKey(one) > sortKey(other) ? 1 : 0))
  if (SortOrder === 'Descending') found.reverse()
  const size = Math.min(pageSize(input.MaxResults), world.pageSize)
  const { shown, next } = page(found, size, input.NextToken, 'ValidationException')
  return {
    Workteams: shown.map((team) => described(team, call)),
    ...(next !== undefined && { NextToken: next }),
  }
}

function described(team: FakeWorkteam, call: Call) {
  const name = team.arn.slice(team.arn.lastIndexOf('/') + 1)
  return {
    WorkteamName: name,
    WorkteamArn: team.arn,
    Description: name,
    MemberDefinitions: team.groups.map((UserGroup) => ({
      CognitoMemberDefinition: { UserPool: `${call.region}_fake`, UserGroup, ClientId: 'fake' },
    })),
    SubDomain: `fake.labeling.${call.region}.sagemaker.aws`,
    CreateDate: team.createdAt,
    LastUpdatedDate: team.createdAt,
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
