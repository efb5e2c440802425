import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { withCommas } from '../../errors/printable.js'
import { describeProblem, type ProblemsData } from '../../errors/problem.js'
import type { JsonRecord } from '../../json/loose-values.js'
import { entityCategories } from '../../manifests/task-files/entity-categories.js'
import { frameCategories } from '../../manifests/task-files/frame-categories.js'
import { labelCategories } from '../../manifests/task-files/label-categories.js'
import type { LabelCategories } from '../../manifests/task-files/label-categories-file.js'
import { readLabelCategories } from '../../manifests/task-files/read-label-categories.js'
import { asLook, isNotThere, type Look, notRead } from '../look/look.js'
import { readText } from '../look/read-text.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

/** The label category file, or why there is none; one that is too long was not read to its end. */
export type SeenCategories =
  | (Look<LabelCategories> & { readonly hasMark?: boolean })
  | { readonly found?: never; readonly error?: never; readonly isTooLong: true }

/** In characters: many times what the most labels with the longest instructions take. */
const LONGEST_FILE = 1 << 22

/** Reads the label category file; `undefined` for a job that names none. */
export async function readCategories(subject: Subject): Promise<SeenCategories | undefined> {
  const { categories } = subject
  if (categories === undefined) return undefined
  const { found: file, error } = await asLook(() =>
    readText('the label categories', categories, subject, LONGEST_FILE),
  )
  if (error !== undefined) return { error }
  if (file.isTooLong) return { isTooLong: true }
  // What is no JSON is not taken for the address of a file either.
  const look = await asLook(() => readLabelCategories(file.text.replace(/^s3:/, ' s3:')))
  return { ...look, hasMark: file.text.startsWith('\uFEFF') }
}

/** Tells whether the label category file is there, and is one that the task takes. Pure. */
export function checkCategories(
  subject: Subject,
  read: SeenCategories | undefined,
  first: JsonRecord | undefined,
): readonly MadeCheck[] {
  const { categories, row, task } = subject
  if (categories === undefined || read === undefined) return []
  if ('isTooLong' in read)
    return [
      notSaid(categories.uri, [`it is longer than ${withCommas(LONGEST_FILE)} characters, and was not read`]),
    ]
  const { found, error } = read
  if (isNotThere(error))
    return [
      failed('categories-fit', {
        what: `the label category file ${categories.uri} is not there`,
        why: isNotThere(error, 'NoSuchBucket')
          ? `there is no bucket ${categories.bucket}`
          : `the bucket ${categories.bucket} has no object of that name`,
        fix: 'Correct the address, or write the file: writeLabelCategories() of labeling-job/manifests does',
        owner: 'you',
      }),
    ]
  if (error !== undefined)
    return isLabelingJobError(error, 'label-categories-invalid')
      ? [broken(categories.uri, error)]
      : [notRead('categories-fit', `the label category file ${categories.uri}`, error)]
  if (row !== undefined && found.form !== row.labelFile && task !== 'custom' && task !== 'pass-through')
    return [
      failed('categories-fit', {
        what: `${categories.uri} has the form for ${FORMS[found.form]}`,
        why: `${task} takes the form for ${FORMS[row.labelFile]}`,
        fix: `Write it with ${MAKERS[row.labelFile]}() of labeling-job/manifests`,
        owner: 'you',
      }),
    ]
  try {
    makeAgain(found, subject)
  } catch (thrown) {
    if (!isLabelingJobError(thrown, 'label-categories-invalid')) throw thrown
    return [broken(categories.uri, thrown)]
  }
  const unsaid = [
    ...(read.hasMark === true
      ? ['it begins with a byte order mark, and AWS does not say that it takes one']
      : []),
    ...unsaidVersion(found),
  ]
  return [
    unsaid.length === 0
      ? passed(
          'categories-fit',
          `${countOf(found.classes.length, 'label')} to choose from, as the task takes them`,
        )
      : notSaid(categories.uri, unsaid),
    ...checkEarlier(categories.uri, found, first),
  ]
}

/** Tells whether the labels that are to be adjusted or verified are under the attribute that the file names. */
function checkEarlier(
  uri: string,
  file: LabelCategories,
  first: JsonRecord | undefined,
): readonly MadeCheck[] {
  const { auditLabelAttributeName: name } = file.toJSON()
  if (typeof name !== 'string' || first === undefined) return []
  const labels = Object.keys(first).flatMap((key) => /^(?!source-ref)(.+)-metadata$/.exec(key)?.[1] ?? [])
  if (name in first || labels.includes(name)) return []
  return [
    warning('categories-fit', {
      what: `${uri} names ${name} as the attribute of the labels to adjust or verify`,
      why: `the first object of the manifest has none of that name${labels.length === 0 ? '' : `; it has ${labels.join(', ')}`}`,
      fix: 'Write the file with the label attribute of the earlier job as auditLabelAttributeName, or chain from the job that it names',
      owner: 'you',
    }),
  ]
}

type Form = LabelCategories['form']

const FORMS: Readonly<Record<Form, string>> = {
  simple: 'images, texts and clips',
  entities: 'named entities',
  frames: 'video frames and point clouds',
}
const MAKERS: Readonly<Record<Form, string>> = {
  simple: 'labelCategories',
  entities: 'entityCategories',
  frames: 'frameCategories',
}

/** What can be made anew breaks no rule; whoever wrote the file may have known fewer. */
function makeAgain(found: LabelCategories, { task, isAutomated }: Subject): void {
  const { 'document-version': _, documentVersion: __, ...contents } = found.toJSON()
  if (found.form === 'entities') entityCategories(contents as never)
  else if (found.form === 'frames') frameCategories({ ...contents, task } as never)
  else {
    const isOpen = task === undefined || task === 'custom' || task === 'pass-through'
    labelCategories({
      labels: found.classes,
      ...(!isOpen && { task: task as never, autoLabeling: isAutomated }),
    })
  }
}

const VERSIONS: Readonly<Record<Form, string>> = {
  simple: '2018-11-28',
  entities: '2018-11-28',
  frames: '2020-03-01',
}

/** AWS gives the version in two spellings, and no other version. */
function unsaidVersion(file: LabelCategories): readonly string[] {
  const { 'document-version': dashed, documentVersion: version = dashed } = file.toJSON()
  const usual = VERSIONS[file.form]
  if (version === usual) return []
  const what = version === undefined ? 'it has no version' : `its version is ${formatValue(version)}`
  return [`${what}, and AWS has ${usual} in every file of this form`]
}

function notSaid(uri: string, unsaid: readonly string[]): MadeCheck {
  return unknown('categories-fit', {
    what: `whether AWS takes the label category file ${uri}: not known`,
    why: unsaid.slice(0, 3).join('; '),
    fix: 'Write the file as AWS does: labeling-job/manifests has functions for each form',
    owner: 'you',
  })
}

function broken(uri: string, error: LabelingJobError): MadeCheck {
  const { problems } = error.data as ProblemsData
  // AWS may pass over what it does not know.
  if (problems.every(({ code }) => code === 'unknown-option'))
    return notSaid(
      uri,
      problems.map(
        ({ path, what }) => `${path === 'options' ? '' : `${path}: `}${what}, which no page of AWS has`,
      ),
    )
  return failed('categories-fit', {
    what: `the label category file ${uri} breaks ${countOf(problems.length, 'rule')}`,
    why: problems.slice(0, 3).map(describeProblem).join(' '),
    fix: 'Correct the file, or write it anew: labeling-job/manifests has functions for each form',
    owner: 'you',
  })
}
