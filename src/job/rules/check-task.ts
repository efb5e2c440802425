import { formatValue } from '../../errors/format-value.js'
import { isObject } from '../../json/json.js'
import { parseArn } from '../../names/arn.js'
import {
  ALGORITHM_ACCOUNT,
  HUMAN_TASK_UI_ACCOUNT,
  LAMBDA_ACCOUNTS,
} from '../../tasks/aws-accounts.generated.js'
import { TASK_TABLE, type TaskRow } from '../../tasks/task-table.js'
import type { NamedLambda, RequestFacts } from './request-facts.js'
import type { Report } from './rule-reporter.js'

const PRE = 'HumanTaskConfig.PreHumanTaskLambdaArn'
const POST = 'HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn'
const UI = 'HumanTaskConfig.UiConfig'
const AUTO = 'LabelingJobAlgorithmsConfig'
const ROWS: readonly TaskRow[] = /* @__PURE__ */ Object.values(TASK_TABLE)

/** The rules of Lambdas, worker page, label attribute and automated labeling: all that follows from the task. */
export function checkTask(facts: RequestFacts, report: Report): void {
  checkLambda(facts, facts.pre, 'PRE', PRE, report)
  checkLambda(facts, facts.post, 'ACS', POST, report)
  checkPair(facts, report)
  checkUi(facts, report)
  checkAttribute(facts, report)
  checkAutoLabeling(facts, report)
  if (
    facts.row?.stem !== undefined &&
    facts.task !== 'pass-through' &&
    isAbsent(facts.value('LabelCategoryConfigS3Uri'))
  ) {
    report('label-file-missing', 'LabelCategoryConfigS3Uri', 'there is no label category file')
  }
}

/** What is there and no text is told as such, and not a second time as missing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function checkLambda(
  { region }: RequestFacts,
  lambda: NamedLambda | undefined,
  side: 'PRE' | 'ACS',
  path: string,
  report: Report,
): void {
  if (lambda === undefined) return
  const { name, parts, stem, inAwsAccount } = lambda
  if (stem === undefined) {
    if (inAwsAccount) report('lambda-unknown', path, `it is ${name} in an account of AWS`)
    return
  }
  if (lambda.side !== side) report('lambda-swapped', path, `it is ${name}`)
  if (!inAwsAccount)
    report('lambda-account', path, `${name} is a Lambda of AWS, and the account is ${parts.account}`)
  if (region === undefined) return
  const right = (LAMBDA_ACCOUNTS as Readonly<Record<string, string>>)[region]
  if (right === undefined) report('region-not-supported', path, `the job runs in ${region}`)
  else if (inAwsAccount && parts.account !== right) {
    report('lambda-account', path, `the account is ${parts.account}, and ${region} has ${right}`)
  }
}

function checkPair({ pre, post, task, row }: RequestFacts, report: Report): void {
  if (pre && post && pre.stem !== undefined && post.stem !== undefined) {
    if (pre.stem !== post.stem)
      report('lambda-pair', POST, `it is ${post.name}, and the other Lambda ${pre.name}`)
  } else if (pre && post && task !== 'custom' && (pre.stem ?? post.stem) !== undefined) {
    if (pre.inAwsAccount && post.inAwsAccount) return // one of them is reported as unknown already
    report('lambda-mixed', POST, `it is ${post.name}, and the other Lambda ${pre.name}`)
  } else if (row?.stem !== undefined && task !== 'pass-through') {
    if (pre === undefined) report('lambda-half', PRE, `there is no Lambda beside ${post?.name}`)
    if (post === undefined) report('lambda-half', POST, `there is no Lambda beside ${pre?.name}`)
  }
}

function checkUi({ row, task, text, value }: RequestFacts, report: Report): void {
  if (!isObject(value(UI))) return
  const template = text(`${UI}.UiTemplateS3Uri`)
  const arn = text(`${UI}.HumanTaskUiArn`)
  if (template === undefined && arn === undefined) {
    report('ui-missing', UI, 'there is neither UiTemplateS3Uri nor HumanTaskUiArn')
    return
  }
  if (template !== undefined && arn !== undefined)
    report('ui-both', UI, 'there are UiTemplateS3Uri and HumanTaskUiArn')
  const page = arn === undefined ? undefined : parseArn(arn)
  const pageName = page?.resource.replace(/^human-task-ui\//, '')
  const known = ROWS.some(({ ui }) => ui === pageName) && page?.account === HUMAN_TASK_UI_ACCOUNT
  if (page !== undefined && !known) report('ui-unknown', `${UI}.HumanTaskUiArn`, `it is ${formatValue(arn)}`)
  if (row === undefined) return
  if (row.ui === 'template') {
    if (arn !== undefined)
      report('ui-needs-template', `${UI}.HumanTaskUiArn`, `${task} names a page that AWS hosts`)
  } else if (arn === undefined) {
    report(
      'ui-needs-arn',
      `${UI}.UiTemplateS3Uri`,
      `${task} has a template`,
      `Name the page human-task-ui/${row.ui}`,
    )
  } else if (known && pageName !== row.ui) {
    report(
      'ui-mismatch',
      `${UI}.HumanTaskUiArn`,
      `${task} has the page ${pageName}`,
      `Name the page human-task-ui/${row.ui}`,
    )
  }
}

function checkAttribute({ row, task, text }: RequestFacts, report: Report): void {
  const path = 'LabelAttributeName'
  const name = text(path)
  if (name === undefined) return
  if (name.endsWith('-metadata')) report('label-attribute-metadata', path, `it is ${formatValue(name)}`)
  else if (name.includes('-metadata'))
    report('label-attribute-metadata-inside', path, `it is ${formatValue(name)}`)
  if (name === 'source' || name === 'source-ref')
    report('label-attribute-reserved', path, `it is ${formatValue(name)}`)
  const endsInRef = name.endsWith('-ref')
  if (row?.attribute === 'ref' && !endsInRef)
    report('label-attribute-needs-ref', path, `it is ${formatValue(name)}, for ${task}`)
  if (row?.attribute === 'plain' && endsInRef)
    report('label-attribute-forbids-ref', path, `it is ${formatValue(name)}, for ${task}`)
  if (row?.attribute === 'any' && endsInRef)
    report('label-attribute-ref-unclear', path, `it is ${formatValue(name)}, for ${task}`)
}

function checkAutoLabeling({ row, task, isStream, text, value }: RequestFacts, report: Report): void {
  if (!isObject(value(AUTO))) return
  const path = `${AUTO}.LabelingJobAlgorithmSpecificationArn`
  if (isStream)
    report('auto-labeling-on-stream', AUTO, 'automated labeling is on, and the job reads a stream')
  if (row !== undefined && row.algorithm === undefined) {
    report('auto-labeling-not-available', AUTO, `automated labeling is on, for ${task}`)
  }
  const given = text(path)
  if (given === undefined) return
  const arn = parseArn(given)
  const [, name] = /^labeling-job-algorithm-specification\/(.+)$/.exec(arn?.resource ?? '') ?? []
  const known = ROWS.some(({ algorithm }) => algorithm !== undefined && algorithm === name)
  if (!known || arn?.service !== 'sagemaker' || arn.account !== ALGORITHM_ACCOUNT) {
    report('algorithm-unknown', path, `it is ${formatValue(given)}`)
  }
  if (known && row?.algorithm !== undefined && name !== row.algorithm) {
    report(
      'algorithm-mismatch',
      path,
      `it is ${name}, for ${task}`,
      `The algorithm of ${task} is ${row.algorithm}`,
    )
  }
}
