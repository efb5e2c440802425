import type { KeyPurpose } from '../names/kms-key.js'
import type { RefusedRead } from './aws-reader.js'
import { findPermissionProblems, type PermissionProblem } from './find-problems.js'
import { findSlips } from './find-slips.js'
import type { CheckedDecision } from './judge-requirements.js'
import type { PermissionSources } from './read-permissions.js'
import { reportAsMarkdown, reportAsText } from './show-report.js'

/** Whether the role of a job may use the job's keys, with what decides it. */
export interface PermissionReport {
  /** Every required action is allowed, and nothing is wrong with role or keys. */
  readonly ok: boolean
  /** The same, for the actions that a known call of a service depends on. */
  readonly okForEssential: boolean
  readonly region: string
  /** The role's ARN, as IAM gives it. */
  readonly role: string
  readonly keys: readonly { readonly arn: string; readonly purposes: readonly KeyPurpose[] }[]
  readonly decisions: readonly CheckedDecision[]
  readonly problems: readonly PermissionProblem[]
  /** Likely slips in the policies that were read, in words. */
  readonly hints: readonly string[]
  /** What could not be read, with the permission that would help. */
  readonly unreadable: readonly RefusedRead[]
  /** Why a simulation or a probe that was asked for could not be had, in words. */
  readonly notAsked: readonly string[]
  /** What no verdict covers, in words. */
  readonly notJudged: readonly string[]
  /** The report as a table for a terminal. */
  toString(): string
  toMarkdown(): string
  toJSON(): PermissionReportData
}

/** A report without its methods. */
export type PermissionReportData = Omit<PermissionReport, 'toString' | 'toMarkdown' | 'toJSON'>

/** Puts decisions into a report. Pure. */
export function makeReport(
  sources: PermissionSources,
  decisions: readonly CheckedDecision[],
  notAsked: readonly string[] = [],
): PermissionReport {
  const problems = findPermissionProblems(sources)
  const sound = problems.every(({ severity }) => severity !== 'error')
  const data: PermissionReportData = {
    ok: sound && decisions.every(isAllowed),
    okForEssential: sound && decisions.filter(({ requirement }) => requirement.essential).every(isAllowed),
    region: sources.region,
    role: sources.role.arn,
    keys: sources.keys.map(({ key, purposes }) => ({ arn: key.arn, purposes })),
    decisions,
    problems,
    hints: findSlips(sources, decisions),
    unreadable: distinct(sources.refused),
    notAsked,
    notJudged: notJudged(decisions, sources),
  }
  return Object.freeze({
    ...data,
    toString: () => reportAsText(data),
    toMarkdown: () => reportAsMarkdown(data),
    toJSON: () => data,
  })
}

/** Grants are read twice. */
function distinct(refused: readonly RefusedRead[]): readonly RefusedRead[] {
  const known = refused.map(({ source, permissionNeeded }) => `${permissionNeeded} ${source}`)
  return refused.filter((_, index) => known.indexOf(known[index] ?? '') === index)
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

function notJudged(
  decisions: readonly CheckedDecision[],
  { organization, role, callerAccount }: PermissionSources,
): readonly string[] {
  const hidden = [...new Set(decisions.flatMap(({ notCovered }) => notCovered))].map((one) => SOURCES[one])
  return [
    ...(role.presence === 'unreadable' && callerAccount !== role.account
      ? [`the policies of the role: account ${role.account} alone shows them`]
      : []),
    ...(organization === undefined ? [] : ['whether the organization is the one that was given']),
    ...(hidden.length === 0
      ? []
      : [`${hidden.slice(0, -1).join(', ')} and ${hidden.at(-1)} were not visible`]),
    'keys that the job does not name: of input objects, of topics, and the default key of a bucket',
    'permissions on S3, Lambda, SNS and SQS: see requiredPermissions()',
  ]
}
