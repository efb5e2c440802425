import { refusedCall } from '../errors/refused-call.js'
import { isObject } from '../json/json.js'
import { parseArn } from '../names/arn.js'
import { refuseKeysTakenAway } from './keys-taken-away.js'
import { REFUSALS } from './refusals.js'
import { compileRequest } from './request/compile-request.js'
import type { Draft } from './request/draft.js'
import { withoutEmpty } from './request/merge-patch.js'
import type { CreateLabelingJobRequest, RequestDraft } from './request/request.js'
import { PARTS, type Part } from './state.js'

/** Lists the parts that a draft lacks; a request that was read in is judged by the rules instead. */
export function missingParts(draft: Draft): readonly Part[] {
  if (draft.base !== undefined) return []
  const given: Readonly<Record<Part, unknown>> = {
    name: draft.name,
    task: draft.task,
    input: draft.input ?? draft.stream,
    output: draft.output,
    role: draft.role,
    workers: draft.workers,
  }
  return (Object.keys(PARTS) as Part[]).filter((part) => given[part] === undefined)
}

/**
 * Makes the request that AWS is sent, without empty texts and blocks.
 *
 * @throws LabelingJobError `refused-call` when `.raw()` left a volume key behind without automated labeling, or took a key
 * away with the block that it stands in; `region-not-supported`.
 */
export function requestOf(draft: Draft, region: string): CreateLabelingJobRequest {
  const request = withoutEmpty(compileRequest(draft, region))
  const isOurs = draft.patches !== undefined || draft.autoLabeling !== undefined
  if (isOurs && hasVolumeKeyAlone(request)) throw refusedCall('.toRequest', REFUSALS.volumeKeyAlone)
  refuseKeysTakenAway(draft)
  return request as unknown as CreateLabelingJobRequest
}

function hasVolumeKeyAlone(request: RequestDraft): boolean {
  const automated = request['LabelingJobAlgorithmsConfig']
  if (!isObject(automated)) return false
  const resources = automated['LabelingJobResourceConfig']
  const volumeKey = isObject(resources) ? resources['VolumeKmsKeyId'] : undefined
  return (
    volumeKey !== undefined &&
    parseArn(String(automated['LabelingJobAlgorithmSpecificationArn'])) === undefined
  )
}
