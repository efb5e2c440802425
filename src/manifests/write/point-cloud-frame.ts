import { checkPointCloudMetadata } from './check-point-cloud.js'
import type { PointCloudObject } from './manifest-object.js'
import type { PointCloudFormat, PointCloudMetadata, Pose } from './point-cloud-metadata.js'
import { manifestInvalid } from './rules-broken.js'

/** A photo that shows what the point cloud shows. */
export interface CameraImage extends Pose {
  /** The path of the image below the prefix. */
  readonly path: string
  /** When it was taken, in seconds since 1970. */
  readonly timestamp: number
  /** The focal length. */
  readonly fx: number
  readonly fy: number
  /** The principal point. */
  readonly cx: number
  readonly cy: number
  /** Distortion by the lens; without it, AWS takes the image as it is. */
  readonly k1?: number
  readonly k2?: number
  readonly k3?: number
  readonly k4?: number
  readonly p1?: number
  readonly p2?: number
  readonly skew?: number
  /** Default: AWS's, `pinhole`. */
  readonly model?: 'pinhole' | 'fisheye'
}

/** What is known of a frame of a point cloud. */
export interface PointCloudFrameOptions {
  /** When it was recorded, in seconds since 1970. */
  readonly timestamp: number
  /** Default: AWS's, `binary/xyzi` for `.bin` files and `text/xyzi` for `.txt` files. */
  readonly format?: PointCloudFormat
  /** Where the images lie: an `s3://` address that ends in `/`. */
  readonly prefix?: string
  /** Where the recording vehicle was. */
  readonly vehiclePose?: Pose
  /** At most 8. */
  readonly images?: readonly CameraImage[]
}

/**
 * Makes the manifest line of one frame, for 3D object detection and 3D semantic segmentation.
 *
 * @throws LabelingJobError `manifest-invalid` with every broken rule at once.
 * @example
 * const frame = pointCloudFrame('s3://acme-gt/in/0001.bin', { timestamp: 1772600000.25 })
 */
export function pointCloudFrame(source: string, options: PointCloudFrameOptions): PointCloudObject {
  const metadata = toPointCloudMetadata(options)
  const problems = checkPointCloudMetadata({ ...metadata }, source, '')
  if (problems.length > 0) throw manifestInvalid('Cannot make the point cloud frame', problems)
  return Object.freeze({ 'source-ref': source, 'source-ref-metadata': Object.freeze(metadata) })
}

/** Gives the metadata of a frame in AWS's words. */
export function toPointCloudMetadata(options: PointCloudFrameOptions): PointCloudMetadata {
  const { timestamp, vehiclePose, images, format, prefix } = options
  return {
    'unix-timestamp': timestamp,
    ...(format === undefined ? {} : { format }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(vehiclePose === undefined ? {} : { 'ego-vehicle-pose': vehiclePose }),
    ...(images === undefined ? {} : { images: images.map(toImage) }),
  }
}

function toImage({ path, timestamp, model, ...camera }: CameraImage): object {
  return {
    'image-path': path,
    'unix-timestamp': timestamp,
    ...(model === undefined ? {} : { 'camera-model': model }),
    ...camera,
  }
}
