import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import type { EvidenceData, EvidenceJob } from './evidence-record.js'

/** What a record comes to, in a sentence. */
export function verdictOfRecord({ ok, jobs, scope, totals }: EvidenceData): string {
  if (jobs.length === 0) return 'There are no labeling jobs in this scope: nothing is proven.'
  const { jobsProven = 0, objects = 0, objectsUnderExpectedKey = 0, errors = 0, jobsUnreadable = 0 } = totals
  const of =
    scope.objects === 'all'
      ? `${withCommas(jobsProven)} of ${countOf(jobs.length, 'job')} proven, ${withCommas(objectsUnderExpectedKey)} of ${withCommas(objects)} objects under the expected key`
      : `${countOf(jobs.length, 'job')} looked at by what they declare${scope.objects === 'manifest' ? ' and by their output manifest' : ', which proves nothing of their objects'}`
  const bad = [
    ...(errors > 0 ? [countOf(errors, 'error')] : []),
    ...(jobsUnreadable > 0 ? [`${countOf(jobsUnreadable, 'job')} could not be looked at`] : []),
  ]
  return `${ok ? 'As expected' : 'Not as expected'}: ${[of, ...bad].join('; ')}.`
}

/** The jobs with what is wrong first: errors, then what could not be read, then warnings; each in their own order. */
export function worstFirst(jobs: readonly EvidenceJob[]): readonly EvidenceJob[] {
  return [...jobs].sort((one, other) => rankOf(one) - rankOf(other))
}

/** How a job stands, in a word. */
export function standingOfJob({
  job,
  proof,
}: EvidenceJob): 'error' | 'unreadable' | 'warning' | 'proven' | 'declared' {
  if (job.kind === 'unreadable') return 'unreadable'
  if (job.findings.some(({ severity }) => severity === 'error')) return 'error'
  if (proof !== undefined) return proof.ok ? 'proven' : 'warning'
  return job.findings.length > 0 ? 'warning' : 'declared'
}

const RANKS = { error: 0, unreadable: 1, warning: 2, declared: 3, proven: 4 } as const

function rankOf(job: EvidenceJob): number {
  return RANKS[standingOfJob(job)]
}

/** What is asked of AWS, in words: `all objects, current versions; jobs since 2026-01-01`. */
export function scopeInWords({
  since,
  until,
  status,
  nameContains,
  objects,
  versions,
  expect,
}: EvidenceData['scope']): string {
  return [
    {
      none: 'what jobs declare, no objects',
      manifest: 'what jobs declare, and their output manifests',
      all: `everything in the output folder of each job, ${versions ? 'every version' : 'current versions'}`,
    }[objects],
    ...(since === undefined ? [] : [`jobs created after ${since}`]),
    ...(until === undefined ? [] : [`jobs created before ${until}`]),
    ...(status === undefined ? [] : [`jobs that are ${status}`]),
    ...(nameContains === undefined ? [] : [`jobs whose name contains ${nameContains}`]),
    `expected output key: ${expect.outputKey ?? 'the one that each job declares'}`,
    `expected volume key: ${expect.volumeKey ?? 'the one that each job declares'}`,
  ].join('; ')
}

/** How the hash of a record is worked out anew. */
export const HASH_RECIPE = "jq -acSj 'del(.sha256)' evidence.json | sha256sum"
