import type { ContentClassifier, CreateLabelingJobRequest } from '../../../src/job/request/request.js'
import {
  algorithmArn,
  humanTaskUiArn,
  KNOWN_REGIONS,
  type KnownRegion,
  type LambdaStem,
  postLambdaArn,
  preLambdaArn,
} from '../../../src/tasks/aws-owned-arns.js'
import { TASK_NAMES } from '../../../src/tasks/task-kinds.js'
import { TASK_TABLE, type TaskName, type TaskRow } from '../../../src/tasks/task-table.js'
import { type Dice, diceOf } from './dice.js'

/** A request that breaks no rule, and what it is about. */
export interface RandomRequest {
  readonly request: CreateLabelingJobRequest
  readonly region: KnownRegion
  readonly task: TaskName
  readonly streaming: boolean
  readonly team: Team
}

type Team = 'private' | 'vendor' | 'public'

interface Setting {
  readonly dice: Dice
  readonly region: KnownRegion
  readonly account: string
  readonly task: TaskName
  readonly row: TaskRow
  readonly streaming: boolean
  readonly automated: boolean
  readonly team: Team
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'
const WORD = LETTERS + DIGITS
const TITLE = `${WORD} ,.;:!?"'()<>{}%&#äöüßéñ標識をかこむ\uFFFD`
const TAG = `${LETTERS}${DIGITS} _.:/=+-@éチ`

// The closed lists of Mechanical Turk prices, as dollars, cents and tenths of a cent.
const BOX_PRICES = prices(36, 48, 60, 72, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200)
const WIDE_PRICES = [...prices(12, 24), ...BOX_PRICES]
const PRICES: { readonly [Name in TaskName]?: readonly Price[] } = {
  'bounding-box': BOX_PRICES,
  'image-classification': WIDE_PRICES,
  'image-classification-multi-label': WIDE_PRICES,
  'text-classification': WIDE_PRICES,
  'text-classification-multi-label': WIDE_PRICES,
  'semantic-segmentation': prices(840, 960, 1080, 1200),
  custom: WIDE_PRICES,
}

/**
 * Makes a CreateLabelingJob body that no rule has anything against, one and the same for a seed. Over many seeds
 * the bodies cover every task, region and kind of team, both sources, and every optional field.
 */
export function randomRequest(seed: number): RandomRequest {
  const setting = settingOf(diceOf(seed))
  const { dice, region, task, streaming, team } = setting
  const name = jobName(dice)
  const request: CreateLabelingJobRequest = {
    LabelingJobName: name,
    LabelAttributeName: attributeName(setting),
    InputConfig: inputConfig(setting),
    OutputConfig: {
      S3OutputPath: dice.pick([`s3://${bucket(dice)}-out`, s3Uri(dice, '-out/labels')]),
      ...dice.maybe(() => ({ KmsKeyId: kmsKey(setting) })),
      ...(streaming && dice.maybe(() => ({ SnsTopicArn: topicArn(setting, 'labels') }))),
    },
    RoleArn: `arn:aws:iam::${setting.account}:role/${dice.pick(['', 'service-role/', 'teams/vision/'])}${dice.text(`${WORD}+=,.@-_`, 1, 64)}`,
    ...labelCategories(setting),
    ...(!streaming && dice.maybe(() => ({ StoppingConditions: stoppingConditions(dice) }))),
    ...(setting.automated && { LabelingJobAlgorithmsConfig: algorithmsConfig(setting) }),
    HumanTaskConfig: humanTaskConfig(setting),
    ...dice.maybe(() => ({ Tags: tags(dice) })),
  }
  return { request, region, task, streaming, team }
}

function settingOf(dice: Dice): Setting {
  const task = dice.pick(TASK_NAMES)
  const row: TaskRow = TASK_TABLE[task]
  const streaming = dice.chance(0.3)
  return {
    dice,
    region: dice.pick(KNOWN_REGIONS),
    account: dice.text(DIGITS, 12, 12),
    task,
    row,
    streaming,
    automated: row.algorithm !== undefined && !streaming && dice.chance(0.8),
    team: dice.pick(PRICES[task] ? ['private', 'vendor', 'public'] : ['private', 'vendor']),
  }
}

function jobName(dice: Dice): string {
  return `${dice.text(WORD, 1, 1)}${dice.text(`${WORD}-`, 0, 61)}${dice.text(WORD, 1, 1)}`
}

function attributeName({ dice, row }: Setting): string {
  const start = `a${dice.text(`${WORD}-`, 0, 118)}`
  if (row.attribute === 'ref') return `${start.replace(/-+$/, '')}-ref`
  // Ending in a digit keeps it clear of -ref and -metadata, and the first letter of the reserved names.
  return `${start}${dice.text(DIGITS, 1, 4)}`
}

function inputConfig(setting: Setting): CreateLabelingJobRequest['InputConfig'] {
  const { dice, streaming, team } = setting
  const manifest = () => ({ S3DataSource: { ManifestS3Uri: s3Uri(dice, '-in/dataset.manifest') } })
  const classifiers: ContentClassifier[] = [
    ...(team === 'public' || dice.chance(0.5) ? (['FreeOfPersonallyIdentifiableInformation'] as const) : []),
    ...(dice.chance(0.5) ? (['FreeOfAdultContent'] as const) : []),
  ]
  return {
    DataSource: streaming
      ? { ...dice.maybe(manifest), SnsDataSource: { SnsTopicArn: topicArn(setting, 'objects') } }
      : manifest(),
    ...(classifiers.length > 0 && { DataAttributes: { ContentClassifiers: classifiers } }),
  }
}

function labelCategories({ dice, row }: Setting): Pick<CreateLabelingJobRequest, 'LabelCategoryConfigS3Uri'> {
  const make = () => ({ LabelCategoryConfigS3Uri: s3Uri(dice, '-ui/labels.json') })
  return row.attribute === 'any' ? dice.maybe(make) : make()
}

function stoppingConditions(dice: Dice): NonNullable<CreateLabelingJobRequest['StoppingConditions']> {
  const count = { MaxHumanLabeledObjectCount: dice.integer(1, 1_000_000) }
  const percentage = { MaxPercentageOfInputDatasetLabeled: dice.integer(1, 100) }
  return dice.pick([count, percentage, { ...count, ...percentage }])
}

function algorithmsConfig(
  setting: Setting,
): NonNullable<CreateLabelingJobRequest['LabelingJobAlgorithmsConfig']> {
  const { dice, region, account, row, team } = setting
  const volumeKey = () => ({ VolumeKmsKeyId: kmsKey(setting) })
  // A public team cannot reach input that only a VPC may read.
  const resources = {
    ...dice.maybe(volumeKey),
    ...(team !== 'public' && dice.maybe(() => ({ VpcConfig: vpcConfig(dice) }))),
  }
  return {
    LabelingJobAlgorithmSpecificationArn: algorithmArn(
      region,
      row.algorithm as NonNullable<typeof row.algorithm>,
    ),
    ...dice.maybe(() => ({
      InitialActiveLearningModelArn: `arn:aws:sagemaker:${region}:${account}:model/${dice.text(`${WORD}-`, 1, 63)}`,
    })),
    ...(Object.keys(resources).length > 0 && { LabelingJobResourceConfig: resources }),
  }
}

function vpcConfig(dice: Dice): { SecurityGroupIds: string[]; Subnets: string[] } {
  const ids = (prefix: string, most: number) =>
    Array.from(
      { length: dice.integer(1, most) },
      (_, index) => `${prefix}-${dice.text('0123456789abcdef', 8, 17)}${index}`,
    )
  return { SecurityGroupIds: ids('sg', 5), Subnets: ids('subnet', 16) }
}

function humanTaskConfig(setting: Setting): CreateLabelingJobRequest['HumanTaskConfig'] {
  const { dice, region, task, row, team } = setting
  const timeLimit = dice.integer(30, row.longest)
  const lifetime = team === 'public' ? 43_200 : 2_592_000
  const price = PRICES[task]
  return {
    WorkteamArn: workteamArn(setting),
    UiConfig:
      row.ui === 'template'
        ? { UiTemplateS3Uri: s3Uri(dice, '-ui/page.liquid.html') }
        : { HumanTaskUiArn: humanTaskUiArn(region, row.ui) },
    ...lambdas(setting),
    ...dice.maybe(() => ({
      TaskKeywords: Array.from(
        { length: dice.integer(1, 5) },
        (_, index) => `${dice.text(WORD, 1, 14)} ${dice.text(WORD, 1, 14)}${index}`,
      ),
    })),
    TaskTitle: dice.text(TITLE, 1, 128),
    TaskDescription: dice.text(TITLE, 1, 255),
    NumberOfHumanWorkersPerDataObject: row.workers === 'one' ? 1 : dice.integer(1, 9),
    TaskTimeLimitInSeconds: timeLimit,
    ...dice.maybe(() => ({
      TaskAvailabilityLifetimeInSeconds: dice.integer(Math.max(60, timeLimit), lifetime),
    })),
    ...dice.maybe(() => ({ MaxConcurrentTaskCount: dice.integer(1, 5_000) })),
    ...(team === 'public' && price && { PublicWorkforceTaskPrice: { AmountInUsd: { ...dice.pick(price) } } }),
  }
}

function lambdas({
  dice,
  region,
  account,
  row,
}: Setting): Partial<CreateLabelingJobRequest['HumanTaskConfig']> {
  if (row.stem !== undefined) {
    const stem = row.stem as LambdaStem
    return {
      PreHumanTaskLambdaArn: preLambdaArn(region, stem),
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: postLambdaArn(region, stem) },
    }
  }
  const own = (name: string) =>
    `arn:aws:lambda:${region}:${account}:function:${name}-${dice.text(WORD, 1, 20)}`
  return {
    ...dice.maybe(() => ({ PreHumanTaskLambdaArn: own('prepare') })),
    ...dice.maybe(() => ({
      AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: own('consolidate') },
    })),
  }
}

