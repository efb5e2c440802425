import type { CheckedDecision } from './judge-requirements.js'
import { isRecord, statementsIn, textList } from './policy.js'
import type { PermissionSources } from './read-permissions.js'

type Statement = Readonly<Record<string, unknown>>

/**
 * Points at what people most often write by mistake, where a verdict is not `allowed`: an action that does not exist,
 * a role without its path, the service instead of the role, an alias as resource. Hints for people; no verdict hangs
 * on them. Pure.
 */
export function findSlips(
  { role, keys }: PermissionSources,
  decisions: readonly CheckedDecision[],
): readonly string[] {
  const open = decisions.filter(({ verdict }) => verdict !== 'allowed')
  if (open.length === 0) return []
  const inKeys = keys
    .filter(({ key }) => open.some(({ keyArn }) => keyArn === key.arn))
    .flatMap(({ key, policy }) =>
      allowsIn(policy).flatMap((one) => [
        ...actionSlips(one, `the key policy of ${key.arn}`),
        ...principalSlips(one, role.arn, `the key policy of ${key.arn}`),
      ]),
    )
  const inRole = role.identityPolicies.flatMap(({ name, policy }) =>
    allowsIn(policy).flatMap((one) => [...actionSlips(one, name), ...resourceSlips(one, name)]),
  )
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
  const [account, pathAndName = ''] = roleArn.split(':role/')
  const withoutPath = `${account}:role/${pathAndName.split('/').at(-1)}`
  const names = textList(Principal['AWS']) ?? []
  return [
    ...(withoutPath !== roleArn && names.includes(withoutPath)
      ? [`${where} names ${withoutPath}, and the role is ${roleArn}: the path is part of it`]
      : []),
    ...((textList(Principal['Service']) ?? []).includes('sagemaker.amazonaws.com')
      ? [`${where} names sagemaker.amazonaws.com, and labeling jobs use keys as their role`]
      : []),
  ]
}

function resourceSlips({ Resource }: Statement, where: string): readonly string[] {
  const aliases = (textList(Resource) ?? []).filter(
    (resource) => resource.includes(':kms:') && resource.includes(':alias/'),
  )
  return aliases.map((alias) => `${where} names ${alias}, and the use of keys matches key ARNs only`)
}

function allowsIn(policy: unknown): readonly Statement[] {
  return (statementsIn(policy) ?? []).filter(isRecord).filter(({ Effect }) => Effect === 'Allow')
}
