import { parseArn } from '../../names/arn.js'
import { questionFor, sessionTags } from '../check/decide-requirements.js'
import type { AccessDecision, AccessQuestion } from '../decide/access-question.js'
import { decideAccess } from '../decide/decide-access.js'
import { decideOnKey } from '../decide/decide-permission.js'
import { type Decision, undecided } from '../decide/decision.js'
import type { UnknownReason } from '../evaluate/unknown-reason.js'
import { makePolicyParser, type ParsePolicy } from '../policy/parse-policy.js'
import { organizationFacts } from '../read/organization.js'
import type { RoleSources } from '../read/read-role.js'
import type { Access, DecidedAccess } from './access.js'
import type { AccessSources, ResourceSource } from './access-sources.js'

/**
 * Decides on accesses of the execution role and of a role that reads labels by the policies that were read. What the
 * caller may do is another matter: IAM's simulator knows. Pure.
 */
export function decideAccesses(
  accesses: readonly Access[],
  sources: AccessSources,
): readonly DecidedAccess[] {
  const parse = makePolicyParser()
  return accesses.map((access) => ({ access, decision: decide(access, sources, parse) }))
}

function decide(access: Access, sources: AccessSources, parse: ParsePolicy): AccessDecision | Decision {
  const role = access.who === 'role' ? sources.role : access.who === 'reader' ? sources.reader : undefined
  if (role === undefined) return notRead(access, sources.noReader)
  return access.action.startsWith('kms:')
    ? decideKey(
        access,
        {
          ...sources,
          role,
          keys: access.who === 'reader' ? (sources.readerKeys ?? []) : sources.keys,
        },
        parse,
      )
    : decideAccess(questionAbout(access, role, sources), parse)
}

function decideKey(access: Access, sources: AccessSources, parse: ParsePolicy): Decision {
  const { action, resourceArn, forms } = access
  const question = questionFor({ action, keyArn: resourceArn, purposes: [] }, sources)
  const possibleValues = { ...question.possibleValues, ...valuesOfPeople(access) }
  return decideOnKey({ ...question, possibleValues, ...(forms !== undefined && { paths: forms }) }, parse)
}

function questionAbout(access: Access, role: RoleSources, sources: AccessSources): AccessQuestion {
  const { action, resourceArn, goesOn = false, word, forms = [] } = access
  const kind = kindOf(action)
  const source = sourceOf(access, sources)
  const account = source?.account
  const tags = sessionTags(role, JSON.stringify([role.identityPolicies, role.boundary, source?.policy]))
  const organization = organizationFacts(sources.organization, account === role.account)
  return {
    kind,
    action,
    resourceArn,
    resourceGoesOn: goesOn,
    resourceWord: word,
    resourceAccount: account,
    // A bucket of a job is in its region, or nothing works.
    resourceRegion: kind === 'bucket' ? sources.region : undefined,
    resourcePolicy: source === undefined ? (kind === 'identity-only' ? null : 'UNREADABLE') : source.policy,
    roleArn: role.arn,
    roleId: role.roleId ?? null,
    identityPolicies: role.identityPolicies,
    boundary: role.boundary,
    context: { ...organization.context, ...tags.context },
    absentContextKeys: [...organization.absent, ...tags.absent],
    possibleValues: {
      'aws:CurrentTime': [sources.readAt.toISOString(), sources.runsUntil.toISOString()],
      ...valuesOfPeople(access),
    },
    paths: forms,
  }
}

/**
 * SageMaker assumes a role without a second factor; a person who assumes the role that reads may have given one (IAM user
 * guide, "Global condition context keys").
 */
function valuesOfPeople({ who }: Access): Readonly<Record<string, readonly (string | null)[]>> {
  return who === 'reader' ? { 'aws:MultiFactorAuthPresent': [null, 'false', 'true'] } : {}
}

const KINDS: Readonly<Record<string, AccessQuestion['kind']>> = {
  s3: 'bucket',
  lambda: 'function',
  sns: 'topic',
}

function kindOf(action: string): AccessQuestion['kind'] {
  return KINDS[action.slice(0, action.indexOf(':'))] ?? 'identity-only'
}

/** The policy of a bucket counts for its objects. */
function sourceOf({ resourceArn }: Access, { resources }: AccessSources): ResourceSource | undefined {
  const { service, resource = '' } = parseArn(resourceArn) ?? {}
  const arn =
    service === 's3'
      ? resourceArn.slice(0, resourceArn.length - resource.length) + resource.split('/')[0]
      : resourceArn
  return resources.find((source) => source.arn === arn)
}

const UNKNOWN_CALLER: UnknownReason = {
  kind: 'unreadable',
  source: 'the policies of the caller',
  permissionNeeded: 'iam:SimulatePrincipalPolicy',
}

const UNKNOWN_READER: UnknownReason = {
  kind: 'undocumented',
  topic: 'whoever reads the labels is neither a role nor a user, and only their policies are read',
}

function notRead({ who, action, resourceArn }: Access, noReader = UNKNOWN_READER): AccessDecision {
  const reason = who === 'caller' ? UNKNOWN_CALLER : noReader
  return { kind: kindOf(action), action, roleArn: '', resourceArn, ...undecided(reason) }
}
