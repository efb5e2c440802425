import { describe, expect, test } from 'vitest'
import { mergePatch } from '../../../src/job/request/merge-patch.js'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import { RULES } from '../../../src/job/rules/rules.js'
import type { JsonObject } from '../../../src/json/json.js'

const REGION = 'us-east-1'
const lambda = (name: string, account = '432418664414', region = REGION) =>
  `arn:aws:lambda:${region}:${account}:function:${name}`
const pair = (stem: string): JsonObject => ({
  PreHumanTaskLambdaArn: lambda(`PRE-${stem}`),
  AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: lambda(`ACS-${stem}`) },
})
const team = (kind: string, region = REGION) =>
  `arn:aws:sagemaker:${region}:111122223333:workteam/${kind}-crowd/vision`
const page = (name: string, account = '394669845002') =>
  `arn:aws:sagemaker:${REGION}:${account}:human-task-ui/${name}`
const algorithm = (name: string, account = '027400017018') =>
  `arn:aws:sagemaker:${REGION}:${account}:labeling-job-algorithm-specification/${name}`
const auto = (name: string, more: JsonObject = {}): JsonObject => ({
  LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: algorithm(name), ...more },
})
const human = (fields: JsonObject): JsonObject => ({ HumanTaskConfig: fields })
const ownLambdas: JsonObject = {
  PreHumanTaskLambdaArn: lambda('pre', '111122223333'),
  AnnotationConsolidationConfig: { AnnotationConsolidationLambdaArn: lambda('post', '111122223333') },
}
const TOPIC = `arn:aws:sns:${REGION}:111122223333:gt`
const STREAM: JsonObject = {
  InputConfig: { DataSource: { S3DataSource: null, SnsDataSource: { SnsTopicArn: TOPIC } } },
}
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const tracking: JsonObject = {
  LabelAttributeName: 'signs-ref',
  HumanTaskConfig: {
    ...pair('3DPointCloudObjectTracking'),
    UiConfig: { UiTemplateS3Uri: null, HumanTaskUiArn: page('PointCloudObjectTracking') },
    NumberOfHumanWorkersPerDataObject: 1,
  },
}
const publicTeam: JsonObject = {
  InputConfig: { DataAttributes: { ContentClassifiers: ['FreeOfPersonallyIdentifiableInformation'] } },
  HumanTaskConfig: {
    WorkteamArn: `arn:aws:sagemaker:${REGION}:394669845002:workteam/public-crowd/default`,
    PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 3, TenthFractionsOfACent: 6 } },
  },
}

const BASE: JsonObject = {
  LabelingJobName: 'signs',
  LabelAttributeName: 'signs',
  InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/in.manifest' } } },
  OutputConfig: { S3OutputPath: 's3://gt/out/' },
  RoleArn: 'arn:aws:iam::111122223333:role/service-role/GtExec',
  LabelCategoryConfigS3Uri: 's3://gt/labels.json',
  HumanTaskConfig: {
    WorkteamArn: team('private'),
    UiConfig: { UiTemplateS3Uri: 's3://gt/box.html' },
    ...pair('BoundingBox'),
    TaskTitle: 'Box every sign',
    TaskDescription: 'One tight box each',
    NumberOfHumanWorkersPerDataObject: 5,
    TaskTimeLimitInSeconds: 3600,
  },
}

