import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'
import { partitionOf } from '../names/arn.js'
import {
  ALGORITHM_ACCOUNT,
  HUMAN_TASK_UI_ACCOUNT,
  LAMBDA_ACCOUNTS,
  type LAMBDA_STEMS,
} from './aws-accounts.generated.js'
import type { AlgorithmName, HumanTaskUiName } from './task-table.js'

/** A region for which AWS publishes the ARNs that a built-in task needs. */
export type KnownRegion = keyof typeof LAMBDA_ACCOUNTS

/** What stands after `PRE-` and `ACS-` in the name of a built-in task's Lambda. */
export type LambdaStem = (typeof LAMBDA_STEMS)[number]

/** The regions for which AWS publishes the ARNs of built-in tasks. */
export const KNOWN_REGIONS: readonly KnownRegion[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(LAMBDA_ACCOUNTS) as KnownRegion[],
)

/** Tells whether AWS publishes the ARNs of built-in tasks for a region. */
export function isKnownRegion(region: string): region is KnownRegion {
  return Object.hasOwn(LAMBDA_ACCOUNTS, region)
}

/**
 * Gives the ARN of AWS's Lambda that prepares an object for a built-in task, for instance
 * `arn:aws:lambda:us-east-1:432418664414:function:PRE-BoundingBox`.
 *
 * Source: the texts of `HumanTaskConfig.PreHumanTaskLambdaArn` in the API reference.
 *
 * @throws LabelingJobError `region-not-supported` for a region that AWS lists no such Lambda for.
 */
export function preLambdaArn(region: string, stem: LambdaStem): `arn:aws:lambda:${string}` {
  return lambdaArn(region, `PRE-${stem}`)
}

/**
 * Gives the ARN of AWS's Lambda that consolidates the answers of a built-in task, for instance
 * `arn:aws:lambda:us-east-1:432418664414:function:ACS-BoundingBox`.
 *
 * Source: the texts of `AnnotationConsolidationConfig` in the API reference.
 *
 * @throws LabelingJobError `region-not-supported` for a region that AWS lists no such Lambda for.
 */
export function postLambdaArn(region: string, stem: LambdaStem): `arn:aws:lambda:${string}` {
  return lambdaArn(region, `ACS-${stem}`)
}

/**
 * Gives the ARN of a page that AWS hosts for workers. AWS prints it with a placeholder for the region; that it
 * exists exactly where the Lambdas do is our reading.
 *
 * Source: the texts of `UiConfig.HumanTaskUiArn` in the API reference.
 *
 * @throws LabelingJobError `region-not-supported` for a region outside `KNOWN_REGIONS`.
 */
export function humanTaskUiArn(region: string, name: HumanTaskUiName): `arn:aws:sagemaker:${string}` {
  const known = knownRegion(region, `the worker page ${name}`)
  return `arn:aws:sagemaker:${known}:${HUMAN_TASK_UI_ACCOUNT}:human-task-ui/${name}`
}

/**
 * Gives the ARN of an algorithm of automated labeling. AWS prints it with a placeholder for the region; that it
 * exists exactly where the Lambdas do is our reading.
 *
 * Source: the texts of `LabelingJobAlgorithmsConfig` in the API reference.
 *
 * @throws LabelingJobError `region-not-supported` for a region outside `KNOWN_REGIONS`.
 */
export function algorithmArn(region: string, name: AlgorithmName): `arn:aws:sagemaker:${string}` {
  const known = knownRegion(region, `the algorithm ${name}`)
  return `arn:aws:sagemaker:${known}:${ALGORITHM_ACCOUNT}:labeling-job-algorithm-specification/${name}`
}

function lambdaArn(region: string, name: string): `arn:aws:lambda:${string}` {
  const known = knownRegion(region, `the Lambda ${name}`)
  return `arn:aws:lambda:${known}:${LAMBDA_ACCOUNTS[known]}:function:${name}`
}

function knownRegion(region: string, wanted: string): KnownRegion {
  if (isKnownRegion(region)) return region
  const partition = partitionOf(region)
  const place = partition === 'aws' ? region : `${region} (partition ${partition})`
  throw new LabelingJobError({
    code: 'region-not-supported',
    what: `Cannot name ${wanted} in ${place}`,
    why: `AWS publishes it for ${KNOWN_REGIONS.join(', ')} only, and the account that owns it cannot be guessed`,
    fix: 'Run the job in one of these regions, make the task with custom() and Lambdas of your own, or set the ARN that AWS gave you with .raw()',
    data: { received: region, expected: KNOWN_REGIONS.join(', ') } satisfies RefusedCallData,
  })
}
