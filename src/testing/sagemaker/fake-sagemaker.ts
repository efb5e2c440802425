import type {
  ListLabelingJobsCommandInput,
  ListLabelingJobsForWorkteamCommandInput,
} from '@aws-sdk/client-sagemaker'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import { authorize, type ExtraContext } from '../authorize/authorize.js'
import { AwsFault } from '../world/aws-fault.js'
import { page, pageSize } from '../world/page.js'
import type { Call, FakeJob, Operations, World } from '../world/world.js'
import { checkLabelingRequest } from './check-labeling-request.js'
import { checkListRequest } from './check-list-request.js'
import { checkNamedThings } from './check-named-things.js'
import { checkRequestShape } from './check-request-shape.js'
import { describeRun } from './describe-run.js'
import { MODEL_JOBS } from './fake-model-jobs.js'
import { WORKFORCE } from './fake-workforce.js'
import { isWithin } from './is-within.js'
import { LabelingRun } from './labeling-run.js'
import { TAGS } from './tags.js'

/** The labeling jobs of the fake; they go on as its clock moves. */
export const SAGEMAKER: Operations = {
  CreateLabelingJob: createLabelingJob,
  DescribeLabelingJob: describeLabelingJob,
  ListLabelingJobs: listLabelingJobs,
  StopLabelingJob: stopLabelingJob,
  ListLabelingJobsForWorkteam: listForWorkteam,
  ...MODEL_JOBS,
  ...WORKFORCE,
  ...TAGS,
}

function createLabelingJob(world: World, call: Call, request: CreateLabelingJobRequest) {
  checkRequestShape(request)
  const arn = jobArn(world, call, request.LabelingJobName)
  authorize(world, call, 'sagemaker:CreateLabelingJob', arn, creationContext(request))
  authorize(world, call, 'iam:PassRole', request.RoleArn, {
    'iam:PassedToService': 'sagemaker.amazonaws.com',
  })
  if (world.jobs.has(arn)) {
    throw new AwsFault('ResourceInUse', `Labeling job name ${request.LabelingJobName} is already in use.`)
  }
  checkLabelingRequest(world, call, request)
  if (world.labeling.looksAt === 'everything') checkNamedThings(world, request)
  // Names are kept for ever and compared without regard to case; the ARN is lower-case.
  world.jobs.set(arn, new LabelingRun(world, arn, structuredClone(request), call.at))
  call.wrote()
  return { LabelingJobArn: arn }
}

/** The condition keys that guard the creation of a job (service authorization reference, CreateLabelingJob). */
function creationContext(request: CreateLabelingJobRequest): ExtraContext {
  const { WorkteamArn } = request.HumanTaskConfig
  const crowd = /:workteam\/([a-z-]+)\//.exec(WorkteamArn)?.[1]
  const volumeKey = request.LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
  const tags = request.Tags ?? []
  return {
    'sagemaker:WorkteamArn': WorkteamArn,
    ...(crowd !== undefined && { 'sagemaker:WorkteamType': crowd }),
    ...(request.OutputConfig.KmsKeyId && { 'sagemaker:OutputKmsKeyArn': request.OutputConfig.KmsKeyId }),
    ...(volumeKey && { 'sagemaker:VolumeKmsKeyArn': volumeKey }),
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map(({ Key }) => Key) }),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  }
}

function describeLabelingJob(world: World, call: Call, input: { readonly LabelingJobName?: string }) {
  return describeRun(runNamed(world, call, input.LabelingJobName, 'sagemaker:DescribeLabelingJob'))
}

function stopLabelingJob(world: World, call: Call, input: { readonly LabelingJobName?: string }) {
  const run = runNamed(world, call, input.LabelingJobName, 'sagemaker:StopLabelingJob')
  if (!run.stop(call.at)) {
    throw new AwsFault(
      'ValidationException',
      `The labeling job ${run.request.LabelingJobName} cannot be stopped: its status is ${run.status}.`,
    )
  }
  call.wrote()
  return {}
}

