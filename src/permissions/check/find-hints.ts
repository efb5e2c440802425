import { parseArn } from '../../names/arn.js'
import { isDeletedPrincipal } from '../policy/deleted-principals.js'
import { isRecord, statementsIn, textList } from '../policy/parse-policy.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { CheckedDecision } from './decide-requirements.js'
import { findUnmetConditions } from './find-unmet-conditions.js'

type Statement = Readonly<Record<string, unknown>>

/**
 * Points at what people most often write by mistake, where a verdict is not `allowed`: an action that does not exist,
 * a role without its path or made anew, the service instead of the role, an alias or another region as resource, a
 * condition that labeling jobs do not meet. Hints for people; no verdict depends on them. Pure.
 */
export function findHints(
  { role, keys }: PermissionSources,
  decisions: readonly CheckedDecision[],
): readonly string[] {
  const notAllowed = decisions.filter(({ verdict }) => verdict !== 'allowed')
  if (notAllowed.length === 0) return []
  const checkedKeys = keys.filter(({ key }) => notAllowed.some(({ keyArn }) => keyArn === key.arn))
  const inKeys = checkedKeys.flatMap(({ key, policy }) => {
    const where = `the key policy of ${key.arn}`
    return [
      ...statementsOf(policy).flatMap((statement) => conditionHints(statement, role.arn, key.region, where)),
      ...grantHints(policy, notAllowed, where),
      ...allowsIn(policy).flatMap((statement) => [
        ...actionHints(statement, where),
        ...principalHints(statement, role.arn, where),
      ]),
    ]
  })
  const inRole = role.identityPolicies.flatMap(({ name, policy }) => [
    ...grantHints(policy, notAllowed, name),
    ...checkedKeys.flatMap(({ key }) =>
      statementsOf(policy).flatMap((statement) => conditionHints(statement, role.arn, key.region, name)),
    ),
    ...allowsIn(policy).flatMap((statement) => [
      ...actionHints(statement, name),
      ...resourceHints(
        statement,
        checkedKeys.map(({ key }) => key.arn),
        name,
      ),
    ]),
  ])
  return [...new Set([...inKeys, ...inRole, ...findUnmetConditions({ role, keys }, notAllowed)])]
}

function actionHints({ Action }: Statement, where: string): readonly string[] {
  const actions = (textList(Action) ?? []).map((action) => action.toLowerCase())
  return [
    ...(actions.includes('kms:reencrypt')
      ? [`${where} allows kms:ReEncrypt, which is no action; probably kms:ReEncrypt* is meant`]
      : []),
    ...(actions.includes('kms:generatedatakey') &&
    !actions.some((action) => /^kms:(?:generatedatakey.+|\*)$/.test(action))
      ? [`${where} allows kms:GenerateDataKey alone, and the guide asks for kms:GenerateDataKey*`]
      : []),
  ]
}

function principalHints({ Principal }: Statement, roleArn: string, where: string): readonly string[] {
  if (!isRecord(Principal)) return []
  const withoutPath = pathless(roleArn)
  const names = textList(Principal['AWS']) ?? []
  return [
    ...(withoutPath !== roleArn && names.includes(withoutPath)
      ? [`${where} names ${withoutPath}, and the role is ${roleArn}: the path is part of it`]
      : []),
    ...((textList(Principal['Service']) ?? []).includes('sagemaker.amazonaws.com')
      ? [`${where} names sagemaker.amazonaws.com, and labeling jobs use keys as their role`]
      : []),
    ...names
      .filter(isDeletedPrincipal)
      .map(
        (id) =>
          `${where} names ${id}, a principal that was deleted: if the role was recreated, its statement has to be added again, and { removeDeletedPrincipals: true } takes this one out`,
      ),
  ]
}

function resourceHints(
  { Resource }: Statement,
  keyArns: readonly string[],
  where: string,
): readonly string[] {
  return (textList(Resource) ?? []).flatMap((resource) => {
    if (resource.includes(':kms:') && resource.includes(':alias/'))
      return [
        `${where} names ${resource}, an alias: IAM matches key ARNs only, so the statement never applies`,
      ]
    const named = parseArn(resource)?.resource
    return keyArns
      .filter((arn) => arn !== resource && named === parseArn(arn)?.resource)
      .map((arn) => `${where} names ${resource}, and the key is ${arn}`)
  })
}

function conditionHints(
  { Condition }: Statement,
  roleArn: string,
  region: string,
  where: string,
): readonly string[] {
  if (!isRecord(Condition)) return []
  const pairs = Object.values(Condition)
    .filter(isRecord)
    .flatMap((keys) => Object.entries(keys))
    .map(([key, values]) => [key.toLowerCase(), textList(values) ?? []] as const)
  return pairs.flatMap(([key, values]) => {
    const fits = (value: string) => /[*?]/.test(value) || value.endsWith(`.${region}.amazonaws.com`)
    if (key === 'kms:viaservice' && values.length > 0 && !values.some(fits))
      return [
        `${where} asks for kms:ViaService ${values.join(', ')}, and services of this region are SERVICE.${region}.amazonaws.com`,
      ]
    const withoutPath = pathless(roleArn)
    if (key === 'aws:principalarn' && values.includes(withoutPath) && !values.includes(roleArn))
      return [
        `${where} asks for aws:PrincipalArn ${withoutPath}, and the role is ${roleArn}: the path is part of it`,
      ]
    return []
  })
}

/** Only where the reasons of a verdict name it: other statements may rightly ask for it. */
function grantHints(
  policy: unknown,
  notAllowed: readonly CheckedDecision[],
  where: string,
): readonly string[] {
  const isReason = notAllowed.some(({ unknownBecause }) =>
    unknownBecause.some(
      (reason) => reason.kind === 'condition' && reason.key.toLowerCase() === 'kms:grantisforawsresource',
    ),
  )
  return isReason && /kms:GrantIsForAWSResource/i.test(JSON.stringify(statementsOf(policy)))
    ? [
        `${where} depends on kms:GrantIsForAWSResource, and whether SageMaker's calls carry it is disputed: CloudTrail shows it`,
      ]
    : []
}

function pathless(roleArn: string): string {
  const [account, pathAndName = ''] = roleArn.split(':role/')
  return `${account}:role/${pathAndName.split('/').at(-1)}`
}

function allowsIn(policy: unknown): readonly Statement[] {
  return statementsOf(policy).filter(({ Effect }) => Effect === 'Allow')
}

function statementsOf(policy: unknown): readonly Statement[] {
  return (statementsIn(policy) ?? []).filter(isRecord)
}
