import type { S3Uri } from '../../names/s3-uri.js'
import type { TaskName } from '../../tasks/task-table.js'
import type { LabelOf } from './label-contents.js'

/** One data object of an output manifest: labeled, failed or not labeled. Tell them apart by `status`. */
export type Label<Name extends TaskName = TaskName> =
  | LabeledObject<Name>
  | FailedObject<Name>
  | UnlabeledObject<Name>

/** One line of an output manifest, also one that cannot be read. */
export type Line<Name extends TaskName = TaskName> = Label<Name> | UnreadableLine<Name>

/** What `readLabels` yields, or a list of it. */
export type Lines = AsyncIterable<Line> | Iterable<Line>

/** A data object with its label; a union over tasks that narrows by `task`. */
export type LabeledObject<Name extends TaskName = TaskName> = Name extends TaskName
  ? LabeledFacts<Name> & LabelOf<Name>
  : never

/** What every data object of a manifest has. */
export interface ObjectFacts<Name extends TaskName> {
  readonly task: Name
  /** Counted from 1, empty lines included. */
  readonly lineNumber: number
  /** The `s3://` address of the object, or the text itself. */
  readonly source: string
  /** The label attribute name that was read. */
  readonly attribute: string
  /** The whole line as it came, with the keys that the job only copied. */
  readonly line: Readonly<Record<string, unknown>>
}

/** What is known of a labeled object whatever its task. */
export interface LabeledFacts<Name extends TaskName> extends ObjectFacts<Name> {
  readonly status: 'labeled'
  /** `true`: by a worker. `false`: by automated labeling. `undefined`: the line does not say. */
  readonly humanAnnotated: boolean | undefined
  readonly createdAt: Date | undefined
  /** The job that made the label, by its bare name. */
  readonly jobName: string | undefined
  /**
   * The confidence in the label as a whole, 0 to 1: classes, verdicts and image masks have one, boxes, entities
   * and chosen classes carry their own. AWS writes exactly 0 when one worker labels each object; that means
   * "unknown" and is `undefined` here, at the parts of a label too.
   */
  readonly confidence: number | undefined
  /** The confidence as the line has it, 0 included. */
  readonly rawConfidence: number | undefined
  /** Where the answers of the workers are: of custom jobs that consolidate nothing, the only place that has them. */
  readonly workerResponseUri: S3Uri | undefined
}

/** A data object that got no label, with the reason. */
export interface FailedObject<Name extends TaskName = TaskName> extends ObjectFacts<Name> {
  readonly status: 'failed'
  /** AWS's words; `undefined` where the line has metadata but neither a label nor a reason. */
  readonly reason: string | undefined
  readonly createdAt: Date | undefined
  readonly jobName: string | undefined
}

/** A data object that the job has not come to: the line is as it was in the input. */
export interface UnlabeledObject<Name extends TaskName = TaskName> extends ObjectFacts<Name> {
  readonly status: 'unlabeled'
}

/** A line that is no JSON object, or whose label does not fit the task. */
export interface UnreadableLine<Name extends TaskName = TaskName> {
  readonly status: 'unreadable'
  readonly task: Name
  readonly lineNumber: number
  /** What is wrong with it; never its contents. */
  readonly reason: string
}