function workteamArn({ dice, region, account, team }: Setting): string {
  if (team === 'public') return `arn:aws:sagemaker:${region}:394669845002:workteam/public-crowd/default`
  const owner = team === 'private' ? account : '394669845002'
  return `arn:aws:sagemaker:${region}:${owner}:workteam/${team}-crowd/${dice.text(`${WORD}-`, 1, 63)}`
}

function kmsKey({ dice, region, account }: Setting): string {
  const hex = (count: number) => dice.text('0123456789abcdef', count, count)
  const id = dice.pick([`${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`, `mrk-${hex(32)}`])
  return dice.pick([id, `arn:aws:kms:${region}:${account}:key/${id}`])
}

function topicArn({ dice, region, account }: Setting, use: string): string {
  return `arn:aws:sns:${region}:${account}:groundtruth-${use}-${dice.text(`${WORD}_-`, 1, 40)}`
}

function bucket(dice: Dice): string {
  return `gt-${dice.text('abcdefghijklmnopqrstuvwxyz0123456789', 3, 30)}`
}

function s3Uri(dice: Dice, rest: string): string {
  const [role = '', ...path] = rest.split('/')
  return `s3://${bucket(dice)}${role}/${dice.text(`${WORD}-_.`, 1, 60)}/${path.join('/')}`
}

function tags(dice: Dice): { Key: string; Value: string }[] {
  return Array.from({ length: dice.chance(0.05) ? 50 : dice.integer(1, 6) }, (_, index) => ({
    Key: `tag${index}${dice.text(TAG, 0, 120)}`,
    Value: dice.text(TAG, 0, 256),
  }))
}

interface Price {
  readonly Dollars: number
  readonly Cents: number
  readonly TenthFractionsOfACent: number
}

function prices(...thousandths: number[]): Price[] {
  return thousandths.map((price) => ({
    Dollars: Math.floor(price / 1000),
    Cents: Math.floor((price % 1000) / 10),
    TenthFractionsOfACent: price % 10,
  }))
}
