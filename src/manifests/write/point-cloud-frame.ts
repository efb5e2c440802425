import { refuseUnknownOptions } from '../../errors/refuse-unknown-options.js'
import { asRecord } from '../../json/loose-values.js'
import { checkPointCloudMetadata, isObjectAddress } from './check-point-cloud.js'
import type { PointCloudObject } from './manifest-object.js'
import { brokenBy } from './manifest-rules.js'
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
  const metadata = toPointCloudMetadata(CALL, options)
  const problems = [
    ...(isObjectAddress(source) ? [] : [brokenBy('source-address', 'source-ref', source)]),
    ...checkPointCloudMetadata({ ...metadata }, String(source), ''),
  ]
  if (problems.length > 0) throw manifestInvalid(CALL.what, problems)
  return Object.freeze({ 'source-ref': source, 'source-ref-metadata': Object.freeze(metadata) })
}

const CALL = { call: 'pointCloudFrame', what: 'Cannot make the point cloud frame' } as const

/**
 * Gives the metadata of a frame in AWS's words.
 *
 * @throws LabelingJobError `refused-call` for an option that a frame does not have.
 */
export function toPointCloudMetadata(
  call: { readonly call: string; readonly what: string },
  options: PointCloudFrameOptions,
): PointCloudMetadata {
  refuseUnknownOptions(call, options, ['timestamp', 'format', 'prefix', 'vehiclePose', 'images'])
  const { timestamp, vehiclePose, images, format, prefix } = options
  return {
    'unix-timestamp': timestamp,
    ...(format === undefined ? {} : { format }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(vehiclePose === undefined ? {} : { 'ego-vehicle-pose': vehiclePose }),
    // What is not an array is left for the rules to tell.
    ...(images === undefined ? {} : { images: Array.isArray(images) ? images.map(toImage) : images }),
  }
}

function toImage(image: CameraImage): object {
  const { path, timestamp, model, ...camera } = (asRecord(image) ?? {}) as unknown as CameraImage
  return {
    'image-path': path,
    'unix-timestamp': timestamp,
    ...(model === undefined ? {} : { 'camera-model': model }),
    ...camera,
  }
}
