import { parseArn } from '../../names/arn.js'
import type { PermissionQuestion } from '../evaluate/question.js'
import type { Verdict } from '../evaluate/unknown-reason.js'
import { type ParsePolicy, parsePolicy } from '../policy/parse-policy.js'
import { decideOnKey } from './decide-permission.js'

/** What the role's own policies and boundary say: judged under a key policy that delegates everything to its account. */
export function decideRoleSide(question: PermissionQuestion, parse: ParsePolicy = parsePolicy): Verdict {
  const { partition, account } = parseArn(question.roleArn) ?? {}
  const ofRole: PermissionQuestion = {
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
    sharedKeyPolicy: null,
    grants: [],
    paths: [{ name: 'direct', context: {}, absentContextKeys: ['kms:ViaService'] }],
  }
  return decideOnKey(ofRole, parse).verdict
}
