import type { Aws } from '../../aws/aws.js'
import { VERSION } from '../../aws/version.js'
import { refuseNoConnection } from '../../errors/refused-call.js'
import { type AuditedWithProof, auditWithProofs } from '../audit/audit-jobs.js'
import { type AuditOptions, refuseOddAuditOptions } from '../audit/audit-options.js'
import { askPatiently } from '../declared/ask-patiently.js'
import { type ExpectedKeys, resolveExpected } from '../declared/expected-keys.js'
import { lookUpKeysAnew } from '../declared/look-up-keys-anew.js'
import type { Unreadable } from '../proof/proof.js'
import { countTotals } from './count-totals.js'
import { type EvidenceRecord, type EvidenceScope, SCHEMA_VERSION } from './evidence-record.js'
import { hashRecord } from './hash-record.js'
import { makeRecord } from './make-record.js'

/**
 * Audits the labeling jobs of a region, proves each, and gives one record that stands by itself: who asked, when, about
 * what, every job with its findings and proof, everything that could not be read, and a SHA-256 over all of it.
 * `objects` is `all` by default. What is kept grows with the number of jobs, not of objects.
 *
 * `ok` means: there is a job in the scope, everything in it could be read, no finding is an error, and with
 * `objects: 'all'` every job is proven. It is `false` where there is no job, as in a wrong region: nothing is proven.
 *
 * Needs `sts:GetCallerIdentity`, `sagemaker:ListLabelingJobs`, and for each job what `proveJob()` needs.
 *
 * @throws LabelingJobError `refused-call` for odd options, `key-…` for keys to `expect` that cannot be used,
 * `client-missing`, `aborted`, and the codes of AWS when the jobs cannot be listed.
 * @example
 * const evidence = await collectEvidence(aws, { expect: { outputKey: 'alias/gt-output' } })
 * process.exitCode = evidence.ok ? 0 : 1
 */
export async function collectEvidence(aws: Aws, options: AuditOptions = {}): Promise<EvidenceRecord> {
  refuseNoConnection('collectEvidence', aws)
  refuseOddAuditOptions('collectEvidence', options)
  const { objects = 'all', expect = {}, signal } = options
  const request = signal ? { signal } : {}
  const anew = lookUpKeysAnew(aws)
  const startedAt = aws.clock.now().toISOString()
  const [region, identity, expected] = await Promise.all([
    aws.region(),
    askPatiently(aws, request, (call) => aws.call('sts:GetCallerIdentity', {}, call)),
    resolveExpected(expect, anew, request),
  ])
  const jobs: AuditedWithProof[] = []
  for await (const audited of auditWithProofs(anew, { ...options, objects })) jobs.push(audited)
  const unreadable = jobs.flatMap(unreadableOf)
  const data = {
    schemaVersion: SCHEMA_VERSION,
    toolVersion: VERSION,
    account: identity.Account ?? '',
    region,
    caller: identity.Arn ?? '',
    scope: scopeOf({ ...options, objects }, expected),
    startedAt,
    endedAt: aws.clock.now().toISOString(),
    // No job is no proof: the region, or the dates, may be wrong.
    ok: jobs.length > 0 && unreadable.length === 0 && jobs.every(isFine),
    jobs,
    totals: countTotals(jobs),
    unreadable,
  }
  return makeRecord({ ...data, sha256: await hashRecord(data) }, expected, aws)
}

function isFine({ job, proof }: AuditedWithProof): boolean {
  const hasError = job.kind === 'unreadable' || job.findings.some(({ severity }) => severity === 'error')
  return !hasError && (proof === undefined || proof.ok)
}

function unreadableOf({ job, proof }: AuditedWithProof): readonly Unreadable[] {
  if (job.kind === 'unreadable') return [{ what: `the job ${job.name}`, why: job.error.why }]
  const ofProof = proof?.unreadable ?? []
  // A proof says of each object what its findings sum up; a key that could not be looked up is in the findings alone.
  const ofFindings = job.findings.filter(
    ({ code, what, why }) =>
      code.endsWith('-unreadable') &&
      (proof === undefined ||
        (code !== 'objects-unreadable' &&
          !ofProof.some((each) => what.includes(each.what) || why.includes(each.why)))),
  )
  return [...ofProof, ...ofFindings].map(({ what, why }) => ({ what: `${job.name}: ${what}`, why }))
}

function scopeOf(options: AuditOptions, expected: ExpectedKeys): EvidenceScope {
  const { since, until, status, nameContains, objects = 'all', versions = false } = options
  return {
    ...(since && { since: since.toISOString() }),
    ...(until && { until: until.toISOString() }),
    ...(status && { status }),
    ...(nameContains && { nameContains }),
    objects,
    versions,
    expect: {
      ...(expected.output && { outputKey: expected.output.arn }),
      ...(expected.volume && { volumeKey: expected.volume.arn }),
    },
  }
}
