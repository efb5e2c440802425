import { fileURLToPath } from 'node:url'
import { decidePermission } from '../../src/permissions/decide/decide-permission.js'
import type { PermissionQuestion } from '../../src/permissions/evaluate/question.js'
import type { PolicyStatement } from '../../src/permissions/policy/policy-document.js'
import { processorTime, shortest } from './row.js'

/** What one decision costs. */
export interface DecisionCost {
  readonly perSecond: number
  readonly microsecondsEach: number
}

const ACCOUNT = '123456789012'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/labeling/Annotator`
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b2c3d-0000-4000-8000-00000000feed`
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']

const WINDOWS = 5

/**
 * Measures decisions on a key policy of ten statements, four call paths each, policies given as objects. The compiler
 * works beside the first seconds, and its threads count as time of this process: they are let pass.
 */
export function benchDecisions(milliseconds = 1000): DecisionCost {
  const question = tenStatements()
  decideFor(question, milliseconds)
  const microsecondsEach = shortest(
    Array.from({ length: WINDOWS }, () => decideFor(question, milliseconds / WINDOWS)),
  )
  return { perSecond: Math.round(1_000_000 / microsecondsEach), microsecondsEach }
}

/** Gives the microseconds that one decision takes. */
function decideFor(question: PermissionQuestion, milliseconds: number): number {
  const start = processorTime()
  let decisions = 0
  let elapsed = 0
  while (elapsed < milliseconds * 1_000) {
    for (let index = 0; index < 100; index++) decidePermission(question)
    decisions += 100
    elapsed = processorTime() - start
  }
  return elapsed / decisions
}

function tenStatements(): PermissionQuestion {
  const others = ['KeyKeeper', 'Backup', 'Reporting', 'Ingest', 'Audit'].map(
    (name): PolicyStatement => ({
      Sid: name,
      Effect: 'Allow',
      Principal: {
        AWS: [`arn:aws:iam::${ACCOUNT}:role/${name}`, `arn:aws:iam::${ACCOUNT}:role/ops/${name}`],
      },
      Action: USE,
      Resource: '*',
    }),
  )
  const account = { AWS: `arn:aws:iam::${ACCOUNT}:root` }
  return {
    roleArn: ROLE,
    roleId: 'AROAANNOTATOR0000000',
    keyArn: KEY,
    action: 'kms:Decrypt',
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Delegate', Effect: 'Allow', Principal: account, Action: 'kms:*', Resource: '*' },
        ...others,
        { Sid: 'Use', Effect: 'Allow', Principal: { AWS: ROLE }, Action: USE, Resource: '*' },
        {
          Sid: 'Caller',
          Effect: 'Allow',
          Principal: '*',
          Action: USE,
          Resource: '*',
          Condition: {
            StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
          },
        },
        {
          Sid: 'KeepIn',
          Effect: 'Deny',
          Principal: '*',
          Action: 'kms:*',
          Resource: '*',
          Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/*` } },
        },
        { Sid: 'Stay', Effect: 'Deny', Principal: account, Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
      ],
    },
    identityPolicies: [
      {
        name: 'inline:Keys',
        policy: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY },
        },
      },
    ],
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { perSecond, microsecondsEach } = benchDecisions()
  console.info(`decidePermission: ${perSecond} a second, ${microsecondsEach.toFixed(1)} µs each`)
}
