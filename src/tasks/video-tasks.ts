import { taskMaker } from './make-task.js'
import type { MakePageTask, MakeTask } from './task.js'

/**
 * Makes a task in which workers choose one label for a video clip.
 *
 * Becomes the Lambdas `PRE-VideoMultiClass` and `ACS-VideoMultiClass` and the page in `template`. The label
 * attribute must not end in `-ref`. AWS's page prints `VideoClassification` as the stem; the API reference, which
 * is newer, knows only this one.
 *
 * Source: sms-video-classification.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const task = videoClassification({
 *   title: 'Choose the maneuver',
 *   description: 'One label for each clip',
 *   template: 's3://acme-gt/ui/page.liquid.html',
 *   labels: 's3://acme-gt/ui/labels.json',
 * })
 * labelingJob('maneuvers').task(task).input('s3://acme-gt/in/clips.manifest')
 */
export const videoClassification: MakePageTask<'video-classification'> = /* @__PURE__ */ taskMaker(
  'videoClassification',
  'video-classification',
)

/**
 * Makes a task in which a worker marks the objects in each frame of a video.
 *
 * Becomes the Lambdas `PRE-VideoObjectDetection` and `ACS-VideoObjectDetection` and the hosted page
 * `VideoObjectDetection`. The label attribute must end in `-ref`. Takes one worker an object. The label category
 * file is made by `frameCategories()`.
 *
 * Source: sms-video-object-detection.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({ task: 'video-frame-object-detection', labels: ['car'] })
 * const task = videoFrameObjectDetection({
 *   title: 'Box every car',
 *   description: 'In each frame by itself',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/boxes.json', aws),
 * })
 * labelingJob('boxes').task(task).input('s3://acme-gt/in/sequences.manifest').labelAttribute('boxes-ref')
 */
export const videoFrameObjectDetection: MakeTask<'video-frame-object-detection'> = /* @__PURE__ */ taskMaker(
  'videoFrameObjectDetection',
  'video-frame-object-detection',
)

/**
 * Makes a task in which a worker follows objects through the frames of a video.
 *
 * Becomes the Lambdas `PRE-VideoObjectTracking` and `ACS-VideoObjectTracking` and the hosted page
 * `VideoObjectTracking`. The label attribute must end in `-ref`. Takes one worker an object. The label category
 * file is made by `frameCategories()`.
 *
 * Source: sms-video-object-tracking.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({ task: 'video-frame-object-tracking', labels: ['car'] })
 * const task = videoFrameObjectTracking({
 *   title: 'Follow every car',
 *   description: 'The same box through all frames',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks.json', aws),
 * })
 * labelingJob('tracks').task(task).input('s3://acme-gt/in/sequences.manifest').labelAttribute('tracks-ref')
 */
export const videoFrameObjectTracking: MakeTask<'video-frame-object-tracking'> = /* @__PURE__ */ taskMaker(
  'videoFrameObjectTracking',
  'video-frame-object-tracking',
)
