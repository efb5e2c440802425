import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { givenNo, refusedCall } from '../../errors/refused-call.js'
import { isTaskName } from '../../tasks/task-kinds.js'
import type { TaskName } from '../../tasks/task-table.js'
import { isMany } from '../read/is-many.js'
import { checkManifestLine } from './check-manifest-line.js'
import { INPUT_KINDS, type ManifestOptions } from './manifest-object.js'
import { broken } from './manifest-rules.js'
import { manifestInvalid } from './rules-broken.js'

/** Checks a manifest object by object. */
export interface ManifestCheck {
  /** Gives the line of the next object with its line break, or nothing once an object broke a rule. */
  add(object: unknown): string
  /**
   * Ends the manifest.
   *
   * @throws LabelingJobError `manifest-invalid` with the first 100 errors of all.
   */
  end(): ManifestCounts
}

/** What a manifest that breaks no rule came to. */
export interface ManifestCounts {
  readonly objects: number
  /** The first 100. */
  readonly warnings: readonly Problem[]
}

/**
 * Starts the check of a manifest.
 *
 * @throws LabelingJobError `refused-call` for an unknown task or option, and for objects that are no list.
 */
export function startManifestCheck<Name extends TaskName>(
  call: string,
  given: unknown,
  options: ManifestOptions<Name>,
): ManifestCheck {
  refuseWrong(call, given, options)
  const errors: Problem[] = []
  const warnings: Problem[] = []
  const seen = watchForTwins()
  let errorCount = 0
  let objects = 0

  function note(problem: Problem): void {
    const isError = problem.severity === 'error'
    const list = isError ? errors : warnings
    if (isError) errorCount += 1
    if (list.length < LISTED) list.push(problem)
  }

  return {
    add(object) {
      objects += 1
      const { text, address, problems } = checkManifestLine(object, options.task, options.attribute)
      for (const problem of problems) note({ ...problem, line: objects })
      seen.add(address, objects)
      return errorCount === 0 ? `${text}\n` : ''
    },
    end() {
      for (const problem of [...seen.problems(), ...countProblems(objects, options)]) note(problem)
      if (errorCount === 0) {
        for (const warning of warnings) options.onWarning?.(warning)
        return Object.freeze({ objects, warnings: Object.freeze(warnings) })
      }
      throw manifestInvalid(`Cannot write the manifest for ${options.task}`, errors, errorCount)
    },
  }
}

const LISTED = 100
/** As many objects as a job takes; of a longer manifest no more are held. */
const REMEMBERED = 100_000

/** Looks for objects that are on several lines. */
function watchForTwins() {
  const lines = new Map<string, number>()
  let first: { readonly line: number; readonly before: number } | undefined
  let count = 0
  return {
    add(address: string | undefined, line: number): void {
      if (address === undefined) return
      const before = lines.get(address)
      if (before === undefined) {
        if (lines.size < REMEMBERED) lines.set(address, line)
        return
      }
      count += 1
      first ??= { line, before }
    },
    problems(): readonly Problem[] {
      if (first === undefined) return []
      const { line, before } = first
      const more = count === 1 ? '' : `, and ${countOf(count - 1, 'line')} more like it`
      return [{ ...broken('source-twice', 'source-ref', `it is on line ${before} already${more}`), line }]
    },
  }
}

/** The options of a manifest. */
export const MANIFEST_OPTIONS = ['task', 'attribute', 'autoLabeling', 'onWarning'] as const

function refuseWrong(call: string, objects: unknown, options: { readonly task: unknown }): void {
  refuseUnknownOptions({ call, what: `Cannot call ${call}()` }, options, MANIFEST_OPTIONS)
  const { task } = options
  if (!isTaskName(task)) throw refusedCall(call, `its task is ${formatValue(task)}, which is no task`)
  if (!isMany(objects)) throw givenNo(call, 'list of objects', objects)
}

/** Lists the rules that a manifest of so many objects breaks. */
export function countProblems(
  objects: number,
  { task, autoLabeling }: { readonly task: TaskName; readonly autoLabeling?: boolean },
): readonly Problem[] {
  if (objects === 0) return [broken('no-objects', '', 'there are no objects')]
  const problems: Problem[] = []
  const { limit, isFixed } = quotaOf(task)
  if (objects > limit) {
    const what = `there are ${objects} objects, more than ${limit}`
    problems.push(broken(isFixed ? 'too-many-objects' : 'over-object-quota', '', what))
  }
  if (autoLabeling === true && objects < 5000) {
    const what = `there ${objects === 1 ? 'is' : 'are'} ${countOf(objects, 'object')}`
    problems.push(broken(objects < 1250 ? 'too-few-for-auto-labeling' : 'few-for-auto-labeling', '', what))
  }
  return problems
}

// AWS says of semantic segmentation that its limit is fixed, and nothing of its adjustment and verification.
function quotaOf(task: TaskName): { readonly limit: number; readonly isFixed: boolean } {
  if (task.startsWith('semantic-segmentation'))
    return { limit: 20_000, isFixed: task === 'semantic-segmentation' }
  return { limit: INPUT_KINDS[task] === 'video-sequence' ? 10 : 100_000, isFixed: false }
}
