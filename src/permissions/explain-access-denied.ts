import { parseArn } from '../names/arn.js'
import { S3_ACTIONS } from '../names/iam-action.js'

/** What a refusal of AWS says, as far as it says it. */
export interface AccessDeniedExplanation {
  /** Who was refused; absent when the message does not say. */
  readonly principal?: string
  /** For instance `kms:Decrypt`; absent when the message does not say. */
  readonly action?: string
  readonly resource?: string
  readonly reason: AccessDeniedReason
  /** AWS's own words for the reason; empty when it gives none. */
  readonly because: string
  /** What to look at next. */
  readonly advice: string
}

/** Why AWS said no. */
export type AccessDeniedReason =
  | 'key-policy-lacks'
  | 'identity-policy-lacks'
  | 'boundary-lacks'
  | 'session-policy-lacks'
  | 'scp-lacks'
  | 'rcp-lacks'
  | 'vpc-endpoint-policy-lacks'
  | 'explicit-deny-key-policy'
  | 'explicit-deny-identity-policy'
  | 'explicit-deny-boundary'
  | 'explicit-deny-session-policy'
  | 'explicit-deny-scp'
  | 'explicit-deny-rcp'
  | 'explicit-deny-vpc-endpoint-policy'
  | 'several-causes'
  | 'not-said'

/**
 * Reads out of an access-denied message of AWS who was refused what and which policy is in the way. The words of
 * AWS are evidence for people and no contract: decisions are made by `checkPermissions`. Gives `undefined` for an
 * error or text that is no refusal.
 *
 * @example
 * try {
 *   await job.create(aws)
 * } catch (error) {
 *   console.error(explainAccessDenied(error)?.advice)
 *   throw error
 * }
 */
export function explainAccessDenied(error: unknown): AccessDeniedExplanation | undefined {
  for (const message of messagesOf(error)) {
    const explanation = explainMessage(message)
    if (explanation !== undefined) return explanation
  }
  return undefined
}

