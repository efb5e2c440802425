import { withCommas } from '../../errors/printable.js'
import { parseArn } from '../../names/arn.js'
import { HUMAN_TASK_UI_ACCOUNT } from '../../tasks/aws-accounts.generated.js'
import { asLook, isNotThere, type Look, look, notRead, notSeen } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import { readText } from '../look/read-text.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'
import type { SeenCategories } from './check-categories.js'
import { attributesRead } from './find-name-faults.js'
import { findPageFaults, isGivenByAws } from './find-page-faults.js'
import type { PageFault } from './page-fault.js'

/** What a page is shown with. */
export interface PageInput {
  readonly manifest: Promise<Look<SeenManifest> | undefined>
  readonly categories: Promise<SeenCategories | undefined>
}

/** Looks whether the page of the workers can be shown, and may show the object. */
export async function checkPage(subject: Subject, input: PageInput): Promise<readonly MadeCheck[]> {
  const hosted = subject.text('HumanTaskConfig.UiConfig.HumanTaskUiArn')
  // Of a page that is none of AWS's the rules of the request tell.
  if (hosted !== undefined)
    return parseArn(hosted)?.account === HUMAN_TASK_UI_ACCOUNT
      ? [passed('page-renders', `the page is one that AWS hosts: ${hosted}`)]
      : []
  const { template } = subject
  if (template === undefined) return []
  const { found, error } = await asLook(() => readText('the worker page', template, subject, LONGEST_PAGE))
  if (error !== undefined)
    return [
      isNotThere(error)
        ? failed('page-renders', {
            what: `the worker page ${template.uri} is not there`,
            why: isNotThere(error, 'NoSuchBucket')
              ? `there is no bucket ${template.bucket}`
              : `the bucket ${template.bucket} has no object of that name`,
            fix: 'Correct the address, or write the page: writeWorkerTemplate() of labeling-job/manifests does',
            owner: 'you',
          })
        : notRead('page-renders', `the worker page ${template.uri}`, error),
    ]
  if (found.isTooLong) return [tooLong(template.uri)]
  const page = found.text
  const faults = findPageFaults(page, subject.task)
  const ofText = faults.map(checkOf)
  const isBroken = faults.some(({ code, status }) => code === 'page-renders' && status === 'failed')
  const rendered = isBroken ? [] : await render(subject, page, input)
  const ofLabels = await checkLabelsShown(subject, page, input)
  const grants =
    faults.some(({ code }) => code === 'page-grants-access') || isBroken || !isGivenByAws(subject.task)
  return [
    ...ofText,
    ...rendered,
    ...ofLabels,
    ...(grants ? [] : [passed('page-grants-access', 'the page shows the object, with the access it needs')]),
  ]
}

/** In characters: eight times what RenderUiTemplate takes. */
const LONGEST_PAGE = 1 << 20

function tooLong(uri: string): MadeCheck {
  return unknown('page-renders', {
    what: `the worker page ${uri}: not known`,
    why: `it is longer than ${withCommas(LONGEST_PAGE)} characters, and was not read`,
    fix: 'Look whether the address is that of the page',
    owner: 'you',
  })
}

/** Tells whether the page of an adjustment or verification reads labels that the manifest has. */
async function checkLabelsShown(
  { task = 'custom' }: Subject,
  page: string,
  input: PageInput,
): Promise<readonly MadeCheck[]> {
  const first = (await input.manifest)?.found?.first
  if (first === undefined || !/-(?:adjustment|verification)$/.test(task)) return []
  const lacking = attributesRead(page).filter((name) => !Object.hasOwn(first, name))
  if (lacking.length === 0) return []
  return [
    warning('page-renders', {
      what: `the page reads ${lacking.join(', ')} from the line of the manifest`,
      why: `the first object has ${lacking.length === 1 ? 'none' : 'nothing'} of that name: workers would begin without the labels to adjust or verify`,
      fix: 'Read the label attribute of the earlier job, or chain from the job that wrote it',
      owner: 'you',
    }),
  ]
}

function checkOf({ code, status, what, why, fix }: PageFault): MadeCheck {
  return { failed, warning, unknown }[status](code, { what, why, fix, owner: 'you' })
}

/** Has SageMaker show the page with the first object, as the role. */
async function render(subject: Subject, page: string, input: PageInput): Promise<readonly MadeCheck[]> {
  const [manifest, categories] = await Promise.all([input.manifest, input.categories])
  const roleArn = subject.text('RoleArn')
  const first = manifest?.found?.first
  const isShown = isGivenByAws(subject.task)
  if (!isShown)
    return [
      warning('page-renders', {
        what: 'the page was looked at without an object',
        why: 'what your own function gives to a page is not known beforehand',
        fix: 'Show the page to yourself with what the function gives, with RenderUiTemplate',
        owner: 'you',
      }),
    ]
  if (first === undefined || roleArn === undefined)
    return subject.manifest === undefined
      ? [
          passed(
            'page-renders',
            'the page reads what its task is given; without a manifest there is no object to show',
          ),
        ]
      : [
          unknown('page-renders', {
            what: 'the page with an object: not known',
            why: 'the manifest has no first object that could be read',
            fix: 'Put the manifest right first',
            owner: 'you',
          }),
        ]
  const taskInput = {
    taskObject: first['source-ref'] ?? first['source'],
    labels: categories?.found?.classes ?? [],
    manifestLine: first,
  }
  const { found, error } = await look(
    subject,
    'sagemaker:RenderUiTemplate',
    { UiTemplate: { Content: page }, Task: { Input: JSON.stringify(taskInput) }, RoleArn: roleArn },
    'Cannot have the worker page shown',
  )
  if (error !== undefined) return [notSeen('page-renders', 'the page with the first object', error)]
  const errors = found.Errors ?? []
  if (errors.length === 0) return [passed('page-renders', 'SageMaker shows the page with the first object')]
  return [
    failed('page-renders', {
      what: 'SageMaker cannot show the page with the first object',
      why: errors.map(({ Code = 'Error', Message = '' }) => `${Code}: ${Message}`).join('; '),
      fix: 'Correct the page',
      owner: 'you',
    }),
  ]
}
