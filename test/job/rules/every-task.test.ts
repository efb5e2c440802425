import { describe, expect, test } from 'vitest'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { JsonObject } from '../../../src/json/json.js'
import { KNOWN_REGIONS } from '../../../src/tasks/aws-owned-arns.js'
import { TASK_TABLE } from '../../../src/tasks/task-table.js'

// Written down a second time from AWS's pages, so that a slip in the task table shows.
interface Expected {
  readonly stem: string
  readonly page?: string
  readonly algorithm?: string
  readonly ref?: 'must' | 'may'
  readonly single?: true
  /** The cheapest and the dearest listed price in tenths of a cent, and one that is not listed. */
  readonly prices?: readonly [lowest: number, highest: number, unlisted: number]
  /** The longest time limit without a word against it, and the longest that is no error. */
  readonly limits?: readonly [plain: number, last: number]
}

const BOX = [36, 1200, 12] as const
const WIDE = [12, 1200, 13] as const
const FRAME = { single: true, limits: [604_800, 2_592_000] } as const
const TASKS: readonly Expected[] = [
  { stem: 'ImageMultiClass', algorithm: 'image-classification', prices: WIDE },
  { stem: 'ImageMultiClassMultiLabel', prices: WIDE },
  { stem: 'BoundingBox', algorithm: 'object-detection', prices: BOX },
  {
    stem: 'SemanticSegmentation',
    algorithm: 'semantic-segmentation',
    ref: 'must',
    prices: [840, 1200, 720],
  },
  { stem: 'TextMultiClass', algorithm: 'text-classification', prices: WIDE },
  { stem: 'TextMultiClassMultiLabel', prices: WIDE },
  { stem: 'NamedEntityRecognition', page: 'NamedEntityRecognition' },
  { stem: 'VideoMultiClass', limits: [28_800, 2_592_000] },
  { stem: 'VideoObjectDetection', page: 'VideoObjectDetection', ref: 'must', ...FRAME },
  { stem: 'VideoObjectTracking', page: 'VideoObjectTracking', ref: 'must', ...FRAME },
  { stem: '3DPointCloudObjectDetection', page: 'PointCloudObjectDetection', ...FRAME },
  { stem: '3DPointCloudObjectTracking', page: 'PointCloudObjectTracking', ref: 'must', ...FRAME },
  { stem: '3DPointCloudSemanticSegmentation', page: 'PointCloudSemanticSegmentation', ref: 'must', ...FRAME },
  { stem: 'AdjustmentBoundingBox' },
  { stem: 'VerificationBoundingBox' },
  { stem: 'AdjustmentSemanticSegmentation', ref: 'must' },
  { stem: 'VerificationSemanticSegmentation' },
  { stem: 'AdjustmentVideoObjectDetection', page: 'VideoObjectDetection', ref: 'must', ...FRAME },
  { stem: 'AdjustmentVideoObjectTracking', page: 'VideoObjectTracking', ref: 'must', ...FRAME },
  { stem: 'Adjustment3DPointCloudObjectDetection', page: 'PointCloudObjectDetection', ...FRAME },
  { stem: 'Adjustment3DPointCloudObjectTracking', page: 'PointCloudObjectTracking', ref: 'must', ...FRAME },
  {
    stem: 'Adjustment3DPointCloudSemanticSegmentation',
    page: 'PointCloudSemanticSegmentation',
    ref: 'must',
    ...FRAME,
  },
  { stem: 'PassThrough', ref: 'may', prices: WIDE },
]
const ACCOUNTS: Readonly<Record<string, string>> = {
  'us-east-1': '432418664414',
  'us-east-2': '266458841044',
  'us-west-2': '081040173940',
  'ca-central-1': '918755190332',
  'eu-west-1': '568282634449',
  'eu-west-2': '487402164563',
  'eu-central-1': '203001061592',
  'ap-northeast-1': '477331159723',
  'ap-northeast-2': '845288260483',
  'ap-south-1': '565803892007',
  'ap-southeast-1': '377565633583',
  'ap-southeast-2': '454466003867',
}
const ALGORITHMS = [
  'image-classification',
  'object-detection',
  'semantic-segmentation',
  'text-classification',
]
const PAGES = [...new Set(TASKS.flatMap(({ page }) => page ?? []))]

interface Change {
  readonly top?: JsonObject
  readonly human?: JsonObject
  readonly region?: string
}

/** A request for the task that nothing speaks against, changed. */
function requestFor({ stem, page, ref, single }: Expected, change: Change = {}): JsonObject {
  const { region = 'eu-west-2' } = change
  const account = ACCOUNTS[region] as string
  return {
    LabelingJobName: 'job',
    LabelAttributeName: ref === 'must' ? 'label-ref' : 'label',
    InputConfig: {
      DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/in.manifest' } },
      DataAttributes: { ContentClassifiers: ['FreeOfPersonallyIdentifiableInformation'] },
    },
    OutputConfig: { S3OutputPath: 's3://gt/out/' },
    RoleArn: 'arn:aws:iam::111122223333:role/GtExec',
    LabelCategoryConfigS3Uri: 's3://gt/labels.json',
    ...change.top,
    HumanTaskConfig: {
      WorkteamArn: `arn:aws:sagemaker:${region}:111122223333:workteam/private-crowd/vision`,
      UiConfig:
        page === undefined
          ? { UiTemplateS3Uri: 's3://gt/page.html' }
          : { HumanTaskUiArn: pageArn(page, region) },
      PreHumanTaskLambdaArn: `arn:aws:lambda:${region}:${account}:function:PRE-${stem}`,
      AnnotationConsolidationConfig: {
        AnnotationConsolidationLambdaArn: `arn:aws:lambda:${region}:${account}:function:ACS-${stem}`,
      },
      TaskTitle: 'Title',
      TaskDescription: 'Description',
      NumberOfHumanWorkersPerDataObject: single ? 1 : 9,
      TaskTimeLimitInSeconds: 30,
      ...change.human,
    },
  }
}

