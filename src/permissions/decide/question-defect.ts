import { formatValue } from '../../errors/format-value.js'
import { exactKey, isAction, isOnKey } from '../evaluate/condition-keys.js'
import { isKey, isRole, isUser } from '../evaluate/identity.js'
import type { PermissionQuestion } from '../evaluate/question.js'
import { isPlainObject } from '../policy/plain-values.js'
import { meantField } from './meant-field.js'

type Given = { readonly [Field in keyof PermissionQuestion]?: unknown }

/**
 * Says what keeps a question from being answered; `undefined` for a question that can be. What is left out or misspelt
 * by mistake would get the answer of another question.
 */
export function questionDefect(question: unknown): string | undefined {
  if (typeof question !== 'object' || question === null) return `it is ${formatValue(question)}`
  const given: Given = question
  return (
    misspeltField(given) ??
    missingField(given) ??
    partiesDefect(given) ??
    actionDefect(given.action) ??
    shapeDefect(given)
  )
}

/** Gives an action in lower case, with its service. */
export function fullAction(action: string): string {
  const lower = action.toLowerCase()
  return lower.includes(':') ? lower : `kms:${lower}`
}

const REQUIRED = ['roleArn', 'keyArn', 'action', 'keyPolicy', 'identityPolicies'] as const
/** Taken for none where they are not given, so an unset variable in them would pass over a Deny or an Allow. */
const NONE_IF_LEFT_OUT = ['sharedKeyPolicy', 'boundary', 'grants'] as const
const FIELDS: readonly (keyof PermissionQuestion)[] = [
  ...REQUIRED,
  ...NONE_IF_LEFT_OUT,
  'roleId',
  'scps',
  'rcps',
  'context',
  'absentContextKeys',
  'possibleValues',
  'paths',
]

const KNOWN: ReadonlySet<string> = new Set(FIELDS)

function misspeltField(given: Given): string | undefined {
  for (const name of Object.keys(given)) {
    const meant = KNOWN.has(name) ? undefined : meantField(name, FIELDS)
    if (meant !== undefined) return `${formatValue(name)} is not a field of a question; ${meant} is`
  }
  return undefined
}

function missingField(given: Given): string | undefined {
  const missing = REQUIRED.find((field) => given[field] === undefined)
  if (missing !== undefined) return `${missing} is missing`
  if (given.identityPolicies === null)
    return 'identityPolicies is null; an empty array says that there are none'
  const unset = NONE_IF_LEFT_OUT.find((field) => field in given && given[field] === undefined)
  return unset && `${unset} is undefined; null says that there is none`
}

function partiesDefect({ roleArn, roleId, keyArn }: Given): string | undefined {
  if (typeof roleArn !== 'string' || !(isRole(roleArn) || isUser(roleArn)))
    return `${formatValue(roleArn)} is not the ARN of a role or a user`
  if (typeof (roleId ?? '') !== 'string')
    return `roleId is ${formatValue(roleId)}, not the unique id of a role or a user`
  if (typeof keyArn !== 'string' || !isKey(keyArn)) return `${formatValue(keyArn)} is not the ARN of a key`
  return undefined
}

function actionDefect(action: unknown): string | undefined {
  if (typeof action !== 'string') return `the action is ${formatValue(action)}`
  if (/[*?]/.test(action)) return `${formatValue(action)} is a pattern, not one action`
  const full = fullAction(action)
  if (full === 'kms:reencrypt')
    return 'kms:ReEncrypt is an operation; its permissions are kms:ReEncryptFrom and kms:ReEncryptTo'
  if (!isAction(full)) return `${formatValue(action)} is not a permission of KMS that is known`
  // Service authorization reference, "Actions, resources, and condition keys for AWS KMS", column "Resource types".
  if (!isOnKey(full)) return `${action} is not done on a key, so no key policy and no grant on a key gives it`
  return full.endsWith('alias')
    ? `${action} is done on an alias as well, and a question is about a key alone`
    : undefined
}

function shapeDefect({
  scps,
  rcps,
  context,
  absentContextKeys,
  possibleValues,
  paths,
}: Given): string | undefined {
  for (const [field, value] of Object.entries({ scps, rcps })) {
    const isGiven = value !== undefined && value !== null && value !== 'UNREADABLE'
    if (isGiven && !Array.isArray(value)) return `${field} is not an array of levels`
  }
  if (!isRecordOrNone(possibleValues)) return 'possibleValues is not an object of arrays by condition key'
  const given = paths ?? []
  if (!Array.isArray(given) || ![...given].every(isPlainObject)) return 'paths is not an array of call paths'
  return (
    contextDefect({ context, absentContextKeys }, '') ??
    given
      .map((path, index) => contextDefect(path, ` of path #${index}`))
      .find((defect) => defect !== undefined)
  )
}

function contextDefect({ context, absentContextKeys }: Given, place: string): string | undefined {
  if (!isRecordOrNone(context))
    return `${place && 'the '}context${place} is not an object of values by condition key`
  if (!isStringsOrNone(absentContextKeys))
    return `absentContextKeys${place} is not an array of condition keys`
  const absent = (absentContextKeys ?? []).map(exactKey)
  const twice = Object.keys(context ?? {}).find((key) => absent.includes(exactKey(key)))
  return twice && `${formatValue(twice)} is both in context and in absentContextKeys${place}`
}

function isRecordOrNone(value: unknown): value is object | null | undefined {
  return value === undefined || value === null || isPlainObject(value)
}

function isStringsOrNone(value: unknown): value is readonly string[] | null | undefined {
  return (
    value === undefined ||
    value === null ||
    (Array.isArray(value) && [...value].every((one) => typeof one === 'string'))
  )
}
