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
 */
export const videoFrameObjectTracking: MakeTask<'video-frame-object-tracking'> = /* @__PURE__ */ taskMaker(
  'videoFrameObjectTracking',
  'video-frame-object-tracking',
)
