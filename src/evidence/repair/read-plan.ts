import { formatValue } from '../../errors/format-value.js'
import { refusedCall, refusePromise } from '../../errors/refused-call.js'
import { isKmsKeyArn, type KmsKeyArn } from '../../names/kms-key.js'
import type { PlannedObject } from './reencryption-plan.js'

/** The part of a plan that is acted upon. */
export interface FollowedPlan {
  readonly job: string
  readonly arn: string
  readonly folder: string
  readonly keyArn: KmsKeyArn
  readonly objects: readonly FollowedObject[]
}

/** The part of a planned object that is acted upon. */
export type FollowedObject = Pick<
  PlannedObject,
  'uri' | 'versionId' | 'noncurrent' | 'etag' | 'how' | 'fromKeyArn' | 'bucketKey'
>

const WAYS = ['update-encryption', 'copy-in-place', 'not-possible']

/**
 * Reads a plan that may have travelled as JSON, and been edited on the way. Only its form is checked here: what it names is
 * held against AWS before anything is changed.
 *
 * @throws LabelingJobError `refused-call`
 */
export function readPlan(call: string, plan: unknown): FollowedPlan {
  refusePromise(call, 'the plan', plan)
  const { job, arn, folder, keyArn, objects } = recordOf(call, 'the plan', plan)
  const isText = (value: unknown) => typeof value === 'string' && value !== ''
  const refuse = (field: string, value: unknown, expected: string) =>
    refusedCall(call, `${field} of the plan is ${formatValue(value)}: it has to be ${expected}`)
  if (!isText(arn)) throw refuse('arn', arn, 'the ARN of a labeling job')
  if (!isKmsKeyArn(keyArn)) throw refuse('keyArn', keyArn, 'the ARN of a key')
  if (!Array.isArray(objects)) throw refuse('objects', objects, 'a list')
  const read = objects.map((each: unknown, index): FollowedObject => {
    const object = recordOf(call, `objects[${index}] of the plan`, each)
    const { uri, versionId, noncurrent, etag, how, fromKeyArn, bucketKey } = object
    const at = (field: string) => `objects[${index}].${field}`
    if (!isText(uri)) throw refuse(at('uri'), uri, 'an address in S3')
    if (typeof etag !== 'string') throw refuse(at('etag'), etag, 'a text')
    if (!WAYS.includes(how as string)) throw refuse(at('how'), how, WAYS.join(', '))
    if (versionId !== undefined && !isText(versionId)) throw refuse(at('versionId'), versionId, 'a version')
    if (noncurrent === true && versionId === undefined)
      throw refuse(at('versionId'), versionId, 'a version, as the object is noncurrent')
    return {
      uri: uri as FollowedObject['uri'],
      ...(versionId !== undefined && { versionId: versionId as string }),
      ...(noncurrent === true && { noncurrent }),
      etag,
      how: how as FollowedObject['how'],
      ...(isKmsKeyArn(fromKeyArn) && { fromKeyArn }),
      ...(bucketKey === true && { bucketKey }),
    }
  })
  return {
    job: textOr(job, arn as string),
    arn: arn as string,
    folder: textOr(folder, ''),
    keyArn,
    objects: withoutTwins(read),
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function recordOf(call: string, what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>
  throw refusedCall(call, `${what} is ${formatValue(value)}: give what planReencryption() gives, or its JSON`)
}

/** What stands twice is worked on once. */
function withoutTwins(objects: readonly FollowedObject[]): readonly FollowedObject[] {
  const seen = new Map(objects.map((object) => [JSON.stringify([object.uri, object.versionId]), object]))
  return [...seen.values()]
}
