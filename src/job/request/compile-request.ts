import type { JsonObject } from '../../json/json.js'
import { isObject } from '../../json/json.js'
import { algorithmArn, humanTaskUiArn, postLambdaArn, preLambdaArn } from '../../tasks/aws-owned-arns.js'
import type { Task } from '../../tasks/task.js'
import { reviewsLabels } from '../../tasks/task-kinds.js'
import { taskOfLambda } from '../../tasks/task-of-lambda.js'
import { TASK_TABLE, type TaskName, type TaskRow } from '../../tasks/task-table.js'
import { declaredOutputKey, declaredVolumeKey } from './declared-keys.js'
import type { DeclaredKey, Draft } from './draft.js'
import { mergePatch } from './merge-patch.js'
import type { RequestDraft } from './request.js'

/**
 * Makes the request of a draft, whole or not: what was read in, changed by the calls, changed by `.raw()`.
 *
 * @throws LabelingJobError `region-not-supported` for a task whose Lambdas the region does not have.
 */
export function compileRequest(draft: Draft, region: string): RequestDraft {
  const parts = [
    defined({ LabelingJobName: draft.name }),
    taskPart(draft, region),
    inputPart(draft),
    outputPart(draft),
    defined({ RoleArn: draft.role }),
    workersPart(draft),
    autoLabelingPart(draft, region),
    defined({ LabelAttributeName: labelAttributeOf(draft) }),
    stopPart(draft),
    tagsPart(draft),
    ...(draft.patches ?? []),
  ]
  return parts.reduce<JsonObject>(mergePatch, draft.base ?? {})
}

/**
 * The attribute that carries the label: as given, or of the earlier job when this one goes on with its work, or the job's
 * name, with `-ref` where the task needs it.
 */
function labelAttributeOf({ labelAttribute, name, task, base, chain }: Draft): string | undefined {
  if (labelAttribute !== undefined) return labelAttribute
  if (chain?.task !== undefined && chain.task === task?.name && !reviewsLabels(task.name))
    return chain.attribute
  if (base?.['LabelAttributeName'] !== undefined || name === undefined) return undefined
  const needsRef = task !== undefined && TASK_TABLE[task.name].attribute === 'ref'
  return needsRef && !name.endsWith('-ref') ? `${name}-ref` : name
}

function taskPart({ task, workers, base, chain }: Draft, region: string): JsonObject {
  if (task === undefined) return {}
  const row: TaskRow = TASK_TABLE[task.name]
  const pre = row.stem === undefined ? task.preLambda : preLambdaArn(region, row.stem)
  const post = row.stem === undefined ? task.postLambda : postLambdaArn(region, row.stem)
  const ui =
    row.ui === 'template'
      ? { UiTemplateS3Uri: task.template ?? null, HumanTaskUiArn: null }
      : { HumanTaskUiArn: humanTaskUiArn(region, row.ui), UiTemplateS3Uri: null }
  return {
    LabelCategoryConfigS3Uri: task.labels ?? chain?.labels ?? null,
    HumanTaskConfig: {
      UiConfig: ui,
      PreHumanTaskLambdaArn: pre ?? null,
      AnnotationConsolidationConfig: post === undefined ? null : { AnnotationConsolidationLambdaArn: post },
      TaskKeywords: task.keywords ?? null,
      TaskTitle: task.title,
      TaskDescription: task.description,
      TaskTimeLimitInSeconds: task.timeLimit,
      ...(workers?.perObject === undefined && base === undefined && usualWorkers(task)),
    },
  }
}

function usualWorkers(task: Task): JsonObject {
  return { NumberOfHumanWorkersPerDataObject: TASK_TABLE[task.name].usualWorkers }
}

function inputPart({ input, stream }: Draft): JsonObject {
  if (input !== undefined) {
    return {
      InputConfig: {
        DataSource: { S3DataSource: { ManifestS3Uri: input.manifest }, SnsDataSource: null },
        ...(input.contentClassifiers && { DataAttributes: { ContentClassifiers: input.contentClassifiers } }),
      },
    }
  }
  if (stream === undefined) return {}
  return {
    InputConfig: {
      DataSource: {
        SnsDataSource: { SnsTopicArn: stream.topic },
        S3DataSource: stream.manifest === undefined ? null : { ManifestS3Uri: stream.manifest },
      },
    },
  }
}

