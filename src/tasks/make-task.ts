import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import type { Task } from './task.js'
import type { CustomTaskOptions, HostedTaskOptions } from './task-options.js'
import { TASK_TABLE, type TaskName } from './task-table.js'

/** Any task's options, as a caller without a type checker may give them. */
export type AnyTaskOptions = HostedTaskOptions | CustomTaskOptions

const TEXTS = ['title', 'description', 'keywords', 'timeLimit'] as const
/** The options of tasks on an AWS-hosted page. */
export const HOSTED_OPTIONS = [...TEXTS, 'labels'] as const
/** The options of tasks on a page of the caller's own. */
export const TEMPLATE_OPTIONS = [...HOSTED_OPTIONS, 'template'] as const
/** The options of custom tasks. */
export const CUSTOM_OPTIONS = [...TEMPLATE_OPTIONS, 'preLambda', 'postLambda'] as const

/**
 * Makes a task out of what its constructor was given. Values are taken as they are: the job's rules report all of
 * them together, later. Only an option that does not exist is refused here, since it would vanish.
 *
 * @throws LabelingJobError `refused-call` for options the task does not have, or no options at all.
 */
export function makeTask<Name extends TaskName>(
  call: string,
  name: Name,
  options: AnyTaskOptions,
  known: readonly string[],
): Task<Name> {
  refuseUnknownOptions({ call, what: `Cannot make a task with ${call}()` }, options, known)
  const { keywords, timeLimit = TASK_TABLE[name].usualTimeLimit, ...rest } = options
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  return Object.freeze({
    name,
    ...(Object.fromEntries(given) as typeof rest),
    ...(keywords !== undefined && { keywords: frozenCopy(keywords) }),
    timeLimit,
  })
}

// A caller without a type checker may give anything here; what is no list is left for the rules to report.
function frozenCopy(keywords: readonly string[]): readonly string[] {
  return Array.isArray(keywords) ? Object.freeze([...keywords]) : keywords
}
