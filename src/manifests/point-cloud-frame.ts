import { checkPointCloudMetadata } from './check-point-cloud.js'
import type { PointCloudObject } from './manifest-object.js'
import { InvalidManifestError } from './manifest-problem.js'

/** How the points of a file are written: as 4-byte numbers or as text, with intensity (`i`), color (`rgb`) or both. */
export type PointCloudFormat = `${'binary' | 'text'}/${'xyz' | 'xyzi' | 'xyzrgb' | 'xyzirgb'}`

/** A place in the coordinate system of the point cloud. */
export interface Position {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** A direction as a quaternion. */
export interface Heading {
  readonly qx: number
  readonly qy: number
  readonly qz: number
  readonly qw: number
}

/** Where something is and where it looks. */
export interface Pose {
  readonly position: Position
  readonly heading: Heading
}

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

/** The metadata of a frame as a manifest has it. */
export interface PointCloudMetadata {
  readonly 'unix-timestamp': number
  readonly format?: PointCloudFormat
  readonly prefix?: string
  readonly 'ego-vehicle-pose'?: Pose
  readonly images?: readonly object[]
}

/**
 * Makes the manifest line of one frame, for 3D object detection and 3D semantic segmentation.
 *
 * @throws InvalidManifestError (`manifest-invalid`) with every broken rule at once.
 * @example
 * const frame = pointCloudFrame('s3://acme-gt/in/0001.bin', { timestamp: 1772600000.25 })
 */
export function pointCloudFrame(source: string, options: PointCloudFrameOptions): PointCloudObject {
  const metadata = toPointCloudMetadata(options)
  const problems = checkPointCloudMetadata({ ...metadata }, source, '')
  if (problems.length > 0) throw new InvalidManifestError('Cannot make the point cloud frame', problems)
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
