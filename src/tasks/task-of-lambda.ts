import { parseArn } from '../names/arn.js'
import { LAMBDA_ACCOUNTS } from './aws-accounts.generated.js'
import { isKnownRegion, type LambdaStem } from './aws-owned-arns.js'
import { TASK_NAMES } from './task-kinds.js'
import { TASK_TABLE, type TaskName, type TaskRow } from './task-table.js'

/** What the ARN of a Lambda says, when the function has the name of a built-in task's Lambda. */
export interface TaskLambda {
  /** `pre` prepares an object for the worker (`PRE-…`), `post` consolidates the answers (`ACS-…`). */
  readonly kind: 'pre' | 'post'
  readonly stem: LambdaStem
  readonly name: TaskName
  readonly region: string
  readonly account: string
  /** Whether the account is the one in which AWS keeps these Lambdas in that region. */
  readonly ownedByAws: boolean
}

/** Gives the task whose Lambdas are `PRE-<stem>` and `ACS-<stem>`, or `undefined` when there is none. */
export function taskOfStem(stem: string): TaskName | undefined {
  return TASK_NAMES.find((name) => (TASK_TABLE[name] as TaskRow).stem === stem)
}

/**
 * Reads the ARN of a built-in task's Lambda, or gives `undefined` for any other text. A function of that name in
 * another account is read as well, with `ownedByAws: false`: a mixed-up region or account is to be told, not hidden.
 */
export function taskOfLambda(arn: string): TaskLambda | undefined {
  const parts = parseArn(arn)
  const [, side, stem = ''] = /^function:(PRE|ACS)-(\w+)$/.exec(parts?.resource ?? '') ?? []
  const name = taskOfStem(stem)
  if (parts?.service !== 'lambda' || side === undefined || name === undefined) return undefined
  const { partition, region, account } = parts
  return {
    kind: side === 'PRE' ? 'pre' : 'post',
    stem: stem as LambdaStem,
    name,
    region,
    account,
    ownedByAws: partition === 'aws' && isKnownRegion(region) && LAMBDA_ACCOUNTS[region] === account,
  }
}
