import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall } from '../errors/refused-call.js'
import type { JobLike } from '../job/job-like.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { parseArn, partitionOf } from '../names/arn.js'
import { isKmsKeyArn } from '../names/kms-key.js'
import { parseS3Uri, type S3UriText, withoutEndSlashes } from '../names/s3-uri.js'
import type { PolicyDocument, PolicyStatement } from '../permissions/policy/policy-document.js'
import { PASSED_TO_SAGEMAKER } from '../permissions/requirements/role-requirements.js'
import { jobBody } from './job-body.js'
import { refuseNoRegion } from './refuse-options.js'

/** Where the state machine runs, and what a Distributed Map in it reads and writes. */
export interface StateMachinePolicyOptions {
  readonly region: string
  /** The 12 digits of the account. */
  readonly account: string
  /** The name of the state machine; a Distributed Map starts executions of the machine itself. */
  readonly machine?: string
  /** The list of `labelingMap()`. */
  readonly items?: S3UriText
  /** Where `labelingMap()` writes its results. */
  readonly results?: S3UriText
  /** ARNs of the keys that the list and the results are encrypted with. Keys of the jobs are their role's business. */
  readonly keyArns?: readonly string[]
}

/**
 * Gives the IAM policy for the role of a state machine that runs these jobs: it creates, watches and stops them, and
 * hands their roles over. AWS prints none for labeling jobs; this one follows those of training and transform jobs, and
 * the printed one of the Distributed Map. What the jobs themselves need is with `requiredPermissions()`.
 *
 * @throws LabelingJobError `invalid-job` for a job that breaks a rule, `region-not-supported`, and `refused-call` for
 * options that do not go together or do not exist.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 *
 * @example
 * const resolved = await job.resolve(aws)
 * const policy = stateMachinePolicy(resolved, { region: 'us-east-1', account: '111122223333' })
 * console.log(JSON.stringify(policy))
 */
export function stateMachinePolicy(
  jobs: JobLike | readonly JobLike[],
  options: StateMachinePolicyOptions,
): PolicyDocument {
  refuseOddPolicy(options)
  const { region, account } = options
  const unchanged = { name: undefined, manifest: undefined }
  const roles = new Set(
    [jobs].flat().map((job) => jobBody('stateMachinePolicy', job as JobLike, region, unchanged).RoleArn),
  )
  const foreign = [...roles].find((role) => parseArn(role)?.account !== account)
  if (foreign !== undefined)
    throw refuse(
      `account is ${formatValue(account)}, and the role ${foreign} is of another: a role is handed over in its own account only, so give that`,
    )
  if (roles.size === 0) throw refuse('there is no job in the list: give those that the machine runs')
  const partition = partitionOf(region)
  const labelingJobs = `arn:${partition}:sagemaker:${region}:${account}:labeling-job/*`
  return deepFreeze({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'RunLabelingJobs',
        Effect: 'Allow',
        Action: [
          'sagemaker:CreateLabelingJob',
          'sagemaker:DescribeLabelingJob',
          'sagemaker:StopLabelingJob',
          'sagemaker:AddTags',
          'sagemaker:ListTags',
        ],
        Resource: labelingJobs,
      },
      {
        Sid: 'HandOverRoles',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: [...roles].sort(),
        Condition: PASSED_TO_SAGEMAKER,
      },
      {
        // The name of the rule for labeling jobs is on no page; those of the other jobs begin like this.
        Sid: 'HearOfTheirEnd',
        Effect: 'Allow',
        Action: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        Resource: `arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForSageMaker*`,
      },
      ...mapStatements(options, partition),
    ],
  })
}

function mapStatements(
  { region, account, machine, items, results, keyArns = [] }: StateMachinePolicyOptions,
  partition: string,
): readonly PolicyStatement[] {
  if (items === undefined || machine === undefined) return []
  const states = `arn:${partition}:states:${region}:${account}`
  const read = parseS3Uri(items)
  const written = results === undefined ? undefined : parseS3Uri(results)
  return [
    allow('StartChildren', 'states:StartExecution', `${states}:stateMachine:${machine}`),
    allow(
      'WatchChildren',
      ['states:DescribeExecution', 'states:StopExecution'],
      `${states}:execution:${machine}:*`,
    ),
    allow('ReadTheList', 's3:GetObject', `arn:${partition}:s3:::${read.bucket}/${read.key}`),
    ...(written === undefined
      ? []
      : [
          allow(
            'WriteTheResults',
            ['s3:PutObject', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
            `arn:${partition}:s3:::${written.bucket}/${slashed(written.key)}*`,
          ),
        ]),
    ...(keyArns.length === 0
      ? []
      : [allow('UseTheirKeys', ['kms:Decrypt', ...(written ? ['kms:GenerateDataKey'] : [])], keyArns)]),
  ]
}

function allow(
  sid: string,
  action: string | readonly string[],
  resource: string | readonly string[],
): PolicyStatement {
  return { Sid: sid, Effect: 'Allow', Action: action, Resource: resource }
}

function slashed(prefix: string): string {
  const bare = withoutEndSlashes(prefix)
  return bare === '' ? '' : `${bare}/`
}

function refuseOddPolicy(options: StateMachinePolicyOptions): void {
  refuseUnknownOptions({ call: 'stateMachinePolicy', what: 'Cannot call stateMachinePolicy()' }, options, [
    'region',
    'account',
    'machine',
    'items',
    'results',
    'keyArns',
  ])
  const { region, account, machine, items, results, keyArns } = options
  refuseNoRegion('stateMachinePolicy', region)
  if (typeof account !== 'string' || !/^\d{12}$/.test(account))
    throw refuse(`account is ${formatValue(account)}: give its 12 digits`)
  if (machine !== undefined && !(typeof machine === 'string' && /^[\w-]{1,80}$/.test(machine)))
    throw refuse(`machine is ${formatValue(machine)}: give the name of the state machine, not its ARN`)
  if ((items === undefined) !== (machine === undefined))
    throw refuse(
      'a list and a machine go together, as a Distributed Map starts executions of the machine itself: give both, or none',
    )
  if (items === undefined && (results !== undefined || keyArns !== undefined))
    throw refuse('results and keyArns are those of a list: give items as well')
  const wild = [items, results].find((uri) => uri !== undefined && /[*?$]/.test(uri))
  if (wild !== undefined)
    throw refuse(`${formatValue(wild)} would be a pattern in a policy: choose another name`)
  if (keyArns !== undefined && !Array.isArray(keyArns))
    throw refuse(`keyArns is ${formatValue(keyArns)}: give a list of key ARNs`)
  const odd = (keyArns ?? []).find((arn) => !isKmsKeyArn(arn))
  if (odd !== undefined) throw refuse(`${formatValue(odd)} is no key ARN, and IAM matches key ARNs only`)
}

function refuse(why: string) {
  return refusedCall('stateMachinePolicy', why)
}
