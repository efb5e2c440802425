import { isAwsError } from '../../aws/aws-error.js'
import type { Workteam } from '../../aws/sagemaker-calls.js'
import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { parseArn } from '../../names/arn.js'
import { isNotThere, look, notSeen } from '../look/look.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** Looks at the work team: whether it is there, and whether anybody can be in it, as far as AWS tells. */
export async function checkTeam(subject: Subject): Promise<readonly MadeCheck[]> {
  const arn = subject.text('HumanTaskConfig.WorkteamArn') ?? ''
  const [, crowd, name = ''] =
    /^workteam\/(private|vendor|public)-crowd\/([^/]+)$/.exec(parseArn(arn)?.resource ?? '') ?? []
  if (crowd === 'private') return checkPrivateTeam(subject, arn, name)
  if (crowd === 'vendor') return checkVendorTeam(subject, arn)
  return crowd === undefined ? [] : [publicTeam(subject.aws.clock.now())]
}

/** As announced in the reference of Mechanical Turk's API; no page of SageMaker says what becomes of the team. */
const CLOSES = new Date('2026-09-30T00:00:00Z')

function publicTeam(now: Date): MadeCheck {
  const isOver = now >= CLOSES
  return (isOver ? unknown : warning)('team-exists', {
    what: 'the team is the public workforce of Amazon Mechanical Turk',
    why: isOver
      ? 'AWS announced that Mechanical Turk closes on 30 September 2026, which is over, and does not say what becomes of its team'
      : 'AWS has announced that Mechanical Turk closes on 30 September 2026',
    fix: 'Use a private team or a vendor',
    owner: 'you',
  })
}

async function checkPrivateTeam(subject: Subject, arn: string, name: string): Promise<readonly MadeCheck[]> {
  const { found, error } = await look(
    subject,
    'sagemaker:DescribeWorkteam',
    { WorkteamName: name },
    `Cannot look up the work team ${name}`,
  )
  if (error !== undefined)
    return isMissing(error)
      ? [absent(`there is no work team ${name} in ${subject.region}, in the account of the caller`)]
      : [notSeen('team-exists', `the work team ${name}`, error)]
  const team = found.Workteam ?? {}
  if (team.WorkteamArn !== undefined && team.WorkteamArn !== arn)
    return [absent(`the job names the work team ${arn}, and ${name} is ${team.WorkteamArn}`)]
  return [passed('team-exists', `the work team ${name} is there`), members(name, team)]
}

async function checkVendorTeam(subject: Subject, arn: string): Promise<readonly MadeCheck[]> {
  const { found, error } = await look(
    subject,
    'sagemaker:DescribeSubscribedWorkteam',
    { WorkteamArn: arn },
    `Cannot look up the vendor's team ${arn}`,
  )
  if (error !== undefined)
    return isMissing(error)
      ? [absent(`the account has not subscribed to ${arn}`)]
      : [notSeen('team-exists', `the vendor's team ${arn}`, error)]
  return [
    passed('team-exists', `the account has subscribed to ${found.SubscribedWorkteam?.WorkteamArn ?? arn}`),
  ]
}

/** SageMaker models no error for a team that is not there. */
function isMissing(error: LabelingJobError): boolean {
  const isSaid = /not found|does ?n[o']t exist|could not find|no such/i.test(error.why)
  return isNotThere(error) || (isSaid && isAwsError(error) && error.code === 'aws-validation')
}

function absent(what: string): MadeCheck {
  return failed('team-exists', {
    what,
    why: 'nobody would be offered a task',
    fix: 'Copy the ARN of the team from the labeling workforces page of the region',
    owner: 'team',
  })
}

function members(name: string, { MemberDefinitions = [] }: Workteam): MadeCheck {
  const groups = MemberDefinitions.flatMap(
    ({ CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc }) => [
      ...(cognito?.UserGroup === undefined ? [] : [cognito.UserGroup]),
      ...(oidc?.Groups ?? []),
    ],
  )
  if (groups.length > 0)
    return passed(
      'team-members',
      `its workers are those of the group ${groups.join(', ')}; who is in it, SageMaker does not say`,
    )
  return failed('team-members', {
    what: `the work team ${name} names no group of workers`,
    why: 'nobody would be offered a task',
    fix: 'Add workers to the team',
    owner: 'team',
  })
}
