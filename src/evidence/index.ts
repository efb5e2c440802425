// Audit

export type { AuditedJob, InspectedJob, UnreadableJob } from './audit/audit-jobs.js'
export type { AuditOptions, AuditProgress } from './audit/audit-options.js'
export type { Finding, FindingCode } from './declared/find-findings.js'
export type { JobInspection } from './declared/inspect-job.js'
export type { KeyStanding } from './declared/key-standing.js'
export { auditJobs, inspectJob } from './on-demand.js'
