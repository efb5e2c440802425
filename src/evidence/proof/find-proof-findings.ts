import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import type { Finding } from '../declared/find-findings.js'
import type { FoundVolume } from './find-volumes.js'
import type { ObjectCount, ProvenVolume, Unreadable } from './proof.js'
import type { KnownKeys } from './read-encryption.js'
import type { VolumeStanding } from './volume-standing.js'

type Expected = Pick<KnownKeys, 'expected' | 'expectedAs' | 'expectedUnknown'>

const REPAIR = 'Put them under your key: planReencryption() and reencrypt() of labeling-job/evidence'

/**
 * Tells what is wrong with the objects of a job; pure.
 *
 * @param where For instance `under s3://bucket/folder/`.
 * @param reasons Why objects could not be read.
 */
export function findObjectFindings(
  counts: readonly ObjectCount[],
  where: string,
  { expected, expectedAs }: Expected,
  reasons: readonly string[],
): readonly Finding[] {
  const foreign = counts.filter(({ standing }) => standing === 'another-key')
  const awsKey = sumOf(counts.filter(({ standing }) => standing === 'aws-key'))
  const notKms = sumOf(counts.filter(({ standing }) => standing === 'not-kms'))
  const unreadable = sumOf(counts.filter(({ standing }) => standing === 'unreadable'))
  const parts = [
    ...(awsKey === 0 ? [] : [`${withCommas(awsKey)} under aws/s3`]),
    ...(notKms === 0 ? [] : [`${withCommas(notKms)} under no KMS key`]),
  ]
  return [
    ...(parts.length === 0
      ? []
      : [
          {
            code: 'objects-without-customer-key',
            severity: 'error',
            what: `${objects(awsKey + notKms)} ${where} ${awsKey + notKms === 1 ? 'is' : 'are'} under no key of yours: ${parts.join(', ')}`,
            why: 'nobody but AWS can change who may read them, or take them away',
            fix: REPAIR,
          } as const,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          {
            code: 'objects-under-another-key',
            severity: 'error',
            what: `${objects(sumOf(foreign))} ${where} ${sumOf(foreign) === 1 ? 'is' : 'are'} under another key: ${foreign.map(keyAndCount).join(', ')}`,
            why:
              expected === undefined
                ? 'the job declares no key of yours, and none was expected'
                : expectedAs === undefined
                  ? `the expected key is ${expected}`
                  : `the job declares ${expectedAs}, which stands for ${expected} today, and may have stood for another key when the job ran`,
            fix:
              expected === undefined ? 'Give the key that you expect, as { expect: { outputKey } }' : REPAIR,
          } as const,
        ]),
    ...(unreadable === 0
      ? []
      : [
          {
            code: 'objects-unreadable',
            severity: 'warning',
            what: `which key ${objects(unreadable)} ${where} ${unreadable === 1 ? 'is' : 'are'} under cannot be told`,
            why: someOf(reasons),
            fix: 'Clear what stands in the way, and look again: what cannot be read is never taken for fine',
          } as const,
        ]),
  ]
}

/** Says that the objects could not be listed. */
export function notListedFinding(where: string, why: string): Finding {
  return {
    code: 'objects-unreadable',
    severity: 'warning',
    what: `the objects ${where} could not all be listed`,
    why,
    fix: 'Allow s3:ListBucket on the bucket for the identity that audits, with versions s3:ListBucketVersions',
  }
}

/** Tells what is wrong with the storage volumes that SageMaker was asked for; pure. */
export function findVolumeFindings(
  volumes: readonly VolumeStanding[],
  { expected }: Expected,
): readonly Finding[] {
  const of = (standing: VolumeStanding['standing']) =>
    volumes.filter((each) => each.standing === standing).map(({ volume }) => volume)
  const [without, foreign, unreadable] = [
    of('without-customer-key'),
    of('under-another-key'),
    of('unreadable'),
  ]
  return [
    ...(without.length === 0
      ? []
      : [
          {
            code: 'volume-without-customer-key',
            severity: 'error',
            what: `${jobsWithVolume(without)} had no key of yours for the storage volume`,
            why: 'the data on it was under a key of AWS, whose policy nobody can change',
            fix: 'Give the next job a volume key in .autoLabeling(); the volume itself is gone',
          } as const,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          {
            code: 'volume-under-another-key',
            severity: 'error',
            what: `${jobsWithVolume(foreign)} had the storage volume under another key: ${[...new Set(foreign.map(({ keyArn }) => keyArn))].join(', ')}`,
            why:
              expected === undefined
                ? 'the job declares no volume key of yours, and none was expected'
                : `the expected key is ${expected}`,
            fix: 'Give the next job the expected key in .autoLabeling(), or expect the one that was meant',
          } as const,
        ]),
    ...(unreadable.length === 0
      ? []
      : [
          {
            code: 'volume-unreadable',
            severity: 'warning',
            what: `which key ${jobsWithVolume(unreadable)} had for the storage volume cannot be told`,
            why: someOf(volumes.flatMap(({ why }) => why ?? [])),
            fix: 'Clear what stands in the way, and look again: what cannot be read is never taken for fine',
          } as const,
        ]),
  ]
}

/** Says that training or transform jobs could not all be read. */
export function notReadFinding({ what, why }: Unreadable): Finding {
  return {
    code: 'volume-unreadable',
    severity: 'warning',
    what: `which keys the storage volumes had cannot be told: ${what} could not be read`,
    why,
    fix: 'Allow the identity that audits to list and describe training and transform jobs',
  }
}

