import type { Problem } from '../errors/problem.js'
import type { KeyPurpose } from '../names/kms-key.js'
import { compileRequest } from './request/compile-request.js'
import { keysOfRequest } from './request/declared-keys.js'
import type { Draft } from './request/draft.js'

/**
 * Tells which of the declared keys `.raw()` takes out of the request, with the block that they stand in. Automated labeling
 * that it switches off needs no key.
 */
export function keysTakenAway(draft: Draft): readonly KeyPurpose[] {
  const { patches, ...unpatched } = draft
  if (patches === undefined) return []
  // Which keys there are, depends on no region, and every task is there in this one.
  const before = keysOfRequest(compileRequest(unpatched, 'us-east-1'))
  const after = keysOfRequest(compileRequest(draft, 'us-east-1'))
  return (['output', 'volume'] as const).filter(
    (purpose) =>
      before[purpose] !== undefined &&
      after[purpose] !== before[purpose] &&
      (purpose === 'output' || after.isAutomated),
  )
}

/** Says the same as problems. */
export function findKeysTakenAway(draft: Draft): readonly Problem[] {
  return keysTakenAway(draft).map((purpose) => ({
    code: 'raw-takes-key',
    severity: 'error',
    call: 'raw',
    path:
      purpose === 'output'
        ? 'OutputConfig.KmsKeyId'
        : 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId',
    what: `.raw() replaces the block of the ${purpose} key`,
    why: 'no key goes through .raw(), and without it the data would be under a key of AWS',
    fix: `Leave that block out of .raw(), or give ${purpose === 'output' ? '.output()' : '.autoLabeling()'} { key: 'aws-managed' } if a key of AWS is meant`,
    source: 'CreateLabelingJob: without the field the data is under a key of AWS',
  }))
}
