import type { Aws, CallOptions } from '../../aws/aws.js'
import { findDeclaredFindings } from '../declared/find-declared-findings.js'
import type { Finding } from '../declared/find-findings.js'
import { findDeletedObjects, findObjectFindings, notEndedFinding } from './find-proof-findings.js'
import { expectedKeyOf } from './known-keys.js'
import { lookAtObject } from './look-at-object.js'
import { ObjectTally } from './object-tally.js'
import { hasEnded } from './proof.js'
import type { ProofContext } from './prove-description.js'

/** Tells what is wrong with what a job declares and with its output manifest, the one object that is looked at. */
export async function proveManifest(
  { description, declared, expected, awsKey }: ProofContext,
  aws: Aws,
  options: CallOptions,
): Promise<readonly Finding[]> {
  const { LabelingJobStatus: status = 'Initializing', LabelingJobOutput } = description
  const uri = LabelingJobOutput?.OutputDatasetS3Uri ?? ''
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? []
  const outputKey = expectedKeyOf(expected.output, declared.output)
  const findings = [
    ...findDeclaredFindings({ declared, expected }),
    ...(hasEnded(status) ? [] : [notEndedFinding(status)]),
  ]
  if (bucket === undefined || key === undefined) {
    return hasEnded(status)
      ? [
          ...findings,
          ...findDeletedObjects(0, 'that the job calls its output', {
            manifest: undefined,
            isManifestSeen: false,
          }),
        ]
      : findings
  }
  const known = { ...outputKey, ...(awsKey.arn !== undefined && { awsKey: awsKey.arn }) }
  const found = await lookAtObject(bucket, { key, bytes: 0 }, aws, known, { ...options, slowDown: () => {} })
  if (found.status === 404) {
    if (!hasEnded(status)) return findings
    return [...findings, ...findDeletedObjects(1, uri, { manifest: uri, isManifestSeen: false })]
  }
  const tally = new ObjectTally(0)
  tally.add(found)
  return [
    ...findings,
    ...findObjectFindings(tally.counts(), `at ${uri}`, outputKey, found.why === undefined ? [] : [found.why]),
  ]
}
