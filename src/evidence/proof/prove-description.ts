import type { Aws, CallOptions } from '../../aws/aws.js'
import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { parseArn } from '../../names/arn.js'
import { type DeclaredKeys, declaredKey } from '../declared/declared-keys.js'
import type { ExpectedKeys } from '../declared/expected-keys.js'
import { findDeclaredFindings } from '../declared/find-declared-findings.js'
import type { Finding } from '../declared/find-findings.js'
import type { AwsKey } from './aws-key.js'
import {
  findDeletedMachines,
  findDeletedObjects,
  findObjectFindings,
  findVolumeFindings,
  goneFindings,
  notEndedFinding,
  notListedFinding,
  notReadFinding,
} from './find-proof-findings.js'
import { type FoundVolume, type FoundVolumes, findVolumes } from './find-volumes.js'
import { expectedKeyOf } from './known-keys.js'
import { whatIsNotProven } from './not-proven.js'
import { manifestIn, outputFolder } from './output-folder.js'
import {
  hasEnded,
  type ObjectCount,
  type Proof,
  type ProofData,
  type ProofOptions,
  type ProvenObject,
  type Unreadable,
} from './proof.js'
import { type ProvenObjects, proveObjects } from './prove-objects.js'
import type { KnownKeys } from './read-encryption.js'
import { makeProof } from './show-proof.js'
import { standingOfVolume, type VolumeStanding } from './volume-standing.js'

/** What the proof of a job takes for known. */
export interface ProofContext {
  readonly description: LabelingJobDescription
  readonly declared: DeclaredKeys
  readonly expected: ExpectedKeys
  readonly awsKey: AwsKey
}

/** Proves a job of which AWS's description is there. */
export async function proveDescription(
  { description, declared, expected, awsKey }: ProofContext,
  aws: Aws,
  options: ProofOptions,
): Promise<Proof> {
  const { versions = false, signal } = options
  const at = aws.clock.now().toISOString()
  const arn = description.LabelingJobArn ?? ''
  const status = description.LabelingJobStatus ?? 'Initializing'
  const soFar = !hasEnded(status)
  const outputKey = expectedKeyOf(expected.output, declared.output)
  const volumeKey = expectedKeyOf(expected.volume, declared.volume)
  const folder = outputFolder(description)
  const [found, machines] = await Promise.all([
    folder &&
      proveObjects(
        folder,
        { ...outputKey, ...(awsKey.arn !== undefined && { awsKey: awsKey.arn }) },
        ['training/', 'inference/', ...([manifestIn(folder, description)].filter(Boolean) as string[])],
        aws,
        options,
      ),
    declared.autoLabeling ? volumesOf(description, volumeKey, aws, signal ? { signal } : {}) : NO_MACHINES,
  ])
  const place = folder === undefined ? '' : `s3://${folder.bucket}/${folder.prefix}`
  const where = `under ${place}`
  const counts = found?.tally.counts() ?? []
  const proofFindings: readonly Finding[] = [
    ...(soFar ? [notEndedFinding(status)] : []),
    ...findObjectFindings(
      counts,
      where,
      outputKey,
      (found?.tally.unreadable() ?? []).map(({ why }) => why),
    ),
    ...(found?.notListed ? [notListedFinding(where, found.notListed.why)] : []),
    ...findVolumeFindings(machines.volumes, volumeKey),
    ...machines.unreadable.map(notReadFinding),
    ...goneFindings(machines.gone),
    // What a job that runs has not written yet was deleted by nobody.
    ...(soFar || found === undefined || found.notListed ? [] : deletedObjects(found, place, description)),
    ...(!soFar && declared.autoLabeling && machines.unreadable.length === 0
      ? findDeletedMachines(machines.found, {
          machineLabeled: description.LabelCounters?.MachineLabeled ?? 0,
          hasTrainingFolder: found?.seen.has('training/') ?? false,
          hasInferenceFolder: found?.seen.has('inference/') ?? false,
          models: found?.models ?? new Set(),
        })
      : []),
  ]
  const unreadable: readonly Unreadable[] = [
    ...(folder === undefined
      ? [{ what: 'the output', why: 'the job names no folder that it writes to' }]
      : []),
    ...(found?.notListed ? [found.notListed] : []),
    ...manifestElsewhere(place, description),
    ...(found?.tally.unreadable() ?? []),
    ...machines.unreadable,
    ...machines.volumes.flatMap(({ volume, why }) => (why === undefined ? [] : [{ what: volume.arn, why }])),
    ...(awsKey.why !== undefined && isAwsKeyInQuestion(counts, { declared, expected })
      ? [{ what: 'which key is aws/s3: objects under it count as under another key', why: awsKey.why }]
      : []),
  ]
  const ok = !soFar && unreadable.length === 0 && proofFindings.length === 0
  return makeProof({
    ok,
    job: description.LabelingJobName ?? '',
    arn,
    soFar,
    at,
    declared: namesOf(description),
    objects: counts,
    volumes: machines.volumes.map(({ volume }) => volume),
    exceptions: sorted(found?.tally.exceptions ?? []),
    findings: [
      ...findDeclaredFindings({ declared, expected }, ok ? outputKey.expected : undefined),
      ...proofFindings,
    ],
    notProven: whatIsNotProven(description, { region: await aws.region(), versions }),
    unreadable,
  })
}

