import jsonata from 'jsonata'
import type { FakeAws } from '../../src/testing/index.js'

type Data = Readonly<Record<string, unknown>>

interface Machine {
  readonly StartAt: string
  readonly States: Readonly<Record<string, Data>>
}

/** How an execution ended, the states it went through, and what the last gave. */
export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED'
  readonly path: readonly string[]
  readonly output: unknown
}

class StateError extends Error {
  readonly error: string

  constructor(error: string, cause: string) {
    super(cause)
    this.error = error
  }
}

/**
 * Runs a state machine against the fake, as far as the states of this library need it: Task, Map, Choice, Pass, Succeed
 * and Fail, in both query languages, with Retry on the clock of the fake. Written from the Amazon States Language, knowing nothing of what makes the states.
 */
export async function runMachine(machine: Machine, input: unknown, cloud: FakeAws): Promise<Execution> {
  const path: string[] = []
  let [name, data]: [string, unknown] = [machine.StartAt, input]
  for (;;) {
    const state = machine.States[name]
    if (state === undefined) throw new Error(`There is no state ${name}`)
    path.push(name)
    try {
      const { next, output } = await withRetry(state, cloud, () => runState(state, data, cloud))
      if (next === undefined) return { status: 'SUCCEEDED', path, output }
      ;[name, data] = [next, output]
    } catch (thrown) {
      if (!(thrown instanceof StateError)) throw thrown
      const output = { Error: thrown.error, Cause: thrown.message }
      const catcher = ((state['Catch'] ?? []) as { ErrorEquals: string[]; Next: string }[]).find((one) =>
        one.ErrorEquals.some((error) => error === 'States.ALL' || error === thrown.error),
      )
      if (catcher === undefined) return { status: 'FAILED', path, output }
      ;[name, data] = [catcher.Next, output]
    }
  }
}

interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly IntervalSeconds?: number
  readonly BackoffRate?: number
  readonly MaxDelaySeconds?: number
  readonly MaxAttempts?: number
  readonly JitterStrategy?: 'FULL' | 'NONE'
}

/** Gives the pause in seconds before the next try, the first being 1; full jitter takes a part of it, from 0 to 1. */
export function pauseBefore(attempt: number, retrier: Retrier, part: number): number {
  const { IntervalSeconds: first = 1, BackoffRate: rate = 2, MaxDelaySeconds: most = 31_622_400 } = retrier
  const pause = Math.min(first * rate ** (attempt - 1), most)
  return retrier.JitterStrategy === 'FULL' ? pause * part : pause
}

/** Tries a state again as its retriers say: the first that names the error counts, each its own tries. */
async function withRetry<Result>(state: Data, cloud: FakeAws, run: () => Promise<Result>): Promise<Result> {
  const retriers = (state['Retry'] ?? []) as readonly Retrier[]
  const tries = new Map<Retrier, number>()
  for (;;) {
    try {
      return await run()
    } catch (thrown) {
      if (!(thrown instanceof StateError)) throw thrown
      const retrier = retriers.find(({ ErrorEquals: names }) =>
        names.some((name) => name === 'States.ALL' || name === thrown.error),
      )
      if (retrier === undefined) throw thrown
      const attempt = (tries.get(retrier) ?? 0) + 1
      if (attempt > (retrier.MaxAttempts ?? 3)) throw thrown
      tries.set(retrier, attempt)
      cloud.clock.advance(pauseBefore(attempt, retrier, 0.5) * 1_000)
    }
  }
}

async function runState(state: Data, data: unknown, cloud: FakeAws) {
  const goOn = (output: unknown) => ({ next: state['Next'] as string | undefined, output })
  switch (state['Type']) {
    case 'Pass':
      return goOn(data)
    case 'Succeed':
      return { next: undefined, output: data }
    case 'Fail':
      throw new StateError(String(state['Error']), String(state['Cause']))
    case 'Choice':
      return { next: await choose(state, data), output: data }
    case 'Task':
      return goOn(await label((await toldTo(state, data)) as Data, cloud))
    case 'Map':
      return goOn(await mapItems(state, data, cloud))
    default:
      throw new Error(`This interpreter has no ${String(state['Type'])}`)
  }
}

/** What a state hands to its service: arguments with their expressions worked out. */
export function toldTo(state: Data, data: unknown): Promise<unknown> {
  return state['QueryLanguage'] === 'JSONata'
    ? evaluated(state['Arguments'], data)
    : Promise.resolve(resolved(state['Parameters'], data))
}

