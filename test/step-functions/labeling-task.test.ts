import { describe, expect, test } from 'vitest'
import { fromRequest, outputKey } from '../../src/index.js'
import {
  labelingTask,
  outcomeChoice,
  type State,
  type TaskStateOptions,
} from '../../src/step-functions/index.js'
import { TASK_NAMES } from '../../src/tasks/task-kinds.js'
import { randomRequest } from '../job/request/random-request.js'
import { runs } from '../support/runs.js'
import { signsJob } from '../support/signs-job.js'
import { boxes, labelingWorld } from '../testing/sagemaker/labeling-world.js'
import { pauseBefore, runMachine, toldTo } from './run-machine.js'
import { findings } from './validate-states.js'

const region = 'us-east-1'
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const REQUEST = boxes(KEY)
const WAYS = {
  JSONata: {},
  JSONPath: { queryLanguage: 'JSONPath' },
} as const satisfies Record<string, Partial<TaskStateOptions>>

test('a state says its query language, waits longer than a job may run, and tries again while a quota is full or AWS throttles', () => {
  expect(labelingTask(REQUEST, { region, next: 'Outcome', onFailure: 'Outcome' })).toEqual({
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: 'arn:aws:states:::sagemaker:createLabelingJob.sync',
    Arguments: REQUEST,
    TimeoutSeconds: 2_678_400,
    Retry: [
      {
        ErrorEquals: ['SageMaker.ResourceLimitExceededException'],
        IntervalSeconds: 60,
        BackoffRate: 2,
        MaxDelaySeconds: 3_600,
        MaxAttempts: 60,
        JitterStrategy: 'FULL',
      },
      {
        ErrorEquals: ['SageMaker.AmazonSageMakerException', 'ThrottlingException'],
        IntervalSeconds: 5,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        MaxAttempts: 6,
        JitterStrategy: 'FULL',
      },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Outcome' }],
    Next: 'Outcome',
  })
})

test('name and manifest may be expressions of the language', () => {
  const { LabelingJobName: _, InputConfig: __, ...rest } = REQUEST

  const jsonata = labelingTask(REQUEST, {
    region,
    name: "{% 'signs-' & $states.input.id %}",
    manifest: '{% $states.input.manifest %}',
  })
  const jsonPath = labelingTask(REQUEST, {
    region,
    name: '$$.Execution.Name',
    manifest: '$.manifest',
    queryLanguage: 'JSONPath',
  })

  expect(jsonata['Arguments']).toEqual({
    LabelingJobName: "{% 'signs-' & $states.input.id %}",
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: '{% $states.input.manifest %}' } } },
    ...rest,
  })
  expect(jsonPath).toMatchObject({ End: true })
  expect(jsonPath).not.toHaveProperty('QueryLanguage')
  expect(jsonPath['Parameters']).toEqual({
    'LabelingJobName.$': '$$.Execution.Name',
    InputConfig: { DataSource: { S3DataSource: { 'ManifestS3Uri.$': '$.manifest' } } },
    ...rest,
  })
})

test('another name leaves the label attribute of the job', () => {
  expect(labelingTask(REQUEST, { region, name: 'signs-2' })['Arguments']).toMatchObject({
    LabelingJobName: 'signs-2',
    LabelAttributeName: 'signs',
  })
})

test('the partition of the region is that of the service', () => {
  const chinese = fromRequest(
    JSON.parse(
      JSON.stringify(REQUEST).replaceAll('us-east-1', 'cn-north-1').replaceAll('arn:aws:', 'arn:aws-cn:'),
    ),
  )

  expect(() => labelingTask(chinese, { region: 'cn-north-1' })).toThrow(
    'Cannot make a state of the labeling job',
  )
  expect(labelingTask(REQUEST, { region })['Resource']).toMatch(/^arn:aws:/)
})

test('a state is frozen, with all that is in it', () => {
  const state = labelingTask(REQUEST, { region })

  expect(Object.isFrozen(state)).toBe(true)
  expect(Object.isFrozen((state['Arguments'] as typeof REQUEST).HumanTaskConfig.UiConfig)).toBe(true)
  expect(Object.isFrozen(REQUEST.HumanTaskConfig)).toBe(false)
})

