import { HOSTED_OPTIONS, makeTask, TEMPLATE_OPTIONS } from './make-task.js'
import type { Task } from './task.js'
import type { HostedTaskOptions, TemplateTaskOptions } from './task-options.js'

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
export function videoClassification(options: TemplateTaskOptions): Task<'video-classification'> {
  return makeTask('videoClassification', 'video-classification', options, TEMPLATE_OPTIONS)
}

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
export function videoFrameObjectDetection(options: HostedTaskOptions): Task<'video-frame-object-detection'> {
  return makeTask('videoFrameObjectDetection', 'video-frame-object-detection', options, HOSTED_OPTIONS)
}

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
export function videoFrameObjectTracking(options: HostedTaskOptions): Task<'video-frame-object-tracking'> {
  return makeTask('videoFrameObjectTracking', 'video-frame-object-tracking', options, HOSTED_OPTIONS)
}
