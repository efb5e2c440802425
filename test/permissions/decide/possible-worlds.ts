import type { KeyGrant, PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'
import type { OpenPoints, World } from './worlds.js'

/** The values a key may take that no question gives; the last of each pool stands for anything else. */
const POOLS: Readonly<Record<string, readonly (string | readonly string[] | null)[]>> = {
  'aws:principaltag/t': [null, 'x', 'y', ''],
  'aws:principaltag/k': [null, 'none', '0a1b2c3d'],
  'aws:sourcevpce': [null, 'v1', 'v2'],
  'aws:multifactorauthpresent': [null, 'false'],
  'aws:currenttime': ['2027-03-01T00:00:00Z', '2027-03-15T00:00:00Z', '2027-04-01T00:00:00Z'],
  'kms:encryptioncontextkeys': [null, ['a'], ['a', 'b']],
  'kms:grantoperations': [null, ['Decrypt'], ['Decrypt', 'Encrypt']],
  'kms:grantisforawsresource': [null, 'true', 'false'],
}

/** Which of the actions asked about can have a key in their requests (service authorization reference, KMS). */
const ACTIONS_WITH: Readonly<Record<string, readonly string[]>> = {
  'kms:encryptioncontextkeys': ['kms:Decrypt', 'kms:CreateGrant'],
  'kms:grantoperations': ['kms:CreateGrant'],
  'kms:grantisforawsresource': ['kms:CreateGrant'],
}

const everybody = (effect: string): PolicyStatement => ({
  Effect: effect,
  Principal: '*',
  Action: '*',
  Resource: '*',
})
const document = (...Statement: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement })
const withoutPrincipal = (effect: string): PolicyDocument =>
  document({ Effect: effect, Action: '*', Resource: '*' })

/** What one choice settles of a world. */
interface Patch extends Partial<Omit<World, 'values' | 'open'>> {
  readonly values?: World['values']
  readonly open?: Partial<OpenPoints>
}
type Choice = readonly Patch[]

/**
 * Gives every world a question leaves possible, over the pools above; what the policies do not touch is not
 * varied. At most `limit` of them, evenly spread.
 */
export function* possibleWorlds(question: PermissionQuestion, limit: number): Generator<World> {
  const { keyPolicy, sharedKeyPolicy, identityPolicies, boundary, grants, scps, rcps } = question
  const policies = [keyPolicy, sharedKeyPolicy, identityPolicies, boundary, grants, scps, rcps]
  const text = JSON.stringify(policies).toLowerCase()
  const known = Object.entries(question.context ?? {}).map(
    ([key, value]) => [key.toLowerCase(), value] as const,
  )
  const values: World['values'] = {
    ...Object.fromEntries(Object.keys(POOLS).map((key) => [key, null])),
    ...Object.fromEntries(known),
  }
  const choices = [
    ...keyChoices(text, values, question.action),
    ...twinChoices(text, known),
    ...openChoices(text, question),
    ...sourceChoices(question),
  ]
  const first = firstWorld(question, values)
  for (const patches of spread(choices, limit)) {
    const world = patches.reduce(patched, first)
    yield { ...world, values: { ...world.values, 'aws:userid': `${question.roleId}:${world.session}` } }
  }
}

function patched(world: World, patch: Patch): World {
  const values = patch.values ? { ...world.values, ...patch.values } : world.values
  const open = patch.open ? { ...world.open, ...patch.open } : world.open
  return { ...world, ...patch, values, open }
}

function keyChoices(text: string, values: World['values'], action: string): readonly Choice[] {
  const unknown = Object.entries(POOLS).filter(
    ([key]) => text.includes(key) && values[key] === null && (ACTIONS_WITH[key]?.includes(action) ?? true),
  )
  const keys = unknown.map(([key, pool]): Choice => pool.map((value) => ({ values: { [key]: value } })))
  const session = text.includes('userid') || text.includes('assumed-role')
  return session ? [...keys, [{ session: 's1' }, { session: 's2' }]] : keys
}

/** Of two tags whose names differ by case only, AWS compares one or the other. */
function twinChoices(
  text: string,
  known: readonly (readonly [string, string | readonly string[]])[],
): readonly Choice[] {
  const keys = new Set(known.map(([key]) => key).filter((key) => text.includes(key)))
  return [...keys].flatMap((key) => {
    const values = known.filter(([other]) => other === key).map(([, value]) => value)
    return values.length > 1 ? [values.map((value) => ({ values: { [key]: value } }))] : []
  })
}

