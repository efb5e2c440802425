import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { type RefusedCallData, refusedCall } from '../errors/refused-call.js'
import { isObject, type JsonObject } from '../json/json.js'
import { isAwsManagedAlias, type KeyPurpose, type KmsKey, keyFor } from '../names/kms-key.js'
import { taskOfRequest } from './request/compile-request.js'
import type { Draft } from './request/draft.js'
import type { Outcome } from './running-job.js'

/**
 * Reads out of a job that has ended what the next one takes from it; what the draft says already stays.
 *
 * @throws LabelingJobError `job-not-finished` when the job has no output manifest, or labeled nothing, `refused-call` for what is no outcome.
 */
export function readChain(earlier: Outcome, draft: Draft): Partial<Draft> {
  const { description, name, outputManifest, finalModel, counters } = (earlier ?? {}) as Partial<Outcome>
  if (!isObject(description) || typeof name !== 'string')
    throw refusedCall(
      '.chainFrom',
      `${formatValue(earlier)} is not how a job ended: give the value of running.completed()`,
    )
  if (outputManifest === undefined) throw nothingToChain(earlier, 'it has no output manifest')
  // AWS names the manifest of a job that failed at once as well, though it has not written it.
  if (counters?.labeled === 0) throw nothingToChain(earlier, 'it labeled nothing')
  const { LabelAttributeName, LabelCategoryConfigS3Uri, OutputConfig, RoleArn, HumanTaskConfig } =
    description as JsonObject
  const [output, human] = [OutputConfig, HumanTaskConfig].map((part) => (isObject(part) ? part : {}))
  const uri = textOf(output?.['S3OutputPath'])
  const key = textOf(output?.['KmsKeyId'])
  const role = textOf(RoleArn)
  const team = textOf(human?.['WorkteamArn'])
  const labels = textOf(LabelCategoryConfigS3Uri)
  const task = taskOfRequest(description)
  const volumeKey = volumeKeyOf(description as JsonObject)
  const { base, autoLabeling } = draft
  return {
    input: { manifest: outputManifest },
    chain: {
      job: name,
      attribute: textOf(LabelAttributeName) ?? name,
      ...(task && { task }),
      ...(labels && { labels }),
      ...(finalModel && { finalModel }),
      ...(volumeKey && { volumeKey }),
    },
    ...(autoLabeling && volumeKey && { autoLabeling: { key: volumeKey, ...autoLabeling } }),
    ...(draft.output === undefined &&
      base?.['OutputConfig'] === undefined &&
      uri && { output: { uri, ...(key && !isAwsManagedAlias(key) && { key: keyFor('output', key) }) } }),
    ...(draft.role === undefined && base?.['RoleArn'] === undefined && role && { role }),
    ...(draft.workers === undefined &&
      base?.['HumanTaskConfig'] === undefined &&
      team && { workers: { team } }),
  }
}

/** Whoever goes on with automated labeling means the key that its volumes had, unless another is given. */
function volumeKeyOf({ LabelingJobAlgorithmsConfig }: JsonObject): KmsKey<KeyPurpose> | undefined {
  const automated = isObject(LabelingJobAlgorithmsConfig) ? LabelingJobAlgorithmsConfig : {}
  const { LabelingJobResourceConfig: resources } = automated
  const key = isObject(resources) ? textOf(resources['VolumeKmsKeyId']) : undefined
  return key === undefined || isAwsManagedAlias(key) ? undefined : keyFor('volume', key)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function nothingToChain({ name, outcome }: Outcome, why: string): LabelingJobError {
  return new LabelingJobError({
    code: 'job-not-finished',
    what: `Cannot chain a job from ${name}`,
    why: `${why} (${outcome})`,
    fix: 'Chain from a job that labeled something; of this one, create another',
    data: { call: '.chainFrom', received: outcome } satisfies RefusedCallData,
  })
}
