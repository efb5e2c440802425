import { isObject, type Json, type JsonObject } from '../../json/json.js'
import { parseArn } from '../../names/arn.js'
import { withoutEmpty } from './merge-patch.js'
import { draftOfDescription, REQUEST_FIELDS, withoutServerDefaults } from './read-request.js'
import type { CreateLabelingJobRequest } from './request.js'

/** A field in which a job that exists is another than the one that was to be created. */
export interface Difference {
  /** The field of CreateLabelingJob, for instance `OutputConfig.KmsKeyId`; of a tag, `Tags.` and its key. */
  readonly path: string
  /** What would be sent; `undefined` when nothing. */
  readonly wanted: unknown
  /** What the job that exists has; `undefined` when nothing. */
  readonly found: unknown
}

/**
 * Compares what would be sent with AWS's description of a job, after taking out of both what AWS fills in by itself.
 * Names are compared without regard to case, as AWS does; words and network parts without regard to their order; keys
 * by their id. Tags that were added to the job are passed over: they may be added at any time, and change no label.
 *
 * @throws LabelingJobError `invalid-job` when the description is not an object.
 */
export function compareRequests(
  wanted: CreateLabelingJobRequest,
  description: object,
): readonly Difference[] {
  const sent = withoutServerDefaults(withoutEmpty(wanted as unknown as JsonObject))
  const found = draftOfDescription(description, [...REQUEST_FIELDS, ...Object.keys(sent)]).base ?? {}
  const place = parseArn(String((description as { readonly LabelingJobArn?: unknown }).LabelingJobArn))
  const [left, right] = [sent, found].map((request) => comparable(request, place)) as [JsonObject, JsonObject]
  const differences = differencesOf('', left, right).map((each) => Object.freeze(each))
  return Object.freeze(differences.sort((one, other) => (one.path < other.path ? -1 : 1)))
}

function differencesOf(path: string, wanted: Json | undefined, found: Json | undefined): Difference[] {
  if (isObject(wanted) && isObject(found)) {
    return [...new Set([...Object.keys(wanted), ...Object.keys(found)])].flatMap((field) =>
      path === 'Tags' && !Object.hasOwn(wanted, field)
        ? []
        : differencesOf(path === '' ? field : `${path}.${field}`, own(wanted, field), own(found, field)),
    )
  }
  if (path === 'LabelingJobName' && String(wanted).toLowerCase() === String(found).toLowerCase()) return []
  // Tags that were added to a job without any.
  if (path === 'Tags' && wanted === undefined) return []
  return JSON.stringify(wanted) === JSON.stringify(found) ? [] : [{ path, wanted, found }]
}

function own(value: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(value, field) ? value[field] : undefined
}

/** Puts what has no order of its own into one, tags under their keys, and keys under their ARNs. */
function comparable(request: JsonObject, place: ReturnType<typeof parseArn>): JsonObject {
  const { Tags: tags, ...rest } = request
  const given = Array.isArray(tags) ? tags.filter(isObject) : []
  return {
    ...(inOrder(withArnsOfKeyIds(withWholePrice(withoutStopAtAll(rest)), place)) as JsonObject),
    ...(given.length > 0 && {
      Tags: Object.fromEntries(given.map(({ Key, Value }) => [String(Key), String(Value ?? '')])),
    }),
  }
}

function inOrder(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return [...value].sort((one, other) => (String(one) < String(other) ? -1 : 1))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, inOrder(inner)]))
}

// Three numbers make one price, and a zero may be left out.
function withWholePrice(request: JsonObject): JsonObject {
  const human = request['HumanTaskConfig']
  const price = isObject(human) ? human['PublicWorkforceTaskPrice'] : undefined
  const amount = isObject(price) ? price['AmountInUsd'] : undefined
  if (!isObject(human) || !isObject(amount)) return request
  const whole = { Dollars: 0, Cents: 0, TenthFractionsOfACent: 0, ...amount }
  return { ...request, HumanTaskConfig: { ...human, PublicWorkforceTaskPrice: { AmountInUsd: whole } } }
}

// AWS describes a job that was sent without conditions as one that stops when everything is labeled.
function withoutStopAtAll(request: JsonObject): JsonObject {
  const { StoppingConditions: stop, ...rest } = request
  return JSON.stringify(stop) === '{"MaxPercentageOfInputDatasetLabeled":100}' ? rest : request
}

/** Writes keys that are named by their id as the ARN of that key in the account and region of the job. */
function withArnsOfKeyIds(request: JsonObject, place: ReturnType<typeof parseArn>): JsonObject {
  if (place === undefined) return request
  const { partition, region, account } = place
  const arnOf = (value: Json | undefined) =>
    typeof value === 'string' && /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(value)
      ? `arn:${partition}:kms:${region}:${account}:key/${value}`
      : value
  const named = (value: Json | undefined): Json | undefined => {
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [
        field,
        field === 'KmsKeyId' || field === 'VolumeKmsKeyId' ? arnOf(inner) : named(inner),
      ]),
    )
  }
  return named(request) as JsonObject
}
