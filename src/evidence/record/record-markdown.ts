import { plainMarkdown as plain, withCommas } from '../../errors/printable.js'
import { STANDING_WORDS } from '../proof/show-proof.js'
import { countObjects } from './count-totals.js'
import type { EvidenceData, EvidenceJob } from './evidence-record.js'
import { HASH_RECIPE, scopeInWords, standingOfJob, verdictOfRecord, worstFirst } from './record-words.js'

/** Writes a record as Markdown. */
export function recordAsMarkdown(record: EvidenceData): string {
  const { account, region, caller, startedAt, endedAt, toolVersion, scope, jobs, unreadable, sha256 } = record
  const ordered = worstFirst(jobs)
  return [
    '# Encryption of labeling jobs: evidence',
    '',
    plain(verdictOfRecord(record)),
    '',
    '| | |',
    '| --- | --- |',
    `| account | ${plain(account)} |`,
    `| region | ${plain(region)} |`,
    `| asked by | ${plain(caller)} |`,
    `| asked | ${startedAt} to ${endedAt} |`,
    `| scope | ${plain(scopeInWords(scope))} |`,
    `| tool | labeling-job ${toolVersion} |`,
    `| SHA-256 | ${sha256} |`,
    ...objectsSection(record),
    '',
    '## Jobs',
    '',
    '| job | status | standing | objects as expected | findings |',
    '| --- | --- | --- | ---: | --- |',
    ...ordered.map(jobRow),
    ...ordered.flatMap(jobSection),
    ...(unreadable.length === 0
      ? []
      : [
          '',
          '## What could not be read',
          '',
          ...unreadable.map(({ what, why }) => `- ${plain(`${what}: ${why}`)}`),
        ]),
    '',
    '## How to check this record',
    '',
    'The hash is the SHA-256 of `evidence.json` without `sha256`, as canonical JSON:',
    '',
    '```sh',
    HASH_RECIPE,
    '```',
    '',
  ].join('\n')
}

function objectsSection({ jobs, scope }: EvidenceData): readonly string[] {
  if (scope.objects !== 'all') return []
  return [
    '',
    '## Objects',
    '',
    '| objects | bytes | standing | key |',
    '| ---: | ---: | --- | --- |',
    ...countObjects(jobs).map(
      ({ standing, keyArn, count, bytes }) =>
        `| ${withCommas(count)} | ${withCommas(bytes)} | ${STANDING_WORDS[standing]} | ${plain(keyArn ?? '')} |`,
    ),
  ]
}

function jobRow(each: EvidenceJob): string {
  const { job, proof } = each
  const expected = proof?.objects.filter(({ standing }) => standing === 'expected') ?? []
  const sum = (rows: readonly { readonly count: number }[]) => rows.reduce((all, { count }) => all + count, 0)
  const objects =
    proof === undefined
      ? 'not looked at'
      : `${withCommas(sum(expected))} of ${withCommas(sum(proof.objects))}`
  const codes = job.kind === 'job' ? job.findings.map(({ code }) => code).join(', ') : job.error.code
  return `| ${plain(job.name)} | ${job.kind === 'job' ? job.status : ''} | ${standingOfJob(each)} | ${objects} | ${codes} |`
}

function jobSection({ job, proof }: EvidenceJob): readonly string[] {
  if (job.kind === 'unreadable')
    return ['', `### ${plain(job.name)}`, '', `- **unreadable**: ${plain(job.error.message)}`]
  if (job.findings.length === 0 && (proof?.exceptions.length ?? 0) === 0) return []
  return [
    '',
    `### ${plain(job.name)}`,
    '',
    ...job.findings.map(
      ({ severity, code, what, why, fix }) =>
        `- **${severity}** ${code}: ${plain(`${what}: ${why}. ${fix}`)}`,
    ),
    ...(proof?.exceptions ?? []).map(({ uri, standing }) => `- ${plain(uri)}: ${STANDING_WORDS[standing]}`),
  ]
}
