import type { KeyGrant, PermissionQuestion } from '../../../src/permissions/evaluate/question.js'
import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

/**
 * One possible reality: every condition key has a value or is absent, every source can be read, and each point
 * that AWS leaves open is settled one way. Written apart from the library, with two truth values only.
 */
export interface World {
  readonly values: Readonly<Record<string, string | readonly string[] | null>>
  readonly keyPolicy: PolicyDocument
  /** The key policy of AWS RAM. */
  readonly sharedKeyPolicy: PolicyDocument | null
  readonly identityPolicies: readonly PolicyDocument[]
  readonly boundary: PolicyDocument | null
  readonly grants: readonly KeyGrant[]
  readonly session: string
  readonly open: OpenPoints
}

/** How a world settles what AWS does not document. */
export interface OpenPoints {
  readonly allowNotPrincipal: boolean
  readonly denyNotPrincipal: boolean
  readonly rawId: boolean
  readonly grantUnderBoundary: boolean
  readonly grantDoubt: boolean
  readonly starOverColon: boolean
  readonly unknownOperator: boolean
  /** Whether an operator without a set word holds on a key that may have several values. */
  readonly multivaluedWithoutSet: boolean
  /** Whether an empty string is no value. */
  readonly emptyIsNull: boolean
  /** Whether ForAnyValue with IfExists holds where the key is absent. */
  readonly anyValueIfExists: boolean
  /** Whether a resource whose variable has no value makes its statement invalid. */
  readonly missingVariableVoids: boolean
  /** Whether tags and aliases of the key are in the request context of key policies, too. */
  readonly keyFactsInKeyPolicy: boolean
}

/** What a request comes to in one world. */
export interface Result {
  readonly allowed: boolean
  readonly denied: boolean
}

const list = <Entry>(value: Entry | readonly Entry[] | undefined): readonly Entry[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Entry[]) : [value as Entry]

/** Decides one request in one world. */
export function decideInWorld(
  question: PermissionQuestion,
  world: World,
  path: { readonly context: Readonly<Record<string, string>> },
): Result {
  const values = { ...world.values, 'kms:viaservice': path.context['kms:ViaService'] ?? null }
  const [, partition, , , roleAccount] = question.roleArn.split(':')
  const keyAccount = question.keyArn.split(':')[4]
  const scope: Scope = { question, world, values, partition: partition ?? '', account: roleAccount ?? '' }
  const keyScope = world.open.keyFactsInKeyPolicy ? scope : { ...scope, values: withoutKeyFacts(values) }
  const keyPolicies = [world.keyPolicy, ...(world.sharedKeyPolicy ? [world.sharedKeyPolicy] : [])]
  const use = (document: PolicyDocument, effect: string, reaches: (s: PolicyStatement) => boolean) => {
    const within = keyPolicies.includes(document) ? keyScope : scope
    return list(document.Statement).filter(
      (s) => s.Effect === effect && reaches(s) && applies(s, document, within),
    )
  }

  const keyAllows = keyPolicies
    .flatMap((document) => use(document, 'Allow', () => true))
    .filter((s) => (s.Action ?? s.NotAction) !== undefined && (s.Resource ?? s.NotResource) !== undefined)
  const reaches = new Set(keyAllows.flatMap((s) => reachesOf(s, scope)))
  const reached = (kind: Reach) => reaches.has(kind)
  const everyPolicy = [...world.identityPolicies, ...(world.boundary ? [world.boundary] : [])]
  const organization = (question.scps ?? []).map((level) => level.map(plain))
  const denied =
    keyPolicies.some((document) => use(document, 'Deny', (s) => reachesOf(s, scope).length > 0).length > 0) ||
    [...everyPolicy, ...organization.flat(), ...(question.rcps ?? []).flat().map(plain)].some(
      (document) => use(document, 'Deny', () => true).length > 0,
    )
  const identity = world.identityPolicies.some((document) => use(document, 'Allow', () => true).length > 0)
  const ceiling = !world.boundary || use(world.boundary, 'Allow', () => true).length > 0
  const levels = organization.every((level) => level.some((d) => use(d, 'Allow', () => true).length > 0))
  const granted = world.grants.filter((grant) => covers(grant, scope))
  const own = granted.some((grant) => grant.IssuingAccount?.includes(scope.account))
  const grantsCount = ceiling || world.open.grantUnderBoundary
  const allowed =
    roleAccount === keyAccount
      ? reached('any') ||
        reached('session') ||
        (reached('role') && ceiling) ||
        (reached('account') && identity && ceiling) ||
        (granted.length > 0 && grantsCount)
      : ((['any', 'session', 'role', 'account'] as const).some(reached) && identity && ceiling) ||
        (own && grantsCount) ||
        (granted.length > 0 && identity && ceiling)
  return { allowed: allowed && levels && !denied, denied }
}

