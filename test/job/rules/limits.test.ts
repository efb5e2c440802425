import { describe, expect, test } from 'vitest'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { Json, JsonObject } from '../../../src/json/json.js'

const TEAM = 'arn:aws:sagemaker:us-east-1:111122223333:workteam'
const PUBLIC = 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default'

/** What is said of one field, in one line each. */
function saidOf(path: string, request: JsonObject): string[] {
  return findProblems(request, 'us-east-1')
    .filter((problem) => problem.path === path)
    .map(({ code, what, why, fix }) => `${code}: ${what}. ${why}. ${fix}.`)
}

function codesOf(field: string, human: JsonObject): string[] {
  return findProblems({ HumanTaskConfig: human }, 'us-east-1')
    .filter(({ path }) => path === `HumanTaskConfig.${field}`)
    .map(({ code }) => code)
}

describe('how long tasks stay open', () => {
  const field = 'TaskAvailabilityLifetimeInSeconds'

  test.each<[team: string, seconds: Json, codes: string[]]>([
    [PUBLIC, 43_200, []],
    [PUBLIC, 43_201, ['availability']],
    [`${TEAM}/private-crowd/t`, 2_592_000, []],
    [`${TEAM}/private-crowd/t`, 2_592_001, ['availability']],
    [`${TEAM}/vendor-crowd/t`, 2_592_001, ['availability']],
    [`${TEAM}/private-crowd/t`, 60, []],
    [`${TEAM}/private-crowd/t`, 59, ['task-availability-lifetime-in-seconds-range']],
    [`${TEAM}/private-crowd/t`, '9000000', ['task-availability-lifetime-in-seconds-wrong-type']],
  ])('%s: %j', (team, seconds, codes) => {
    expect(codesOf(field, { WorkteamArn: team, [field]: seconds })).toEqual(codes)
  })
})

describe('how many objects are out at once', () => {
  const field = 'MaxConcurrentTaskCount'

  test.each<[count: Json, codes: string[]]>([
    [1000, []],
    [1001, ['concurrency-needs-quota']],
    [5000, ['concurrency-needs-quota']],
    [5001, ['max-concurrent-task-count-range']],
    ['2000', ['max-concurrent-task-count-wrong-type']],
  ])('%j', (count, codes) => {
    expect(codesOf(field, { [field]: count })).toEqual(codes)
  })
})

test('a stream may have an empty block of stopping conditions', () => {
  const request = { InputConfig: { DataSource: { SnsDataSource: {} } }, StoppingConditions: {} }

  expect(saidOf('StoppingConditions', request)).toEqual([])
})

describe('a problem says what is there, why it cannot stay, and what to do', () => {
  test.each<[path: string, request: JsonObject, said: string[]]>([
    [
      'StoppingConditions.MaxHumanLabeledObjectCount',
      { StoppingConditions: { MaxHumanLabeledObjectCount: 0 } },
      ['max-human-labeled-object-count-range: it is 0. AWS takes 1 or more. Give 1 or more.'],
    ],
    [
      'StoppingConditions.MaxHumanLabeledObjectCount',
      { StoppingConditions: { MaxHumanLabeledObjectCount: 3e9 } },
      [
        'max-human-labeled-object-count-range: it is 3000000000. AWS takes 1 to 2147483647. Give 1 to 2147483647.',
      ],
    ],
    [
      'StoppingConditions.MaxPercentageOfInputDatasetLabeled',
      { StoppingConditions: { MaxPercentageOfInputDatasetLabeled: 0 } },
      ['max-percentage-of-input-dataset-labeled-range: it is 0. AWS takes 1 to 100. Give 1 to 100.'],
    ],
    [
      'HumanTaskConfig.NumberOfHumanWorkersPerDataObject',
      { HumanTaskConfig: { NumberOfHumanWorkersPerDataObject: 1.5 } },
      [
        'number-of-human-workers-per-data-object-wrong-type: it is 1.5. AWS takes a whole number. Give a whole number.',
      ],
    ],
    [
      'HumanTaskConfig.NumberOfHumanWorkersPerDataObject',
      { HumanTaskConfig: { NumberOfHumanWorkersPerDataObject: '3' } },
      [
        'number-of-human-workers-per-data-object-wrong-type: it is the string "3". AWS takes a whole number. Give a whole number.',
      ],
    ],
    ['Tags', { Tags: 'x' }, ['tags-wrong-type: it is the string "x". AWS takes an array. Give an array.']],
    ['Tags[0]', { Tags: [null] }, ['tags-wrong-type: it is null. AWS takes an object. Give an object.']],
    ['Tags[0]', { Tags: [[]] }, ['tags-wrong-type: it is an array. AWS takes an object. Give an object.']],
    ['RoleArn', { RoleArn: true }, ['role-arn-wrong-type: it is true. AWS takes a string. Give a string.']],
    [
      'RoleArn',
      { RoleArn: {} },
      ['role-arn-wrong-type: it is an object. AWS takes a string. Give a string.'],
    ],
    ['RoleArn', {}, ['role-arn-missing: it is missing. AWS requires it. Give RoleArn.']],
    [
      'LabelingJobName',
      { LabelingJobName: 'a'.repeat(64) },
      [
        'labeling-job-name-too-long: it has 64 characters. AWS takes 63 at most. Shorten it to 63 characters.',
      ],
    ],
    [
      'HumanTaskConfig.UiConfig.HumanTaskUIArn',
      { HumanTaskConfig: { UiConfig: { HumanTaskUIArn: 'x' } } },
      [
        'unknown-field: CreateLabelingJob has no such field. its name is HumanTaskUiArn. Write HumanTaskUiArn.',
      ],
    ],
    [
      'OutputConfig.VolumeKmsKeyId',
      { OutputConfig: { VolumeKmsKeyId: 'x' } },
      [
        'key-misplaced: CreateLabelingJob has no such field. OutputConfig has S3OutputPath, KmsKeyId, SnsTopicArn. Leave it out, or update the library if AWS has added it.',
      ],
    ],
    [
      'Priority',
      { Priority: 1 },
      [
        'unknown-field: CreateLabelingJob has no such field. the request has LabelingJobName, LabelAttributeName, InputConfig, OutputConfig, RoleArn, LabelCategoryConfigS3Uri, StoppingConditions, LabelingJobAlgorithmsConfig, HumanTaskConfig, Tags. Leave it out, or update the library if AWS has added it.',
      ],
    ],
    [
      'HumanTaskConfig.WorkteamArn',
      { HumanTaskConfig: { WorkteamArn: 'arn:aws:sagemaker::111122223333:workteam/private-crowd/t' } },
      [
        'region-mismatch: it is in no region, and the job runs in us-east-1. everything a job names must be in the region it runs in. Name one in the region of the job.',
      ],
    ],
    [
      'OutputConfig.SnsTopicArn',
      {
        InputConfig: { DataSource: { SnsDataSource: {} } },
        OutputConfig: { SnsTopicArn: 'arn:aws:sns:eu-west-1:111122223333:gt' },
      },
      [
        'region-mismatch: it is in eu-west-1, and the job runs in us-east-1. everything a job names must be in the region it runs in. Name one in the region of the job.',
      ],
    ],
  ])('%s of %j', (path, request, said) => {
    expect(saidOf(path, request)).toEqual(said)
  })
})
