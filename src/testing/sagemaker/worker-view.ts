import type { CorsRule } from '../../aws/s3-calls.js'
import { parseS3Uri } from '../../names/s3-uri.js'
import type { World } from '../world/world.js'
import { taskOfRequest } from './check-labeling-request.js'
import { findInputObstacle } from './input-obstacle.js'
import type { InputSource } from './job-keys.js'
import { findPageObstacle } from './page-obstacle.js'
import { type JobInput, readAsRole } from './read-input.js'
import { findRoleObstacle } from './role-obstacle.js'

/** The largest image that Ground Truth takes: 40 MB in AWS's words, which may mean MiB. */
const LARGEST_IMAGE = 40 * 1_024 * 1_024

/** Whether workers can be shown an object and answer, in a job that looks at everything. */
export function canBeShown(world: World, source: InputSource, line: string): boolean {
  const { 'source-ref': address } = JSON.parse(line) as { readonly 'source-ref'?: unknown }
  if (typeof address !== 'string') return true
  const { bucket: name, key } = parseS3Uri(address)
  const bucket = world.buckets.get(name)
  const object = bucket?.objects.get(key)
  if (bucket === undefined || object === undefined || object.size === 0) return false
  const task = taskOfRequest(source.request)
  const isImage = /^(?:image|bounding-box|semantic)/.test(task)
  if (isImage && object.size > LARGEST_IMAGE) return false
  if (typeof readAsRole(world, source, address) === 'object') return false
  return bucket.region === source.region && letsBrowsersLoad(bucket.cors, task)
}

/** A browser lets a page of another address read from a bucket only where a rule of the bucket says so. */
function letsBrowsersLoad(rules: readonly CorsRule[], task: string): boolean {
  const isWrite = /^(?:video-frame|point-cloud)/.test(task)
  const methods = isWrite ? ['GET', 'HEAD', 'PUT'] : ['GET']
  return methods.every((method) =>
    rules.some(
      ({ AllowedOrigins = [], AllowedMethods = [], AllowedHeaders = [] }) =>
        AllowedOrigins.length > 0 &&
        AllowedMethods.includes(method) &&
        (!isWrite || AllowedHeaders.includes('*')),
    ),
  )
}

/** Says why a job that looks at everything cannot begin, as its FailureReason. */
export function findViewObstacle(world: World, source: InputSource, input: JobInput): string | undefined {
  const { InputConfig, HumanTaskConfig, OutputConfig } = source.request
  const manifest = InputConfig.DataSource.S3DataSource?.ManifestS3Uri
  for (const uri of [manifest, OutputConfig.S3OutputPath]) {
    const bucket = uri?.startsWith('s3://') ? world.buckets.get(parseS3Uri(uri).bucket) : undefined
    if (bucket !== undefined && bucket.region !== source.region)
      return `ClientError: The bucket ${bucket.name} is in ${bucket.region}. It must be in the same region as the labeling job, ${source.region}.`
  }
  const why = findInputObstacle(world, source, input) ?? findRoleObstacle(world, source)
  if (why !== undefined) return why
  const [first] = input.lines
  const template = HumanTaskConfig.UiConfig.UiTemplateS3Uri
  return template === undefined
    ? undefined
    : findPageObstacle(world, source, template, { first, labels: input.classes.map(({ label }) => label) })
}
