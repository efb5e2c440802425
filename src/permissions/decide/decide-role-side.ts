import { parseArn } from '../../names/arn.js'
import type { PermissionQuestion } from '../evaluate/question.js'
import type { Verdict } from '../evaluate/unknown-reason.js'
import { decidePermission } from './decide-permission.js'

/** What the role's own policies and boundary say: judged under a key policy that delegates everything to its account. */
export function decideRoleSide(question: PermissionQuestion): Verdict {
  const { partition, account } = parseArn(question.roleArn) ?? {}
  return decidePermission({
    ...question,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    },
    grants: [],
    paths: [{ name: 'direct', context: {}, absentContextKeys: ['kms:ViaService'] }],
  }).verdict
}
