import { keyIdentity, type ResourceIdentity, roleIdentity } from '../evaluate/identity.js'
import { type ParsedGrant, parseGrant } from '../evaluate/match-grant.js'
import type { Principal } from '../evaluate/match-principal.js'
import type { CallPath, PermissionQuestion } from '../evaluate/question.js'
import { keysOfPaths, type RequestContext, requestContexts } from '../evaluate/request-context.js'
import type { ParsedPolicy, ParsePolicy } from '../policy/parse-policy.js'
import { callPathsIn } from './call-paths.js'
import type { Decision } from './decision.js'
import {
  notCovered,
  parseIdentityPolicies,
  parseNamed,
  parseResourceControl,
  parseServiceControl,
  type ServiceControlLevel,
} from './parse-policies.js'
import { fullAction } from './question-defect.js'
import { RESOURCE_RULES, type ResourceRules } from './resource-rules.js'

/** A question with everything read once that every statement needs. */
export interface ParsedQuestion {
  readonly asked: { readonly action: string; readonly roleArn: string; readonly resourceArn: string }
  readonly rules: ResourceRules
  /** In lower case, with its service. */
  readonly action: string
  readonly resource: ResourceIdentity
  readonly principal: Principal
  readonly sameAccount: boolean
  readonly paths: readonly CallPath[]
  /** One for each path. */
  readonly contexts: readonly RequestContext[]
  /** The condition keys, in lower case, that the paths differ by. */
  readonly pathKeys: ReadonlySet<string>
  readonly resourcePolicy: ParsedPolicy
  /** The second one, of a key that is shared through AWS RAM. */
  readonly sharedKeyPolicy: ParsedPolicy | undefined
  readonly identityPolicies: readonly ParsedPolicy[]
  readonly boundary: ParsedPolicy | undefined
  readonly grants: readonly (ParsedGrant | undefined)[] | 'unreadable'
  /** Organization levels that are visible. */
  readonly serviceControl: readonly ServiceControlLevel[]
  readonly resourceControl: readonly ParsedPolicy[]
  readonly notCovered: Decision['notCovered']
}

/** Reads a question that has no defect. */
export function parseQuestion(question: PermissionQuestion, parse: ParsePolicy): ParsedQuestion {
  const resource = keyIdentity(question.keyArn)
  const paths = namedPaths(question.paths ?? [])
  return {
    ...parseSides(
      question,
      {
        rules: RESOURCE_RULES.key,
        resource,
        action: fullAction(question.action),
        paths: paths.length > 0 ? paths : callPathsIn(resource.region),
      },
      parse,
    ),
    asked: { action: question.action, roleArn: question.roleArn, resourceArn: question.keyArn },
    resourcePolicy: parse(question.keyPolicy ?? 'UNREADABLE', 'key-policy'),
    sharedKeyPolicy: parseNamed(question.sharedKeyPolicy, 'key-policy:AWS_RAM', parse),
    grants: parseGrants(question.grants),
  }
}

/** What a question about any resource says of the role, the organization and the request. */
export type RoleSideQuestion = Omit<PermissionQuestion, 'keyArn' | 'keyPolicy' | 'sharedKeyPolicy' | 'grants'>

/** Reads what is the same for every kind of resource. */
export function parseSides(
  question: RoleSideQuestion,
  { rules, resource, action, paths }: Pick<ParsedQuestion, 'rules' | 'resource' | 'action' | 'paths'>,
  parse: ParsePolicy,
): Omit<ParsedQuestion, 'asked' | 'resourcePolicy' | 'sharedKeyPolicy' | 'grants'> {
  const role = roleIdentity(question.roleArn)
  const boundary = parseNamed(question.boundary, 'boundary', parse)
  return {
    rules,
    action,
    resource,
    notCovered: notCovered(question),
    principal: { role, roleId: question.roleId || undefined, boundary: presenceOf(boundary) },
    sameAccount: role.account === resource.account,
    paths,
    contexts: requestContexts(question, paths, { action, role, resource }),
    pathKeys: keysOfPaths(paths),
    identityPolicies: parseIdentityPolicies(question.identityPolicies, parse),
    boundary,
    serviceControl: role.serviceLinked ? [] : parseServiceControl(question.scps, parse),
    // Retiring a grant is exempt from resource control policies.
    resourceControl: action === 'kms:retiregrant' ? [] : parseResourceControl(question.rcps, parse),
  }
}

/** Gives every path a name. */
export function namedPaths(paths: readonly CallPath[]): readonly CallPath[] {
  return paths.map((path, index) => ({
    ...path,
    name: typeof path.name === 'string' && path.name !== '' ? path.name : `#${index}`,
  }))
}

function presenceOf(boundary: ParsedPolicy | undefined): Principal['boundary'] {
  if (boundary === undefined) return 'none'
  return boundary.why === 'unreadable' ? 'unreadable' : 'present'
}

function parseGrants(source: unknown): ParsedQuestion['grants'] {
  if (source === null || source === undefined) return []
  return Array.isArray(source) ? [...source].map(parseGrant) : 'unreadable'
}
