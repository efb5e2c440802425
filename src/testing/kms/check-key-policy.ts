import { parseArn } from '../../names/arn.js'
import type { PolicyDocument, PolicyStatement } from '../../permissions/policy/policy-document.js'
import { judgeKey } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { findGrammarFault } from '../world/find-grammar-fault.js'
import { statementsOf } from '../world/policy-document.js'
import { principalsOf } from '../world/stored-policy.js'
import type { Call, FakeKey, World } from '../world/world.js'

/**
 * Refuses a key policy that PutKeyPolicy refuses: longer than 32,768 bytes, with characters outside U+00FF, not a
 * policy, with principals that do not exist, or one that locks the caller out.
 */
export function checkKeyPolicy(world: World, call: Call, key: FakeKey, text: string, bypass: boolean): void {
  if (new TextEncoder().encode(text).length > 32_768) {
    throw new AwsFault('LimitExceededException', 'Policy size exceeds the limit of 32768 bytes.')
  }
  if (!/^[\t\n\r -ÿ]+$/.test(text)) {
    throw new AwsFault(
      'ValidationException',
      "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    )
  }
  const policy = readDocument(text)
  for (const statement of statementsOf(policy)) checkStatement(statement)
  const fault = findGrammarFault(text, policy)
  if (fault !== undefined) throw malformed(`Policy document is malformed: ${fault}.`)
  if (
    statementsOf(policy)
      .flatMap(principalsOf)
      .some((principal) => !principalExists(world, principal))
  ) {
    throw malformed('Policy contains a statement with one or more invalid principals.')
  }
  if (!bypass && !judgeKey(world, call, key, 'kms:PutKeyPolicy', {}, policy).allowed) {
    throw malformed('The new key policy will not allow you to update the key policy in the future.')
  }
}

/** Tells whether KMS finds a principal; accounts that the fake knows nothing of are taken at their word. */
export function principalExists(world: World, principal: string): boolean {
  if (principal === '*' || /^\d{12}$/.test(principal)) return true
  if (/^A(ROA|IDA)[A-Z0-9]+$/.test(principal)) {
    return [...world.roles.values(), ...world.users.values()].some(({ id }) => id === principal)
  }
  const arn = parseArn(principal)
  if (arn === undefined || arn.partition !== world.partition || arn.resource.includes('*')) return false
  if (!/^\d{12}$/.test(arn.account)) return false
  if (arn.service === 'iam' && arn.resource === 'root') return true
  if (!isKnownAccount(world, arn.account))
    return /^(role|user|assumed-role|federated-user)\//.test(arn.resource)
  if (world.roles.has(principal) || world.users.has(principal)) return true
  const [kind, name] = arn.resource.split('/')
  if (arn.service !== 'sts') return false
  return (
    kind === 'federated-user' ||
    (kind === 'assumed-role' &&
      [...world.roles.values()].some((role) => role.account === arn.account && role.name === name))
  )
}

function isKnownAccount(world: World, account: string): boolean {
  const known = [...world.roles.values(), ...world.users.values()].some((one) => one.account === account)
  return known || account === world.account
}

function readDocument(text: string): PolicyDocument {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw malformed('Policy is not valid JSON.')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || !('Statement' in parsed)) {
    throw malformed('Policy document must contain a Statement.')
  }
  return parsed as PolicyDocument
}

/** A statement without Action or Resource is taken and has no effect; one without an effect or a principal is not. */
function checkStatement(statement: PolicyStatement): void {
  if (typeof statement !== 'object' || statement === null) throw malformed('Statement is not an object.')
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw malformed(`Policy contains a statement with the invalid effect '${statement.Effect}'.`)
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    throw malformed('Policy contains a statement with no principal.')
  }
}

function malformed(message: string): AwsFault {
  return new AwsFault('MalformedPolicyDocumentException', message)
}
