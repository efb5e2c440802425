import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import type { NamedPolicy } from '../policy/policy-document.js'
import type { Decision, Evidence } from './decision.js'

/** Gives the statement of a policy that certainly denies, by its Sid or its place; `undefined` for none. */
export function findDenyingStatement(
  { evidence }: Pick<Decision, 'evidence'>,
  policies: readonly NamedPolicy[],
): Readonly<Record<string, unknown>> | undefined {
  const deny = evidence.find(({ effect, certain }) => effect === 'Deny' && certain)
  return deny && findStatement(deny, policies)
}

/**
 * Gives the statement that evidence is about; `undefined` where its policy is not at hand, or several go by that name: a
 * key policy may have a Sid twice.
 */
export function findStatement(
  { policy: name, statement, effect }: Pick<Evidence, 'policy' | 'statement' | 'effect'>,
  policies: readonly NamedPolicy[],
): Readonly<Record<string, unknown>> | undefined {
  const statements = statementsIn(policies.find((policy) => policy.name === name)?.policy) ?? []
  const [found, ...others] = statements.flatMap((one, index) =>
    isRecord(one) && one['Effect'] === effect && (one['Sid'] || `#${index}`) === statement ? [one] : [],
  )
  return others.length === 0 ? found : undefined
}

/** One operator on one condition key of a statement. */
export interface AskedCondition {
  readonly operator: string
  readonly key: string
  /** In words. */
  readonly values: string
}

/** Lists the conditions of a statement. */
export function conditionsOf(
  statement: Readonly<Record<string, unknown>> | undefined,
): readonly AskedCondition[] {
  const conditions = statement?.['Condition']
  return Object.entries(isRecord(conditions) ? conditions : {}).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(([key, value]) => ({
      operator,
      key,
      values: (textList(value) ?? [String(value)]).join(' or '),
    })),
  )
}

/** Says conditions in words. */
export function conditionsInWords(conditions: readonly AskedCondition[]): string {
  return conditions.map(({ operator, key, values }) => `${operator} ${key}: ${values}`).join(', and ')
}
