import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import { findRoleProblems } from '../../permissions/check/find-problems.js'
import { addedStatement } from '../../permissions/policy/statement-as-code.js'
import { type RoleSources, readRole } from '../../permissions/read/read-role.js'
import { makeReader } from '../../permissions/read/reader.js'
import { asLook, look, notSeen } from '../look/look.js'
import { readCaller } from '../look/read-caller.js'
import type { Subject } from '../look/subject.js'
import { type Fault, failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'
import { duration } from './check-job.js'

/** Looks at the execution role itself: whether it is there, trusts SageMaker, and lasts as long as a task. */
export async function checkRole(subject: Subject): Promise<readonly MadeCheck[]> {
  const roleArn = subject.text('RoleArn')
  if (!isRoleArn(roleArn)) return []
  const reader = makeReader(subject.aws)
  const account = readCaller(subject).then(({ found }) => found?.account)
  // Awaited where the role is read, unless that ends before.
  account.catch(() => undefined)
  const [{ found: role, error }, session] = await Promise.all([
    asLook(() => readRole(roleArn, account, reader)),
    checkSessionLength(subject, roleArn),
  ])
  if (error !== undefined) return [notSeen('role-exists', `the role ${roleArn}`, error), ...session]
  const refusal = reader.denied.find(({ permissionNeeded }) => permissionNeeded === 'iam:GetRole')
  return [
    ...existence(subject, role, { refusal: refusal?.because, callerAccount: await account }),
    ...trust(subject, role),
    ...(role.presence === 'found' ? session : []),
  ]
}

function existence(
  { region }: Subject,
  role: RoleSources,
  seen: { readonly refusal: string | undefined; readonly callerAccount: string | undefined },
): readonly MadeCheck[] {
  if (role.presence === 'unreadable')
    return [
      unknown('role-exists', {
        what: `the role ${role.given}: not known`,
        ...(seen.refusal === undefined
          ? elsewhere(role, seen.callerAccount)
          : { why: seen.refusal, fix: 'Allow iam:GetRole for the caller' }),
        owner: 'you',
      }),
    ]
  const problem = findRoleProblems(role, region).find(({ code }) => code.startsWith('role-'))
  if (problem === undefined) return [passed('role-exists', `the role ${role.arn} is there`)]
  const { what, why, fix } = problem
  return [failed('role-exists', { what, why, fix, owner: 'you' })]
}

/** IAM was asked, and gave nothing that is certain to be about this role. */
function elsewhere({ account }: RoleSources, callerAccount: string | undefined): Pick<Fault, 'why' | 'fix'> {
  const alone = 'IAM shows a role in its own account alone'
  return callerAccount === undefined
    ? {
        why: `${alone}, and AWS did not say whose account this is`,
        fix: `Ask from account ${account}, as somebody who is allowed sts:GetCallerIdentity`,
      }
    : { why: `${alone}, and the caller is in ${callerAccount}`, fix: `Ask from account ${account}` }
}

function trust({ region }: Subject, role: RoleSources): readonly MadeCheck[] {
  if (role.presence === 'not-found') return []
  const { name, arn } = role
  if (role.trustPolicy === 'UNREADABLE')
    return [
      unknown('role-trust', {
        what: `the trust policy of ${role.given}: not known`,
        why: 'it could not be read',
        fix: `Allow iam:GetRole for the caller, in account ${role.account}`,
        owner: 'you',
      }),
    ]
  // The trust of a role that the job names by a wrong path is told all the same: of the one that IAM has.
  const problems = findRoleProblems({ ...role, given: arn }, region)
  const problem = problems.find(({ code }) => code.startsWith('trust-'))
  if (problem === undefined) return [passed('role-trust', `SageMaker may assume the role ${name}`)]
  const { code, what, why, fix, severity } = problem
  const isDenied = code === 'trust-policy-denies-sagemaker'
  const statement = {
    Effect: 'Allow' as const,
    Principal: { Service: 'sagemaker.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }
  const make = severity === 'error' ? failed : code === 'trust-policy-asks-source' ? warning : unknown
  return [
    make('role-trust', {
      what,
      why,
      fix,
      owner: 'role',
      ...(make === warning && { assumes: ['documented'] as const }),
      help: {
        ...(!isDenied && { diff: addedStatement(statement) }),
        cli: [
          `Write the trust policy ${isDenied ? 'without that Deny' : 'with that statement in its list'}, whole, into trust.json.`,
          {
            run: [
              'aws',
              'iam',
              'update-assume-role-policy',
              '--role-name',
              name,
              '--policy-document',
              'file://trust.json',
            ],
          },
        ],
        verify: [
          {
            run: ['aws', 'iam', 'get-role', '--role-name', name, '--query', 'Role.AssumeRolePolicyDocument'],
          },
        ],
        undo: [
          `${isDenied ? 'Put the Deny into' : 'Take the statement out of'} the trust policy of ${arn} again.`,
        ],
      },
    }),
  ]
}

/** AWS demanded this until June 2021, and then took the sentence out; pages are still signed by the role's session. */
async function checkSessionLength(subject: Subject, roleArn: string): Promise<readonly MadeCheck[]> {
  const limit = subject.number('HumanTaskConfig.TaskTimeLimitInSeconds')
  if (limit === undefined) return []
  const { name } = parseRoleArn(roleArn)
  const { found, error } = await look(
    subject,
    'iam:GetRole',
    { RoleName: name },
    `Cannot read the role ${name}`,
  )
  if (error !== undefined) return [notSeen('role-session-length', `the sessions of ${name}`, error)]
  const longest = found.Role?.MaxSessionDuration ?? 3_600
  const what = `sessions of the role ${name} last up to ${duration(longest)}, and a task up to ${duration(limit)}`
  if (limit <= Math.max(longest, 3_600)) return [passed('role-session-length', what)]
  const wanted = String(Math.min(limit, 43_200))
  return [
    warning('role-session-length', {
      what,
      why: 'what workers see is signed by a session of the role; AWS demanded sessions as long as a task until 2021, and says nothing of it today',
      fix: `Raise the MaxSessionDuration of the role to ${wanted} seconds`,
      owner: 'role',
      help: {
        cli: [{ run: ['aws', 'iam', 'update-role', '--role-name', name, '--max-session-duration', wanted] }],
        undo: [
          {
            run: [
              'aws',
              'iam',
              'update-role',
              '--role-name',
              name,
              '--max-session-duration',
              String(longest),
            ],
          },
        ],
      },
    }),
  ]
}
