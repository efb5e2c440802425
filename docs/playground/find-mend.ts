import {
  type Decision,
  decidePermission,
  type PermissionQuestion,
  type PolicyStatement,
} from '../../src/permissions/index.js'

/** A statement that would make an action allowed, and where it belongs. */
export interface Mend {
  readonly where: string
  readonly statement: PolicyStatement
}

/**
 * Gives the statement that would mend a verdict: in a policy of the role where the key policy delegates to IAM, else in
 * the key policy. It is offered only if the verdict, decided again with it, is `allowed`.
 */
export function findMend(question: PermissionQuestion, { verdict }: Decision): Mend | undefined {
  if (verdict === 'allowed' || verdict === 'denied') return undefined
  return attempts(question).find(({ mended }) => decidePermission(mended).verdict === 'allowed')?.mend
}

function attempts(
  question: PermissionQuestion,
): readonly { readonly mend: Mend; readonly mended: PermissionQuestion }[] {
  const { roleArn, keyArn, action, keyPolicy, identityPolicies } = question
  const forRole = { Sid: 'UseLabelingKey', Effect: 'Allow', Action: action, Resource: keyArn }
  const forKey = {
    Sid: 'AllowLabelingRole',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: action,
    Resource: '*',
  }
  const inRole = typeof identityPolicies !== 'string' && {
    mend: { where: 'a policy of the role', statement: forRole },
    mended: {
      ...question,
      identityPolicies: [
        ...identityPolicies,
        { name: 'inline:mend', policy: { Version: '2012-10-17', Statement: [forRole] } },
      ],
    },
  }
  const inKey = typeof keyPolicy === 'object' && {
    mend: { where: 'the key policy', statement: forKey },
    mended: {
      ...question,
      keyPolicy: { ...keyPolicy, Statement: [...[keyPolicy.Statement ?? []].flat(), forKey] },
    },
  }
  return [inRole, inKey].filter((attempt) => attempt !== false)
}
