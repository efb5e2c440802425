import type { FindingCode } from '../../src/index.js'

// The compiler says which codes lack here, and which are none.
const CODES: Readonly<Record<FindingCode, true>> = {
  'output-without-customer-key': true,
  'output-under-another-key': true,
  'output-unreadable': true,
  'volume-without-customer-key': true,
  'volume-under-another-key': true,
  'volume-unreadable': true,
  'objects-without-customer-key': true,
  'objects-under-another-key': true,
  'objects-unreadable': true,
  'key-aws-managed': true,
  'key-not-found': true,
  'key-access-denied': true,
  'key-wrong-region': true,
  'key-wrong-partition': true,
  'key-disabled': true,
  'key-pending-deletion': true,
  'key-not-ready': true,
  'key-not-symmetric': true,
  'key-wrong-usage': true,
  'key-invalid': true,
  'another-account-key': true,
  'evidence-may-be-deleted': true,
  'job-not-ended': true,
}

/** Every code of a finding. */
export const FINDING_CODES = Object.keys(CODES)
