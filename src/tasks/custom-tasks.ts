import { taskMaker } from './make-task.js'
import type { MakeTask } from './task.js'
import type { CustomTaskOptions } from './task-options.js'

/**
 * Makes a task with a page of your own and AWS's Lambdas that hand everything through unchanged.
 *
 * Becomes the Lambdas `PRE-PassThrough` and `ACS-PassThrough` and the page in `template`. AWS states no rule for
 * the end of the label attribute.
 *
 * Source: the texts of `PreHumanTaskLambdaArn` and `AnnotationConsolidationLambdaArn` in the API reference.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = passThrough({
 *   title: 'Rate the sound',
 *   description: 'From 1 to 5',
 *   template: 's3://acme-gt/ui/sound.liquid.html',
 * })
 * labelingJob('sounds').task(task).input('s3://acme-gt/in/sounds.manifest')
 */
export const passThrough: MakeTask<
  'pass-through',
  Omit<CustomTaskOptions, 'preLambda' | 'postLambda'>
> = /* @__PURE__ */ taskMaker('passThrough', 'pass-through')

/**
 * Makes a task with a page of your own and no Lambda, one, or two of your own.
 *
 * Becomes the given Lambdas and the page in `template`. AWS states no rule for the end of the label attribute. It
 * also is the way to run a job in a region for which AWS publishes no Lambdas.
 *
 * Source: sms-custom-templates-step3-lambda-requirements.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = custom({
 *   title: 'Rate the sound',
 *   description: 'From 1 to 5',
 *   template: 's3://acme-gt/ui/sound.liquid.html',
 *   preLambda: 'arn:aws:lambda:us-east-1:111122223333:function:prepare',
 *   postLambda: 'arn:aws:lambda:us-east-1:111122223333:function:consolidate',
 * })
 * labelingJob('sounds').task(task).input('s3://acme-gt/in/sounds.manifest')
 */
export const custom: MakeTask<'custom', CustomTaskOptions> = /* @__PURE__ */ taskMaker('custom', 'custom')
