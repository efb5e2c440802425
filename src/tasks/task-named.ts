import { formatValue } from '../errors/format-value.js'
import { LabelingJobError } from '../errors/labeling-job-error.js'
import { makeTask } from './make-task.js'
import type { Task } from './task.js'
import { isTaskName, TASK_NAMES } from './task-kinds.js'
import type { CustomTaskOptions, TaskOptions } from './task-options.js'
import type { TaskName } from './task-table.js'

/**
 * Makes the task of the given name: for a task that is named in a configuration, not in code. The other
 * constructors know at compile time what their task needs; here a wrong option is refused when it runs.
 *
 * @throws LabelingJobError `refused-call` for a task or an option that does not exist.
 *
 * @example
 * const texts = { title: 'Box every street sign', description: 'Draw one tight box around each sign' }
 * const task = taskNamed('bounding-box', {
 *   ...texts,
 *   template: 's3://acme-gt/ui/box.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 */
export function taskNamed<Name extends TaskName>(
  name: Name,
  options: TaskOptions | CustomTaskOptions,
): Task<Name> {
  if (!isTaskName(name)) {
    throw new LabelingJobError({
      code: 'refused-call',
      what: 'Cannot make a task with taskNamed()',
      why: `there is no task ${formatValue(name)}`,
      fix: `Give one of ${TASK_NAMES.join(', ')}`,
      data: { call: 'taskNamed', unknown: [name], known: TASK_NAMES },
    })
  }
  return makeTask('taskNamed', name, options)
}
