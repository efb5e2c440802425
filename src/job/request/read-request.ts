import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { formatValue, isPromise } from '../../errors/format-value.js'
import { LabelingJobError } from '../../errors/labeling-job-error.js'
import type { ProblemsData } from '../../errors/problem.js'
import type { Json, JsonObject } from '../../json/json.js'
import { copyOf, isObject } from '../../json/json.js'
import type { Draft } from './draft.js'
import { withoutEmpty } from './merge-patch.js'

/**
 * Reads a CreateLabelingJob body into a draft; unknown fields survive.
 *
 * @throws LabelingJobError `invalid-job` when it is not an object.
 */
export function draftOfRequest(request: unknown): Draft {
  if (!isObject(request) || isPromise(request)) {
    throw new LabelingJobError({
      code: 'invalid-job',
      what: 'Cannot read a labeling job from a request',
      why: `expected the body of CreateLabelingJob, got ${formatValue(request)}`,
      fix: 'Give the parsed JSON object',
      data: { problems: [], count: 0 } satisfies ProblemsData,
    })
  }
  return { base: copyOf(request) as JsonObject }
}

/** The fields of a request that a description repeats. */
export const REQUEST_FIELDS = [
  'LabelingJobName',
  'LabelAttributeName',
  'InputConfig',
  'OutputConfig',
  'RoleArn',
  'LabelCategoryConfigS3Uri',
  'StoppingConditions',
  'LabelingJobAlgorithmsConfig',
  'HumanTaskConfig',
  'Tags',
] as const

/**
 * Reads a DescribeLabelingJob answer into a draft: the request's fields without the job's state, and without what
 * AWS fills in by itself (empty texts and blocks, the usual concurrency).
 *
 * @throws LabelingJobError `invalid-job` when it is not an object.
 */
export function draftOfDescription(
  description: LabelingJobDescription,
  fields: readonly string[] = REQUEST_FIELDS,
): Draft {
  const { base = {} } = draftOfRequest(description)
  const kept: Record<string, Json> = {}
  for (const field of fields) {
    const value = base[field]
    if (value !== undefined) kept[field] = value
  }
  return { base: withoutServerDefaults(kept) }
}

/**
 * Leaves out of a request what AWS answers although it was never sent; a clone that repeated it would pin AWS's defaults
 * of today.
 */
export function withoutServerDefaults(request: JsonObject): JsonObject {
  const human = request['HumanTaskConfig']
  const isStream = JSON.stringify(request['InputConfig'] ?? null).includes('SnsDataSource')
  const { StoppingConditions: stop, ...rest } = withoutEmpty(request)
  const tidy = { ...rest, ...(!isStream && stop !== undefined && { StoppingConditions: stop }) }
  if (!isObject(human)) return tidy
  const { MaxConcurrentTaskCount: concurrent, TaskAvailabilityLifetimeInSeconds: open, ...work } = human
  return {
    ...tidy,
    HumanTaskConfig: withoutEmpty({
      ...work,
      ...(concurrent !== undefined && concurrent !== 1000 && { MaxConcurrentTaskCount: concurrent }),
      ...(open !== undefined && !isUsualAvailability(human) && { TaskAvailabilityLifetimeInSeconds: open }),
    }),
  }
}

function isUsualAvailability(human: JsonObject): boolean {
  const usual = String(human['WorkteamArn']).includes('/public-crowd/') ? 21_600 : 2_592_000
  return human['TaskAvailabilityLifetimeInSeconds'] === usual
}
