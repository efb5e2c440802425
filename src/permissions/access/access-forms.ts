import { parseArn } from '../../names/arn.js'
import { hashText } from '../../names/hash-of.js'
import { isRoleArn, parseRoleArn } from '../../names/role-arn.js'
import { findStatement } from '../decide/statement-conditions.js'
import { wholeDiff } from '../policy/line-diff.js'
import { isRecord } from '../policy/parse-policy.js'
import type { NamedPolicy, PolicyStatement } from '../policy/policy-document.js'
import { addedStatement, asciiJson } from '../policy/statement-as-code.js'
import { PASSED_TO_SAGEMAKER } from '../requirements/role-requirements.js'
import {
  bucketPolicyAddress,
  keyPolicyAddress,
  type PolicyAddress,
  showStatement,
  topicPolicyAddress,
} from '../tickets/document-commands.js'
import {
  bucketStatementForms,
  keyStatementForms,
  lambdaPermissionForms,
  rolePolicyForms,
  type TicketForms,
  topicStatementForms,
} from '../tickets/statement-forms.js'
import type { Access, DecidedAccess } from './access.js'
import { isKeptByAws, nameOf, ownerOf } from './describe-access.js'

/**
 * Gives what `describeAccess()` asks for in every form: the statement that is missing, as a diff, commands, CDK and
 * Terraform; of a Deny the command that shows it, and the statement that spares the role where it may apply and is among
 * the policies. Accesses that are given together lack the same on the same side. `undefined` where nothing is to be
 * changed, or nobody knows what.
 */
export function accessForms(
  decided: readonly DecidedAccess[],
  policies: readonly NamedPolicy[] = [],
): TicketForms | undefined {
  const [first] = decided
  if (first === undefined) return undefined
  if (first.decision.verdict === 'missing') return missingForms(first, decided)
  return first.decision.verdict === 'denied' ? deniedForms(first) : sparingForms(first, policies)
}

function missingForms(first: DecidedAccess, all: readonly DecidedAccess[]): TicketForms | undefined {
  const { access, decision } = first
  const { roleArn } = decision
  if (!isRoleArn(roleArn)) return undefined
  const actions = [...new Set(all.map((one) => one.access.action))]
  const Condition = actions.length === 1 ? CONDITIONS[access.action] : undefined
  const parts = {
    Action: oneOrAll(actions),
    Resource: oneOrAll(resourcesOf(all)),
    ...(Condition !== undefined && { Condition }),
  }
  const sid = nameFor(roleArn, access.action, parts)
  const allow = { Sid: sid, Effect: 'Allow', ...parts }
  const named = { Sid: sid, Effect: 'Allow', Principal: { AWS: roleArn }, ...parts }
  const sides: readonly string[] = decision.missingIn
  // An Allow elsewhere than under the boundary or the organization changes nothing.
  if (sides.includes('boundary') || sides.includes('scp') || isKeptByAws(roleArn))
    return { diff: addedStatement(allow) }
  switch (ownerOf(first)) {
    case 'bucket':
      return bucketStatementForms(bucketOf(access), named)
    case 'key':
      return keyStatementForms(access.resourceArn, { ...named, Resource: '*' })
    case 'topic':
      return topicStatementForms(access.resourceArn, named)
    case 'lambda':
      return lambdaPermissionForms(access.resourceArn, sid, roleArn)
    default: {
      const document = JSON.stringify({ Version: '2012-10-17', Statement: [allow] })
      return rolePolicyForms(roleArn, sid, document, { diff: addedStatement(allow) })
    }
  }
}

/** Nobody is to hand a role to other services, or to let others listen, because a job needs to. */
const CONDITIONS: Readonly<Record<string, NonNullable<PolicyStatement['Condition']>>> = {
  'iam:PassRole': PASSED_TO_SAGEMAKER,
  'sns:Subscribe': { StringEquals: { 'sns:Protocol': 'sqs' } },
}

/** A name of its own for each change: under the name of another, IAM and the commands for policies write over it. */
function nameFor(roleArn: string, action: string, parts: object): string {
  const hash = hashText(JSON.stringify(parts))
  return `GroundTruth${lettersOf(parseRoleArn(roleArn).name)}${lettersOf(action.split(':')[1] ?? '')}${hash}`
}

