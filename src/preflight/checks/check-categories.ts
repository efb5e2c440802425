import { countOf } from '../../errors/count-of.js'
import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { describeProblem, type ProblemsData } from '../../errors/problem.js'
import type { JsonRecord } from '../../json/loose-values.js'
import { entityCategories } from '../../manifests/task-files/entity-categories.js'
import { frameCategories } from '../../manifests/task-files/frame-categories.js'
import { labelCategories } from '../../manifests/task-files/label-categories.js'
import type { LabelCategories } from '../../manifests/task-files/label-categories-file.js'
import { readLabelCategories } from '../../manifests/task-files/read-label-categories.js'
import { asLook, isNotThere, type Look, notRead } from '../look/look.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, warning } from '../report/check.js'

/** Reads the label category file; `undefined` for a job that names none. */
export async function readCategories(subject: Subject): Promise<Look<LabelCategories> | undefined> {
  const { categories, aws, signal } = subject
  if (categories === undefined) return undefined
  const uri = `s3://${categories.bucket}/${categories.key}`
  return asLook(() => readLabelCategories(uri, aws, signal === undefined ? {} : { signal }))
}

/** Tells whether the label category file is there, and is one that the task takes. Pure. */
export function checkCategories(
  subject: Subject,
  read: Look<LabelCategories> | undefined,
  first: JsonRecord | undefined,
): readonly MadeCheck[] {
  const { categories, row, task } = subject
  if (categories === undefined || read === undefined) return []
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
  return [
    passed(
      'categories-fit',
      `${countOf(found.classes.length, 'label')} to choose from, as the task takes them`,
    ),
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

function broken(uri: string, error: LabelingJobError): MadeCheck {
  const { problems } = error.data as ProblemsData
  return failed('categories-fit', {
    what: `the label category file ${uri} breaks ${countOf(problems.length, 'rule')}`,
    why: problems.slice(0, 3).map(describeProblem).join(' '),
    fix: 'Correct the file, or write it anew: labeling-job/manifests has functions for each form',
    owner: 'you',
  })
}
