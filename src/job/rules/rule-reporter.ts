import type { BuilderCall, Problem } from '../../errors/problem.js'
import type { Rule } from './rule.js'
import { RULES, type RuleCode } from './rules.js'

/** Takes down one broken rule: where, and what is there. The rest is in the table of rules. */
export type Report = (code: RuleCode, path: string, what: string, fix?: string) => void

const CALLS: readonly (readonly [RegExp, BuilderCall])[] = [
  [/^LabelingJobName/, 'named'],
  [/^LabelAttributeName/, 'labelAttribute'],
  [/^InputConfig\.DataSource\.SnsDataSource/, 'stream'],
  [/^InputConfig/, 'input'],
  [/^OutputConfig/, 'output'],
  [/^RoleArn/, 'role'],
  [/^StoppingConditions/, 'stopWhen'],
  [/^LabelingJobAlgorithmsConfig/, 'autoLabeling'],
  [/^Tags/, 'tags'],
  [/^HumanTaskConfig\.(Workteam|NumberOf|TaskAvail|MaxConc|PublicWork)/, 'workers'],
  [/^(HumanTaskConfig|LabelCategoryConfigS3Uri)/, 'task'],
]

/** The builder's call that sets a field of the request. */
export function callOf(path: string): BuilderCall {
  return CALLS.find(([pattern]) => pattern.test(path))?.[1] ?? 'raw'
}

function sourceOf({ api, guide, source }: Rule): string {
  const named = [
    api && `CreateLabelingJob, API reference, ${api}`,
    guide && `SageMaker developer guide, ${guide}`,
    source,
  ]
  return named.filter((text) => text !== undefined).join('; ')
}

/** Collects problems of the table's rules into a list. */
export function reporter(into: Problem[]): Report {
  return (code, path, what, fix) => {
    const rule: Rule = RULES[code]
    into.push({
      code,
      severity: rule.warns ? 'warning' : 'error',
      call: callOf(path),
      path,
      what,
      why: rule.why,
      fix: fix ?? rule.fix,
      source: sourceOf(rule),
    })
  }
}
