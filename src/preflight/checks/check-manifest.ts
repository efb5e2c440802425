import { countOf } from '../../errors/count-of.js'
import { withCommas } from '../../errors/printable.js'
import { describeProblem, type Problem } from '../../errors/problem.js'
import { countProblems } from '../../manifests/write/manifest-check.js'
import { isNotThere, type Look, notRead } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

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

function lines({ task = 'custom' }: Subject, seen: SeenManifest): readonly MadeCheck[] {
  const ofCount = countProblems(seen.objects, { task })
  const all = [...ofCount, ...seen.problems]
  const errors = all.filter(({ severity }) => severity === 'error')
  const shown = errors.length > 0 ? errors : all
  const what = `the manifest has ${withCommas(seen.objects)} ${seen.objects === 1 ? 'object' : 'objects'} for ${task}`
  if (shown.length === 0) return [passed('manifest-lines', what)]
  const total =
    errors.length > 0
      ? seen.counts.error + ofCount.filter(({ severity }) => severity === 'error').length
      : seen.counts.warning + ofCount.length
  const more = total > TOLD ? ` and ${withCommas(total - TOLD)} more` : ''
  return [
    (errors.length > 0 ? failed : warning)('manifest-lines', {
      what: `${what}; ${countOf(total, errors.length > 0 ? 'error' : 'warning')}`,
      why: `${shown.slice(0, TOLD).map(told).join(' ')}${more}`,
      fix: errors.length > 0 ? 'Correct the lines, or write the manifest with writeManifest()' : '',
      owner: 'you',
    }),
  ]
}

function told(problem: Problem): string {
  return describeProblem(problem)
}

function automation(subject: Subject, { objects }: SeenManifest): readonly MadeCheck[] {
  const { task, isAutomated } = subject
  if (!isAutomated || task === undefined) return []
  const what = `automated labeling has ${withCommas(objects)} objects to learn from`
  const problem = countProblems(Math.max(objects, 1), { task, autoLabeling: true }).find(({ code }) =>
    code.endsWith('for-auto-labeling'),
  )
  if (problem === undefined) return [passed('auto-labeling-objects', what)]
  const { severity, why, fix } = problem
  return [
    (severity === 'error' ? failed : warning)('auto-labeling-objects', { what, why, fix, owner: 'you' }),
  ]
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
