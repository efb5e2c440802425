import type { S3UriText } from '../names/s3-uri.js'

/** One state of a state machine in the Amazon States Language, ready for JSON. */
export type State = Readonly<Record<string, unknown>> & { readonly Type: 'Task' | 'Map' | 'Choice' }

/** In what the expressions of a state are written. JSONata is what AWS recommends. */
export type QueryLanguage = 'JSONata' | 'JSONPath'

/**
 * A JSONata expression as a state holds it, for instance `{% $states.input.name %}`.
 *
 * @example
 * const manifest: JsonataText = '{% $states.input.manifest %}'
 * labelingTask(job, { region: 'us-east-1', manifest })
 */
export type JsonataText = `{% ${string} %}`

/** A path or an intrinsic function of a JSONPath state, for instance `$.name` or `$$.Execution.Name`. */
export type JsonPathText = `$${string}` | `States.${string}`

/** What a state is told beside the job. */
export interface TaskStateOptions {
  /** Where the state machine runs. */
  readonly region: string
  /**
   * The name of the job, or an expression that gives it: SageMaker takes a name once, so a machine that runs again
   * needs one, the same at each try: `{% $states.context.Execution.Name %}`, no `$uuid()`. Default: the name that the job
   * has. The label attribute stays that of the job.
   */
  readonly name?: string
  /** The input manifest, or an expression that gives it. Default: the one that the job has. */
  readonly manifest?: S3UriText | JsonataText | JsonPathText
  /** Default: `JSONata`, said in the state itself, so that it fits a machine of either language. */
  readonly queryLanguage?: QueryLanguage
  /** The state to go on with. Default: none, the machine ends here. */
  readonly next?: string
  /**
   * The state to go on with when the job or its creation fails, usually the Choice that tells outcomes apart. Default:
   * none, and the execution fails.
   */
  readonly onFailure?: string
}

/** The names of the options above, for callers without a type checker. */
export const TASK_STATE_OPTIONS = [
  'region',
  'name',
  'manifest',
  'queryLanguage',
  'next',
  'onFailure',
] as const satisfies readonly (keyof TaskStateOptions)[]
