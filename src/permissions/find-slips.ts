import { parseArn } from '../names/arn.js'
import type { CheckedDecision } from './judge-requirements.js'
import { isOrphan } from './orphans.js'
import { isRecord, statementsIn, textList } from './policy.js'
import type { PermissionSources } from './read-permissions.js'

type Statement = Readonly<Record<string, unknown>>

/**
 * Points at what people most often write by mistake, where a verdict is not `allowed`: an action that does not exist,
 * a role without its path or made anew, the service instead of the role, an alias or another region as resource, a
 * condition that labeling jobs do not meet. Hints for people; no verdict hangs on them. Pure.
 */
export function findSlips(
  { role, keys }: PermissionSources,
  decisions: readonly CheckedDecision[],
): readonly string[] {
  const open = decisions.filter(({ verdict }) => verdict !== 'allowed')
  if (open.length === 0) return []
  const openKeys = keys.filter(({ key }) => open.some(({ keyArn }) => keyArn === key.arn))
  const inKeys = openKeys.flatMap(({ key, policy }) => {
    const where = `the key policy of ${key.arn}`
    return [
      ...statementsOf(policy).flatMap((one) => conditionSlips(one, role.arn, key.region, where)),
      ...allowsIn(policy).flatMap((one) => [
        ...actionSlips(one, where),
        ...principalSlips(one, role.arn, where),
      ]),
    ]
  })
  const inRole = role.identityPolicies.flatMap(({ name, policy }) => [
    ...openKeys.flatMap(({ key }) =>
      statementsOf(policy).flatMap((one) => conditionSlips(one, role.arn, key.region, name)),
    ),
    ...allowsIn(policy).flatMap((one) => [
      ...actionSlips(one, name),
      ...resourceSlips(
        one,
        openKeys.map(({ key }) => key.arn),
        name,
      ),
    ]),
  ])
  return [...new Set([...inKeys, ...inRole])]
}

function actionSlips({ Action }: Statement, where: string): readonly string[] {
  const actions = (textList(Action) ?? []).map((action) => action.toLowerCase())
  return [
    ...(actions.includes('kms:reencrypt')
      ? [`${where} allows kms:ReEncrypt, which is no action: kms:ReEncrypt* is meant`]
      : []),
    ...(actions.includes('kms:generatedatakey') &&
    !actions.some((action) => /^kms:(?:generatedatakey)?\*$/.test(action))
      ? [`${where} allows kms:GenerateDataKey alone, and the guide asks for kms:GenerateDataKey*`]
      : []),
  ]
}

function principalSlips({ Principal }: Statement, roleArn: string, where: string): readonly string[] {
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
      .filter(isOrphan)
      .map(
        (id) =>
          `${where} names ${id}, a principal that was deleted: a role that was made anew needs its statement made anew`,
      ),
  ]
}

function resourceSlips(
  { Resource }: Statement,
  keyArns: readonly string[],
  where: string,
): readonly string[] {
  return (textList(Resource) ?? []).flatMap((resource) => {
    if (resource.includes(':kms:') && resource.includes(':alias/'))
      return [`${where} names ${resource}, and the use of keys matches key ARNs only`]
    const named = parseArn(resource)?.resource
    return keyArns
      .filter((arn) => arn !== resource && named === parseArn(arn)?.resource)
      .map((arn) => `${where} names ${resource}, and the key is ${arn}`)
  })
}

function conditionSlips(
  { Condition }: Statement,
  roleArn: string,
  region: string,
  where: string,
): readonly string[] {
  if (!isRecord(Condition)) return []
  const pairs = Object.values(Condition)
    .filter(isRecord)
    .flatMap((keys) =>
      Object.entries(keys).flatMap(([key, values]) =>
        (textList(values) ?? [String(values)]).map((value) => [key.toLowerCase(), value] as const),
      ),
    )
  return pairs.flatMap(([key, value]) => {
    if (key === 'kms:viaservice' && !/[*?]/.test(value) && !value.endsWith(`.${region}.amazonaws.com`))
      return [
        `${where} asks for kms:ViaService ${value}, and services of this region are SERVICE.${region}.amazonaws.com`,
      ]
    if (key === 'aws:principalarn' && value === pathless(roleArn) && value !== roleArn)
      return [
        `${where} asks for aws:PrincipalArn ${value}, and the role is ${roleArn}: the path is part of it`,
      ]
    if (key === 'kms:grantisforawsresource')
      return [
        `${where} hangs on kms:GrantIsForAWSResource, and whether SageMaker's calls carry it is disputed: CloudTrail shows it`,
      ]
    return []
  })
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