/** AWS may name a manifest that is not in the folder of the job. */
function manifestElsewhere(
  place: string,
  { LabelingJobOutput }: LabelingJobDescription,
): readonly Unreadable[] {
  const manifest = LabelingJobOutput?.OutputDatasetS3Uri
  return !manifest || place === '' || manifest.startsWith(place)
    ? []
    : [{ what: manifest, why: 'it lies outside the folder of the job, which was looked at' }]
}

/** The training and transform jobs of a labeling job, and how the keys of their volumes stand. */
interface Machines extends Omit<FoundVolumes, 'volumes'> {
  readonly volumes: readonly VolumeStanding[]
  readonly found: readonly FoundVolume[]
}

const NO_MACHINES: Machines = { volumes: [], found: [], unreadable: [], gone: [] }

async function volumesOf(
  description: LabelingJobDescription,
  expected: Pick<KnownKeys, 'expected' | 'expectedUnknown'>,
  aws: Aws,
  options: CallOptions,
): Promise<Machines> {
  const { volumes, unreadable, gone } = await findVolumes(description, aws, options)
  const account = parseArn(description.LabelingJobArn ?? '')?.account
  return {
    volumes: await Promise.all(
      volumes.map((volume) => standingOfVolume(volume, expected, account, aws, options)),
    ),
    found: volumes,
    unreadable,
    gone,
  }
}

function deletedObjects(
  { tally, seen }: ProvenObjects,
  place: string,
  description: LabelingJobDescription,
): readonly Finding[] {
  const manifest = description.LabelingJobOutput?.OutputDatasetS3Uri || undefined
  const isElsewhere = manifest !== undefined && !manifest.startsWith(place)
  const isManifestSeen = manifest === undefined || isElsewhere || seen.has(manifest.slice(place.length))
  return findDeletedObjects(tally.total, `under ${place}`, { manifest, isManifestSeen })
}

/** Where every key is known to be the customer's, it need not be known which is AWS's. */
function isAwsKeyInQuestion(
  counts: readonly ObjectCount[],
  { declared, expected }: Pick<ProofContext, 'declared' | 'expected'>,
): boolean {
  const isExpectedInQuestion =
    expected.output === undefined && declared.output?.key.standing === 'unreadable' && counts.length > 0
  return isExpectedInQuestion || counts.some(({ standing }) => standing === 'another-key')
}

function namesOf(description: LabelingJobDescription): ProofData['declared'] {
  const [outputKey, volumeKey] = [declaredKey(description, 'output'), declaredKey(description, 'volume')]
  return { ...(outputKey && { outputKey }), ...(volumeKey && { volumeKey }) }
}

function sorted(objects: readonly ProvenObject[]): readonly ProvenObject[] {
  const name = ({ uri, versionId = '' }: ProvenObject) => `${uri} ${versionId}`
  return [...objects].sort((one, other) => (name(one) < name(other) ? -1 : 1))
}
