import type { ObjectCount } from '../proof/proof.js'
import type { EvidenceJob } from './evidence-record.js'

/** Objects and bytes by standing and key, of all jobs. */
export function countObjects(jobs: readonly EvidenceJob[]): readonly ObjectCount[] {
  const groups = new Map<string, ObjectCount>()
  for (const row of jobs.flatMap(({ proof }) => proof?.objects ?? [])) {
    const name = `${row.standing} ${row.keyArn ?? ''}`
    const { count = 0, bytes = 0 } = groups.get(name) ?? {}
    groups.set(name, { ...row, count: count + row.count, bytes: bytes + row.bytes })
  }
  return [...groups.values()].sort((one, other) => other.count - one.count)
}

/** Counts what a record holds; pure. */
export function countTotals(jobs: readonly EvidenceJob[]): Readonly<Record<string, number>> {
  const objects = countObjects(jobs)
  const findings = jobs.flatMap(({ job }) => (job.kind === 'job' ? job.findings : []))
  const sum = (rows: readonly ObjectCount[], what: 'count' | 'bytes') =>
    rows.reduce((total, row) => total + row[what], 0)
  const standing = (wanted: ObjectCount['standing']) =>
    sum(
      objects.filter((row) => row.standing === wanted),
      'count',
    )
  return {
    jobs: jobs.length,
    jobsLookedAt: jobs.filter(({ job }) => job.kind === 'job').length,
    jobsUnreadable: jobs.filter(({ job }) => job.kind === 'unreadable').length,
    jobsProven: jobs.filter(({ proof }) => proof?.ok).length,
    jobsWithFindings: jobs.filter(({ job }) => job.kind === 'job' && job.findings.length > 0).length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    objects: sum(objects, 'count'),
    bytes: sum(objects, 'bytes'),
    objectsUnderExpectedKey: standing('expected'),
    objectsUnderAwsKey: standing('aws-key'),
    objectsUnderAnotherKey: standing('another-key'),
    objectsUnderNoKmsKey: standing('not-kms'),
    objectsUnreadable: standing('unreadable'),
    volumes: jobs.reduce((total, { proof }) => total + (proof?.volumes.length ?? 0), 0),
  }
}
