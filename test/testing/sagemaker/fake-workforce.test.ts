import {
  DescribeSubscribedWorkteamCommand,
  DescribeWorkteamCommand,
  RenderUiTemplateCommand,
} from '@aws-sdk/client-sagemaker'
import { expect, test } from 'vitest'
import { fakeAws } from '../../../src/testing/index.js'

const ROLE = 'arn:aws:iam::111122223333:role/GtExec'

test('a work team is described with the groups that its workers are in', async () => {
  const cloud = fakeAws()
  const { workteamArn } = cloud.workteam({ name: 'vision', groups: ['day', 'night'] })

  const { Workteam } = await cloud.send(new DescribeWorkteamCommand({ WorkteamName: 'vision' }))

  expect(Workteam).toMatchObject({
    WorkteamArn: workteamArn,
    MemberDefinitions: [
      { CognitoMemberDefinition: { UserGroup: 'day' } },
      { CognitoMemberDefinition: { UserGroup: 'night' } },
    ],
  })
})

test('a team of a vendor is one that the account has subscribed to', async () => {
  const cloud = fakeAws()
  const { workteamArn } = cloud.workteam({ name: 'acme-labels', vendor: true })

  const { SubscribedWorkteam } = await cloud.send(
    new DescribeSubscribedWorkteamCommand({ WorkteamArn: workteamArn }),
  )

  expect(SubscribedWorkteam?.WorkteamArn).toBe(workteamArn)
  expect(workteamArn).toContain(':workteam/vendor-crowd/acme-labels')
})

test('a team that is not there is refused in the words of SageMaker', async () => {
  const described = fakeAws().send(new DescribeWorkteamCommand({ WorkteamName: 'none' }))

  await expect(described).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'The work team arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/none does not exist.',
  })
})

test('a set-up of a team with a field that there is none of is refused', () => {
  expect(() => fakeAws().workteam({ name: 'vision', members: 3 } as never)).toThrow(TypeError)
})

function render(content: string, input: string, role = ROLE) {
  return new RenderUiTemplateCommand({
    UiTemplate: { Content: content },
    Task: { Input: input },
    RoleArn: role,
  })
}

test('a page is shown with the input of a task', async () => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })

  const shown = await cloud.send(render('<p>{{ task.input.text }}</p>{% if %}', '{"text": "hello"}'))

  expect(shown).toMatchObject({
    RenderedContent: '<p>hello</p>',
    Errors: [{ Code: 'TemplateSyntaxError', Message: "Liquid syntax error: 'if' tag was never closed" }],
  })
})

test.each([
  ['an input that is no JSON', 'hello', ROLE, 'Task.Input is not a JSON object.'],
  ['a role that is not there', '{}', `${ROLE}s`, `The role ${ROLE}s cannot be assumed by SageMaker.`],
])('a page is not shown with %s', async (_, input, role, message) => {
  const cloud = fakeAws()
  cloud.role({ name: 'GtExec' })

  await expect(cloud.send(render('', input, role))).rejects.toMatchObject({
    name: 'ValidationException',
    message,
  })
})
