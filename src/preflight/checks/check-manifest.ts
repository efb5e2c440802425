import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { describeProblem, type Problem } from '../../errors/problem.js'
import { countProblems } from '../../manifests/write/manifest-check.js'
import type { TaskName } from '../../tasks/task-table.js'
import { isNotThere, type Look, notRead } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { type Fault, failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** How many broken lines one check tells. */
const TOLD = 3

/** Tells whether the manifest is there, and whether its lines are as the task needs them. Pure. */
export function checkManifest(subject: Subject, seen: Look<SeenManifest> | undefined): readonly MadeCheck[] {
  const { manifest } = subject
  if (manifest === undefined || seen === undefined) return []
  const { found, error } = seen
  if (error !== undefined) {
    if (isNotThere(error))
      return [
        failed('manifest-exists', {
          what: `the manifest ${manifest.uri} is not there`,
          why: isNotThere(error, 'NoSuchBucket')
            ? `there is no bucket ${manifest.bucket}`
            : `the bucket ${manifest.bucket} has no object of that name`,
          fix: 'Correct the address, or write the manifest: writeManifest() of labeling-job/manifests does',
          owner: 'you',
        }),
      ]
    // A line as long as no manifest has one: the object is there.
    return error.code === 'line-unreadable'
      ? [
          failed('manifest-lines', {
            what: `${manifest.uri} is no manifest`,
            why: error.why,
            fix: error.fix,
            owner: 'you',
          }),
        ]
      : [notRead('manifest-exists', `the manifest ${manifest.uri}`, error)]
  }
  return [
    passed('manifest-exists', `the manifest ${manifest.uri} is there`),
    ...lines(subject, found),
    ...automation(subject, found),
  ]
}

function lines({ task = 'custom', isStream }: Subject, seen: SeenManifest): readonly MadeCheck[] {
  if (isStream && seen.objects === 0) return [EMPTY_SEED]
  if (seen.objects > 0 && seen.labeled === seen.objects && seen.counts.error === 0) return [ALL_LABELED]
  const ofCount = countProblems(seen.objects, { task })
  const all = [...ofCount, ...seen.problems]
  const errors = all.filter(({ severity }) => severity === 'error')
  const shown = errors.length > 0 ? errors : all
  const what = `the manifest has ${withCommas(seen.objects)} ${seen.objects === 1 ? 'object' : 'objects'} for ${task}`
  if (shown.length === 0) return [passed('manifest-lines', what)]
  const isClear = !shown.some(({ code }) => UNCLEAR.includes(code))
  const make = errors.length > 0 ? failed : isClear ? warning : unknown
  const total =
    errors.length > 0
      ? seen.counts.error + ofCount.filter(({ severity }) => severity === 'error').length
      : seen.counts.warning + ofCount.length
  const more = total > TOLD ? ` and ${withCommas(total - TOLD)} more` : ''
  return [
    make('manifest-lines', {
      what: `${what}; ${countOf(total, errors.length > 0 ? 'error' : 'warning')}`,
      why: `${shown.slice(0, TOLD).map(told).join(' ')}${more}`,
      fix: errors.length > 0 ? 'Correct the lines, or write the manifest with writeManifest()' : '',
      owner: 'you',
    }),
  ]
}

/** Broken where nobody knows whether the job then runs: AWS does not say, or knows the quota of the account alone. */
const UNCLEAR: readonly string[] = ['line-byte-order-mark', 'over-object-quota']

const ALL_LABELED = unknown('manifest-lines', {
  what: "every object of the manifest has a label under the job's attribute",
  why: 'AWS says that a job labels only objects without one, and elsewhere that it writes over it',
  fix: 'Use another label attribute name, or add objects that wait for a label',
  owner: 'you',
})

const EMPTY_SEED = unknown('manifest-lines', {
  what: 'the manifest that the stream begins with has no objects',
  why: 'AWS says of other jobs that they need one, and nothing of a stream, whose objects may all come later',
  fix: 'Leave the manifest out, or put an object into it',
  owner: 'you',
})

function told(problem: Problem): string {
  return describeProblem(problem)
}

/**
 * A job labels the lines without its attribute alone (developer guide, sms-reusing-data). Whether the others count for the
 * least number of objects (sms-automated-labeling), no page says.
 */
function automation(subject: Subject, { objects, labeled }: SeenManifest): readonly MadeCheck[] {
  const { task, isAutomated } = subject
  if (!isAutomated || task === undefined) return []
  const open = objects - labeled
  const what =
    labeled === 0
      ? `automated labeling has ${withCommas(objects)} objects to learn from`
      : `automated labeling has ${withCommas(open)} objects without a label, beside ${withCommas(labeled)} that have one`
  const [ofAll, ofOpen] = [objects, open].map((count) => automationProblem(count, task))
  if (ofAll?.severity === 'error') return [failed('auto-labeling-objects', { what, ...wordsOf(ofAll) })]
  if (ofOpen === undefined) return [passed('auto-labeling-objects', what)]
  if (ofOpen.severity === 'warning') return [warning('auto-labeling-objects', { what, ...wordsOf(ofOpen) })]
  return [
    unknown('auto-labeling-objects', {
      what,
      ...wordsOf(ofOpen),
      why: `${ofOpen.why}; no page says whether those that have a label count, and the job labels the others alone`,
    }),
  ]
}

function automationProblem(count: number, task: TaskName): Problem | undefined {
  return countProblems(Math.max(count, 1), { task, autoLabeling: true }).find(({ code }) =>
    code.endsWith('for-auto-labeling'),
  )
}

function wordsOf({ why, fix }: Problem): Pick<Fault, 'why' | 'fix' | 'owner'> {
  return { why, fix, owner: 'you' }
}

/** Says that objects of the manifest are not known, for the checks that need them. */
export function withoutManifest(code: MadeCheck['code'], what: string): MadeCheck {
  return unknown(code, {
    what: `${what}: not known`,
    why: 'the manifest could not be read',
    fix: 'Put the manifest right first',
    owner: 'you',
  })
}
