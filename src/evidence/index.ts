// Audit

export type { AuditOptions } from './audit/audit-options.js'
export type { AuditedJob, InspectedJob, UnreadableJob } from './audit/audited-job.js'
export type { Finding, FindingCode } from './declared/find-findings.js'
export type { JobInspection } from './declared/inspect-job.js'
export type { KeyStanding } from './declared/key-standing.js'
export { auditJobs, inspectJob } from './on-demand.js'

// Proof

export type { Expectation } from './declared/expected-keys.js'
export type {
  ObjectCount,
  Proof,
  ProofData,
  ProofOptions,
  ProvenObject,
  ProvenVolume,
  Unreadable,
} from './proof/proof.js'
export { proveJob } from './proof/prove-job.js'

// Evidence

export { collectEvidence } from './record/collect-evidence.js'
export type { EvidenceData, EvidenceJob, EvidenceRecord, EvidenceScope } from './record/evidence-record.js'
export type { WriteEvidenceOptions } from './record/write-evidence.js'
export { writeEvidence } from './record/write-evidence.js'

// Repair

export { planReencryption } from './repair/plan-reencryption.js'
export { reencrypt } from './repair/reencrypt.js'
export type {
  PlannedObject,
  PlannedReader,
  Reencrypted,
  ReencryptedAs,
  ReencryptionOptions,
  ReencryptionPlan,
  ReencryptionPlanData,
  ReencryptOptions,
} from './repair/reencryption-plan.js'
export type { BatchOperations, BatchOptions } from './repair/to-batch-operations.js'
export { toBatchOperations } from './repair/to-batch-operations.js'
