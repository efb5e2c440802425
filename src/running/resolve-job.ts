import type { Aws } from '../aws/aws.js'
import { describeProblem, type Problem } from '../errors/problem.js'
import { refuseOddCreate } from '../job/check-call.js'
import { missingParts, requestOf } from '../job/complete-draft.js'
import { reportEncryption } from '../job/encryption-report.js'
import { findDraftProblems, invalidJob } from '../job/find-draft-problems.js'
import { compareRequests } from '../job/request/compare-requests.js'
import type { Draft } from '../job/request/draft.js'
import { withKeyArns } from '../job/request/with-key-arns.js'
import type { CreateOptions, ResolvedJob, ResolveOptions } from '../job/resolved-job.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { isKeyError, type KeyError } from '../keys/key-error.js'
import { lookUpKey } from '../keys/resolve-key.js'
import type { ResolvedKey } from '../keys/resolved-key.js'
import { makeShown } from '../show/shown.js'
import { sendJob } from './send-job.js'

/** Looks up both keys of a draft at once, checks everything, and gives what AWS will be told. */
export async function resolveJob(
  draft: Draft,
  aws: Aws,
  { fresh = false, signal }: ResolveOptions = {},
): Promise<ResolvedJob> {
  const region = await aws.region()
  const problems = findDraftProblems(draft, missingParts(draft), region)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => code === 'region-not-supported')) throw invalidJob('create', problems)
  const request = requestOf(draft, region)
  const outputKey = request.OutputConfig?.KmsKeyId
  const volumeKey = request.LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId
  const [output, volume] = await Promise.allSettled([
    lookUp(outputKey, aws, { purpose: 'output', fresh, ...(signal && { signal }) }),
    // One answer does for both purposes of a key.
    lookUp(volumeKey, aws, {
      purpose: 'volume',
      fresh: fresh && volumeKey !== outputKey,
      ...(signal && { signal }),
    }),
  ])
  throwAll(problems, errors, [output, volume])
  const keys = {
    ...(output.status === 'fulfilled' && output.value && { output: output.value }),
    ...(volume.status === 'fulfilled' && volume.value && { volume: volume.value }),
  }
  const checked = deepFreeze(withKeyArns(request, { output: keys.output?.arn, volume: keys.volume?.arn }))
  const given = Object.fromEntries(Object.values(keys).map((key) => [key.arn, key.given]))
  const fields = {
    name: checked.LabelingJobName,
    region,
    request: checked,
    keys: Object.freeze(keys),
    warnings: Object.freeze(problems.filter(({ severity }) => severity === 'warning')),
  }
  return makeShown(
    {
      ...fields,
      report: () => reportEncryption(checked, region, given),
      sameAs: (description: object) => {
        const differences = compareRequests(checked, description)
        return Object.freeze({ same: differences.length === 0, differences })
      },
      async create(options: CreateOptions = {}) {
        refuseOddCreate(options)
        return (await sendJob(fields, aws, options)).running
      },
    },
    {
      text: () =>
        [
          `labeling job ${fields.name}, ready for ${region}`,
          ...Object.entries(keys).map(([purpose, { given: name, arn }]) =>
            name === arn ? `  ${purpose} key  ${arn}` : `  ${purpose} key  ${name} (${arn})`,
          ),
          ...fields.warnings.map((warning) => `  warning: ${describeProblem(warning)}`),
        ].join('\n'),
    },
  )
}

async function lookUp(
  key: string | undefined,
  aws: Aws,
  options: Parameters<typeof lookUpKey>[2],
): Promise<ResolvedKey | undefined> {
  return key === undefined ? undefined : lookUpKey(key, aws, options)
}

/** Throws a lone key's error as it is, and everything together when there is more. */
function throwAll(
  problems: readonly Problem[],
  errors: readonly Problem[],
  lookUps: readonly PromiseSettledResult<unknown>[],
): void {
  const failures = lookUps.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  const foreign = failures.find((failure) => !isKeyError(failure))
  if (foreign !== undefined) throw foreign
  if (failures.length === 0 && errors.length === 0) return
  // A key that its rule has already refused is not reported twice.
  const keyErrors = (failures as KeyError[]).filter(
    ({ data }) =>
      !errors.some(({ path }) =>
        path.endsWith(data.purpose === 'volume' ? 'VolumeKmsKeyId' : 'OutputConfig.KmsKeyId'),
      ),
  )
  const [first] = keyErrors
  if (errors.length === 0 && keyErrors.length === 1 && first !== undefined) throw first
  throw invalidJob('create', [...problems, ...keyErrors.map(asProblem)])
}

function asProblem(error: KeyError): Problem {
  const isVolume = error.data.purpose === 'volume'
  return {
    code: error.code,
    severity: 'error',
    call: isVolume ? 'autoLabeling' : 'output',
    path: isVolume
      ? 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId'
      : 'OutputConfig.KmsKeyId',
    what: error.what,
    why: error.why,
    fix: error.fix,
    source: 'KMS, DescribeKey',
  }
}
