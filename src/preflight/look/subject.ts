import type { Aws, CallOptions } from '../../aws/aws.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { RequestFacts } from '../../job/rules/request-facts.js'
import type { TaskName, TaskRow } from '../../tasks/task-table.js'
import { type Address, addressOf } from './address.js'
import type { GivenSources } from './given-sources.js'

/** A job about to be created, as it is looked at: what it names, each `undefined` where it names none or no name. */
export interface Subject extends CallOptions {
  readonly request: CreateLabelingJobRequest
  readonly region: string
  /** Answers what was asked before from memory. */
  readonly aws: Aws
  readonly given: GivenSources
  /** Keeps to the number of calls at once. */
  readonly limit: <Answer>(task: () => Promise<Answer>) => Promise<Answer>
  readonly sample: number
  readonly task: TaskName | undefined
  readonly row: TaskRow | undefined
  readonly isAutomated: boolean
  readonly isStream: boolean
  readonly manifest: Address | undefined
  readonly categories: Address | undefined
  readonly template: Address | undefined
  readonly output: Address | undefined
  text(path: string): string | undefined
  /** A number of the request by its path. */
  number(path: string): number | undefined
  /** The texts of a list of the request by its path; empty where there is none. */
  list(path: string): readonly string[]
}

/** Reads from a request what checks look at. */
export function readSubject(
  request: CreateLabelingJobRequest,
  facts: RequestFacts,
  context: Pick<Subject, 'aws' | 'given' | 'region' | 'limit' | 'sample' | 'signal'>,
): Subject {
  return {
    ...context,
    request,
    task: facts.task,
    row: facts.row,
    isAutomated: facts.value('LabelingJobAlgorithmsConfig') !== undefined,
    isStream: facts.value('InputConfig.DataSource.SnsDataSource') !== undefined,
    manifest: addressOf(facts.text('InputConfig.DataSource.S3DataSource.ManifestS3Uri')),
    categories: addressOf(facts.text('LabelCategoryConfigS3Uri')),
    template: addressOf(facts.text('HumanTaskConfig.UiConfig.UiTemplateS3Uri')),
    output: addressOf(facts.text('OutputConfig.S3OutputPath')),
    text: (path) => facts.text(path),
    number: (path) => {
      const value = facts.value(path)
      return typeof value === 'number' ? value : undefined
    },
    list: (path) => {
      const value = facts.value(path)
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
  }
}

/** Tells whether workers see video frames or point clouds, on pages of AWS that also write. */
export function showsFrames({ row }: Pick<Subject, 'row'>): boolean {
  return row?.labelFile === 'frames'
}
