import type { CheckedDecision } from '../../../src/permissions/check/decide-requirements.js'

export const ROLE = 'arn:aws:iam::111122223333:role/GtExec'
export const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-1111-4111-8111-111111111111'

/** A decision that nobody could make yet. */
export function checkedDecision(more: Partial<CheckedDecision> = {}): CheckedDecision {
  return {
    action: 'kms:Decrypt',
    roleArn: ROLE,
    keyArn: KEY,
    verdict: 'unknown',
    basis: 'static',
    paths: [{ name: 'direct', verdict: 'unknown' }],
    evidence: [],
    unknownBecause: [],
    possibleDeny: [],
    missingIn: [],
    boundary: null,
    ...more,
  } as unknown as CheckedDecision
}
