import { TASK_TABLE, type TaskName } from '../../tasks/task-table.js'
import type { World } from '../world/world.js'
import { taskOfRequest } from './check-labeling-request.js'
import type { InputSource } from './job-keys.js'
import { type JobInput, readAsRole } from './read-input.js'

/** Says why the manifest or the label file of a job that looks at everything is none for its task. */
export function findInputObstacle(world: World, source: InputSource, input: JobInput): string | undefined {
  const { InputConfig, LabelCategoryConfigS3Uri: categories, LabelingJobAlgorithmsConfig } = source.request
  const task = taskOfRequest(source.request)
  const manifest = InputConfig.DataSource.S3DataSource?.ManifestS3Uri
  if (manifest !== undefined && input.lines.length === 0)
    return `ClientError: The input manifest ${manifest} is empty.`
  const bad = input.lines.findIndex((line) => !isLineFor(task, line))
  if (bad >= 0)
    return `ClientError: Invalid line ${bad + 1} in the input manifest ${manifest}: it is none for ${task}.`
  if (categories === undefined) return undefined
  const text = readAsRole(world, source, categories)
  const isAutomated = LabelingJobAlgorithmsConfig !== undefined
  return typeof text === 'string' && isFileFor(task, text, isAutomated)
    ? undefined
    : `ClientError: The label category configuration file ${categories} is not valid for ${task}.`
}

const ENDINGS: readonly (readonly [task: RegExp, ending: RegExp])[] = [
  [/^(?:image-|bounding-box|semantic-segmentation)/, /\.(?:jpe?g|png)$/i],
  [/^video-classification$/, /\.(?:mp4|ogg|webm)$/i],
  [/^video-frame|tracking/, /\.json$/i],
]

function isLineFor(task: TaskName, line: string): boolean {
  const object: Readonly<Record<string, unknown>> = JSON.parse(line)
  const { source, 'source-ref': address } = object
  if ((source === undefined) === (address === undefined) || line.length > 100_000) return false
  if (Object.keys(object).some((key) => key.startsWith('$'))) return false
  const isText = TASK_TABLE[task].source === 'source'
  if (task === 'custom' || task === 'pass-through') return true
  if (isText) return typeof source === 'string' && source !== ''
  const ending = ENDINGS.find(([name]) => name.test(task))?.[1]
  return (
    typeof address === 'string' &&
    /^s3:\/\/[^/]+\/./.test(address) &&
    (ending === undefined || ending.test(address))
  )
}

function isFileFor(task: TaskName, text: string, isAutomated: boolean): boolean {
  const file: Readonly<Record<string, unknown>> = JSON.parse(text)
  const names = (file['labels'] as readonly { readonly label?: unknown }[]).map(({ label }) => label)
  const form = TASK_TABLE[task].labelFile
  const isOfFrames = (file['documentVersion'] ?? file['document-version']) === '2020-03-01'
  const longest = form === 'frames' ? 16 : 256
  const least = /^(?:image|text)-classification/.test(task) ? 2 : 1
  return (
    isOfFrames === (form === 'frames') &&
    (form === 'entities') === (file['instructions'] !== undefined && !isOfFrames) &&
    names.every((name) => typeof name === 'string' && name !== '' && name.length <= longest) &&
    new Set(names).size === names.length &&
    names.length >= least &&
    names.length <= mostOf(task, isAutomated)
  )
}

function mostOf(task: TaskName, isAutomated: boolean): number {
  if (task === 'semantic-segmentation') return isAutomated ? 20 : Number.POSITIVE_INFINITY
  if (/multi-label$|^bounding-box$/.test(task)) return 50
  return /^(?:video|point)/.test(task) ? 30 : Number.POSITIVE_INFINITY
}
