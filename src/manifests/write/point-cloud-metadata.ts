/**
 * How the points of a file are written: as 4-byte numbers or as text, with intensity (`i`), color (`rgb`) or both.
 *
 * @example
 * const format: PointCloudFormat = 'binary/xyzi'
 * pointCloudFrame('s3://acme-gt/in/0001.bin', { timestamp: 1772600000.25, format })
 */
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

/** The metadata of a frame as a manifest has it. */
export interface PointCloudMetadata {
  readonly 'unix-timestamp': number
  readonly format?: PointCloudFormat
  readonly prefix?: string
  readonly 'ego-vehicle-pose'?: Pose
  readonly images?: readonly object[]
}
