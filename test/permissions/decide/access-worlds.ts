import type { PolicyDocument, PolicyStatement } from '../../../src/permissions/policy/policy-document.js'

/**
 * One request to a bucket, a Lambda, a topic or for a role, as the service sees it: nothing is unknown. Written from IAM's
 * text alone, with two truth values, apart from the library.
 */
export interface AccessWorld {
  readonly action: string
  readonly resource: string
  readonly resourceAccount: string
  readonly kind: string
  readonly roleArn: string
  readonly roleId: string
  /** Of a user its own ARN: no boundary limits what names it (IAM user guide, "Permissions boundaries"). */
  readonly sessionArn: string
  /** By lower-case name; absent keys are not in it. */
  readonly context: ReadonlyMap<string, string>
  readonly resourcePolicy: PolicyDocument | null
  readonly identityPolicies: readonly PolicyDocument[]
  readonly boundary: PolicyDocument | null
  readonly scps: readonly (readonly PolicyDocument[])[]
  readonly rcps: readonly PolicyDocument[]
  readonly open: AccessOpenPoints
}

/** What AWS does not say, or what no policy shows, settled one way. */
interface AccessOpenPoints {
  readonly allowNotPrincipal: boolean
  readonly denyNotPrincipalSpares: boolean
  /** Whether the unique id of the role stands for it. */
  readonly idCounts: boolean
  /** The account that a canonical user id stands for. */
  readonly canonicalAccount: string
  /** Whether Block Public Access closes a public bucket policy to other accounts. */
  readonly publicAccessBlocked: boolean
  /** Whether a resource whose variable has no value makes its statement invalid. */
  readonly missingVariableVoids: boolean
  readonly rcpsBind: boolean
}

/** Whether the request is let through, and whether a Deny stops it. */
export function decideAccessInWorld(world: AccessWorld): {
  readonly allowed: boolean
  readonly denied: boolean
} {
  const account = world.roleArn.split(':')[4] as string
  const of = (policy: PolicyDocument, effect: string) =>
    listed(policy.Statement).filter(
      (statement) => statement.Effect === effect && speaksOf(statement, policy, world),
    )
  const plain = (policies: readonly PolicyDocument[], effect: string) =>
    policies.some((policy) => of(policy, effect).length > 0)
  const own = world.resourcePolicy === null ? [] : [world.resourcePolicy]
  const denied =
    own.some((policy) => of(policy, 'Deny').some((statement) => names(statement, world) !== undefined)) ||
    plain(world.identityPolicies, 'Deny') ||
    (world.boundary !== null && plain([world.boundary], 'Deny')) ||
    plain(world.scps.flat(), 'Deny') ||
    (world.open.rcpsBind && plain(world.rcps, 'Deny'))
  if (denied) return { allowed: false, denied }

  const withinBoundary = world.boundary === null || plain([world.boundary], 'Allow')
  const withinScps = world.scps.every((level) => plain(level, 'Allow'))
  const byIdentity = plain(world.identityPolicies, 'Allow') && withinBoundary
  const ways = new Set(
    own.flatMap((policy) => of(policy, 'Allow').map((statement) => names(statement, world))),
  )
  const direct = ways.has('everybody') || ways.has('session') || (ways.has('role') && withinBoundary)
  if (account === world.resourceAccount) return { allowed: withinScps && (byIdentity || direct), denied }
  const isPublic = own.some((policy) =>
    listed(policy.Statement).some(
      (statement) =>
        statement.Effect === 'Allow' &&
        (statement.NotPrincipal !== undefined || principals(statement.Principal).includes('*')),
    ),
  )
  const isBlocked = world.kind === 'bucket' && isPublic && world.open.publicAccessBlocked
  const trusted = [...ways].some((way) => way !== undefined) && !isBlocked
  return { allowed: withinScps && trusted && byIdentity, denied }
}

type Way = 'everybody' | 'session' | 'role' | 'account'

function names(statement: PolicyStatement, world: AccessWorld): Way | undefined {
  const { roleArn, roleId, sessionArn, open, boundary } = world
  const account = roleArn.split(':')[4] as string
  const way = (entries: readonly string[]): Way | undefined => {
    if (entries.includes('*')) return 'everybody'
    if (entries.includes(sessionArn)) return 'session'
    if (entries.includes(roleArn) || (open.idCounts && entries.includes(roleId))) return 'role'
    if (entries.includes(account) || entries.includes(`arn:aws:iam::${account}:root`)) return 'account'
    return entries.includes('canonical') && open.canonicalAccount === account ? 'account' : undefined
  }
  if (statement.NotPrincipal === undefined) return way(principals(statement.Principal))
  const excepted = way(principals(statement.NotPrincipal))
  if (statement.Effect === 'Allow') return open.allowNotPrincipal ? 'everybody' : undefined
  if (boundary !== null || excepted === undefined) return 'everybody'
  return open.denyNotPrincipalSpares ? undefined : 'everybody'
}

function principals(element: PolicyStatement['Principal']): readonly string[] {
  if (element === undefined) return []
  if (typeof element === 'string') return [element]
  return [...listed(element['AWS']), ...(element['CanonicalUser'] === undefined ? [] : ['canonical'])]
}

function speaksOf(statement: PolicyStatement, policy: PolicyDocument, world: AccessWorld): boolean {
  const named = listed(statement.Action ?? statement.NotAction)
  const isAction = named.some((pattern) => fits(pattern.toLowerCase(), world.action.toLowerCase()))
  if (isAction !== (statement.Action !== undefined)) return false
  const fill = (text: string) => (policy.Version === '2012-10-17' ? filled(text, world.context) : text)
  const patterns = listed(statement.Resource ?? statement.NotResource).map(fill)
  const isResource = patterns.some((pattern) => pattern !== undefined && fits(pattern, world.resource))
  if (isResource !== (statement.Resource !== undefined)) return false
  if (patterns.includes(undefined) && world.open.missingVariableVoids) return false
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      holds(
        operator,
        world.context.get(key.toLowerCase()),
        listed(values).map((value) => fill(String(value))),
      ),
    ),
  )
}

function holds(
  operator: string,
  actual: string | undefined,
  wanted: readonly (string | undefined)[],
): boolean {
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined))
  const ifExists = operator.endsWith('IfExists')
  const name = ifExists ? operator.slice(0, -8) : operator
  const isNegated = name.includes('Not')
  if (actual === undefined) return ifExists || isNegated
  const test = TESTS[name.replace('Not', '')] as (actual: string, wanted: string) => boolean
  return wanted.some((value) => value !== undefined && test(actual, value)) !== isNegated
}

const TESTS: Readonly<Record<string, (actual: string, wanted: string) => boolean>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => fits(wanted, actual),
  ArnLike: (actual, wanted) => fits(wanted, actual),
  ArnEquals: (actual, wanted) => fits(wanted, actual),
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  IpAddress: (actual, wanted) => actual.startsWith(wanted.split('.').slice(0, 3).join('.')),
}

/** A variable without a value makes a text match nothing. */
function filled(text: string, context: ReadonlyMap<string, string>): string | undefined {
  let isMissing = false
  const full = text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = context.get(name.toLowerCase())
    isMissing ||= value === undefined
    return value ?? ''
  })
  return isMissing ? undefined : full
}

function fits(pattern: string, text: string): boolean {
  const source = [...pattern].map((sign) =>
    sign === '*' ? '.*' : sign === '?' ? '.' : sign.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`, 's').test(text)
}

function listed<Entry>(value: Entry | readonly Entry[] | undefined): readonly Entry[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as Entry]
}