function listLabelingJobs(world: World, call: Call, input: ListLabelingJobsCommandInput) {
  authorize(world, call, 'sagemaker:ListLabelingJobs', '*')
  checkListRequest(input)
  const here = jobArn(world, call, '')
  const { NameContains = '', StatusEquals, SortBy = 'CreationTime', SortOrder = 'Ascending' } = input
  const sortKey = (run: FakeJob) =>
    ({
      Name: run.request.LabelingJobName.toLowerCase(),
      Status: run.status,
      CreationTime: run.createdAt.toISOString(),
    })[SortBy]
  const found = [...world.jobs.values()]
    .filter(
      (run) =>
        run.arn.startsWith(here) &&
        run.request.LabelingJobName.includes(NameContains) &&
        (StatusEquals === undefined || run.status === StatusEquals) &&
        isWithin(run.createdAt, input.CreationTimeAfter, input.CreationTimeBefore) &&
        isWithin(run.modifiedAt, input.LastModifiedTimeAfter, input.LastModifiedTimeBefore),
    )
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : sortKey(one) > sortKey(other) ? 1 : 0))
  if (SortOrder === 'Descending') found.reverse()
  const size = Math.min(pageSize(input.MaxResults), world.pageSize)
  const { shown, next } = page(found, size, input.NextToken, 'ValidationException')
  return { LabelingJobSummaryList: shown.map(summary), ...(next !== undefined && { NextToken: next }) }
}

/** Lists the jobs of a work team, as whoever may be of another account than the jobs sees them: without their names. */
function listForWorkteam(world: World, call: Call, input: ListLabelingJobsForWorkteamCommandInput) {
  authorize(world, call, 'sagemaker:ListLabelingJobsForWorkteam', input.WorkteamArn ?? '')
  const found = [...world.jobs.values()]
    .filter(
      ({ request, referenceCode, createdAt }) =>
        request.HumanTaskConfig.WorkteamArn === input.WorkteamArn &&
        referenceCode.includes(input.JobReferenceCodeContains ?? '') &&
        isWithin(createdAt, input.CreationTimeAfter, input.CreationTimeBefore),
    )
    .sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  if (input.SortOrder === 'Descending') found.reverse()
  const size = Math.min(pageSize(input.MaxResults), world.pageSize)
  const { shown, next } = page(found, size, input.NextToken, 'ValidationException')
  const LabelingJobSummaryList = shown.map((run) => {
    const { HumanLabeled, TotalLabeled = 0, Unlabeled = 0 } = run.counters()
    return {
      JobReferenceCode: run.referenceCode,
      WorkRequesterAccountId: run.arn.split(':')[4],
      CreationTime: run.createdAt,
      LabelCounters: { HumanLabeled, PendingHuman: Unlabeled, Total: TotalLabeled + Unlabeled },
      NumberOfHumanWorkersPerDataObject: run.request.HumanTaskConfig.NumberOfHumanWorkersPerDataObject,
    }
  })
  return { LabelingJobSummaryList, ...(next !== undefined && { NextToken: next }) }
}

function runNamed(world: World, call: Call, name: string | undefined, action: string): FakeJob {
  const arn = jobArn(world, call, name ?? '')
  authorize(world, call, action, arn)
  const run = world.jobs.get(arn)
  if (run === undefined) {
    throw new AwsFault('ResourceNotFound', `The labeling job ${name} does not exist.`)
  }
  return run
}

function summary(run: FakeJob) {
  const description = describeRun(run)
  const { HumanTaskConfig, LabelingJobAlgorithmsConfig: algorithm, FailureReason } = description
  return {
    LabelingJobName: description.LabelingJobName,
    LabelingJobArn: description.LabelingJobArn,
    CreationTime: description.CreationTime,
    LastModifiedTime: description.LastModifiedTime,
    LabelingJobStatus: description.LabelingJobStatus,
    LabelCounters: description.LabelCounters,
    WorkteamArn: HumanTaskConfig.WorkteamArn,
    InputConfig: description.InputConfig,
    ...(HumanTaskConfig.PreHumanTaskLambdaArn !== undefined && {
      PreHumanTaskLambdaArn: HumanTaskConfig.PreHumanTaskLambdaArn,
    }),
    ...(HumanTaskConfig.AnnotationConsolidationConfig !== undefined && {
      AnnotationConsolidationLambdaArn:
        HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn,
    }),
    ...(FailureReason !== undefined && { FailureReason }),
    ...(description.LabelingJobOutput !== undefined && { LabelingJobOutput: description.LabelingJobOutput }),
    ...(algorithm !== undefined && {
      LabelingJobAlgorithmSpecificationArn: algorithm.LabelingJobAlgorithmSpecificationArn,
    }),
  }
}

function jobArn(world: World, call: Call, name: string): string {
  return `arn:${world.partition}:sagemaker:${call.region}:${call.caller.account}:labeling-job/${name.toLowerCase()}`
}
