import { taskMaker } from './make-task.js'
import type { MakeTask } from './task.js'

/**
 * Makes a task in which a worker puts cuboids around the objects in a 3D point cloud.
 *
 * Becomes the Lambdas `PRE-3DPointCloudObjectDetection` and `ACS-3DPointCloudObjectDetection` and the hosted page
 * `PointCloudObjectDetection`. The label attribute must not end in `-ref`. Takes one worker an object. The label
 * category file is made by `frameCategories()`.
 *
 * Source: sms-point-cloud-object-detection.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({ task: 'point-cloud-object-detection', labels: ['car', 'cyclist'] })
 * const task = pointCloudObjectDetection({
 *   title: 'Put cuboids around vehicles',
 *   description: 'One cuboid for each',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/cuboids.json', aws),
 * })
 * labelingJob('cuboids').task(task).input('s3://acme-gt/in/frames.manifest').labelAttribute('cuboids')
 */
export const pointCloudObjectDetection: MakeTask<'point-cloud-object-detection'> = /* @__PURE__ */ taskMaker(
  'pointCloudObjectDetection',
  'point-cloud-object-detection',
)

/**
 * Makes a task in which a worker follows objects through a sequence of 3D point clouds.
 *
 * Becomes the Lambdas `PRE-3DPointCloudObjectTracking` and `ACS-3DPointCloudObjectTracking` and the hosted page
 * `PointCloudObjectTracking`. The label attribute must end in `-ref`. Takes one worker an object. The label
 * category file is made by `frameCategories()`.
 *
 * Source: sms-point-cloud-object-tracking.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({ task: 'point-cloud-object-tracking', labels: ['car', 'cyclist'] })
 * const task = pointCloudObjectTracking({
 *   title: 'Follow every vehicle',
 *   description: 'The same cuboid through all frames',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-3d.json', aws),
 * })
 * labelingJob('tracks-3d').task(task).input('s3://acme-gt/in/sequences.manifest').labelAttribute('tracks-3d-ref')
 */
export const pointCloudObjectTracking: MakeTask<'point-cloud-object-tracking'> = /* @__PURE__ */ taskMaker(
  'pointCloudObjectTracking',
  'point-cloud-object-tracking',
)

/**
 * Makes a task in which a worker follows objects through 3D point clouds and links them to camera images: what AWS
 * calls 3D-2D object tracking. To AWS it is 3D object tracking; the camera data in the input sequence makes the
 * difference.
 *
 * Becomes the Lambdas `PRE-3DPointCloudObjectTracking` and `ACS-3DPointCloudObjectTracking` and the hosted page
 * `PointCloudObjectTracking`. The label attribute must end in `-ref`. Takes one worker an object.
 *
 * Source: sms-point-cloud-3d-2d-object-tracking.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({
 *   labels: ['car'],
 *   annotationType: [{ type: 'Cuboid' }, { type: 'BoundingBox' }], // in the cloud, and in the images
 * })
 * const task = pointCloudAndCameraObjectTracking({
 *   title: 'Follow every vehicle',
 *   description: 'In the cloud and in the images',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/tracks-3d-2d.json', aws),
 * })
 * labelingJob('tracks-3d-2d').task(task).input('s3://acme-gt/in/sequences.manifest').labelAttribute('tracks-3d-2d-ref')
 */
export const pointCloudAndCameraObjectTracking: MakeTask<'point-cloud-object-tracking'> =
  /* @__PURE__ */ taskMaker('pointCloudAndCameraObjectTracking', 'point-cloud-object-tracking')

/**
 * Makes a task in which a worker paints the points of a 3D point cloud with their labels.
 *
 * Becomes the Lambdas `PRE-3DPointCloudSemanticSegmentation` and `ACS-3DPointCloudSemanticSegmentation` and the
 * hosted page `PointCloudSemanticSegmentation`. The label attribute must end in `-ref`. Takes one worker an
 * object. The label category file is made by `frameCategories()`; AWS ignores attributes of categories here.
 *
 * Source: sms-point-cloud-semantic-segmentation.html.
 *
 * @throws LabelingJobError `refused-call` for an option that does not exist.
 *
 * @example
 * const file = frameCategories({ task: 'point-cloud-semantic-segmentation', labels: ['road', 'car'] })
 * const task = pointCloudSemanticSegmentation({
 *   title: 'Paint the points',
 *   description: 'Road, car, or neither',
 *   labels: await writeLabelCategories(file, 's3://acme-gt/ui/points.json', aws),
 * })
 * labelingJob('points').task(task).input('s3://acme-gt/in/frames.manifest').labelAttribute('points-ref')
 */
export const pointCloudSemanticSegmentation: MakeTask<'point-cloud-semantic-segmentation'> =
  /* @__PURE__ */ taskMaker('pointCloudSemanticSegmentation', 'point-cloud-semantic-segmentation')
