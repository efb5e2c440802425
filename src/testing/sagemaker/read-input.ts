import { parseS3Uri } from '../../names/s3-uri.js'
import { judgeResource } from '../authorize/authorize-resource.js'
import { guarded, objectArn } from '../s3/bucket-access.js'
import { findObject } from '../world/read-object.js'
import { sessionOf } from '../world/role-session.js'
import type { StoredObject } from '../world/stored-object.js'
import type { World } from '../world/world.js'
import { findKeyRefusal, type InputSource } from './job-keys.js'

/** What a job works on: the lines of its manifest and the classes that workers choose from. */
export interface JobInput {
  readonly lines: readonly string[]
  readonly classes: readonly LabelClass[]
}

/** One class of the label category file. */
export interface LabelClass {
  readonly label: string
  readonly shortDisplayName: string
}

/** Reads a job's manifest and label category file as its role; a text says why that cannot be done. */
export function readInput(world: World, source: InputSource): JobInput | string {
  const { InputConfig, LabelCategoryConfigS3Uri, OutputConfig } = source.request
  const outputBucket = world.buckets.get(parseS3Uri(s3Address(OutputConfig.S3OutputPath)).bucket)
  if (outputBucket?.region !== source.region) {
    return `ClientError: Unable to write to ${OutputConfig.S3OutputPath}: the bucket does not exist in ${source.region}.`
  }
  const manifestUri = InputConfig.DataSource.S3DataSource?.ManifestS3Uri
  const manifest = manifestUri === undefined ? '' : readAsRole(world, source, manifestUri)
  if (typeof manifest === 'object')
    return `ClientError: Unable to read the input manifest ${manifestUri}: ${manifest.why}`
  const lines = manifest.split(/\r?\n/).filter((line) => line.trim() !== '')
  const bad = lines.findIndex((line) => !isManifestLine(line))
  if (bad >= 0) {
    return `ClientError: Invalid line ${bad + 1} in the input manifest ${manifestUri}: it must be a JSON object with "source" or "source-ref".`
  }
  if (LabelCategoryConfigS3Uri === undefined) return { lines, classes: CLASSES }
  const categories = readAsRole(world, source, LabelCategoryConfigS3Uri)
  if (typeof categories === 'object') {
    return `ClientError: Unable to read the label category configuration file ${LabelCategoryConfigS3Uri}: ${categories.why}`
  }
  const classes = classesIn(categories)
  return classes === undefined
    ? `ClientError: The label category configuration file ${LabelCategoryConfigS3Uri} has no labels.`
    : { lines, classes }
}

const CLASSES: readonly LabelClass[] = ['first', 'second'].map((label) => ({
  label,
  shortDisplayName: label,
}))

/** Reads an object as the role of a job does, or says why it cannot. */
export function readAsRole(
  world: World,
  source: InputSource,
  uri: string,
): string | { readonly why: string } {
  const address = s3Address(uri)
  const object = findObject(world, address)
  if (object === undefined) return { why: 'The specified key does not exist.' }
  const why =
    findS3Refusal(world, source, address) ??
    findClosed(object) ??
    (object.encryption.kind === 'kms' || object.encryption.kind === 'dsse'
      ? findKeyRefusal(world, source, 'kms:Decrypt', object.encryption.keyArn, world.clock.now())
      : undefined)
  return why === undefined ? new TextDecoder().decode(object.body()) : { why }
}

/** What nobody may read, whatever they are allowed. */
function findClosed({ isArchived, encryption }: StoredObject): string | undefined {
  if (isArchived) return "The operation is not valid for the object's storage class"
  return encryption.kind === 'customer-provided'
    ? 'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.'
    : undefined
}

/** The `s3://` form of an address that may be `https://bucket.s3.region.amazonaws.com/key`. */
export function s3Address(uri: string): string {
  if (!uri.startsWith('https://')) return uri
  const [host = '', ...key] = uri.slice('https://'.length).split('/')
  const end = host.indexOf('.s3')
  return end > 0 && key.length > 0 ? `s3://${host.slice(0, end)}/${key.join('/')}` : uri
}

/** Bucket permissions of the role count in a strict fake, and where jobs look at everything. */
function findS3Refusal(world: World, { request }: InputSource, uri: string): string | undefined {
  const { bucket: name, key } = parseS3Uri(uri)
  const bucket = world.buckets.get(name)
  if (bucket === undefined || !(world.strict || world.labeling.looksAt === 'everything')) return undefined
  const call = { caller: sessionOf(world, request.RoleArn), at: world.clock.now() }
  const object = guarded(bucket, objectArn(world, bucket, key))
  const { allowed, because } = judgeResource(world, call, 's3:GetObject', object)
  return allowed
    ? undefined
    : `User: ${call.caller.arn} is not authorized to perform: s3:GetObject on resource: ${object.arn} ${because}`
}

function isManifestLine(line: string): boolean {
  try {
    const parsed: unknown = JSON.parse(line)
    return typeof parsed === 'object' && parsed !== null && ('source' in parsed || 'source-ref' in parsed)
  } catch {
    return false
  }
}

function classesIn(categories: string): readonly LabelClass[] | undefined {
  try {
    const { labels } = JSON.parse(categories) as { labels?: readonly Partial<LabelClass>[] }
    const classes = (labels ?? []).map(({ label = '', shortDisplayName = label }) => ({
      label,
      shortDisplayName,
    }))
    return classes.length === 0 ? undefined : classes
  } catch {
    return undefined
  }
}