describe.each(Object.entries(WAYS))('states of every task and option in %s', (language, way) => {
  const made = Array.from({ length: runs(4_000, 150) }, (_, seed) => randomRequest(seed))
  const [name, manifest] =
    language === 'JSONata'
      ? (['{% $states.input.name %}', '{% $states.input.manifest %}'] as const)
      : (['$.name', '$.manifest'] as const)

  test('are valid', () => {
    const tried = new Set(made.map(({ task }) => task))
    const states = made.flatMap(({ request, region: place, streaming }, seed) => {
      const given = streaming
        ? [{}, { name }][seed % 2]
        : [{}, { name }, { manifest }, { name, manifest }][seed % 4]
      return labelingTask(request, { region: place, ...way, ...given, next: 'S1', onFailure: 'S0' })
    })

    expect(findings(states)).toEqual([])
    expect([...TASK_NAMES].filter((task) => !tried.has(task))).toEqual([])
  })

  test('tell SageMaker the request and nothing else', async () => {
    for (const { request, region: place } of made)
      expect(await toldTo(labelingTask(request, { region: place, ...way }), {})).toEqual(request)
  })
})

const TITLES = [
  '{% $states.input %}',
  '{%',
  'a %}',
  '{% a %} and {% b %}',
  '{%}',
  '{% "x" & \'y\' %}',
  '%}{%',
]

test.each(TITLES)('a title that reads like an expression is not run: %s', async (title) => {
  const request = boxes(KEY, ({ HumanTaskConfig }) => {
    HumanTaskConfig.TaskTitle = title
  })

  const jsonata = labelingTask(request, { region })
  const jsonPath = labelingTask(request, { region, queryLanguage: 'JSONPath' })

  expect(await toldTo(jsonata, {})).toEqual(request)
  expect(await toldTo(jsonPath, {})).toEqual(request)
})

test('titles that read like expressions are valid in a state', () => {
  const states = TITLES.map((title) =>
    labelingTask(
      boxes(KEY, ({ HumanTaskConfig }) => {
        HumanTaskConfig.TaskTitle = title
      }),
      { region },
    ),
  )

  expect(findings(states)).toEqual([])
})

