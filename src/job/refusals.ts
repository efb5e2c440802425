import { LabelingJobError } from '../errors/labeling-job-error.js'
import type { RefusedCallData } from '../errors/refused-call.js'

/**
 * The sentences that say why a call is refused. Types and run time read the same constants, so that a caller
 * without a type checker gets the words the compiler would have shown. Those of a task stand after its name.
 */
export const REFUSALS = {
  secondSource:
    'the data source is already set: start from a job without it to read another manifest or stream',
  streamWithAutoLabeling: 'automated labeling reads a manifest: use .input(), or leave .autoLabeling() out',
  streamWithStopWhen: 'a stream ignores stopping conditions: use .input(), or leave .stopWhen() out',
  stopWhenEmpty: 'there is no condition: give humanLabeled or percentLabeled, or leave .stopWhen() out',
  rawCyclic: 'the patch holds itself, or what JSON has no form for: give plain data',
  autoLabelingOnStream: 'automated labeling reads a manifest, not a stream: start from a job with .input()',
  stopWhenOnStream: 'a stream ignores stopping conditions: stop the job with running.stop() instead',
  noAutoLabeling:
    'has no automated labeling: only imageClassification, boundingBox, semanticSegmentation and textClassification have',
  oneWorker: 'takes one worker per object: leave perObject out, or give 1',
  needsRef: 'needs a label attribute that ends in -ref: call .labelAttribute() with such a name',
  forbidsRef: 'takes no label attribute that ends in -ref: call .labelAttribute() with another name',
  volumeKeyAsOutput:
    'this is a volume key: give it to .autoLabeling(), or make an output key with outputKey()',
  outputKeyAsVolume: 'this is an output key: give it to .output(), or make a volume key with volumeKey()',
  uncheckedOutputKey: 'a plain string may be anything: check it with outputKey(text) first',
  uncheckedVolumeKey: 'a plain string may be anything: check it with volumeKey(text) first',
  uncheckedS3Uri: 'a plain string may be anything: check it with s3Uri(text) first',
  uncheckedRoleArn: 'a plain string may be anything: check it with roleArn(text) first',
  uncheckedWorkteamArn: 'a plain string may be anything: check it with workteamArn(text) first',
  uncheckedTopicArn: 'a plain string may be anything: check it with topicArn(text) first',
  undefinedKey:
    "the key is undefined, which would silently mean a key of AWS: leave the argument out, or give { key: 'aws-managed' } if that is meant",
  nullOption: 'is null, which would silently mean that there is none: leave it out if that is meant',
  noRegion: "there is no region: give one, for instance { region: 'us-east-1' }",
  rawKey: 'keys do not go through .raw(): give them to .output() and .autoLabeling(), where they are checked',
  rawShape: 'a patch is an object of CreateLabelingJob fields',
  volumeKeyAlone:
    'there is a volume key without the algorithm of automated labeling: leave .autoLabeling() out, or give a task that has it',
} as const

/** The sentences a call can be refused with. */
export type Refusals = typeof REFUSALS

/** Stands where a call this job may not make would be; the compile error shows the reason. */
export interface Refused<Reason extends string> {
  readonly '~refused': Reason
}

/** Stands where `create` will be once the job is complete; the compile error names what is missing. */
export interface StillMissing<Parts extends string> {
  readonly '~missing': Parts
}

/** Makes the error for a job that is asked for its request, or to be created, before it is complete. */
export function incompleteJob(
  name: string | undefined,
  missing: readonly string[],
  calls: readonly string[],
): LabelingJobError<'incomplete-job', RefusedCallData> {
  return new LabelingJobError({
    code: 'incomplete-job',
    what: `Cannot make the request of the labeling job${name ? ` ${name}` : ''}`,
    why: `it still needs: ${missing.join(', ')}`,
    fix: `Call ${calls.map((name) => `.${name}()`).join(', ')}`,
    data: { missing },
  })
}