async function evaluated(value: unknown, input: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => evaluated(one, input)))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(async ([key, one]) => [key, await evaluated(one, input)])
    return Object.fromEntries(await Promise.all(entries))
  }
  if (typeof value !== 'string') return value
  const [opens, closes] = [value.startsWith('{%'), value.endsWith('%}')]
  if (!opens && !closes) return value
  if (!opens || !closes) throw new StateError('States.Runtime', `${value} is opened or closed only`)
  const result = await jsonata(value.slice(2, -2)).evaluate({}, { states: { input } })
  if (result === undefined) throw new StateError('States.QueryEvaluationError', `${value} gives nothing`)
  return result
}

function resolved(value: unknown, input: unknown): unknown {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) =>
      key.endsWith('.$') ? [key.slice(0, -2), at(String(one), input)] : [key, resolved(one, input)],
    ),
  )
}

function at(path: string, input: unknown): unknown {
  const found = find(path, input)
  if (found === undefined) throw new StateError('States.Runtime', `${path} leads nowhere`)
  return found
}

function find(path: string, input: unknown): unknown {
  const [root, ...names] = path.split('.')
  if (root !== '$') throw new Error(`This interpreter has no ${path}`)
  return names.reduce<unknown>((value, name) => (value as Data | undefined)?.[name], input)
}

async function choose(state: Data, data: unknown): Promise<string> {
  for (const choice of state['Choices'] as Data[]) {
    const holds =
      state['QueryLanguage'] === 'JSONata'
        ? await evaluated(choice['Condition'], data)
        : (choice['And'] as Data[]).every((test) => holdsFor(test, data))
    if (typeof holds !== 'boolean') throw new StateError('States.QueryEvaluationError', 'no true or false')
    if (holds) return choice['Next'] as string
  }
  return state['Default'] as string
}

function holdsFor({ Variable, ...comparison }: Data, data: unknown): boolean {
  const [[operator, expected]] = Object.entries(comparison) as [[string, unknown]]
  if (operator === 'IsPresent') return (find(String(Variable), data) !== undefined) === expected
  const value = at(String(Variable), data)
  if (operator === 'StringEquals' || operator === 'NumericEquals') return value === expected
  if (operator === 'NumericGreaterThan') return (value as number) > (expected as number)
  throw new Error(`This interpreter has no ${operator}`)
}

/** The errors of CreateLabelingJob that AWS's model names; Step Functions tells all others by one name. */
const MODELED: ReadonlyMap<string, string> = new Map([
  ['ResourceInUse', 'ResourceInUseException'],
  ['ResourceLimitExceeded', 'ResourceLimitExceededException'],
])

/** Creates a job and waits until it ends, as `.sync` does. */
async function label(request: Data, cloud: FakeAws): Promise<unknown> {
  const aws = cloud.connect()
  try {
    await aws.call('sagemaker:CreateLabelingJob', request as never)
  } catch (thrown) {
    const { awsError } = (thrown as { data: { awsError: string } }).data
    throw new StateError(`SageMaker.${MODELED.get(awsError) ?? 'AmazonSageMakerException'}`, String(thrown))
  }
  for (;;) {
    const LabelingJobName = String(request['LabelingJobName'])
    const described = await aws.call('sagemaker:DescribeLabelingJob', { LabelingJobName })
    if (described.LabelingJobStatus === 'Failed')
      throw new StateError('States.TaskFailed', JSON.stringify(described))
    if (described.LabelingJobStatus === 'Completed' || described.LabelingJobStatus === 'Stopped')
      return JSON.parse(JSON.stringify(described))
    cloud.clock.advance(6 * 3_600_000)
  }
}

async function mapItems(state: Data, data: unknown, cloud: FakeAws): Promise<unknown> {
  const reader = state['ItemReader'] as Data
  const place = (await toldTo({ ...reader, QueryLanguage: state['QueryLanguage'] }, data)) as Data
  const text = cloud.read(`s3://${place['Bucket']}/${place['Key']}`)
  const items = read((reader['ReaderConfig'] as Data)['InputType'], text)
  const results: Execution[] = []
  for (const item of items)
    results.push(await runMachine(state['ItemProcessor'] as Machine & Data, item, cloud))
  const failures = results.filter(({ status }) => status === 'FAILED').length
  const tolerated =
    state['ToleratedFailurePercentage'] === 100
      ? items.length
      : ((state['ToleratedFailureCount'] as number | undefined) ?? 0)
  if (failures > tolerated)
    throw new StateError('States.ExceedToleratedFailureThreshold', `${failures} failed`)
  return results.map(({ output }) => output)
}

function read(type: unknown, text: string): readonly unknown[] {
  if (type === 'JSON') return JSON.parse(text)
  const lines = text.trim().split('\n')
  if (type === 'JSONL') return lines.map((line) => JSON.parse(line))
  const [names = [], ...rows] = lines.map((line) => line.split(','))
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
}
