import { parseArn } from '../../names/arn.js'
import { conditionsInWords, conditionsOf, findDenyingStatement } from '../decide/statement-conditions.js'
import { globOf, matchesGlob } from '../evaluate/glob.js'
import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import type { NamedPolicy } from '../policy/policy-document.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { CheckedDecision } from './decide-requirements.js'

type Statement = Readonly<Record<string, unknown>>

/**
 * Names the conditions that stand in the way where a verdict is certain: of an Allow that would be enough without them,
 * and of a Deny. For people; no verdict depends on it. Pure.
 */
export function findUnmetConditions(
  { role, keys }: Pick<PermissionSources, 'role' | 'keys'>,
  decisions: readonly CheckedDecision[],
): readonly string[] {
  const ofKeys = keys.flatMap(({ key, policy }) => {
    const ofKey = decisions.filter(({ keyArn }) => keyArn === key.arn)
    const lacking = (side: CheckedDecision['missingIn'][number]) =>
      ofKey.filter(({ missingIn }) => missingIn.includes(side))
    const keyPolicy = { name: 'key-policy', policy }
    return [
      ...role.identityPolicies.flatMap((one) => unmetIn(one, lacking('identity'), () => true)),
      ...unmetIn(keyPolicy, lacking('key-policy'), (statement) => names(statement, role.arn)),
      ...deniedUnder(ofKey, [
        keyPolicy,
        ...role.identityPolicies,
        ...(role.boundary === null ? [] : [role.boundary]),
      ]),
    ]
  })
  return [...new Set(ofKeys)]
}

/** Since nothing allows the action, an Allow that is about it does not hold for its condition alone. */
function unmetIn(
  { name, policy }: NamedPolicy,
  lacking: readonly CheckedDecision[],
  isOfRole: (statement: Statement) => boolean,
): readonly string[] {
  return (statementsIn(policy) ?? []).flatMap((statement, index) => {
    if (!isRecord(statement) || statement['Effect'] !== 'Allow' || !isOfRole(statement)) return []
    const conditions = conditionsOf(statement)
    const actions = lacking.filter((decision) => isAbout(statement, decision)).map(({ action }) => action)
    if (conditions.length === 0 || actions.length === 0) return []
    const [first = ''] = actions
    const what = actions.length === 1 ? first : `${first} and ${actions.length - 1} more`
    const sid = typeof statement['Sid'] === 'string' ? statement['Sid'] : `#${index}`
    return [
      `${name} ${sid} allows ${what} under the condition ${conditionsInWords(conditions)} only, which does not hold`,
    ]
  })
}

function isAbout({ Action, Resource }: Statement, { action, keyArn }: CheckedDecision): boolean {
  const fits = (pattern: string, text: string) =>
    matchesGlob(globOf(pattern.toLowerCase()), text.toLowerCase())
  return (
    textList(Action)?.some((pattern) => fits(pattern, action)) === true &&
    textList(Resource)?.some((pattern) => !pattern.includes('${') && fits(pattern, keyArn)) === true
  )
}

function names({ Principal }: Statement, roleArn: string): boolean {
  const { partition, account = '' } = parseArn(roleArn) ?? {}
  const entries = textList(isRecord(Principal) ? Principal['AWS'] : Principal) ?? []
  return [roleArn, account, `arn:${partition}:iam::${account}:root`, '*'].some((name) =>
    entries.includes(name),
  )
}

function deniedUnder(
  decisions: readonly CheckedDecision[],
  policies: readonly NamedPolicy[],
): readonly string[] {
  return decisions
    .filter(({ verdict }) => verdict === 'denied')
    .flatMap((decision) => {
      const deny = decision.evidence.find(({ effect, certain }) => effect === 'Deny' && certain)
      const conditions = conditionsOf(findDenyingStatement(decision, policies))
      return deny === undefined || conditions.length === 0
        ? []
        : [`${deny.policy} ${deny.statement} denies under the condition ${conditionsInWords(conditions)}`]
    })
}
