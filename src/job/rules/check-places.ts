import { formatValue } from '../../errors/format-value.js'
import { isObject } from '../../json/json.js'
import { parseArn, partitionOf } from '../../names/arn.js'
import { isAwsManagedAlias, keyForm } from '../../names/kms-key.js'
import { VOLUME_KEY_PATH } from '../request/declared-keys.js'
import type { RequestFacts } from './request-facts.js'
import type { Report } from './rule-reporter.js'

const OUTPUT_KEY = 'OutputConfig.KmsKeyId'
const ARNS = [
  'RoleArn',
  'InputConfig.DataSource.SnsDataSource.SnsTopicArn',
  'OutputConfig.SnsTopicArn',
  OUTPUT_KEY,
  VOLUME_KEY_PATH,
  'LabelingJobAlgorithmsConfig.LabelingJobAlgorithmSpecificationArn',
  'LabelingJobAlgorithmsConfig.InitialActiveLearningModelArn',
  'HumanTaskConfig.WorkteamArn',
  'HumanTaskConfig.UiConfig.HumanTaskUiArn',
  'HumanTaskConfig.PreHumanTaskLambdaArn',
  'HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn',
]

const ADDRESSES = [
  'InputConfig.DataSource.S3DataSource.ManifestS3Uri',
  'OutputConfig.S3OutputPath',
  'LabelCategoryConfigS3Uri',
  'HumanTaskConfig.UiConfig.UiTemplateS3Uri',
]

/** The rules of where things are: one region, one partition, and keys named in a form that AWS takes. */
export function checkPlaces(facts: RequestFacts, report: Report): void {
  const { region, text, value, isStream } = facts
  if (region !== undefined) {
    for (const path of ARNS) checkRegion(path, text(path), region, report)
  }
  for (const path of ADDRESSES) {
    const [, bucket = ''] = /^s3:\/\/([^/]+)/.exec(text(path) ?? '') ?? []
    if (/[A-Z]/.test(bucket)) report('bucket-capitals', path, `its bucket is ${formatValue(bucket)}`)
  }
  checkKey(OUTPUT_KEY, facts, report)
  checkKey(VOLUME_KEY_PATH, facts, report)
  const source = value('InputConfig.DataSource')
  if (isObject(source) && !isObject(source['S3DataSource']) && !isStream) {
    report('data-source-missing', 'InputConfig.DataSource', 'there is neither S3DataSource nor SnsDataSource')
  }
  if (!isStream && text('OutputConfig.SnsTopicArn') !== undefined) {
    report('output-topic-unused', 'OutputConfig.SnsTopicArn', 'the job reads no stream')
  }
  const output = text('OutputConfig.S3OutputPath')
  const seed = text('InputConfig.DataSource.S3DataSource.ManifestS3Uri')
  if (isStream && output !== undefined && seed?.startsWith(output.endsWith('/') ? output : `${output}/`)) {
    report(
      'stream-same-place',
      'OutputConfig.S3OutputPath',
      `it is ${formatValue(output)}, where the manifest is too`,
    )
  }
}

function checkRegion(path: string, arn: string | undefined, region: string, report: Report): void {
  const parts = parseArn(arn ?? '')
  if (parts === undefined) return
  const partition = partitionOf(region)
  if (parts.partition !== partition) {
    report(
      'partition-mismatch',
      path,
      `it is in ${parts.partition}, and the job runs in ${region}, in ${partition}`,
    )
  } else if (path !== 'RoleArn' && parts.region !== region) {
    report('region-mismatch', path, `it is in ${parts.region || 'no region'}, and the job runs in ${region}`)
  }
}

function checkKey(path: string, { text, value }: RequestFacts, report: Report): void {
  if (value(path) === '') report('key-empty', path, 'it is an empty string')
  const key = text(path)
  if (key === undefined) return
  const form = keyForm(key)
  if (isAwsManagedAlias(key)) report('key-aws-managed', path, `it is ${formatValue(key)}`)
  else if (form === undefined) report('key-form', path, `it is ${formatValue(key)}`)
  else if (form.startsWith('alias'))
    report(path === VOLUME_KEY_PATH ? 'volume-key-alias' : 'key-alias', path, `it is ${formatValue(key)}`)
}
