import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import type { MakeTask, Task } from './task.js'
import type { CustomTaskOptions, TaskOptions } from './task-options.js'
import { TASK_TABLE, type TaskName } from './task-table.js'

/** Gives the constructor of a task; the type of the constant it is assigned to says which options are required. */
export function taskMaker<Name extends TaskName, Options extends TaskOptions | CustomTaskOptions>(
  call: string,
  name: Name,
): MakeTask<Name, Options> {
  const make = (options: Options) => makeTask(call, name, options)
  // What a stack trace shows is the call that was written.
  return Object.defineProperty(make, 'name', { value: call })
}

/**
 * Makes a task out of what its constructor was given. Values are taken as they are: the job's rules report all of
 * them together, later. Only an option that does not exist is refused here, since it would vanish.
 *
 * @throws LabelingJobError `refused-call` for options the task does not have, or no options at all.
 */
export function makeTask<Name extends TaskName>(
  call: string,
  name: Name,
  options: TaskOptions | CustomTaskOptions,
): Task<Name> {
  refuseUnknownOptions({ call, what: `Cannot make a task with ${call}()` }, options, optionsOf(name))
  const { keywords, timeLimit = TASK_TABLE[name].usualTimeLimit, ...rest } = options
  const given = Object.entries(rest).filter(([, value]) => value !== undefined)
  return Object.freeze({
    name,
    ...(Object.fromEntries(given) as typeof rest),
    ...(keywords !== undefined && { keywords: frozenCopy(keywords) }),
    timeLimit,
  })
}

function optionsOf(name: TaskName): readonly string[] {
  const page = TASK_TABLE[name].ui === 'template' ? ['template'] : []
  const lambdas = name === 'custom' ? ['preLambda', 'postLambda'] : []
  return ['title', 'description', 'keywords', 'timeLimit', 'labels', ...page, ...lambdas]
}

// A caller without a type checker may give anything here; what is not an array is left for the rules to report.
function frozenCopy(keywords: readonly string[]): readonly string[] {
  return Array.isArray(keywords) ? Object.freeze([...keywords]) : keywords
}
