import { isObject, type JsonObject } from '../../json/json.js'
import type { DeclaredKey, Draft } from './draft.js'
import type { RequestDraft } from './request.js'

/** The names of the keys that a request declares, and whether it has automated labeling. */
export interface RequestKeys {
  readonly output: string | undefined
  readonly volume: string | undefined
  readonly isAutomated: boolean
}

/** Where the key of the volumes stands. */
export const VOLUME_KEY_PATH = 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId'

/** Reads the keys out of a request. */
export function keysOfRequest(request: RequestDraft | undefined): RequestKeys {
  const output = partOf(request, 'OutputConfig')
  const automated = partOf(request, 'LabelingJobAlgorithmsConfig')
  return {
    output: textOf(output['KmsKeyId']),
    volume: textOf(partOf(automated, 'LabelingJobResourceConfig')['VolumeKmsKeyId']),
    isAutomated: Object.keys(automated).length > 0,
  }
}

/**
 * The key that the calls on a job give its output: that of `.output()`, or else of the earlier job of a chain.
 * `undefined` where they say nothing: a key of the request that was read in stays.
 */
export function declaredOutputKey({ output, base, chain }: Draft): DeclaredKey | undefined {
  if (output === undefined) return undefined
  return output.key ?? (keysOfRequest(base).output === undefined ? chain?.outputKey : undefined)
}

/** The key that the calls on a job give its volumes, as above. */
export function declaredVolumeKey({ autoLabeling, base, chain }: Draft): DeclaredKey | undefined {
  if (autoLabeling === undefined) return undefined
  return autoLabeling.key ?? (keysOfRequest(base).volume === undefined ? chain?.volumeKey : undefined)
}

function partOf(value: JsonObject | undefined, field: string): JsonObject {
  const part = value?.[field]
  return isObject(part) ? part : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
