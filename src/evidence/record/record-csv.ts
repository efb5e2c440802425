import { csvLine } from '../../export/csv-line.js'
import type { ObjectCount } from '../proof/proof.js'
import type { EvidenceData, EvidenceJob } from './evidence-record.js'

type Cell = string | number | boolean | undefined

/**
 * Writes a line as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it:
 * names in it are names that anybody may have given to an object.
 */
export function evidenceLine(cells: readonly Cell[]): string {
  const plain = cells.map((cell) =>
    typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell,
  )
  return `${csvLine(plain).slice(0, -1)}\r\n`
}

const COLUMNS: Readonly<Record<string, (job: EvidenceJob) => Cell>> = {
  name: ({ job }) => job.name,
  arn: ({ job }) => (job.kind === 'job' ? job.arn : ''),
  status: ({ job }) => (job.kind === 'job' ? job.status : 'unreadable'),
  createdAt: ({ job }) => (job.kind === 'job' ? job.createdAt?.toISOString() : ''),
  autoLabeling: ({ job }) => (job.kind === 'job' ? job.autoLabeling : ''),
  declaredOutputKey: ({ job }) => (job.kind === 'job' ? job.keys.output?.given : ''),
  declaredOutputKeyStanding: ({ job }) => (job.kind === 'job' ? job.keys.output?.standing : ''),
  declaredVolumeKey: ({ job }) => (job.kind === 'job' ? job.keys.volume?.given : ''),
  declaredVolumeKeyStanding: ({ job }) => (job.kind === 'job' ? job.keys.volume?.standing : ''),
  proven: ({ proof }) => (proof === undefined ? 'not looked at' : proof.ok ? 'yes' : 'no'),
  objects: ({ proof }) => proof && sum(proof.objects, 'count'),
  bytes: ({ proof }) => proof && sum(proof.objects, 'bytes'),
  objectsUnderExpectedKey: ofStanding('expected'),
  objectsUnderAwsKey: ofStanding('aws-key'),
  objectsUnderAnotherKey: ofStanding('another-key'),
  objectsUnderNoKmsKey: ofStanding('not-kms'),
  objectsUnreadable: ofStanding('unreadable'),
  volumes: ({ proof }) => proof?.volumes.length,
  findings: ({ job }) =>
    job.kind === 'job'
      ? job.findings.map(({ severity, code }) => `${severity} ${code}`).join('; ')
      : `unreadable: ${job.error.why}`,
}

/** The jobs of a record, a line each; RFC 4180. */
export function jobsAsCsv({ jobs }: Pick<EvidenceData, 'jobs'>): string {
  const cells = Object.values(COLUMNS)
  const lines = jobs.map((job) => evidenceLine(cells.map((cell) => cell(job))))
  return [evidenceLine(Object.keys(COLUMNS)), ...lines].join('')
}

function ofStanding(standing: ObjectCount['standing']) {
  return ({ proof }: EvidenceJob): Cell =>
    proof &&
    sum(
      proof.objects.filter((row) => row.standing === standing),
      'count',
    )
}

function sum(rows: readonly ObjectCount[], what: 'count' | 'bytes'): number {
  return rows.reduce((total, row) => total + row[what], 0)
}
