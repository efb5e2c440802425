import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { parseArn } from '../../names/arn.js'
import { type TaskLambda, taskOfLambda } from '../../tasks/task-of-lambda.js'
import { TASK_TABLE, type TaskName, type TaskRow } from '../../tasks/task-table.js'
import { conditionHolds } from '../authorize/condition-holds.js'
import { AwsFault } from '../world/aws-fault.js'
import { statementsOf, texts } from '../world/policy-document.js'
import type { Call, FakeRole, World } from '../world/world.js'

/**
 * Refuses a well-formed request that CreateLabelingJob refuses all the same: a role that SageMaker cannot assume,
 * parts of other regions, parts that exclude each other, and label attribute names that break the `-ref` rule.
 */
export function checkLabelingRequest(world: World, call: Call, request: CreateLabelingJobRequest): void {
  const role = world.roles.get(request.RoleArn)
  if (role === undefined || !trustsSageMaker(role, call)) {
    throw invalid(
      'The role ARN isn\'t valid. Make sure the role exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".',
    )
  }
  for (const arn of regionalArns(request)) {
    const { region } = parseArn(arn) ?? {}
    if (region !== call.region) {
      throw invalid(
        `${arn} is in ${region}. It must be in the same region as the labeling job, ${call.region}.`,
      )
    }
  }
  const { S3DataSource, SnsDataSource } = request.InputConfig.DataSource
  if (S3DataSource === undefined && SnsDataSource === undefined) {
    throw invalid('You must specify at least one of S3DataSource and SnsDataSource in DataSource.')
  }
  if (SnsDataSource !== undefined && request.LabelingJobAlgorithmsConfig !== undefined) {
    throw invalid('LabelingJobAlgorithmsConfig is not supported for streaming labeling jobs.')
  }
  const { UiTemplateS3Uri, HumanTaskUiArn } = request.HumanTaskConfig.UiConfig
  if ((UiTemplateS3Uri === undefined) === (HumanTaskUiArn === undefined)) {
    throw invalid('You must specify exactly one of UiTemplateS3Uri and HumanTaskUiArn in UiConfig.')
  }
  checkTask(request)
  checkTimes(request)
  checkTags(request)
}

/** The built-in task a request is for, told by its Lambdas; other jobs are custom. */
export function taskOfRequest(request: CreateLabelingJobRequest): TaskName {
  return taskLambdas(request).find((lambda) => lambda.ownedByAws)?.name ?? 'custom'
}

function checkTask(request: CreateLabelingJobRequest): void {
  const lambdas = taskLambdas(request)
  const foreign = lambdas.find((lambda) => !lambda.ownedByAws)
  if (foreign !== undefined) {
    throw invalid(
      `The account ${foreign.account} does not own the Lambda function ${foreign.stem} in ${foreign.region}.`,
    )
  }
  if (new Set(lambdas.map(({ stem }) => stem)).size > 1) {
    throw invalid('PreHumanTaskLambdaArn and AnnotationConsolidationLambdaArn are for different task types.')
  }
  const task = taskOfRequest(request)
  const row: TaskRow = TASK_TABLE[task]
  const isRef = request.LabelAttributeName.endsWith('-ref')
  if (request.LabelAttributeName.endsWith('-metadata')) {
    throw invalid("The value of the LabelAttributeName field must not end with '-metadata'.")
  }
  if (row.attribute === 'ref' && !isRef) {
    throw invalid(
      `The value of the LabelAttributeName field for the ${titled(task)} task type must end with '-ref'.`,
    )
  }
  if (row.attribute === 'plain' && isRef) {
    throw invalid(
      `The value of the LabelAttributeName field for the ${titled(task)} task type must not end with '-ref'.`,
    )
  }
  const algorithm = request.LabelingJobAlgorithmsConfig?.LabelingJobAlgorithmSpecificationArn
  if (algorithm !== undefined && (row.algorithm === undefined || !algorithm.endsWith(`/${row.algorithm}`))) {
    throw invalid(`The algorithm ${algorithm} cannot be used for the ${titled(task)} task type.`)
  }
}

const DAY = 86_400

/** What the model leaves to the service (API reference, HumanTaskConfig); of frames the longest that any page gives. */
function checkTimes(request: CreateLabelingJobRequest): void {
  const { TaskTimeLimitInSeconds: limit, TaskAvailabilityLifetimeInSeconds: lifetime = 0 } =
    request.HumanTaskConfig
  const isOfFrames = TASK_TABLE[taskOfRequest(request)].labelFile === 'frames'
  for (const [name, value, most] of [
    ['TaskTimeLimitInSeconds', limit, isOfFrames ? 30 * DAY : DAY / 3],
    ['TaskAvailabilityLifetimeInSeconds', lifetime, 30 * DAY],
  ] as const)
    if (value > most) throw invalid(`The value of ${name}, ${value}, must not be greater than ${most}.`)
}

function checkTags({ Tags: tags = [] }: CreateLabelingJobRequest): void {
  const keys = tags.map(({ Key }) => Key.toLowerCase())
  if (keys.some((key) => key.startsWith('aws:')))
    throw invalid('aws: prefixed tag key names are not allowed for external use.')
  if (new Set(keys).size < keys.length)
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
}

function taskLambdas({ HumanTaskConfig }: CreateLabelingJobRequest): readonly TaskLambda[] {
  const { PreHumanTaskLambdaArn, AnnotationConsolidationConfig } = HumanTaskConfig
  return [PreHumanTaskLambdaArn, AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn]
    .map((arn) => taskOfLambda(arn ?? ''))
    .filter((lambda) => lambda !== undefined)
}

function regionalArns(request: CreateLabelingJobRequest): readonly string[] {
  const { HumanTaskConfig, InputConfig, OutputConfig, LabelingJobAlgorithmsConfig } = request
  return [
    HumanTaskConfig.WorkteamArn,
    HumanTaskConfig.UiConfig.HumanTaskUiArn,
    HumanTaskConfig.PreHumanTaskLambdaArn,
    HumanTaskConfig.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
    InputConfig.DataSource.SnsDataSource?.SnsTopicArn,
    OutputConfig.SnsTopicArn,
    LabelingJobAlgorithmsConfig?.LabelingJobAlgorithmSpecificationArn,
  ].filter((arn) => arn !== undefined)
}

/** Tells whether a role's trust policy lets SageMaker assume it. */
export function trustsSageMaker(role: FakeRole, call: Call): boolean {
  const context = new Map([['aws:sourceaccount', [call.caller.account]]])
  const speaking = statementsOf(role.trust).filter(
    ({ Action, Principal, Condition }) =>
      texts(Action).some((action) => /^(\*|sts:\*|sts:AssumeRole)$/i.test(action)) &&
      (Principal === '*' ||
        (typeof Principal === 'object' && texts(Principal['Service']).includes('sagemaker.amazonaws.com'))) &&
      conditionHolds(Condition, context),
  )
  const effects = speaking.map(({ Effect }) => Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

function titled(task: TaskName): string {
  return task
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}

function invalid(message: string): AwsFault {
  return new AwsFault('ValidationException', message)
}