// What is changed, and exactly the codes that come of it.
const CASES: [what: string, patches: readonly JsonObject[], codes: readonly string[], region?: string][] = [
  ['nothing', [], []],
  ['no data source', [{ InputConfig: { DataSource: { S3DataSource: null } } }], ['data-source-missing']],
  [
    'capital letters in buckets',
    [
      {
        OutputConfig: { S3OutputPath: 's3://Acme-GT/Out/' },
        LabelCategoryConfigS3Uri: 's3://gt/Labels.json',
      },
    ],
    ['bucket-capitals'],
  ],
  ['-ref on a bounding box', [{ LabelAttributeName: 'signs-ref' }], ['label-attribute-forbids-ref']],
  ['no -ref on tracking', [tracking, { LabelAttributeName: 'signs' }], ['label-attribute-needs-ref']],
  ['tracking as it is', [tracking], []],
  [
    '-ref on segmentation verification',
    [human(pair('VerificationSemanticSegmentation')), { LabelAttributeName: 'v-ref' }],
    ['label-attribute-forbids-ref'],
  ],
  ['a metadata name', [{ LabelAttributeName: 'signs-metadata' }], ['label-attribute-metadata']],
  [
    'metadata inside a name',
    [{ LabelAttributeName: 'signs-metadata-2' }],
    ['label-attribute-metadata-inside'],
  ],
  ['metadata as a name', [{ LabelAttributeName: 'metadata' }], []],
  ['a name that ends in ref without hyphen', [{ LabelAttributeName: 'crossref' }], []],
  [
    '-ref on a custom task',
    [human(ownLambdas), { LabelAttributeName: 'signs-ref' }],
    ['label-attribute-ref-unclear'],
  ],
  [
    '-ref on pass-through',
    [human(pair('PassThrough')), { LabelAttributeName: 'signs-ref' }],
    ['label-attribute-ref-unclear'],
  ],
  ['a reserved name', [{ LabelAttributeName: 'source' }], ['label-attribute-reserved']],
  ['no page', [human({ UiConfig: { UiTemplateS3Uri: null } })], ['ui-missing']],
  [
    'both pages',
    [human({ UiConfig: { HumanTaskUiArn: page('NamedEntityRecognition') } })],
    ['ui-both', 'ui-needs-template'],
  ],
  [
    'a template on tracking',
    [tracking, human({ UiConfig: { HumanTaskUiArn: null, UiTemplateS3Uri: 's3://gt/t.html' } })],
    ['ui-needs-arn'],
  ],
  [
    'the page of another task',
    [tracking, human({ UiConfig: { HumanTaskUiArn: page('VideoObjectTracking') } })],
    ['ui-mismatch'],
  ],
  [
    'a page with the 3D of the Lambdas',
    [tracking, human({ UiConfig: { HumanTaskUiArn: page('3DPointCloudObjectTracking') } })],
    ['ui-unknown'],
  ],
  [
    'a page in another account',
    [tracking, human({ UiConfig: { HumanTaskUiArn: page('PointCloudObjectTracking', '326177286064') } })],
    ['ui-unknown'],
  ],
  [
    'a function that AWS does not have',
    [human(pair('VideoClassification'))],
    ['lambda-unknown', 'lambda-unknown'],
  ],
  [
    'ACS in the place of PRE',
    [human({ PreHumanTaskLambdaArn: lambda('ACS-BoundingBox') })],
    ['lambda-swapped'],
  ],
  [
    'functions of two tasks',
    [human({ PreHumanTaskLambdaArn: lambda('PRE-ImageMultiClass') })],
    ['lambda-pair'],
  ],
  [
    'one function of AWS, one own',
    [human({ PreHumanTaskLambdaArn: lambda('pre', '111122223333') })],
    ['lambda-mixed'],
  ],
  [
    'pass-through beside one own',
    [human({ ...pair('PassThrough'), PreHumanTaskLambdaArn: lambda('pre', '111122223333') })],
    [],
  ],
  ['one function alone', [human({ PreHumanTaskLambdaArn: null })], ['lambda-half']],
  ['the other function alone', [human({ AnnotationConsolidationConfig: null })], ['lambda-half']],
  ['no function', [human({ PreHumanTaskLambdaArn: null, AnnotationConsolidationConfig: null })], []],
  [
    'the account of another region',
    [human({ PreHumanTaskLambdaArn: lambda('PRE-BoundingBox', '081040173940') })],
    ['lambda-account'],
  ],
  [
    'the account of the customer',
    [human({ PreHumanTaskLambdaArn: lambda('PRE-BoundingBox', '111122223333') })],
    ['lambda-account'],
  ],
  [
    'a region without the functions',
    [],
    ['region-not-supported', 'region-not-supported', 'region-mismatch', 'region-mismatch', 'region-mismatch'],
    'eu-north-1',
  ],
  [
    'a role of another partition',
    [{ RoleArn: 'arn:aws-cn:iam::111122223333:role/r' }],
    ['partition-mismatch'],
  ],
  ['a team elsewhere', [human({ WorkteamArn: team('private', 'eu-west-1') })], ['region-mismatch']],
  [
    'a key elsewhere',
    [{ OutputConfig: { KmsKeyId: KEY.replace('us-east-1', 'eu-west-1') } }],
    ['region-mismatch'],
  ],
  ['automated labeling on a stream', [STREAM, auto('object-detection')], ['auto-labeling-on-stream']],
  ['automated labeling on tracking', [tracking, auto('object-detection')], ['auto-labeling-not-available']],
  [
    'automated labeling on a custom task',
    [human(ownLambdas), auto('object-detection')],
    ['auto-labeling-not-available'],
  ],
  [
    'an algorithm in the account of the Lambdas',
    [
      {
        LabelingJobAlgorithmsConfig: {
          LabelingJobAlgorithmSpecificationArn: algorithm('object-detection', '432418664414'),
        },
      },
    ],
    ['algorithm-unknown'],
  ],
  ['an algorithm that does not exist', [auto('bounding-box')], ['algorithm-unknown']],
  [
    'an algorithm ARN without its parts',
    [{ LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:object-detection' } }],
    ['algorithm-unknown'],
  ],
  ['the algorithm of another task', [auto('image-classification')], ['algorithm-mismatch']],
  ['a volume key', [auto('object-detection', { LabelingJobResourceConfig: { VolumeKmsKeyId: KEY } })], []],
  [
    'an alias as volume key',
    [auto('object-detection', { LabelingJobResourceConfig: { VolumeKmsKeyId: 'alias/v' } })],
    ['volume-key-alias'],
  ],
  [
    'a key of AWS as volume key',
    [auto('object-detection', { LabelingJobResourceConfig: { VolumeKmsKeyId: 'alias/aws/ebs' } })],
    ['key-aws-managed'],
  ],
  ['a volume key without automated labeling', [{ OutputConfig: { VolumeKmsKeyId: KEY } }], ['key-misplaced']],
  ['an empty key', [{ OutputConfig: { KmsKeyId: '' } }], ['key-empty']],
  ['a word for a key', [{ OutputConfig: { KmsKeyId: 'string' } }], ['key-form']],
  ['an alias as output key', [{ OutputConfig: { KmsKeyId: 'alias/o' } }], ['key-alias']],
  [
    'a topic of no region',
    [{ InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: 'arn:aws:sns::111122223333:gt' } } } }],
    ['region-mismatch'],
  ],
  [
    'the public workforce in an account of your own',
    [
      publicTeam,
      human({ WorkteamArn: `arn:aws:sagemaker:${REGION}:111122223333:workteam/public-crowd/default` }),
    ],
    ['public-team-unknown', 'public-team-closed'],
  ],
  [
    'a public team of another name',
    [
      publicTeam,
      human({ WorkteamArn: `arn:aws:sagemaker:${REGION}:394669845002:workteam/public-crowd/mine` }),
    ],
    ['public-team-unknown', 'public-team-closed'],
  ],
  [
    'a vendor in a VPC',
    [
      human({ WorkteamArn: team('vendor') }),
      auto('object-detection', {
        LabelingJobResourceConfig: { VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] } },
      }),
    ],
    ['vendor-team-vpc'],
  ],
  [
    'a function of AWS with a version',
    [human({ PreHumanTaskLambdaArn: lambda('PRE-BoundingBox:1') })],
    ['lambda-unknown'],
  ],
  [
    'more objects than 32 bits count',
    [{ StoppingConditions: { MaxHumanLabeledObjectCount: 2_147_483_648 } }],
    ['max-human-labeled-object-count-range'],
  ],
  [
    'as many objects as 32 bits count',
    [{ StoppingConditions: { MaxHumanLabeledObjectCount: 2_147_483_647 } }],
    [],
  ],
  [
    'a team of no kind',
    [human({ WorkteamArn: `arn:aws:sagemaker:${REGION}:111122223333:workteam/default/v` })],
    ['team-kind'],
  ],
  [
    'three workers on tracking',
    [tracking, human({ NumberOfHumanWorkersPerDataObject: 3 })],
    ['worker-count-one'],
  ],
  ['nine hours for a box', [human({ TaskTimeLimitInSeconds: 32_400 })], ['time-limit']],
  ['eight hours for a box', [human({ TaskTimeLimitInSeconds: 28_800 })], []],
  ['ten days for tracking', [tracking, human({ TaskTimeLimitInSeconds: 864_000 })], ['time-limit-unclear']],
  [
    'nine hours for a clip',
    [human({ ...pair('VideoMultiClass'), TaskTimeLimitInSeconds: 32_400 })],
    ['time-limit-unclear'],
  ],
  ['open for 31 days', [human({ TaskAvailabilityLifetimeInSeconds: 2_678_400 })], ['availability']],
  ['the public workforce', [publicTeam], ['public-team-closed']],
  [
    'open for a day with the public workforce',
    [publicTeam, human({ TaskAvailabilityLifetimeInSeconds: 86_400 })],
    ['availability', 'public-team-closed'],
  ],
  ['2,000 objects at once', [human({ MaxConcurrentTaskCount: 2000 })], ['concurrency-needs-quota']],
  [
    'no price for the public workforce',
    [publicTeam, human({ PublicWorkforceTaskPrice: null })],
    ['price-missing', 'public-team-closed'],
  ],
  [
    'a price that is not listed',
    [
      publicTeam,
      human({ PublicWorkforceTaskPrice: { AmountInUsd: { Cents: 1, TenthFractionsOfACent: 2 } } }),
    ],
    ['price-not-listed', 'public-team-closed'],
  ],
  [
    'a price for a private team',
    [human({ PublicWorkforceTaskPrice: { AmountInUsd: { Cents: 3 } } })],
    ['price-ignored'],
  ],
  [
    'no declaration for the public workforce',
    [publicTeam, { InputConfig: { DataAttributes: null } }],
    ['public-needs-classifier', 'public-team-closed'],
  ],
  ['the public workforce on tracking', [publicTeam, tracking], ['public-team-task', 'public-team-closed']],
  [
    'the public workforce in a VPC',
    [
      publicTeam,
      auto('object-detection', {
        LabelingJobResourceConfig: { VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] } },
      }),
    ],
    ['public-team-vpc', 'public-team-closed'],
  ],
  [
    'stopping conditions on a stream',
    [STREAM, { StoppingConditions: { MaxHumanLabeledObjectCount: 5 } }],
    ['stop-on-stream'],
  ],
  ['an output topic without a stream', [{ OutputConfig: { SnsTopicArn: TOPIC } }], ['output-topic-unused']],
  [
    'a stream that writes where it reads',
    [STREAM, { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://gt/out/in.manifest' } } } }],
    ['stream-same-place'],
  ],
  ['no label file', [{ LabelCategoryConfigS3Uri: null }], ['label-file-missing']],
  ['a tag of AWS', [{ Tags: [{ Key: 'aws:x', Value: '' }] }], ['tag-reserved']],
  [
    'a tag twice',
    [
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
    ],
    ['tag-twice'],
  ],
  ['a field that does not exist', [{ Priority: 1 }], ['unknown-field']],
  ['a keyword with a hyphen', [human({ TaskKeywords: ['Multi-label'] })], ['task-keywords-pattern']],
  ['an emoji in the title', [human({ TaskTitle: 'Cats 🐱' })], ['task-title-pattern']],
  [
    'a classifier misspelt',
    [{ InputConfig: { DataAttributes: { ContentClassifiers: ['freeOfAdultContent'] } } }],
    ['content-classifiers-not-listed'],
  ],
  [
    'workers as text',
    [human({ NumberOfHumanWorkersPerDataObject: '3' })],
    ['number-of-human-workers-per-data-object-wrong-type'],
  ],
  [
    'ten workers',
    [human({ NumberOfHumanWorkersPerDataObject: 10 })],
    ['number-of-human-workers-per-data-object-range'],
  ],
  ['no keyword in the list', [human({ TaskKeywords: [] })], ['task-keywords-too-short']],
  ['no title', [human({ TaskTitle: null })], ['task-title-missing']],
  ['a long name, told once', [{ LabelingJobName: 'a'.repeat(64) }], ['labeling-job-name-too-long']],
  [
    'a long name with a character that no name has',
    [{ LabelingJobName: `${'a'.repeat(63)}_` }],
    ['labeling-job-name-too-long', 'labeling-job-name-pattern'],
  ],
  ['an empty name, told once', [{ LabelingJobName: '' }], ['labeling-job-name-too-short']],
  ['an empty role, told once', [{ RoleArn: '' }], ['role-arn-too-short']],
  ['a short word for a role, told once', [{ RoleArn: 'GtExec' }], ['role-arn-pattern']],
  [
    'a long key, told once',
    [{ OutputConfig: { KmsKeyId: `alias/${'k'.repeat(2043)}` } }],
    ['kms-key-id-too-long', 'key-form'],
  ],
  ['an array for an object', [{ OutputConfig: [] }], ['output-config-wrong-type']],
]

describe('rules of CreateLabelingJob', () => {
  test.each(CASES)('%s', (_what, patches, codes, region = REGION) => {
    const request = patches.reduce(mergePatch, BASE)

    const problems = findProblems(request, region)

    expect(problems.map(({ code }) => code).sort()).toEqual([...codes].sort())
    for (const { what, why, fix, source, path, code, severity } of problems) {
      expect([what, why, fix, source, path].every((text) => text.length > 0)).toBe(true)
      expect(severity).toBe(
        code in RULES && 'warns' in RULES[code as keyof typeof RULES] ? 'warning' : 'error',
      )
    }
  })

  test('every rule of the table has a case', () => {
    const covered = new Set(CASES.flatMap(([, , codes]) => codes))

    expect(Object.keys(RULES).filter((code) => !covered.has(code))).toEqual([])
  })

  test('come in the order of the builder, all at once', () => {
    const problems = findProblems(
      [
        { LabelingJobName: '-' },
        { RoleArn: 'r' },
        human({ TaskTitle: '' }),
        { Tags: [{ Key: 'aws:x', Value: '' }] },
      ].reduce(mergePatch, BASE),
      REGION,
    )

    expect(problems.map(({ call }) => call)).toEqual(['named', 'task', 'role', 'tags'])
  })

  test('take the region of the work team when none is given', () => {
    const request = mergePatch(BASE, { OutputConfig: { KmsKeyId: KEY.replace('us-east-1', 'eu-west-1') } })

    expect(findProblems(request, undefined).map(({ code }) => code)).toEqual(['region-mismatch'])
  })

  test.each([
    [{}],
    [{ HumanTaskConfig: null, Tags: 'x', InputConfig: [], OutputConfig: 7 }],
    [{ HumanTaskConfig: { UiConfig: 'x' } }],
  ])('read %j without throwing', (request) => {
    expect(findProblems(request as JsonObject, undefined).length).toBeGreaterThan(3)
  })
})
