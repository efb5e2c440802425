import { formatValue } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import { asRecord } from '../json/loose-values.js'
import { keyForm } from '../names/kms-key.js'
import { parsePolicy } from '../permissions/policy/parse-policy.js'
import type { PolicyDocument } from '../permissions/policy/policy-document.js'
import { decoded } from '../permissions/read/read-policies.js'

/**
 * The policies of keys and buckets by ARN, as documents or as their JSON.
 *
 * @example
 * const keyPolicy = '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}'
 * const policies: GivenPolicies = {
 *   'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab': keyPolicy,
 * }
 * console.log(String(await preflight(job, aws, { policies })))
 */
export interface GivenPolicies {
  readonly [key: `arn:${string}:kms:${string}:${string}:key/${string}`]: PolicyDocument | string
  readonly [bucket: `arn:${string}:s3:::${string}`]: PolicyDocument | string
}

const BUCKET = /^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * Reads the option `policies`: the JSON of each policy by its ARN.
 *
 * @throws LabelingJobError `refused-call` for what names no key or bucket, and for what is no policy.
 */
export function readGivenPolicies(call: string, given: unknown): ReadonlyMap<string, string> {
  if (given === undefined) return new Map()
  const policies = asRecord(given)
  if (policies === undefined)
    throw refusedCall(
      call,
      `its option policies is ${formatValue(given)}: give an object of policies by the ARN of their key or bucket`,
    )
  return new Map(Object.entries(policies).map(([arn, policy]) => [arn, textOf(call, arn, policy)]))
}

function textOf(call: string, arn: string, policy: unknown): string {
  if (keyForm(arn) !== 'key-arn' && !BUCKET.test(arn))
    throw refusedCall(
      call,
      `its option policies names ${formatValue(arn)}: give the ARN of a key (arn:aws:kms:…:key/…, not of an alias) or of a bucket (arn:aws:s3:::name)`,
    )
  const text = typeof policy === 'string' ? decoded(policy) : JSON.stringify(asRecord(policy))
  const { why, detail } = parsePolicy(text, arn)
  if (text !== undefined && why === undefined) return text
  throw refusedCall(
    call,
    `its option policies has no policy for ${arn}: ${typeof text === 'string' && text !== 'UNREADABLE' ? detail : `it is ${formatValue(policy)}`}`,
  )
}
