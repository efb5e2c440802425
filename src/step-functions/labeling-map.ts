import { formatValue } from '../errors/format-value.js'
import { refusedCall } from '../errors/refused-call.js'
import type { JobLike, WholeJob } from '../job/job-like.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { partitionOf } from '../names/arn.js'
import { isS3Uri, parseS3Uri, type S3UriText, withoutEndSlashes } from '../names/s3-uri.js'
import { isExpression } from './expression.js'
import { refuseOddOptions } from './refuse-options.js'
import { type State, TASK_STATE_OPTIONS, type TaskStateOptions } from './state.js'
import { languageField, taskState, wayOn } from './task-state.js'

/** What a state for many jobs is told beside the job that they all resemble. */
export interface MapStateOptions extends TaskStateOptions {
  /** An expression, as each job has a name of its own. Default: the field `name` of the item. */
  readonly name?: string
  /** Default: the field `manifest` of the item. */
  readonly manifest?: NonNullable<TaskStateOptions['manifest']>
  /**
   * The list: `.json` (an array of objects), `.jsonl` (an object a line) or `.csv` (names in the first row), in the
   * account and the region of the state machine.
   */
  readonly items: S3UriText
  /**
   * Where the results are written. Default: nowhere, and the state gives them, which fails when they are more than the
   * 256 KiB that a state may give.
   */
  readonly results?: S3UriText
  /** How many jobs run at once. Default: 20. */
  readonly concurrency?: number
  /** With one more that fails the state stops all jobs that run. Default: every job may fail, and none is stopped. */
  readonly toleratedFailures?: number
  /**
   * The name of the state inside: all states of a machine have different names, at most 80 characters long. Default:
   * `Label` and the label attribute, for instance `Label signs`.
   */
  readonly childState?: string
}

/**
 * Makes the state that runs a labeling job for each item of a list in S3: a Distributed Map whose children are Standard
 * workflows, as Express ones end after five minutes. The items say what differs: `{ "name": …, "manifest": … }`. Without
 * `toleratedFailures` it goes on to `next` even when every job failed; DescribeMapRun counts the failures.
 *
 * @throws LabelingJobError as `labelingTask()`; `refused-call` also for a list that Step Functions does not read, and for
 * one name for all.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 *
 * @example
 * const jobs = labelingMap(await job.resolve(aws), {
 *   region: 'us-east-1',
 *   items: 's3://acme-gt/runs/jobs.json',
 *   results: 's3://acme-gt/runs/results/',
 * })
 */
export function labelingMap<Job>(job: JobLike | WholeJob<Job>, options: MapStateOptions): State {
  refuseOddOptions('labelingMap', options, [
    ...TASK_STATE_OPTIONS,
    'items',
    'results',
    'concurrency',
    'toleratedFailures',
    'childState',
  ])
  const { region, queryLanguage = 'JSONata', items, results, concurrency = 20, toleratedFailures } = options
  const { name = itemField('name', queryLanguage), manifest = itemField('manifest', queryLanguage) } = options
  if (!isExpression(name))
    throw refusedCall(
      'labelingMap',
      `name is ${formatValue(name)} for every job, and SageMaker takes a name once: give an expression such as ${itemField('name', queryLanguage)}`,
    )
  refuseNoAddress('items', items)
  if (results !== undefined) refuseNoAddress('results', results)
  refuseNoCount('concurrency', concurrency, 1)
  if (toleratedFailures !== undefined) refuseNoCount('toleratedFailures', toleratedFailures, 0)
  const label = taskState('labelingMap', job as JobLike, { region, name, manifest, queryLanguage })
  const childState = options.childState ?? `Label ${attributeOf(label)}`.slice(0, 80)
  refuseNoStateName(childState)
  const service = (call: string) => `arn:${partitionOf(region)}:states:::s3:${call}`
  const told = queryLanguage === 'JSONata' ? 'Arguments' : 'Parameters'
  return deepFreeze({
    Type: 'Map',
    ...languageField(queryLanguage),
    ItemReader: {
      Resource: service('getObject'),
      ReaderConfig: readerOf(items),
      [told]: listAt(items),
    },
    MaxConcurrency: concurrency,
    ...(toleratedFailures === undefined
      ? { ToleratedFailurePercentage: 100 }
      : { ToleratedFailureCount: toleratedFailures }),
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: childState,
      States: { [childState]: label },
    },
    ...(results !== undefined && {
      ResultWriter: {
        Resource: service('putObject'),
        [told]: resultsAt(results),
      },
    }),
    ...wayOn(options),
  })
}

function itemField<Name extends string>(name: Name, queryLanguage: 'JSONata' | 'JSONPath') {
  return queryLanguage === 'JSONata' ? (`{% $states.input.${name} %}` as const) : (`$.${name}` as const)
}

const READERS: ReadonlyMap<string, object> = new Map<string, object>([
  ['json', { InputType: 'JSON' }],
  ['jsonl', { InputType: 'JSONL' }],
  ['csv', { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }],
])

function readerOf(items: string): object {
  const { Key: key } = listAt(items)
  const reader = READERS.get(key.slice(key.lastIndexOf('.') + 1).toLowerCase())
  if (reader !== undefined) return reader
  throw refusedCall(
    'labelingMap',
    `items is ${formatValue(items)}: give a list whose name ends in ${[...READERS.keys()]
      .map((ending) => `.${ending}`)
      .join(', ')}`,
  )
}

function listAt(items: string): { readonly Bucket: string; readonly Key: string } {
  const { bucket, key } = parseS3Uri(items)
  return { Bucket: bucket, Key: key }
}

/** Step Functions puts a slash and a folder for each run behind the prefix. */
function resultsAt(results: string): object {
  const { bucket, key } = parseS3Uri(results)
  const prefix = withoutEndSlashes(key)
  return { Bucket: bucket, ...(prefix !== '' && { Prefix: prefix }) }
}

function refuseNoAddress(option: string, value: unknown): void {
  if (isS3Uri(value)) return
  const example = option === 'items' ? 's3://acme-gt/runs/jobs.json' : 's3://acme-gt/runs/results/'
  throw refusedCall(
    'labelingMap',
    `${option} is ${formatValue(value)}: give an address in S3, for instance ${example}`,
  )
}

function refuseNoCount(option: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least) return
  throw refusedCall('labelingMap', `${option} is ${formatValue(value)}: give a whole number from ${least} on`)
}

function attributeOf({ Arguments, Parameters }: State): string {
  return String(((Arguments ?? Parameters) as { readonly LabelAttributeName: string }).LabelAttributeName)
}

function refuseNoStateName(name: unknown): void {
  if (typeof name === 'string' && name !== '' && name.length <= 80) return
  throw refusedCall(
    'labelingMap',
    `childState is ${formatValue(name)}: give the name of a state, at most 80 characters long`,
  )
}
