import { parseArn, partitionOf } from '../../names/arn.js'
import type { EvidenceData, EvidenceJob } from './evidence-record.js'

// Security Hub: BatchImportFindings takes so many at once; lengths are those of the finding format.
const BATCH = 100
const LENGTHS = { title: 256, description: 1_024, reason: 2_048, reasons: 20 }
const TYPES = ['Software and Configuration Checks/AWS Security Best Practices']

/**
 * Gives the jobs of a record as findings for Security Hub, one a job. The id of a finding is that of its job, so that the
 * next record updates it, and a job that was put right passes.
 */
export function* recordAsAsff(record: EvidenceData): Generator<readonly object[], void> {
  for (let start = 0; start < record.jobs.length; start += BATCH)
    yield record.jobs.slice(start, start + BATCH).map((job) => findingOf(job, record))
}

function findingOf(each: EvidenceJob, record: EvidenceData): object {
  const { account, region, endedAt, sha256, toolVersion } = record
  const partition = partitionOf(region)
  const { job, proof } = each
  const arn =
    job.kind === 'job' && parseArn(job.arn) !== undefined
      ? job.arn
      : `arn:${partition}:sagemaker:${region}:${account}:labeling-job/${job.name.toLowerCase()}`
  const { status, severity, reasons } = judge(each)
  const title = `Labeling job ${job.name}: ${TITLES[status]}`
  const said = reasons.map(({ Description }) => Description).join('. ')
  return {
    SchemaVersion: '2018-10-08',
    Id: `${arn}/encryption`,
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: 'labeling-job/evidence',
    AwsAccountId: account,
    CreatedAt: endedAt,
    UpdatedAt: endedAt,
    Title: cut(title, LENGTHS.title),
    Description: cut(said === '' ? 'Nothing was found that is not as expected' : said, LENGTHS.description),
    Types: TYPES,
    Severity: { Label: severity },
    FindingProviderFields: { Severity: { Label: severity }, Types: TYPES },
    Compliance: {
      Status: status,
      ...(reasons.length > 0 && { StatusReasons: reasons.slice(0, LENGTHS.reasons) }),
    },
    ProductFields: { 'labeling-job/version': toolVersion, 'labeling-job/evidenceSha256': sha256 },
    Resources: [
      {
        Type: 'Other',
        Id: arn,
        Partition: partition,
        Region: region,
        Details: { Other: detailsOf(job, proof) },
      },
    ],
    RecordState: 'ACTIVE',
  }
}

type Status = 'PASSED' | 'WARNING' | 'FAILED' | 'NOT_AVAILABLE'

const TITLES: Readonly<Record<Status, string>> = {
  PASSED: 'encrypted as expected',
  WARNING: 'encryption not proven',
  FAILED: 'not encrypted as expected',
  NOT_AVAILABLE: 'could not be looked at',
}

interface Judgement {
  readonly status: Status
  readonly severity: 'HIGH' | 'MEDIUM' | 'INFORMATIONAL'
  readonly reasons: readonly { readonly ReasonCode: string; readonly Description: string }[]
}

function judge({ job, proof }: EvidenceJob): Judgement {
  if (job.kind === 'unreadable')
    return {
      status: 'NOT_AVAILABLE',
      severity: 'MEDIUM',
      reasons: [reason(job.error.code, job.error.message)],
    }
  const reasons = job.findings.map(({ code, what, why }) => reason(code, `${what}: ${why}`))
  if (job.findings.some(({ severity }) => severity === 'error'))
    return { status: 'FAILED', severity: 'HIGH', reasons }
  if (proof === undefined)
    reasons.push(reason('declared-only', 'what the job declares was looked at, and not its objects'))
  return proof?.ok
    ? { status: 'PASSED', severity: 'INFORMATIONAL', reasons }
    : { status: 'WARNING', severity: 'MEDIUM', reasons }
}

function reason(code: string, text: string): Judgement['reasons'][number] {
  return { ReasonCode: code.toUpperCase().replaceAll('-', '_'), Description: cut(text, LENGTHS.reason) }
}

function detailsOf(job: EvidenceJob['job'], proof: EvidenceJob['proof']): Readonly<Record<string, string>> {
  const { outputKey, volumeKey } = proof?.declared ?? {}
  return {
    Name: job.name,
    ...(job.kind === 'job' && { Status: job.status }),
    ...(outputKey && { DeclaredOutputKey: outputKey }),
    ...(volumeKey && { DeclaredVolumeKey: volumeKey }),
    ...Object.fromEntries((proof?.objects ?? []).slice(0, 20).map(countEntry)),
  }
}

function countEntry({ standing, keyArn, count }: { standing: string; keyArn?: string; count: number }) {
  return [`Objects ${standing}${keyArn === undefined ? '' : ` ${keyArn}`}`, String(count)]
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
