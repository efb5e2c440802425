import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCalls } from '../../aws/calls.js'
import { type Look, look } from './look.js'
import type { Subject } from './subject.js'

/** Looks a Lambda function up. */
export function lookUpLambda(
  subject: Subject,
  arn: string,
): Promise<Look<AwsCalls['lambda:GetFunctionConfiguration']['output']>> {
  const what = `Cannot look up the Lambda function ${arn}`
  return look(subject, 'lambda:GetFunctionConfiguration', { FunctionName: arn }, what)
}

/** Whether Lambda said that there is no such function. */
export function isNoFunction(error: unknown): boolean {
  return isAwsError(error, 'ResourceNotFoundException')
}