function openChoices(text: string, { roleId, grants, boundary }: PermissionQuestion): readonly Choice[] {
  const choices: Choice[] = []
  const either = (when: boolean, name: keyof OpenPoints) => {
    if (when) choices.push([{ open: { [name]: true } }, { open: { [name]: false } }])
  }
  const hasGrants = grants === 'UNREADABLE' || (grants ?? []).length > 0
  either(text.includes('notprincipal'), 'allowNotPrincipal')
  either(text.includes('notprincipal'), 'denyNotPrincipal')
  either(text.includes(`"${roleId?.toLowerCase()}"`), 'rawId')
  either(hasGrants && boundary !== null, 'grantUnderBoundary')
  either(hasGrants, 'grantDoubt')
  either(text.includes('*:key'), 'starOverColon')
  either(text.includes('soundslike'), 'unknownOperator')
  either(/encryptioncontextkeys|resourcealiases|grantoperations/.test(text), 'multivaluedWithoutSet')
  either(/tag\/|resourcealiases/.test(text), 'emptyIsNull')
  either(/foranyvalue:\w+ifexists/.test(text), 'anyValueIfExists')
  either(text.includes('${'), 'missingVariableVoids')
  either(/resourcealiases|resourcetag/.test(text), 'keyFactsInKeyPolicy')
  return choices
}

function sourceChoices(question: PermissionQuestion): readonly Choice[] {
  const choices: Choice[] = []
  const { roleArn, keyArn, action } = question
  if (question.keyPolicy === 'UNREADABLE') {
    const role = { ...everybody('Allow'), Principal: { AWS: roleArn } }
    const account = { ...everybody('Allow'), Principal: { AWS: accountOf(roleArn) } }
    const readings = [[], [everybody('Allow')], [everybody('Deny')], [role], [account]]
    choices.push(readings.map((each) => ({ keyPolicy: document(...each) })))
  }
  if (question.sharedKeyPolicy === 'UNREADABLE') {
    const role = { ...everybody('Allow'), Principal: { AWS: roleArn } }
    const readings = [null, document(everybody('Allow')), document(role)]
    choices.push(readings.map((sharedKeyPolicy) => ({ sharedKeyPolicy })))
  }
  if (question.identityPolicies === 'UNREADABLE') {
    const readings = [[], [withoutPrincipal('Allow')], [withoutPrincipal('Deny')]]
    choices.push(readings.map((identityPolicies) => ({ identityPolicies })))
  }
  if (question.boundary === 'UNREADABLE') {
    const readings = [null, withoutPrincipal('Allow'), withoutPrincipal('Deny'), document()]
    choices.push(readings.map((boundary) => ({ boundary })))
  }
  if (question.grants === 'UNREADABLE') {
    const grant = (account: string): KeyGrant => ({
      GranteePrincipal: roleArn,
      Operations: [action.replace('kms:', '')],
      IssuingAccount: `arn:aws:iam::${account}:root`,
    })
    const readings = [[], [grant(accountOf(roleArn))], [grant(accountOf(keyArn))]]
    choices.push(readings.map((grants) => ({ grants })))
  }
  return choices
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}

function firstWorld(
  { keyPolicy, sharedKeyPolicy, identityPolicies, boundary, grants }: PermissionQuestion,
  values: World['values'],
): World {
  return {
    values,
    keyPolicy: typeof keyPolicy === 'string' ? document() : keyPolicy,
    sharedKeyPolicy: typeof sharedKeyPolicy === 'string' ? null : (sharedKeyPolicy ?? null),
    identityPolicies:
      typeof identityPolicies === 'string'
        ? []
        : identityPolicies.map(({ policy }) => policy as PolicyDocument),
    boundary: typeof boundary === 'string' ? null : ((boundary ?? null) as PolicyDocument | null),
    grants: Array.isArray(grants) ? grants : [],
    session: 's1',
    open: {
      allowNotPrincipal: false,
      denyNotPrincipal: false,
      rawId: false,
      grantUnderBoundary: false,
      grantDoubt: false,
      starOverColon: false,
      unknownOperator: false,
      multivaluedWithoutSet: false,
      emptyIsNull: false,
      anyValueIfExists: false,
      missingVariableVoids: false,
      keyFactsInKeyPolicy: false,
    },
  }
}

function* spread(choices: readonly Choice[], limit: number): Generator<readonly Patch[]> {
  const total = choices.reduce((product, choice) => product * choice.length, 1)
  const count = Math.min(total, limit)
  // All pools have 2 to 5 members: a stride without these factors reaches every combination before repeating one.
  let stride = Math.ceil(total * 0.618)
  while ([2, 3, 5].some((factor) => stride % factor === 0)) stride++
  for (let index = 0; index < count; index++) {
    let rest = (index * stride) % total
    yield choices.flatMap((choice) => {
      const patch = choice[rest % choice.length]
      rest = Math.floor(rest / choice.length)
      return patch ? [patch] : []
    })
  }
}
