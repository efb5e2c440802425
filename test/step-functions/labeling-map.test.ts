import { describe, expect, test } from 'vitest'
import { labelingMap, type MapStateOptions } from '../../src/step-functions/index.js'
import { boxes, labelingWorld } from '../testing/sagemaker/labeling-world.js'
import { runMachine } from './run-machine.js'
import { findings } from './validate-states.js'

const region = 'us-east-1'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const REQUEST = boxes(KEY)
const ITEMS = { region, items: 's3://acme-gt/runs/jobs.json' } as const
const LANGUAGES = ['JSONata', 'JSONPath'] as const

test('children are Standard workflows, twenty at once, and a job that fails stops no other', () => {
  const map = labelingMap(REQUEST, {
    ...ITEMS,
    results: 's3://acme-gt/runs/results/',
    next: 'Done',
    onFailure: 'Failed',
  })
  const { ItemProcessor, ...rest } = map

  expect(rest).toEqual({
    Type: 'Map',
    QueryLanguage: 'JSONata',
    ItemReader: {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Arguments: { Bucket: 'acme-gt', Key: 'runs/jobs.json' },
    },
    MaxConcurrency: 20,
    ToleratedFailurePercentage: 100,
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'acme-gt', Prefix: 'runs/results' },
    },
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
    Next: 'Done',
  })
  expect(ItemProcessor).toMatchObject({
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Label signs',
    States: {
      'Label signs': {
        Arguments: {
          LabelingJobName: '{% $states.input.name %}',
          InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: '{% $states.input.manifest %}' } } },
        },
        TimeoutSeconds: 2_678_400,
        End: true,
      },
    },
  })
})

describe.each(LANGUAGES)('a Map in %s', (queryLanguage) => {
  test('is valid with every option', () => {
    const maps = [
      {},
      { items: 's3://acme-gt/runs/jobs.jsonl', concurrency: 1, toleratedFailures: 0, childState: 'Second' },
      { items: 's3://acme-gt/jobs.csv', results: 's3://acme-gt', toleratedFailures: 5, childState: 'Third' },
      {
        results: 's3://acme-gt/runs/',
        onFailure: 'S1',
        manifest: 's3://acme-gt/in.manifest',
        childState: 'Fourth',
      },
    ] as const

    expect(
      findings(maps.map((options) => labelingMap(REQUEST, { ...ITEMS, queryLanguage, ...options }))),
    ).toEqual([])
  })

  test.each([
    ['json', (items: readonly object[]) => JSON.stringify(items)],
    ['jsonl', (items: readonly object[]) => items.map((item) => JSON.stringify(item)).join('\n')],
    [
      'csv',
      (items: readonly object[]) =>
        ['name,manifest', ...items.map((item) => Object.values(item).join(','))].join('\n'),
    ],
  ])('runs a job for each item of a list in %s', async (ending, write) => {
    const { cloud, keyArn } = labelingWorld()
    const list = ['signs-a', 'signs-b'].map((name) => ({
      name,
      manifest: 's3://acme-gt/in/dataset.manifest',
    }))
    cloud.object(`s3://acme-gt/runs/jobs.${ending}`, write(list))
    const Jobs = labelingMap(boxes(keyArn), {
      region,
      items: `s3://acme-gt/runs/jobs.${ending}`,
      queryLanguage,
    })

    const { status, output } = await runMachine({ StartAt: 'Jobs', States: { Jobs } }, {}, cloud)

    expect(status).toBe('SUCCEEDED')
    expect(output).toMatchObject([
      { LabelingJobName: 'signs-a', LabelingJobStatus: 'Completed' },
      { LabelingJobName: 'signs-b', LabelingJobStatus: 'Completed' },
    ])
  })

  test('loses no job to throttling', async () => {
    const { cloud, keyArn } = labelingWorld()
    const manifest = 's3://acme-gt/in/dataset.manifest'
    const list = Array.from({ length: 3 }, (_, index) => ({ name: `signs-${index}`, manifest }))
    cloud.object('s3://acme-gt/runs/jobs.json', JSON.stringify(list))
    const tries: Record<string, number> = {}
    const before = ({ input }: { readonly input: Readonly<Record<string, unknown>> }) => {
      const name = String(input['LabelingJobName'])
      tries[name] = (tries[name] ?? 0) + 1
      return tries[name] <= 4 ? ('throttle' as const) : undefined
    }
    cloud.inject({ call: 'sagemaker:CreateLabelingJob', fault: { before }, times: 15 })
    const Jobs = labelingMap(boxes(keyArn), { ...ITEMS, queryLanguage })

    const { output } = await runMachine({ StartAt: 'Jobs', States: { Jobs } }, {}, cloud)

    const ended = output as readonly { readonly LabelingJobName?: string }[]
    expect(ended.map(({ LabelingJobName }) => LabelingJobName)).toEqual(list.map(({ name }) => name))
  })

  test('goes on when a job fails, and stops at the number that is tolerated', async () => {
    const { cloud, keyArn } = labelingWorld()
    const list = ['a', 'b'].map((name) => ({ name, manifest: `s3://acme-gt/in/${name}.manifest` }))
    cloud.object('s3://acme-gt/runs/jobs.json', JSON.stringify(list))
    const options = { ...ITEMS, queryLanguage }
    const run = (more: Partial<MapStateOptions>) =>
      runMachine(
        { StartAt: 'Jobs', States: { Jobs: labelingMap(boxes(keyArn), { ...options, ...more }) } },
        {},
        cloud,
      )

    expect((await run({})).status).toBe('SUCCEEDED')
    expect((await run({ toleratedFailures: 1 })).output).toMatchObject({
      Error: 'States.ExceedToleratedFailureThreshold',
    })
  })
})

test.each<[string, object, string]>([
  [
    'one name for all',
    { name: 'signs' },
    'SageMaker takes a name once: give an expression such as {% $states.input.name %}',
  ],
  ['a list that is not read', { items: 's3://acme-gt/jobs.xml' }, 'whose name ends in .json, .jsonl, .csv'],
  ['a list of no kind', { items: 's3://acme-gt/jobs.constructor' }, 'whose name ends in .json, .jsonl, .csv'],
  ['no list', { items: 's3://acme-gt' }, 'whose name ends in .json, .jsonl, .csv'],
  ['no address', { items: 'jobs.json' }, 'items is "jobs.json": give an address in S3'],
  ['no items', { items: undefined }, 'items is undefined: give an address in S3, for instance s3://'],
  ['results that are nowhere', { results: 'runs/' }, 'results is "runs/": give an address in S3'],
  ['everything at once', { concurrency: 0 }, 'concurrency is 0: give a whole number from 1 on'],
  ['half a failure', { toleratedFailures: 0.5 }, 'toleratedFailures is 0.5: give a whole number from 0 on'],
  ['a state without a name', { childState: '' }, 'childState is "": give the name of a state'],
  ['a misspelt option', { concurency: 5 }, 'it has no option "concurency"'],
  ['the other language', { manifest: '$.manifest' }, 'an expression of JSONPath in a state of JSONata'],
])('%s is refused', (_, options, why) => {
  expect(() => labelingMap(REQUEST, { ...ITEMS, ...options })).toThrow(why)
})

test('a job on a stream is no job for a Map, although no manifest was given', () => {
  const streamed = boxes(KEY, ({ InputConfig }) => {
    InputConfig.DataSource = { SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:in' } }
  })

  expect(() => labelingMap(streamed, ITEMS)).toThrow(
    'the job listens to a stream, and a Map runs one job for each manifest of a list: give a job with .input(), or use labelingTask()',
  )
})