interface Scope {
  readonly question: PermissionQuestion
  readonly world: World
  readonly values: World['values']
  readonly partition: string
  readonly account: string
}

const withoutKeyFacts = (values: World['values']): World['values'] =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([key]) => key !== 'kms:resourcealiases' && !key.startsWith('aws:resourcetag/'),
    ),
  )

type Reach = 'any' | 'session' | 'role' | 'account'

const plain = (entry: unknown): PolicyDocument =>
  (entry as { policy?: PolicyDocument }).policy ?? (entry as PolicyDocument)

function reachesOf(statement: PolicyStatement, scope: Scope): readonly Reach[] {
  const { open, boundary, session } = scope.world
  const element = statement.Principal ?? statement.NotPrincipal
  const entries = typeof element === 'string' ? [element] : list(element?.['AWS'])
  const name = scope.question.roleArn.split('/').at(-1)
  const found = entries.flatMap((entry): Reach[] => {
    if (entry === '*') return ['any']
    if (entry === scope.question.roleArn) return ['role']
    if (entry === scope.account || entry === `arn:${scope.partition}:iam::${scope.account}:root`)
      return ['account']
    if (entry === `arn:${scope.partition}:sts::${scope.account}:assumed-role/${name}/${session}`)
      return ['session']
    return entry === scope.question.roleId && open.rawId ? ['role'] : []
  })
  if (statement.Principal !== undefined) return found
  if (statement.Effect === 'Allow') return open.allowNotPrincipal ? ['any'] : []
  const mentioned = entries.some(
    (entry) =>
      [scope.question.roleArn, scope.account, scope.question.roleId].includes(entry) ||
      entry === `arn:${scope.partition}:iam::${scope.account}:root` ||
      entry.startsWith(`arn:${scope.partition}:sts::${scope.account}:assumed-role/${name}/`),
  )
  return boundary || !mentioned || open.denyNotPrincipal ? ['any'] : []
}

function applies(statement: PolicyStatement, document: PolicyDocument, scope: Scope): boolean {
  const actions = list(statement.Action ?? statement.NotAction).some((pattern) =>
    wild(pattern.toLowerCase()).test(scope.question.action.toLowerCase()),
  )
  const resources = list(statement.Resource ?? statement.NotResource).some((pattern) =>
    resourceFits(pattern, document, scope),
  )
  if (statement.Action === undefined && statement.NotAction === undefined) return false
  if (statement.Resource === undefined && statement.NotResource === undefined) return false
  const isVoid = list(statement.Resource ?? statement.NotResource).some(
    (pattern) => substituted(pattern, document, scope, true) === undefined,
  )
  if (isVoid && scope.world.open.missingVariableVoids) return false
  return (
    actions === (statement.Action !== undefined) &&
    resources === (statement.Resource !== undefined) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, key, list(values).map(String), document, scope),
      ),
    )
  )
}

function resourceFits(pattern: string, document: PolicyDocument, scope: Scope): boolean {
  if (pattern === '*') return true
  const pieced = substituted(pattern, document, scope, true)
  const arn = scope.question.keyArn
  if (pieced === undefined || !matcher(pieced, 's').test(arn)) return false
  const parts = pieced.split(':')
  if (parts.length < 6 && pattern.endsWith('*')) return true
  const byPart =
    parts.length === 6 && parts.every((part, i) => matcher(part, 's').test(arn.split(':')[i] ?? ''))
  return byPart || scope.world.open.starOverColon
}

function holds(
  operator: string,
  key: string,
  expected: readonly string[],
  document: PolicyDocument,
  scope: Scope,
): boolean {
  const actual = valueIn(key, scope)
  const set = operator.includes(':') ? operator.split(':')[0] : undefined
  const bare = operator.replace(/^For\w+:/, '')
  const base = bare.replace(/IfExists$/, '')
  if (base === 'Null') return expected.some((value) => value === String(actual === null))
  const negated = /^(?:String|Numeric|Date|Arn)Not|^NotIp/.test(base)
  if (!/^(?:String|Date|Numeric|Bool$|Arn)/.test(base)) return scope.world.open.unknownOperator
  if (actual === null) {
    if (set === 'ForAnyValue' && bare !== base) return scope.world.open.anyValueIfExists
    if (bare !== base || set === 'ForAllValues') return true
    return set === undefined && negated
  }
  if (set === undefined && MULTIVALUED.includes(key.toLowerCase()))
    return scope.world.open.multivaluedWithoutSet
  const fits = (value: string) =>
    expected.some((text) => compares(base.replace('Not', ''), value, text, document, scope)) !== negated
  if (set === 'ForAllValues') return list(actual).every(fits)
  return list(actual).some(fits)
}

