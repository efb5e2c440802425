import type { Problem } from '../../errors/problem.js'
import type { Draft } from '../request/draft.js'
import { pathTo } from './config-reader.js'

/** Where a configuration says what a field of the request says. */
const PATHS: readonly (readonly [field: string, path: string])[] = [
  ['LabelingJobName', 'name'],
  ['LabelAttributeName', 'labelAttribute'],
  ['InputConfig.DataSource.S3DataSource.ManifestS3Uri', 'input.manifest'],
  ['InputConfig.DataSource.SnsDataSource.SnsTopicArn', 'stream.topic'],
  ['InputConfig.DataAttributes.ContentClassifiers', 'input.contentClassifiers'],
  ['InputConfig', 'input'],
  ['OutputConfig.S3OutputPath', 'output.folder'],
  ['OutputConfig.KmsKeyId', 'output.key'],
  ['OutputConfig.SnsTopicArn', 'output.topic'],
  ['OutputConfig', 'output'],
  ['RoleArn', 'role'],
  ['LabelCategoryConfigS3Uri', 'task.labels'],
  ['StoppingConditions.MaxHumanLabeledObjectCount', 'stopWhen.humanLabeled'],
  ['StoppingConditions.MaxPercentageOfInputDatasetLabeled', 'stopWhen.percentLabeled'],
  ['StoppingConditions', 'stopWhen'],
  ['LabelingJobAlgorithmsConfig.InitialActiveLearningModelArn', 'autoLabeling.initialModel'],
  ['LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId', 'autoLabeling.key'],
  [
    'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig.SecurityGroupIds',
    'autoLabeling.vpc.securityGroups',
  ],
  ['LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VpcConfig.Subnets', 'autoLabeling.vpc.subnets'],
  ['LabelingJobAlgorithmsConfig', 'autoLabeling'],
  ['HumanTaskConfig.WorkteamArn', 'workers.team'],
  ['HumanTaskConfig.NumberOfHumanWorkersPerDataObject', 'workers.perObject'],
  ['HumanTaskConfig.TaskAvailabilityLifetimeInSeconds', 'workers.availability'],
  ['HumanTaskConfig.MaxConcurrentTaskCount', 'workers.maxConcurrentTasks'],
  ['HumanTaskConfig.PublicWorkforceTaskPrice', 'workers.price'],
  ['HumanTaskConfig.UiConfig.UiTemplateS3Uri', 'task.template'],
  ['HumanTaskConfig.TaskKeywords', 'task.keywords'],
  ['HumanTaskConfig.TaskTitle', 'task.title'],
  ['HumanTaskConfig.TaskDescription', 'task.description'],
  ['HumanTaskConfig.TaskTimeLimitInSeconds', 'task.timeLimit'],
  ['HumanTaskConfig.PreHumanTaskLambdaArn', 'task.preLambda'],
  ['HumanTaskConfig.AnnotationConsolidationConfig', 'task.postLambda'],
  ['HumanTaskConfig', 'task'],
  ['Tags', 'tags'],
]

/** Gives a problem of the request the path that it has in the configuration. */
export function inConfig(problem: Problem, { stream, tags = {} }: Draft): Problem {
  const isStream = stream !== undefined
  const [, tag] = /^Tags\[(\d+)\]/.exec(problem.path) ?? []
  if (tag !== undefined)
    return Object.freeze({ ...problem, path: pathTo('tags', Object.keys(tags)[Number(tag)] ?? tag) })
  const [field, path] = PATHS.find(([start]) => startsWith(problem.path, start)) ?? ['', 'raw']
  const rest = problem.path.slice(field.length)
  const whole = `${path}${rest !== '' && /^\w/.test(rest) ? `.${rest}` : rest}`
  return Object.freeze({ ...problem, path: isStream ? whole.replace(/^input\b/, 'stream') : whole })
}

function startsWith(path: string, start: string): boolean {
  return path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`)
}