/** The most objects that are named one by one. */
const MOST_NAMED = 3

/** Objects are named one by one while they are few, then by the folder that all of them are in. */
function resourcesOf(decided: readonly DecidedAccess[]): readonly string[] {
  const arns = [...new Set(decided.map(({ access }) => patternOf(access)))]
  const objects = arns.filter((arn) => parseArn(arn)?.service === 's3' && arn.includes('/'))
  if (objects.length <= MOST_NAMED) return arns
  return [...arns.filter((arn) => !objects.includes(arn)), `${commonFolder(objects)}*`]
}

/** What would be a wildcard or a variable in the name of an object stands for itself (IAM user guide, "Policy variables"). */
function patternOf(access: Access): string {
  const resourceArn = access.resourceArn.replace(/[*?]|\$(?=\{)/g, (sign) => `\${${sign}}`)
  return nameOf({ ...access, resourceArn })
}

function commonFolder(arns: readonly string[]): string {
  let common = arns[0] ?? ''
  for (const arn of arns) {
    let length = 0
    while (length < common.length && common[length] === arn[length]) length++
    common = common.slice(0, length)
  }
  return common.slice(0, common.lastIndexOf('/') + 1)
}

function oneOrAll<Value>(values: readonly Value[]): Value | readonly Value[] {
  const [first] = values as [Value]
  return values.length === 1 ? first : values
}

function deniedForms({ access, decision }: DecidedAccess): TicketForms | undefined {
  const deny = decision.evidence.find(({ effect, certain }) => effect === 'Deny' && certain)
  const address = deny && addressOf(deny.policy, access)
  return address && deny ? { cli: [showStatement(address, deny.statement)] } : undefined
}

/** A Deny that nobody can decide on certainly spares a role that its conditions leave out by its ARN. */
function sparingForms(
  { access, decision }: DecidedAccess,
  policies: readonly NamedPolicy[],
): TicketForms | undefined {
  const { evidence, unknownBecause, verdict, roleArn } = decision
  const deny = evidence.find(({ effect }) => effect === 'Deny')
  const isOpen = verdict === 'unknown' && unknownBecause.every(({ kind }) => kind === 'condition')
  const address = isOpen && deny !== undefined ? addressOf(deny.policy, access) : undefined
  if (address === undefined || deny === undefined) return undefined
  const statement = findStatement(deny, policies)
  return {
    ...(statement !== undefined && { diff: sparedStatement(statement, roleArn) }),
    cli: [showStatement(address, deny.statement)],
  }
}

/** Whoever is spared already is spared still. */
function sparedStatement(statement: Readonly<Record<string, unknown>>, roleArn: string): readonly string[] {
  const conditions = isRecord(statement['Condition']) ? statement['Condition'] : {}
  const asked = isRecord(conditions['ArnNotEquals']) ? conditions['ArnNotEquals'] : {}
  const key = Object.keys(asked).find((one) => one.toLowerCase() === 'aws:principalarn') ?? 'aws:PrincipalArn'
  const spared = [asked[key] ?? [], roleArn].flat()
  const after = {
    ...statement,
    Condition: { ...conditions, ArnNotEquals: { ...asked, [key]: oneOrAll(spared) } },
  }
  const [old, fresh] = [statement, after].map((one) => asciiJson(one, 2).split('\n')) as [string[], string[]]
  return wholeDiff(old, fresh).map(([mark, line]) => `${mark} ${line}`)
}

function addressOf(policy: string, access: Access): PolicyAddress | undefined {
  if (policy === 'bucket-policy') return bucketPolicyAddress(bucketOf(access))
  if (policy === 'topic-policy') return topicPolicyAddress(access.resourceArn)
  return policy === 'key-policy' ? keyPolicyAddress(access.resourceArn) : undefined
}

function bucketOf({ resourceArn }: Access): string {
  return parseArn(resourceArn)?.resource.split('/')[0] ?? ''
}

/** A Sid has letters and digits only. */
function lettersOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '')
}