describe('a state that AWS would refuse or that would fail days later cannot be made', () => {
  test('the sample of AWS: Arguments in a state that says no query language', () => {
    const { QueryLanguage: _, ...sample } = labelingTask(REQUEST, { region })

    expect(findings([sample as State])).not.toEqual([])
  })

  test.each<[string, () => unknown, object]>([
    [
      'a body that breaks a rule',
      () =>
        labelingTask(
          boxes(KEY, (request) => Object.assign(request, { LabelAttributeName: 'x-metadata' })),
          { region },
        ),
      { code: 'invalid-job', what: 'Cannot make a state of the labeling job' },
    ],
    [
      'a name that SageMaker does not take',
      () => labelingTask(REQUEST, { region, name: 'street signs' }),
      { code: 'invalid-job' },
    ],
    [
      'a key named by an alias',
      () => labelingTask(signsJob, { region }),
      { code: 'refused-call', why: expect.stringContaining('alias/gt is an alias') },
    ],
    [
      'an alias in a request',
      () => labelingTask(boxes('alias/gt'), { region }),
      {
        code: 'refused-call',
        why: expect.stringContaining('alias/gt is an alias, which may lead to another key'),
      },
    ],
    [
      'a key in another region',
      () =>
        labelingTask(signsJob.output('s3://gt/out', outputKey(KEY.replace('us-east-1', 'eu-west-1'))), {
          region,
        }),
      { code: 'invalid-job' },
    ],
    [
      'a region without the task',
      () => labelingTask(signsJob.output('s3://gt/out', outputKey(KEY)), { region: 'sa-east-1' }),
      { code: 'region-not-supported' },
    ],
    [
      'a path in a JSONata state',
      () => labelingTask(REQUEST, { region, name: '$.name' }),
      {
        code: 'refused-call',
        why: expect.stringContaining('an expression of JSONPath in a state of JSONata'),
      },
    ],
    ...['{% %}', '{%%}', '$.', 'States.'].map((name): [string, () => unknown, object] => [
      `an expression that names nothing: ${name}`,
      () => labelingTask(REQUEST, { region, name }),
      { code: 'refused-call', why: `name is "${name}", an expression that names nothing` },
    ]),
    [
      'an expression in a JSONPath state',
      () => labelingTask(REQUEST, { region, manifest: '{% $x %}', queryLanguage: 'JSONPath' }),
      { code: 'refused-call', why: expect.stringContaining('write $.name instead') },
    ],
    [
      'a manifest for a stream',
      () =>
        labelingTask(
          boxes(KEY, ({ InputConfig }) => {
            InputConfig.DataSource = {
              SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:in' },
            }
          }),
          { region, manifest: '{% $states.input.manifest %}' },
        ),
      { code: 'refused-call', why: expect.stringContaining('the job listens to a stream') },
    ],
    [
      'no job',
      () => labelingTask(undefined as never, { region }),
      { why: expect.stringContaining('is no job') },
    ],
    [
      'no region',
      () => labelingTask(REQUEST, {} as never),
      { why: expect.stringContaining('the region is') },
    ],
    [
      'a misspelt option',
      () => labelingTask(REQUEST, { region, nextState: 'Done' } as never),
      { why: 'it has no option "nextState"' },
    ],
    [
      'a way on to nowhere',
      () => labelingTask(REQUEST, { region, next: '' }),
      { why: expect.stringContaining('next is ""') },
    ],
    [
      'a language of nobody',
      () => labelingTask(REQUEST, { region, queryLanguage: 'JSON' as never }),
      { why: "queryLanguage is \"JSON\": give 'JSONata' or 'JSONPath'" },
    ],
  ])('%s', (_, make, error) => {
    expect(make).toThrow(expect.objectContaining(error))
  })

  test('a job that was resolved elsewhere', async () => {
    const { cloud } = labelingWorld()
    const resolved = await signsJob
      .output('s3://gt/out', outputKey('alias/gt-output'))
      .resolve(cloud.connect())

    expect(() => labelingTask(resolved, { region: 'eu-west-1' })).toThrow('the job was resolved in us-east-1')
    expect(labelingTask(resolved, { region })['Arguments']).toEqual(resolved.request)
  })
})

test('tries again for about a day while a quota is full: 27.5 hours in the mean', () => {
  const [retrier] = labelingTask(REQUEST, { region })['Retry'] as Parameters<typeof pauseBefore>[1][]
  const hours = (part: () => number) => {
    let seconds = 0
    for (let attempt = 1; attempt <= (retrier?.MaxAttempts ?? 0); attempt++)
      seconds += pauseBefore(attempt, retrier as never, part())
    return seconds / 3_600
  }
  let state = 1
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const tried = Array.from({ length: 1_000 }, () => hours(random)).sort((one, other) => one - other)

  expect(hours(() => 0.5)).toBeCloseTo(27.525, 3)
  expect(tried.filter((time) => time > 22 && time < 33).length).toBeGreaterThan(980)
})

test.each([
  "{% 'signs-' & $uuid() %}",
  "{% 'signs-' & $string($floor($random() * 1000)) %}",
  "{% 'signs-' & $millis() %}",
  "{% 'signs-' & $states.context.State.RetryCount %}",
])(
  'a name that is another at each try is not tried again where the first may have come through: %s',
  (name) => {
    expect(labelingTask(REQUEST, { region, name })['Retry']).toMatchObject([
      { ErrorEquals: ['SageMaker.ResourceLimitExceededException'] },
    ])
    expect(
      labelingTask(REQUEST, { region, name: '{% $states.context.Execution.Name %}' })['Retry'],
    ).toHaveLength(2)
  },
)

