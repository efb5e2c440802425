import { type ArnParts, parseArn } from '../../names/arn.js'
import { isRole, isUser, type ResourceIdentity } from '../evaluate/identity.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import { type ParsePolicy, parsePolicy } from '../policy/parse-policy.js'
import type { AccessDecision, AccessQuestion } from './access-question.js'
import { decideParsed } from './decide-permission.js'
import { undecided } from './decision.js'
import { namedPaths, type ParsedQuestion, parseSides } from './parse-question.js'
import { RESOURCE_RULES } from './resource-rules.js'

/**
 * Tells whether a role or user may do one action on a bucket, an object, a Lambda, a topic or a role, as far as the given
 * policies show, by the rules that also decide on keys. Requests that may take several forms (`paths`) must agree.
 * Reads nothing, throws nothing.
 *
 * Follows AWS's rules for identity-based and resource-based policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export function decideAccess(question: AccessQuestion, parse: ParsePolicy = parsePolicy): AccessDecision {
  const defect = accessDefect(question)
  if (defect !== undefined) return notUnderstood(question, defect)
  const account = question.resourceAccount ?? (resourceParts(question)?.account || undefined)
  if (account !== undefined) return decideIn(account, question, parse)
  const { account: roleAccount = '' } = parseArn(question.roleArn) ?? {}
  const atHome = decideIn(roleAccount, question, parse, '')
  const elsewhere = decideIn(ANOTHER_ACCOUNT, question, parse, '')
  if (atHome.verdict === elsewhere.verdict)
    return { ...elsewhere, unknownBecause: bothReasons(atHome, elsewhere) }
  return {
    ...elsewhere,
    verdict: 'unknown',
    paths: elsewhere.paths.map(({ name, verdict }, path) =>
      atHome.paths[path]?.verdict === verdict ? { name, verdict } : { name, verdict: 'unknown' as const },
    ),
    evidence: [...atHome.evidence, ...elsewhere.evidence.filter((one) => !includes(atHome.evidence, one))],
    unknownBecause: [UNKNOWN_ACCOUNT[question.kind], ...bothReasons(atHome, elsewhere)],
    possibleDeny: [],
    missingIn: [],
  }
}

/** Stands for any account but the role's. */
const ANOTHER_ACCOUNT = 'another-account'

const UNKNOWN_ACCOUNT: Readonly<Record<AccessQuestion['kind'], UnknownReason>> = {
  bucket: { kind: 'unreadable', source: 'the account of the bucket', permissionNeeded: 's3:GetBucketPolicy' },
  function: {
    kind: 'unreadable',
    source: 'the account of the function',
    permissionNeeded: 'lambda:GetPolicy',
  },
  topic: {
    kind: 'unreadable',
    source: 'the account of the topic',
    permissionNeeded: 'sns:GetTopicAttributes',
  },
  'identity-only': { kind: 'unreadable', source: 'the account of the role', permissionNeeded: 'iam:GetRole' },
}

function decideIn(
  account: string,
  question: AccessQuestion,
  parse: ParsePolicy,
  shownAccount = account,
): AccessDecision {
  const { kind, action, roleArn, resourceArn } = question
  const decided = decideParsed(parseAccess(question, parse, account, shownAccount))
  return {
    kind,
    action,
    roleArn,
    resourceArn,
    verdict: decided.verdict,
    basis: decided.basis,
    paths: decided.paths,
    evidence: decided.evidence,
    unknownBecause: decided.unknownBecause.map(asOfRequests),
    possibleDeny: decided.possibleDeny,
    missingIn: decided.missingIn.map((side) => (side === 'key-policy' ? 'resource-policy' : side)),
    notCovered: [...decided.notCovered, ...(kind === 'bucket' ? (['acl'] as const) : [])],
  }
}

function parseAccess(
  question: AccessQuestion,
  parse: ParsePolicy,
  account: string,
  shownAccount: string,
): ParsedQuestion {
  const { kind, resourceArn, resourceGoesOn = false, resourceWord, resourceRegion, resourcePolicy } = question
  const { partition = '', region = '' } = resourceParts(question) ?? {}
  const rules = RESOURCE_RULES[kind]
  const resource: ResourceIdentity = {
    arn: resourceArn,
    goesOn: resourceGoesOn,
    ...(resourceWord !== undefined && { word: resourceWord }),
    partition,
    region: resourceRegion ?? region,
    account: shownAccount,
  }
  const paths = namedPaths(question.paths ?? [])
  const sides = parseSides(
    kind === 'bucket' ? withS3Facts(question, shownAccount) : question,
    {
      rules,
      resource,
      action: question.action.toLowerCase(),
      paths: paths.length > 0 ? paths : [{ name: 'direct', context: {} }],
    },
    parse,
  )
  return {
    ...sides,
    sameAccount: sides.principal.role.account === account,
    asked: { action: question.action, roleArn: question.roleArn, resourceArn },
    resourcePolicy: parse(resourcePolicy ?? NO_POLICY, rules.policyName),
    sharedKeyPolicy: undefined,
    grants: [],
  }
}

/** What goes on may have nothing yet after its account. */
function resourceParts({ resourceArn, resourceGoesOn }: AccessQuestion): ArnParts | undefined {
  return parseArn(resourceGoesOn === true ? `${resourceArn}x` : resourceArn)
}

const NO_POLICY = { Statement: [] }

/**
 * AWS takes no connection below TLS 1.2 (AWS user guides, "Infrastructure security"); the owner of the bucket has a key
 * of its own in S3.
 */
function withS3Facts(question: AccessQuestion, account: string): AccessQuestion {
  return {
    ...question,
    possibleValues: { 's3:TlsVersion': ['1.2', '1.3'], ...question.possibleValues },
    context: { ...(account !== '' && { 's3:ResourceAccount': account }), ...question.context },
  }
}

function accessDefect(question: AccessQuestion): string | undefined {
  const { action, roleArn, resourceArn, identityPolicies } = question
  if (typeof roleArn !== 'string' || !(isRole(roleArn) || isUser(roleArn)))
    return `${String(roleArn)} is not the ARN of a role or a user`
  if (typeof resourceArn !== 'string' || resourceParts(question) === undefined)
    return `${String(resourceArn)} is not an ARN`
  if (!/^[a-z0-9-]+:[A-Za-z]+$/.test(action)) return `${action} is not one action with its service`
  return identityPolicies === undefined ? 'identityPolicies is missing' : undefined
}

/** The forms a request may have are no ways to reach KMS. */
function asOfRequests(reason: UnknownReason): UnknownReason {
  return reason.kind === 'paths-differ' ? { kind: 'requests-differ', requests: reason.paths } : reason
}

function bothReasons(left: AccessDecision, right: AccessDecision): readonly UnknownReason[] {
  return [
    ...left.unknownBecause,
    ...right.unknownBecause.filter((one) => !includes(left.unknownBecause, one)),
  ]
}

function includes(list: readonly unknown[], sought: unknown): boolean {
  return list.some((one) => JSON.stringify(one) === JSON.stringify(sought))
}

function notUnderstood(question: AccessQuestion, detail: string): AccessDecision {
  return {
    kind: question.kind,
    action: String(question.action),
    roleArn: String(question.roleArn),
    resourceArn: String(question.resourceArn),
    ...undecided({ kind: 'malformed', policy: 'question', statement: '*', detail }),
  }
}
