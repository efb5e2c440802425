import type { LabelingJobDescription } from '../../aws/sagemaker-calls.js'
import { countOf } from '../../errors/count-of.js'
import { compareRequests } from '../../job/request/compare-requests.js'
import { withKeyArns } from '../../job/request/with-key-arns.js'
import type { CreateOptions } from '../../job/resolved-job.js'
import { keyForm } from '../../names/kms-key.js'
import { isNotThere, look, notSeen } from '../look/look.js'
import { readJobKeys } from '../look/read-job-keys.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown } from '../report/check.js'

const LISTED = 5
const KEPT = 'a labeling job keeps its name for ever, and upper and lower case count as the same'

/**
 * Looks whether the name is free, since names of labeling jobs are kept for ever; or, for a job that may be taken up,
 * whether the one that is there is the same.
 */
export async function checkName(
  subject: Subject,
  {
    ifExists,
    twin,
  }: { readonly ifExists?: CreateOptions['ifExists'] | undefined; readonly twin?: string | undefined },
): Promise<readonly MadeCheck[]> {
  const name = subject.text('LabelingJobName')
  if (name === undefined) return []
  if (twin !== undefined)
    return [
      failed('job-name-free', {
        what: `the list has another labeling job ${twin} before this one, ${name}`,
        why: KEPT,
        fix: 'Choose another name for one of the two',
        owner: 'you',
      }),
    ]
  const { found, error } = await look(
    subject,
    'sagemaker:DescribeLabelingJob',
    { LabelingJobName: name },
    `Cannot tell whether the name ${name} is free`,
  )
  if (found === undefined)
    return isNotThere(error)
      ? [passed('job-name-free', `no labeling job in ${subject.region} is called ${name}`)]
      : [notSeen('job-name-free', `the name ${name} being free`, error)]
  const what = `there is a labeling job ${name} in ${subject.region}, ${found.LabelingJobStatus ?? 'of whatever status'}`
  if (ifExists === 'attach') return [await compareWithOther(subject, found, what)]
  return [
    failed('job-name-free', {
      what,
      why: KEPT,
      fix: "Choose another name; if the job there is this one, look with preflight(job, aws, { ifExists: 'attach' }) and create with the same option",
      owner: 'you',
    }),
  ]
}

async function compareWithOther(
  subject: Subject,
  found: LabelingJobDescription,
  what: string,
): Promise<MadeCheck> {
  const keys = await readJobKeys(subject)
  const unseen = [keys.output, keys.volume].find((key) => key !== undefined && keyForm(key) !== 'key-arn')
  if (unseen !== undefined)
    return unknown('job-name-free', {
      what: `${what}: whether it is the same is not known`,
      why: `AWS gives the ARN of a job's key, and ${unseen} could not be looked up (kms:DescribeKey)`,
      fix: 'Allow kms:DescribeKey on the key for the caller, or name the key by its ARN',
      owner: 'you',
    })
  const differences = compareRequests(withKeyArns(subject.request, keys), found)
  if (differences.length === 0)
    return passed('job-name-free', `${what}, and it is the same: create with ifExists: 'attach' takes it up`)
  const paths = differences.slice(0, LISTED).map(({ path }) => path)
  const more = differences.length > LISTED ? [`${differences.length - LISTED} more`] : []
  return failed('job-name-free', {
    what,
    why: `it differs from this one in ${countOf(differences.length, 'field')}: ${[...paths, ...more].join(', ')}`,
    fix: 'Choose another name, or make the job as the one that is there: (await job.resolve(aws)).sameAs(description) gives both sides of each difference',
    owner: 'you',
  })
}