const ARN = '["\'`]?([^\\s"\'`]+?)["\'`]?'
const PRINCIPAL = new RegExp(`(?:User|Principal|The user|The role):? ${ARN} is not authorized`, 'i')
const ACTION =
  /(?:not authorized|not permitted|not allowed) to perform:? ["'`]?([a-z0-9-]+:[A-Za-z0-9*]+)["'`]?/i
const RESOURCE = new RegExp(`on (?:the )?resource(?:\\(s\\))?:? ${ARN}(?=\\s|, |;|\\. |\\.?$)`, 'i')
const BECAUSE = /\bbecause (.+?)\.?$/i
const REFUSED = /access ?denied|not authorized|^(?:403|Forbidden)$|\(403\)|\b403 Forbidden\b/i
const NO_SUCH_KEY =
  /customer master key that does not exist|KMS key that does not exist, does not exist in this region/i

function explainMessage(message: string): AccessDeniedExplanation | undefined {
  // A terminal or a log may have wrapped it.
  const text = message.replace(/\s+/g, ' ').trim()
  const missing = NO_SUCH_KEY.exec(text)
  if (missing !== null) {
    return {
      reason: 'several-causes',
      because: sentenceAt(text, missing.index),
      advice:
        'Check that the key still exists in this region, then that the reader has kms:Decrypt on it in key policy and IAM policy',
    }
  }
  const refusal = ACTION.exec(text) ?? REFUSED.exec(text)
  if (refusal === null) return undefined
  const sentence = sentenceAt(text, refusal.index)
  const action = ACTION.exec(sentence)?.[1] ?? actionOfOperation(sentence)
  const principal = PRINCIPAL.exec(sentence)?.[1]
  const resource = RESOURCE.exec(sentence)?.[1]
  const because = BECAUSE.exec(sentence)?.[1] ?? explicitDeny(sentence)
  const reason = reasonOf(because === '' ? sentence : because)
  return {
    ...(principal !== undefined && { principal }),
    ...(action !== undefined && { action }),
    ...(resource !== undefined && /^(?:arn:|\*)/.test(resource) && { resource }),
    reason,
    because,
    advice: adviceFor(reason, action, principal),
  }
}

const LONGEST = 4_096

/** Cuts out the sentence that a place of a text lies in: others may speak of other policies. */
function sentenceAt(text: string, place: number): string {
  const before = text.slice(Math.max(0, place - LONGEST / 2), place)
  const ends = [...before.matchAll(/[.!?] (?=["'`(]?[A-Z])/g)].at(-1)
  const head = ends === undefined ? before : before.slice(ends.index + 2)
  const after = text.slice(place, place + LONGEST - head.length)
  // Older SDKs add these to the words of a service.
  const [tail = ''] = after.split(/[.!?] (?=["'`(]?[A-Z])| \((?:Service|Status Code|Request ID):/, 1)
  return `${head}${tail}`
}

function actionOfOperation(sentence: string): string | undefined {
  const operation = /\bwhen calling the ([A-Za-z0-9]+) operation\b/.exec(sentence)?.[1]
  return operation === undefined ? undefined : S3_ACTIONS[operation]
}

const POLICIES: readonly (readonly [
  RegExp,
  'key-policy' | 'identity-policy' | 'boundary' | 'session-policy' | 'scp' | 'rcp' | 'vpc-endpoint-policy',
])[] = [
  [/service control polic/i, 'scp'],
  [/resource control polic/i, 'rcp'],
  [/permissions? boundar/i, 'boundary'],
  [/session polic/i, 'session-policy'],
  [/vpc endpoint polic/i, 'vpc-endpoint-policy'],
  [/identity-based polic/i, 'identity-policy'],
  [/resource-based polic/i, 'key-policy'],
]

function reasonOf(because: string): AccessDeniedReason {
  // One text of KMS names three causes at once; none of them may be picked.
  if (/does not exist/i.test(because) && /resource-based polic/i.test(because)) return 'several-causes'
  const policy = POLICIES.find(([words]) => words.test(because))?.[1]
  if (policy === undefined) return 'not-said'
  return /explicit(?:ly)? den/i.test(because) ? `explicit-deny-${policy}` : `${policy}-lacks`
}

function adviceFor(
  reason: AccessDeniedReason,
  action: string | undefined,
  principal: string | undefined,
): string {
  const what = action ?? 'the action'
  const who = whoseWords(principal)
  const isKey = action === undefined || action.startsWith('kms:')
  if (reason === 'several-causes')
    return `Check in turn: the key exists in this region; its policy allows ${what}; nothing in it denies it`
  if (reason === 'not-said') {
    return isKey
      ? `Run checkPermissions: the message does not say which policy lacks ${what} or denies it`
      : `The message does not say which policy lacks ${what} or denies it: look in ${who}, in ${action.startsWith('s3:') ? 'the bucket policy' : 'the policy of the resource'}, and for a boundary; requiredPermissions() lists what the job needs`
  }
  if (reason === 'key-policy-lacks') {
    return isKey
      ? `Allow ${what} in the key policy, or let it delegate to the account and allow ${what} in an IAM policy`
      : `Allow ${what} in ${resourcePolicy(action)}`
  }
  if (reason === 'identity-policy-lacks')
    return `Allow ${what} in ${who}${isKey ? '; the key policy must allow the principal or its account as well' : ''}`
  const source = reason.replace('explicit-deny-', '').replace('-lacks', '')
  const name =
    source === 'key-policy'
      ? resourcePolicy(action)
      : source === 'identity-policy'
        ? who
        : POLICY_NAMES[source]
  return reason.startsWith('explicit-deny')
    ? `Find the Deny on ${what} in ${name}: no Allow anywhere can outweigh it`
    : `Have ${name} allow ${what}: it limits what other policies may give`
}

/** The words after "with": which kind of policy denies, and its ARN where AWS gives it. */
function explicitDeny(message: string): string {
  const start = message.search(/\ban explicit deny\b/i)
  const words = start < 0 ? '' : message.slice(start).trim()
  return words.endsWith('.') ? words.slice(0, -1) : words
}

function whoseWords(principal: string | undefined): string {
  if (principal === undefined) return 'an IAM policy of whoever makes the call'
  const [kind, ...names] = parseArn(principal)?.resource.split('/') ?? []
  const role = kind === 'assumed-role' ? names[0] : kind === 'role' ? names.at(-1) : undefined
  return `an IAM policy of ${role === undefined ? principal : `the role ${role}`}`
}

const RESOURCE_POLICIES: Readonly<Record<string, string>> = {
  kms: 'the key policy',
  s3: 'the bucket policy',
  sts: 'the trust policy of the role',
  sns: 'the policy of the topic',
  sqs: 'the policy of the queue',
  lambda: 'the policy of the function',
}

function resourcePolicy(action: string | undefined): string {
  return RESOURCE_POLICIES[action?.split(':')[0] ?? 'kms'] ?? 'the policy of the resource'
}

const POLICY_NAMES: Readonly<Record<string, string>> = {
  boundary: 'the permissions boundary',
  'session-policy': 'the session policy',
  scp: 'the service control policies of the organization',
  rcp: 'the resource control policies of the organization',
  'vpc-endpoint-policy': 'the policy of the VPC endpoint',
}

/** The words of an error and of its causes, deepest first; its name where it has no words. */
function messagesOf(error: unknown): readonly string[] {
  if (typeof error === 'string') return [error]
  const messages: string[] = []
  let one: unknown = error
  for (let depth = 0; typeof one === 'object' && one !== null && depth < 5; depth++) {
    const { name, message, Code, cause } = one as Readonly<Record<string, unknown>>
    const words = [message, Code, name].find(
      (text) => typeof text === 'string' && text !== '' && text !== 'UnknownError',
    )
    // AWS's own words stand deepest: a wrapper adds sentences of its own after the reason.
    if (typeof words === 'string') messages.unshift(words)
    one = cause
  }
  return messages
}
