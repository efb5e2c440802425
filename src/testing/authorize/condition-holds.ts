/** The condition keys of one request, by lower-case name; tags that differ by case only stand as they are written. */
export type RequestContext = ReadonlyMap<string, readonly string[]>

type Test = (actual: string, wanted: string) => boolean

/**
 * Tells whether a statement's `Condition` block holds for a request. The fake knows every key of the requests it
 * makes up, so the answer is yes or no; where AWS's text leaves it open, and for an operator that the fake does not
 * know, the answer is `open`.
 */
export function conditionHolds(condition: unknown, context: RequestContext, open = false): boolean {
  return entries(condition).every(([operator, keys]) =>
    entries(keys).every(([key, wanted]) => {
      const actual = context.get(key.toLowerCase())
      return isOpen(operator, key, actual) ? open : operatorHolds(operator, list(wanted), actual)
    }),
  )
}

/** Tells whether a text matches a pattern of `*` and `?`. */
export function like(actual: string, pattern: string, flags = ''): boolean {
  if (flags === '' && !/[*?]/.test(pattern)) return actual === pattern
  const source = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&').replace(/\*+/g, '.*')
  return new RegExp(`^${source.replaceAll('?', '.')}$`, `s${flags}`).test(actual)
}

/** Tells whether an ARN matches a pattern: wildcards do not reach over its first five colons. */
export function arnLike(actual: string, pattern: string): boolean {
  const [actualParts, wantedParts] = [sixParts(actual), sixParts(pattern)]
  return (
    actualParts.length === wantedParts.length &&
    wantedParts.every((part, index) => like(actualParts[index] as string, part))
  )
}

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (actual, wanted) => actual === wanted,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: (actual, wanted) => like(actual, wanted),
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (actual, wanted) => Number(actual) === Number(wanted),
  NumericLessThan: (actual, wanted) => Number(actual) < Number(wanted),
  NumericLessThanEquals: (actual, wanted) => Number(actual) <= Number(wanted),
  NumericGreaterThan: (actual, wanted) => Number(actual) > Number(wanted),
  NumericGreaterThanEquals: (actual, wanted) => Number(actual) >= Number(wanted),
  DateEquals: (actual, wanted) => instant(actual) === instant(wanted),
  DateLessThan: (actual, wanted) => instant(actual) < instant(wanted),
  DateLessThanEquals: (actual, wanted) => instant(actual) <= instant(wanted),
  DateGreaterThan: (actual, wanted) => instant(actual) > instant(wanted),
  DateGreaterThanEquals: (actual, wanted) => instant(actual) >= instant(wanted),
  IpAddress: inRange,
}

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
}

/** What may have several values, and is documented with a set operator only. */
const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'kms:encryptioncontextkeys',
  'kms:grantoperations',
  'kms:resourcealiases',
])

function isOpen(operator: string, key: string, actual: readonly string[] | undefined): boolean {
  const { quantifier, test, ifExists } = partsOf(operator)
  if (operator === 'Null') return false
  if (test === undefined) return true
  // ForAnyValue is false without a value, IfExists is true.
  if (actual === undefined) return quantifier === 'ForAnyValue' && ifExists
  // KMS denies what depends on the aliases of a key that has more than its quota of 50.
  if (key.toLowerCase() === 'kms:resourcealiases' && actual.length > 50) return true
  return quantifier === undefined && (MULTIVALUED.has(key.toLowerCase()) || actual.length > 1)
}

function partsOf(operator: string) {
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? []
  const negated = NEGATED[name]
  return { quantifier, negated, test: TESTS[negated ?? name], ifExists: ifExists !== undefined }
}

function operatorHolds(
  operator: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
): boolean {
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined))
  const { quantifier, negated, test, ifExists } = partsOf(operator)
  if (test === undefined) return false
  if (actual === undefined) {
    return ifExists || quantifier === 'ForAllValues' || (negated !== undefined && !quantifier)
  }
  const one = (value: string) => wanted.some((pattern) => test(value, pattern)) !== (negated !== undefined)
  if (quantifier === 'ForAllValues') return actual.every(one)
  if (quantifier === 'ForAnyValue' || negated === undefined) return actual.some(one)
  return actual.every(one)
}

function inRange(actual: string, wanted: string): boolean {
  const [network, bits = '32'] = wanted.split('/') as [string, string?]
  const shift = 2 ** (32 - Number(bits))
  return Math.floor(address(actual) / shift) === Math.floor(address(network) / shift)
}

function address(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function instant(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)
}

function sixParts(arn: string): string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