function outputPart(draft: Draft): JsonObject {
  const { output } = draft
  if (output === undefined) return {}
  return {
    OutputConfig: {
      S3OutputPath: output.uri,
      ...keyField('KmsKeyId', declaredOutputKey(draft)),
      ...defined({ SnsTopicArn: output.topic }),
    },
  }
}

/** Names a key, or takes it away where a key of AWS is meant; a call that says nothing of keys changes none. */
function keyField(field: string, key: DeclaredKey | undefined): JsonObject {
  if (key === undefined) return {}
  return { [field]: key === 'aws-managed' ? null : key.name }
}

function workersPart({ workers }: Draft): JsonObject {
  if (workers === undefined) return {}
  const { team, perObject, availability, maxConcurrentTasks, price } = workers
  return {
    HumanTaskConfig: {
      WorkteamArn: team,
      ...defined({
        NumberOfHumanWorkersPerDataObject: perObject,
        TaskAvailabilityLifetimeInSeconds: availability,
        MaxConcurrentTaskCount: maxConcurrentTasks,
      }),
      ...(price !== undefined && { PublicWorkforceTaskPrice: { AmountInUsd: priceInUsd(price) } }),
    },
  }
}

function autoLabelingPart(draft: Draft, region: string): JsonObject {
  const { autoLabeling, task, base, chain } = draft
  if (autoLabeling === undefined) return {}
  const name = task?.name ?? taskOfRequest(base)
  const { initialModel = chain?.task === name ? chain?.finalModel : undefined, vpc } = autoLabeling
  const row: TaskRow | undefined = name && TASK_TABLE[name]
  const resources = {
    ...keyField('VolumeKmsKeyId', declaredVolumeKey(draft)),
    ...(vpc && { VpcConfig: { SecurityGroupIds: vpc.securityGroups, Subnets: vpc.subnets } }),
  }
  return {
    LabelingJobAlgorithmsConfig: {
      ...(row?.algorithm !== undefined && {
        LabelingJobAlgorithmSpecificationArn: algorithmArn(region, row.algorithm),
      }),
      ...(initialModel !== undefined && { InitialActiveLearningModelArn: initialModel }),
      ...(Object.keys(resources).length > 0 && { LabelingJobResourceConfig: resources }),
    },
  }
}

/** The task of a request or description, told by its function; `undefined` when that is none of AWS's. */
export function taskOfRequest(request: object | undefined): TaskName | undefined {
  const human = (request as RequestDraft | undefined)?.['HumanTaskConfig']
  const lambda = isObject(human) ? human['PreHumanTaskLambdaArn'] : undefined
  return typeof lambda === 'string' ? taskOfLambda(lambda)?.name : undefined
}

function stopPart({ stopWhen }: Draft): JsonObject {
  if (stopWhen === undefined) return {}
  return {
    StoppingConditions: defined({
      MaxHumanLabeledObjectCount: stopWhen.humanLabeled,
      MaxPercentageOfInputDatasetLabeled: stopWhen.percentLabeled,
    }),
  }
}

function tagsPart({ tags, base }: Draft): JsonObject {
  if (tags === undefined) return {}
  const before = base?.['Tags']
  const kept = Array.isArray(before) ? before.filter((tag) => !Object.hasOwn(tags, String(tag?.Key))) : []
  return { Tags: [...kept, ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))] }
}

function defined(fields: Readonly<Record<string, string | number | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/**
 * Splits a price in US dollars, given as text with up to three decimals, into AWS's three integers. Text, not a
 * number: 0.29 as a number splits into 28 cents and 10 tenths. Text that is no price is passed on for the rules
 * to report.
 */
function priceInUsd(price: string): JsonObject {
  const [, dollars, decimals = ''] = /^(\d+)(?:\.(\d{1,3}))?$/.exec(price) ?? []
  if (dollars === undefined) return { Dollars: price }
  const tenths = Number(decimals.padEnd(3, '0'))
  return { Dollars: Number(dollars), Cents: Math.floor(tenths / 10), TenthFractionsOfACent: tenths % 10 }
}
