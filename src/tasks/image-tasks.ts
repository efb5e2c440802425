import { taskMaker } from './make-task.js'
import type { MakePageTask } from './task.js'

/**
 * Makes a task in which workers choose one label for an image.
 *
 * Becomes the Lambdas `PRE-ImageMultiClass` and `ACS-ImageMultiClass` and the page in `template`. The label
 * attribute must not end in `-ref`. Can be labeled automatically, by `image-classification`.
 *
 * Source: sms-image-classification.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = imageClassification({
 *   title: 'Choose the weather',
 *   description: 'One label for each image',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('weather').task(task).autoLabeling()
 */
export const imageClassification: MakePageTask<'image-classification'> = /* @__PURE__ */ taskMaker(
  'imageClassification',
  'image-classification',
)

/**
 * Makes a task in which workers choose every label that fits an image.
 *
 * Becomes the Lambdas `PRE-ImageMultiClassMultiLabel` and `ACS-ImageMultiClassMultiLabel` and the page in
 * `template`. The label attribute must not end in `-ref`.
 *
 * Source: sms-image-classification-multilabel.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = imageClassificationMultiLabel({
 *   title: 'Name what you see',
 *   description: 'Every label that fits',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('scenes').task(task).input('s3://acme-gt/in/dataset.manifest')
 */
export const imageClassificationMultiLabel: MakePageTask<'image-classification-multi-label'> =
  /* @__PURE__ */ taskMaker('imageClassificationMultiLabel', 'image-classification-multi-label')

/**
 * Makes a task in which workers draw boxes around the objects in an image.
 *
 * Becomes the Lambdas `PRE-BoundingBox` and `ACS-BoundingBox` and the page in `template`. The label attribute must
 * not end in `-ref`. Can be labeled automatically, by `object-detection`.
 *
 * Source: sms-bounding-box.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = boundingBox({
 *   title: 'Box every street sign',
 *   description: 'Draw one tight box around each sign',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('street-signs').task(task).autoLabeling(volumeKey('alias/gt-volume'))
 */
export const boundingBox: MakePageTask<'bounding-box'> = /* @__PURE__ */ taskMaker(
  'boundingBox',
  'bounding-box',
)

/**
 * Makes a task in which workers paint every pixel of an image with its label.
 *
 * Becomes the Lambdas `PRE-SemanticSegmentation` and `ACS-SemanticSegmentation` and the page in `template`. The
 * label attribute must end in `-ref`. Can be labeled automatically, by `semantic-segmentation`.
 *
 * Source: sms-semantic-segmentation.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = semanticSegmentation({
 *   title: 'Paint the road',
 *   description: 'Every pixel of the road, and nothing else',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('roads').task(task).labelAttribute('road-ref') // a mask is a file
 */
export const semanticSegmentation: MakePageTask<'semantic-segmentation'> = /* @__PURE__ */ taskMaker(
  'semanticSegmentation',
  'semantic-segmentation',
)
