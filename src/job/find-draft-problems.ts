import { isLabelingJobError, LabelingJobError } from '../errors/labeling-job-error.js'
import { describeProblem, inCallOrder, type Problem, type ProblemsData } from '../errors/problem.js'
import { parseArn } from '../names/arn.js'
import { findChainProblems } from './find-chain-problems.js'
import { findKeysTakenAway } from './keys-taken-away.js'
import { compileRequest } from './request/compile-request.js'
import { declaredOutputKey, declaredVolumeKey } from './request/declared-keys.js'
import type { Draft } from './request/draft.js'
import type { RequestDraft } from './request/request.js'
import { findProblems } from './rules/find-problems.js'
import { PARTS, type Part } from './state.js'

/** Makes the error for a job that breaks rules of CreateLabelingJob; `data.problems` lists every one of them. */
export function invalidJob(
  call: string,
  problems: readonly Problem[],
): LabelingJobError<'invalid-job', ProblemsData> {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return new LabelingJobError({
    code: 'invalid-job',
    what: `Cannot ${call} the labeling job`,
    why: `it breaks ${errors.length === 1 ? 'a rule' : `${errors.length} rules`} of CreateLabelingJob`,
    fix: errors.map((problem) => `\n- ${describeProblem(problem)}`).join(''),
    data: { problems, count: problems.length },
  })
}

const REQUEST_FIELDS: Readonly<Record<Part, string>> = {
  name: 'LabelingJobName',
  task: 'HumanTaskConfig',
  input: 'InputConfig',
  output: 'OutputConfig',
  role: 'RoleArn',
  workers: 'HumanTaskConfig.WorkteamArn',
}

/** Lists every rule that a draft breaks; a part that is still missing counts once, not field by field. */
export function findDraftProblems(
  draft: Draft,
  missing: readonly Part[],
  region?: string,
): readonly Problem[] {
  const { request, place, regionProblem } = compileAnywhere(draft, region ?? regionOfTeam(draft))
  const absent = missing.map(missingPart)
  const calls = new Set<string>(missing.map((part) => PARTS[part]))
  const broken = findProblems(request, place).filter(
    ({ code, call }) =>
      !waitsForTask(missing, code) &&
      !isLookedUp(draft, code) &&
      !(code.endsWith('-missing') && belongsTo(calls, call)) &&
      !(code.startsWith('label-attribute-name-') && isNamedByDefault(draft, request)),
  )
  return inCallOrder([
    ...absent,
    ...regionProblem,
    ...broken,
    ...findChainProblems(draft, request),
    ...findKeysTakenAway(draft),
  ])
}

// An alias that came through the builder becomes a key ARN before anything is sent.
function isLookedUp(draft: Draft, code: string): boolean {
  return (
    (code === 'key-alias' && declaredOutputKey(draft) !== undefined) ||
    (code === 'volume-key-alias' && declaredVolumeKey(draft) !== undefined)
  )
}

// The attribute's default is the job's name, of which the same is said.
function isNamedByDefault({ labelAttribute }: Draft, request: RequestDraft): boolean {
  const { LabelingJobName: name, LabelAttributeName: attribute } = request
  return labelAttribute === undefined && (attribute === name || attribute === `${name}-ref`)
}

// What automated labeling runs follows from the task, so nothing can be said of it before.
function waitsForTask(missing: readonly Part[], code: string): boolean {
  return missing.includes('task') && /^(auto-labeling|algorithm|labeling-job-algorithm)/.test(code)
}

// The attribute's default is the job's name, and a stream stands for an input.
function belongsTo(missing: ReadonlySet<string>, call = ''): boolean {
  if (call === 'labelAttribute') return missing.has('named')
  if (call === 'stream') return missing.has('input')
  if (call === 'workers') return missing.has('workers') || missing.has('task')
  return missing.has(call)
}

function compileAnywhere(
  draft: Draft,
  region: string | undefined,
): { request: RequestDraft; place: string | undefined; regionProblem: readonly Problem[] } {
  try {
    return { request: compileRequest(draft, region ?? 'us-east-1'), place: region, regionProblem: [] }
  } catch (thrown) {
    if (!isLabelingJobError(thrown) || thrown.code !== 'region-not-supported') throw thrown
    const problem: Problem = {
      code: 'region-not-supported',
      severity: 'error',
      call: 'task',
      path: 'HumanTaskConfig.PreHumanTaskLambdaArn',
      what: thrown.what,
      why: thrown.why,
      fix: thrown.fix,
      source: 'CreateLabelingJob, HumanTaskConfig: the Lambda functions AWS lists by region',
    }
    return { request: compileRequest(draft, 'us-east-1'), place: undefined, regionProblem: [problem] }
  }
}

function regionOfTeam(draft: Draft): string | undefined {
  const region = draft.workers && parseArn(String(draft.workers.team))?.region
  return region === '' ? undefined : region
}

function missingPart(part: Part): Problem {
  return {
    code: `missing-${part}`,
    severity: 'error',
    call: PARTS[part],
    path: REQUEST_FIELDS[part],
    what: `the job has no ${part}`,
    why: `CreateLabelingJob needs it`,
    fix: part === 'input' ? 'Call .input() or .stream()' : `Call .${PARTS[part]}()`,
    source: 'CreateLabelingJob, required fields',
  }
}
