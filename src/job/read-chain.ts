import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { type RefusedCallData, refusedCall } from '../errors/refused-call.js'
import { isObject, type JsonObject } from '../json/json.js'
import { isNameOfAwsKey, type KeyPurpose, type KmsKey, keyFor } from '../names/kms-key.js'
import { taskOfRequest } from './request/compile-request.js'
import { keysOfRequest } from './request/declared-keys.js'
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
  const role = textOf(RoleArn)
  const team = textOf(human?.['WorkteamArn'])
  const labels = textOf(LabelCategoryConfigS3Uri)
  const task = taskOfRequest(description)
  const keys = keysOfRequest(description as JsonObject)
  const [outputKey, volumeKey] = [keyOf('output', keys.output), keyOf('volume', keys.volume)]
  const { base } = draft
  return {
    input: { manifest: outputManifest },
    chain: {
      job: name,
      attribute: textOf(LabelAttributeName) ?? name,
      ...(task && { task }),
      ...(labels && { labels }),
      ...(finalModel && { finalModel }),
      ...(outputKey && { outputKey }),
      ...(volumeKey && { volumeKey }),
    },
    ...(draft.output === undefined && base?.['OutputConfig'] === undefined && uri && { output: { uri } }),
    ...(draft.role === undefined && base?.['RoleArn'] === undefined && role && { role }),
    ...(draft.workers === undefined &&
      base?.['HumanTaskConfig'] === undefined &&
      team && { workers: { team } }),
  }
}

/** Whoever goes on with a job means the keys that it had, unless others are given; those of AWS are nobody's choice. */
function keyOf(purpose: KeyPurpose, name: string | undefined): KmsKey<KeyPurpose> | undefined {
  return name === undefined || isNameOfAwsKey(name) ? undefined : keyFor(purpose, name)
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