const MULTIVALUED = ['kms:encryptioncontextkeys', 'kms:resourcealiases', 'kms:grantoperations']

/** What a key comes to in a world: where an empty string is no value, it is absent. */
function valueIn(key: string, { values, world }: Scope): string | readonly string[] | null {
  const actual = values[key.toLowerCase()] ?? null
  if (actual === null || !world.open.emptyIsNull) return actual
  const filled = list(actual).filter((text) => text !== '')
  if (filled.length === 0) return null
  return typeof actual === 'string' ? actual : filled
}

function compares(
  base: string,
  value: string,
  text: string,
  document: PolicyDocument,
  scope: Scope,
): boolean {
  if (base.startsWith('Date')) return inOrder(base.slice(4), Date.parse(value), Date.parse(text))
  if (base.startsWith('Numeric')) return inOrder(base.slice(7), Number(value), Number(text))
  if (base === 'Bool') return value === text
  const pieced = substituted(text, document, scope, base === 'StringLike' || base.startsWith('Arn'))
  if (pieced === undefined) return false
  return matcher(pieced, base === 'StringEqualsIgnoreCase' ? 'is' : 's').test(value)
}

function inOrder(order: string, left: number, right: number): boolean {
  if (order === 'Equals') return left === right
  if (order.startsWith('Less')) return left < right || (order.endsWith('Equals') && left === right)
  return left > right || (order.endsWith('Equals') && left === right)
}

function covers(grant: KeyGrant, scope: Scope): boolean {
  const name = scope.question.action.replace('kms:', '')
  if (!grant.Operations?.includes(name)) return false
  const doubtful = name === 'CreateGrant' || grant.GranteePrincipal !== scope.question.roleArn
  const context = grant.Constraints?.EncryptionContextEquals ?? grant.Constraints?.EncryptionContextSubset
  const constrained = (context && name !== 'DescribeKey') || grant.Constraints?.SourceArn !== undefined
  const grantee = grant.GranteePrincipal ?? ''
  if (grantee !== scope.question.roleArn && grantee !== `arn:${scope.partition}:iam::${scope.account}:root`)
    return false
  return (!doubtful && !constrained) || scope.world.open.grantDoubt
}

/** The text as the source of a regular expression; `undefined` when a variable has no value. */
function substituted(
  text: string,
  document: PolicyDocument,
  scope: Scope,
  wildcards: boolean,
): string | undefined {
  if (document.Version !== '2012-10-17' || !text.includes('${')) return source(text, wildcards)
  let missing = false
  const pieces = text.split(/(\$\{[^}]*\})/).map((piece) => {
    const variable = /^\$\{([^,}]*?)(?:,\s*'([^']*)')?\}$/.exec(piece)
    if (!variable) return source(piece, wildcards)
    const [, key = '', fallback] = variable
    if (['*', '?', '$'].includes(key)) return source(key, false)
    const value = valueIn(key, scope) ?? fallback
    if (typeof value !== 'string') missing = true
    return source(String(value), false)
  })
  return missing ? undefined : pieces.join('')
}

const wild = (pattern: string) => matcher(source(pattern, true), 's')

/** Short patterns over short texts: a regular expression is good enough for a test, compiled once. */
const matcher = remembered((source: string, flags: 's' | 'is') => new RegExp(`^${source}$`, flags))

const source = remembered((text: string, wildcards: boolean): string => {
  const escaped = text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
  return wildcards ? escaped.replaceAll('\\*', '.*').replaceAll('\\?', '.') : escaped
})

function remembered<Detail, Answer>(answer: (text: string, detail: Detail) => Answer) {
  const known = new Map<Detail, Map<string, Answer>>()
  return (text: string, detail: Detail): Answer => {
    const answers = known.get(detail) ?? new Map<string, Answer>()
    known.set(detail, answers)
    const found = answers.get(text) ?? answer(text, detail)
    answers.set(text, found)
    return found
  }
}
