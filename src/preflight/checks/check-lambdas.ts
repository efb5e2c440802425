import { taskOfLambda } from '../../tasks/task-of-lambda.js'
import { notSeen } from '../look/look.js'
import { isNoFunction, lookUpLambda } from '../look/look-up-lambda.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck } from '../report/check.js'

const PATHS = [
  'HumanTaskConfig.PreHumanTaskLambdaArn',
  'HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn',
]

/** Looks whether the Lambda functions of one's own are there; those of AWS are. */
export async function checkLambdas(subject: Subject): Promise<readonly MadeCheck[]> {
  const named = PATHS.map((path) => subject.text(path)).filter((arn) => arn !== undefined)
  const own = [...new Set(named)].filter((arn) => taskOfLambda(arn)?.ownedByAws !== true)
  return (await Promise.all(own.map((arn) => checkLambda(subject, arn)))).flat()
}

async function checkLambda(subject: Subject, arn: string): Promise<readonly MadeCheck[]> {
  const { found, error } = await lookUpLambda(subject, arn)
  if (error !== undefined && !isNoFunction(error))
    return [notSeen('lambda-allowed', `the Lambda function ${arn}`, error)]
  // Failed is what Lambda calls a function that cannot be made ready; Inactive ones wake up.
  const isBroken = found?.State === 'Failed'
  if (found !== undefined && !isBroken) return []
  return [
    failed('lambda-allowed', {
      what: isBroken ? `the Lambda function ${arn} has failed` : `there is no Lambda function ${arn}`,
      why: 'the job calls it for its objects, or for its answers',
      fix: isBroken ? 'Look at its StateReason in Lambda' : 'Correct the ARN, or make the function',
      owner: 'lambda',
    }),
  ]
}