describe.each(Object.entries(WAYS))('a machine in %s', (_, way) => {
  const machineOf = (state: State) => ({
    StartAt: 'Label',
    States: {
      Label: state,
      Tell: outcomeChoice(
        { completed: 'Train', withoutLabels: 'Ask', stopped: 'Stopped', failed: 'Failed' },
        way,
      ),
      Train: { Type: 'Succeed' },
      Ask: { Type: 'Succeed' },
      Stopped: { Type: 'Succeed' },
      Failed: { Type: 'Fail', Error: 'LabelingFailed', Cause: 'see the execution' },
    },
  })
  const onward = { region, ...way, next: 'Tell', onFailure: 'Tell' }

  test('goes on to what a labeled job is for', async () => {
    const { cloud, keyArn } = labelingWorld()

    const ran = await runMachine(machineOf(labelingTask(boxes(keyArn), onward)), {}, cloud)

    expect(ran).toMatchObject({ status: 'SUCCEEDED', path: ['Label', 'Tell', 'Train'] })
  })

  test.each([
    ['AWS throttles', 'throttle' as const, 6, 97_500],
    ['a quota is full', { name: 'ResourceLimitExceeded', message: 'full' }, 8, 5_490_000],
  ])('creates its job though %s', async (_, fault, times, milliseconds) => {
    const { cloud, keyArn } = labelingWorld()
    cloud.inject({ call: 'sagemaker:CreateLabelingJob', fault, times })
    const start = cloud.clock.now().getTime()

    const ran = await runMachine(machineOf(labelingTask(boxes(keyArn), onward)), {}, cloud)

    const { CreationTime } = ran.output as { CreationTime: string }
    expect(ran).toMatchObject({ status: 'SUCCEEDED', path: ['Label', 'Tell', 'Train'] })
    expect(Date.parse(CreationTime) - start).toBe(milliseconds)
  })

  test('gives up what is invalid after six tries', async () => {
    const { cloud, keyArn } = labelingWorld()
    const fault = { name: 'ValidationException', message: 'no' }
    cloud.inject({ call: 'sagemaker:CreateLabelingJob', fault, times: Number.POSITIVE_INFINITY })

    const ran = await runMachine(machineOf(labelingTask(boxes(keyArn), onward)), {}, cloud)

    expect(ran).toMatchObject({ status: 'FAILED', path: ['Label', 'Tell', 'Failed'] })
    expect(cloud.calls.of('sagemaker:CreateLabelingJob')).toHaveLength(7)
  })

  test('tells a job without labels from a completed one', async () => {
    const { cloud, keyArn } = labelingWorld()
    cloud.labeling({ workers: 'absent' })

    const ran = await runMachine(machineOf(labelingTask(boxes(keyArn), onward)), {}, cloud)

    expect(ran.path).toEqual(['Label', 'Tell', 'Ask'])
  })

  test('goes on to the failure of a job that fails, and of one that is not created', async () => {
    const { cloud, keyArn } = labelingWorld()
    const failing = boxes(keyArn, (request) => {
      request.LabelCategoryConfigS3Uri = 's3://acme-gt/ui/none.json'
    })

    const failed = await runMachine(machineOf(labelingTask(failing, onward)), {}, cloud)
    const refused = await runMachine(machineOf(labelingTask(failing, onward)), {}, cloud)

    expect(failed).toMatchObject({ status: 'FAILED', path: ['Label', 'Tell', 'Failed'] })
    expect(refused).toMatchObject({ status: 'FAILED', path: ['Label', 'Tell', 'Failed'] })
  })

  test('ends with the failure of the job where no state is named for it', async () => {
    const { cloud, keyArn } = labelingWorld()
    const failing = boxes(keyArn, (request) => {
      request.LabelCategoryConfigS3Uri = 's3://acme-gt/ui/none.json'
    })

    const ran = await runMachine(
      { StartAt: 'Label', States: { Label: labelingTask(failing, { region, ...way }) } },
      {},
      cloud,
    )

    expect(ran).toMatchObject({ status: 'FAILED', output: { Error: 'States.TaskFailed' } })
  })
})