/** What speaks for training and inference having happened. */
export interface TracesOfMachines {
  readonly machineLabeled: number
  readonly hasTrainingFolder: boolean
  readonly hasInferenceFolder: boolean
  /** Addresses of models in the output. */
  readonly models: ReadonlySet<string>
}

/** Tells whether training or transform jobs must have been there that are there no more; pure. */
export function findDeletedMachines(
  volumes: readonly Pick<FoundVolume, 'kind' | 'model'>[],
  { machineLabeled, hasTrainingFolder, hasInferenceFolder, models }: TracesOfMachines,
): readonly Finding[] {
  const has = (kind: ProvenVolume['kind']) => volumes.some((volume) => volume.kind === kind)
  const labeled = machineLabeled > 0 ? [`machines labeled ${countOf(machineLabeled, 'object')}`] : []
  const lost = (kind: ProvenVolume['kind'], traces: readonly string[]) =>
    has(kind) || traces.length === 0
      ? []
      : [
          {
            code: 'evidence-may-be-deleted',
            severity: 'warning',
            what: `no ${kind} job names this labeling job, although ${traces.join(' and ')}`,
            why: DELETED_WHY,
            fix: DELETED_FIX,
          } as const,
        ]
  return [
    ...lost('training', [...labeled, ...(hasTrainingFolder ? ['its output has the folder training/'] : [])]),
    ...lost('transform', [
      ...labeled,
      ...(hasInferenceFolder ? ['its output has the folder inference/'] : []),
    ]),
    ...lostTrainings(volumes, models),
  ]
}

/** Where the model of one training job lies in the output, a model that is nobody's there is one of a job that is gone. */
function lostTrainings(
  volumes: readonly Pick<FoundVolume, 'model'>[],
  models: ReadonlySet<string>,
): readonly Finding[] {
  const known = new Set(volumes.flatMap(({ model }) => model ?? []))
  if (![...known].some((model) => models.has(model))) return []
  const orphans = [...models].filter((model) => !known.has(model)).sort()
  if (orphans.length === 0) return []
  return [
    {
      code: 'evidence-may-be-deleted',
      severity: 'warning',
      what: `${countOf(orphans.length, 'training job')} of this labeling job ${orphans.length === 1 ? 'is' : 'are'} not there, although ${orphans.length === 1 ? 'its model is' : 'their models are'}: ${orphans[0]}${orphans.length === 1 ? '' : ` and ${orphans.length - 1} more`}`,
      why: DELETED_WHY,
      fix: DELETED_FIX,
    },
  ]
}

/** Says which training and transform jobs were deleted while they were looked for. */
export function goneFindings(gone: readonly string[]): readonly Finding[] {
  const [first, ...rest] = gone
  if (first === undefined) return []
  const more = rest.length === 0 ? '' : ` and ${rest.length} more`
  return [
    {
      code: 'evidence-may-be-deleted',
      severity: 'warning',
      what: `${first}${more} ran in the time of this labeling job, and ${rest.length === 0 ? 'was' : 'were'} deleted after ${rest.length === 0 ? 'it' : 'they'} had been listed`,
      why: `${DELETED_WHY}; whether ${rest.length === 0 ? 'it was' : 'they were'} of this labeling job cannot be told any more`,
      fix: DELETED_FIX,
    },
  ]
}

const DELETED_WHY = 'a job of SageMaker that was deleted takes with it which key its volume was under'
const DELETED_FIX = 'Look in CloudTrail for who deleted it; a permission boundary or SCP can keep such jobs'

/** Tells whether objects must have been there that are there no more; pure. */
export function findDeletedObjects(
  total: number,
  where: string,
  { manifest, isManifestSeen }: { readonly manifest: string | undefined; readonly isManifestSeen: boolean },
): readonly Finding[] {
  if (total > 0 && (manifest === undefined || isManifestSeen)) return []
  return [
    {
      code: 'evidence-may-be-deleted',
      severity: 'warning',
      what: total === 0 ? `there is no object ${where}` : `the output manifest ${manifest} is not there`,
      why:
        manifest === undefined
          ? 'the job names no output manifest: it may have written nothing, or what it wrote was deleted'
          : 'the job says that it wrote it, so what it wrote was moved or deleted, at least in part',
      fix: 'Look for copies elsewhere: what is not there cannot be proven',
    },
  ]
}

/** Says that a job writes on. */
export function notEndedFinding(status: string): Finding {
  return {
    code: 'job-not-ended',
    severity: 'warning',
    what: `the job is ${status}, so this is what it has written so far`,
    why: 'it writes on, and rewrites its output manifest',
    fix: 'Prove it again when it has ended',
  }
}

function someOf(reasons: readonly string[]): string {
  const [first = 'AWS does not say why', second, ...more] = [...new Set(reasons)]
  return [
    first,
    ...(second === undefined ? [] : [second]),
    ...(more.length === 0 ? [] : [`${more.length} reasons more`]),
  ].join('; ')
}

function sumOf(counts: readonly ObjectCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

function objects(count: number): string {
  return `${withCommas(count)} object${count === 1 ? '' : 's'}`
}

function keyAndCount({ keyArn, count }: ObjectCount): string {
  return `${withCommas(count)} under ${keyArn ?? 'a key that S3 gives no ARN of'}`
}

function jobsWithVolume(volumes: readonly ProvenVolume[]): string {
  const [first, ...rest] = volumes as readonly [ProvenVolume, ...ProvenVolume[]]
  return rest.length === 0
    ? `the ${first.kind} job ${first.arn}`
    : `${rest.length + 1} jobs of automated labeling, for instance the ${first.kind} job ${first.arn},`
}
