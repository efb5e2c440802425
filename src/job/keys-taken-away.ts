import type { Problem } from '../errors/problem.js'
import { refusedCall } from '../errors/refused-call.js'
import type { KeyPurpose } from '../names/kms-key.js'
import { compileRequest } from './request/compile-request.js'
import { keysOfRequest, VOLUME_KEY_PATH } from './request/declared-keys.js'
import type { Draft } from './request/draft.js'

const WORDS = {
  why: 'it would take away a key that the job declares',
  fix: "Leave its block out, or give { key: 'aws-managed' } to the call that declares it",
}

/**
 * Tells which of the declared keys `.raw()` takes out of the request, with the block that they stand in. Automated labeling
 * that it switches off needs no key.
 */
function keysTakenAway(draft: Draft): readonly KeyPurpose[] {
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

/**
 * Refuses a patch that takes a declared key away.
 *
 * @throws LabelingJobError `refused-call`
 */
export function refuseKeysTakenAway(draft: Draft): void {
  if (keysTakenAway(draft).length > 0) throw refusedCall('.raw', `${WORDS.why}. ${WORDS.fix}`)
}

/** Says the same as problems. */
export function findKeysTakenAway(draft: Draft): readonly Problem[] {
  return keysTakenAway(draft).map((purpose) => ({
    code: 'raw-takes-key',
    severity: 'error',
    call: 'raw',
    path: purpose === 'output' ? 'OutputConfig.KmsKeyId' : VOLUME_KEY_PATH,
    what: `.raw() replaces the block of the ${purpose} key`,
    ...WORDS,
    source: 'CreateLabelingJob, KmsKeyId',
  }))
}
