import { readObject } from '../../manifests/read/read-object.js'
import type { LabelCategories } from '../../manifests/task-files/label-categories-file.js'
import { asLook, isNotThere, type Look, look, notRead, notSeen } from '../look/look.js'
import type { SeenManifest } from '../look/read-manifest.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'
import { findPageFaults, isGivenByAws } from './find-page-faults.js'
import type { PageFault } from './page-fault.js'

/** What a page is shown with. */
export interface PageInput {
  readonly manifest: Promise<Look<SeenManifest> | undefined>
  readonly categories: Promise<Look<LabelCategories> | undefined>
}

/** Looks whether the page of the workers can be shown, and may show the object. */
export async function checkPage(subject: Subject, input: PageInput): Promise<readonly MadeCheck[]> {
  const hosted = subject.text('HumanTaskConfig.UiConfig.HumanTaskUiArn')
  if (hosted !== undefined) return [passed('page-renders', `the page is one that AWS hosts: ${hosted}`)]
  const { template } = subject
  if (template === undefined) return []
  const { found: page, error } = await asLook(() => readPage(subject, template))
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
  const faults = findPageFaults(page, subject.task)
  const ofText = faults.map(checkOf)
  const isBroken = faults.some(({ code, status }) => code === 'page-renders' && status === 'failed')
  const rendered = isBroken ? [] : await render(subject, page, input)
  const grants =
    faults.some(({ code }) => code === 'page-grants-access') || isBroken || !isGivenByAws(subject.task)
  return [
    ...ofText,
    ...rendered,
    ...(grants ? [] : [passed('page-grants-access', 'the page shows the object, with the access it needs')]),
  ]
}

async function readPage(
  { aws, signal }: Subject,
  { bucket, key }: { bucket: string; key: string },
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  const what = { call: 'preflight', kind: 'the worker page' }
  const options = signal === undefined ? {} : { signal }
  for await (const chunk of readObject(what, `s3://${bucket}/${key}`, aws, options))
    text += decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}

function checkOf({ code, status, what, why, fix }: PageFault): MadeCheck {
  return (status === 'failed' ? failed : warning)(code, { what, why, fix, owner: 'you' })
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
