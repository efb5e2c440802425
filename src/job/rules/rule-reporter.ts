import type { BuilderCall, Problem } from '../../errors/problem.js'
import { RULES, type RuleCode } from './rules.js'

/** Takes down one broken rule: where, and what is there. The rest stands in the table of rules. */
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

/** Collects problems of the table's rules into a list. */
export function reporter(into: Problem[]): Report {
  return (code, path, what, fix) => {
    const rule = RULES[code]
    into.push({
      code,
      severity: 'warns' in rule ? 'warning' : 'error',
      call: callOf(path),
      path,
      what,
      why: rule.why,
      fix: fix ?? rule.fix,
      source: rule.source,
    })
  }
}
