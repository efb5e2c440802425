import { deepFreeze } from '../../json/deep-freeze.js'
import { makeShown } from '../../show/shown.js'
import type { PermissionSources } from '../read/read-permissions.js'
import type { DeniedRead } from '../read/reader.js'
import type { CheckedDecision } from './decide-requirements.js'
import { findHints } from './find-hints.js'
import { findPermissionProblems } from './find-problems.js'
import type { PermissionReport, PermissionReportData } from './permission-report.js'
import { reportAsMarkdown, reportAsText } from './show-report.js'

/** Puts decisions into a report. Pure. */
export function makeReport(
  sources: PermissionSources,
  decisions: readonly CheckedDecision[],
  skipped: readonly string[] = [],
): PermissionReport {
  const problems = findPermissionProblems(sources)
  const sound = problems.every(({ severity }) => severity !== 'error')
  const data: PermissionReportData = {
    ok: sound && decisions.every(isAllowed),
    okForEssential: sound && decisions.filter(({ requirement }) => requirement.essential).every(isAllowed),
    region: sources.region,
    role: sources.role.arn,
    keys: sources.keys.map(({ key, purposes }) => ({ arn: key.arn, given: key.given, purposes })),
    decisions,
    problems,
    hints: findHints(sources, decisions),
    unreadable: distinct(sources.denied),
    skipped,
    notCovered: notCovered(decisions, sources),
  }
  deepFreeze(data)
  return makeShown(data, {
    text: () => reportAsText(data),
    markdown: () => reportAsMarkdown(data),
    json: () => data,
  })
}

/** Grants are read twice; the order in which calls are refused is none to show. */
function distinct(denied: readonly DeniedRead[]): readonly DeniedRead[] {
  const bySource = new Map(denied.map((read) => [`${read.source} ${read.permissionNeeded}`, read]))
  return [...bySource].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, read]) => read)
}

function isAllowed({ verdict }: CheckedDecision): boolean {
  return verdict === 'allowed'
}

const SOURCES = {
  scp: 'service control policies',
  rcp: 'resource control policies',
  'session-policy': 'session policies',
  'vpc-endpoint-policy': 'VPC endpoint policies',
}

function notCovered(
  decisions: readonly CheckedDecision[],
  { organization, role, caller, keys }: PermissionSources,
): readonly string[] {
  const hidden = [...new Set(decisions.flatMap(({ notCovered }) => notCovered))].map(
    (source) => SOURCES[source],
  )
  return [
    ...(role.presence === 'unreadable' && caller?.account !== role.account
      ? [`the policies of the role: account ${role.account} alone shows them`]
      : []),
    ...keys.flatMap(({ key, aliasDoubt }) =>
      aliasDoubt === undefined ? [] : [`the aliases of ${key.arn}: ${aliasDoubt}`],
    ),
    ...(keys.some(({ tags, aliases }) => tags !== undefined || aliases !== undefined)
      ? ['tags and aliases of a key that changed just now: KMS heeds them after up to five minutes']
      : []),
    ...(organization === undefined ? [] : ['whether the organization is the one that was given']),
    ...(hidden.length === 0
      ? []
      : [`${hidden.slice(0, -1).join(', ')} and ${hidden.at(-1)} were not visible`]),
    'keys that the job does not name: of input objects, of topics, and the default key of a bucket',
    'permissions on S3, Lambda, SNS and SQS: see requiredPermissions()',
  ]
}