function pageArn(page: string, region = 'eu-west-2'): string {
  return `arn:aws:sagemaker:${region}:394669845002:human-task-ui/${page}`
}

function found(task: Expected, change: Change = {}): string[] {
  return findProblems(requestFor(task, change), change.region ?? 'eu-west-2')
    .map(({ code, severity }) => (severity === 'error' ? code : `(${code})`))
    .sort()
}

function algorithm(name: string): JsonObject {
  return {
    LabelingJobAlgorithmsConfig: {
      LabelingJobAlgorithmSpecificationArn: `arn:aws:sagemaker:eu-west-2:027400017018:labeling-job-algorithm-specification/${name}`,
    },
  }
}

function publicTeam(tenthsOfACent: number): JsonObject {
  return {
    WorkteamArn: 'arn:aws:sagemaker:eu-west-2:394669845002:workteam/public-crowd/default',
    PublicWorkforceTaskPrice: {
      AmountInUsd: {
        Dollars: Math.floor(tenthsOfACent / 1000),
        Cents: Math.floor(tenthsOfACent / 10) % 100,
        TenthFractionsOfACent: tenthsOfACent % 10,
      },
    },
  }
}

test('the table has every task of AWS', () => {
  const stems = Object.values(TASK_TABLE).flatMap((row) => ('stem' in row ? [row.stem] : []))

  expect(TASKS.map(({ stem }) => stem).sort()).toEqual([...stems].sort())
  expect(Object.keys(ACCOUNTS).sort()).toEqual([...KNOWN_REGIONS].sort())
})

describe.each(TASKS.map((task) => [task.stem, task] as const))('%s', (_stem, task) => {
  test.each(Object.keys(ACCOUNTS))('is at home in %s, and only with its account', (region) => {
    const other = Object.values(ACCOUNTS).find((account) => account !== ACCOUNTS[region])
    const pre = `arn:aws:lambda:${region}:${other}:function:PRE-${task.stem}`

    expect(found(task, { region })).toEqual([])
    expect(found(task, { region, human: { PreHumanTaskLambdaArn: pre } })).toEqual(['lambda-account'])
  })

  test('has its rule for -ref', () => {
    const codes = ['label', 'label-ref'].map((name) => found(task, { top: { LabelAttributeName: name } }))

    expect(codes).toEqual(
      {
        must: [['label-attribute-needs-ref'], []],
        may: [[], ['(label-attribute-ref-unclear)']],
        not: [[], ['label-attribute-forbids-ref']],
      }[task.ref ?? 'not'],
    )
  })

  test('has its page', () => {
    const template = found(task, { human: { UiConfig: { UiTemplateS3Uri: 's3://gt/t.html' } } })
    const pages = PAGES.map((page) => found(task, { human: { UiConfig: { HumanTaskUiArn: pageArn(page) } } }))

    expect(template).toEqual(task.page === undefined ? [] : ['ui-needs-arn'])
    expect(pages).toEqual(
      PAGES.map((page) =>
        task.page === undefined ? ['ui-needs-template'] : task.page === page ? [] : ['ui-mismatch'],
      ),
    )
  })

  test('has its algorithm, on a manifest', () => {
    const codes = ALGORITHMS.map((name) => found(task, { top: algorithm(name) }))

    expect(codes).toEqual(
      ALGORITHMS.map((name) =>
        task.algorithm === undefined
          ? ['auto-labeling-not-available']
          : task.algorithm === name
            ? []
            : ['algorithm-mismatch'],
      ),
    )
  })

  test('has its number of workers', () => {
    const codes = [1, 2, 9].map((count) =>
      found(task, { human: { NumberOfHumanWorkersPerDataObject: count } }),
    )

    expect(codes).toEqual(task.single ? [[], ['worker-count-one'], ['worker-count-one']] : [[], [], []])
  })

  test('has its longest time', () => {
    const [plain, last] = task.limits ?? [28_800, 28_800]
    const codes = [plain, last, last + 1].map((seconds) =>
      found(task, { human: { TaskTimeLimitInSeconds: seconds } }),
    )

    expect(codes).toEqual([[], plain === last ? [] : ['(time-limit-unclear)'], ['time-limit']])
  })

  test('has its prices, or no public workforce', () => {
    const [lowest, highest, unlisted] = task.prices ?? [1, 36, 37]
    const codes = [lowest, highest, unlisted].map((price) => found(task, { human: publicTeam(price) }))

    const listed = task.single ? ['(public-team-closed)', 'public-team-task'] : ['(public-team-closed)']
    const refused = task.prices ? [...listed, 'price-not-listed'] : listed
    expect(codes).toEqual([listed, listed, refused])
  })

  test('needs both its functions', () => {
    const codes = ['PreHumanTaskLambdaArn', 'AnnotationConsolidationConfig'].map((field) =>
      found(task, { human: { [field]: null } }),
    )

    const expected = task.stem === 'PassThrough' ? [] : ['lambda-half']
    expect(codes).toEqual([expected, expected])
  })
})
