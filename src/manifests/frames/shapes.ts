/** A class that was given; each part is `undefined` where the line does not have it. */
export interface Class {
  readonly className: string | undefined
  /** The id of the class in the class map, or its place among the labels. */
  readonly classIndex: number | undefined
  /** 0 to 1; `undefined` when unknown, as with a single worker. */
  readonly confidence: number | undefined
}

/** Names of classes by their id. */
export type ClassMap = Readonly<Record<string, string>>

/** A box in pixels, from the image's top left corner. */
export interface Box extends Class {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A box in the coordinate system of its point cloud. */
export interface Cuboid extends Class {
  /** The name of this one object, for instance `Car:1`. */
  readonly objectName: string | undefined
  readonly center: { readonly x: number; readonly y: number; readonly z: number }
  readonly length: number
  readonly width: number
  readonly height: number
  readonly roll: number
  readonly pitch: number
  /** The heading in radians, as the manifest has it: until 2 September 2022 AWS wrote π minus today's value. */
  readonly yaw: number
  /** What workers said about this object. */
  readonly attributes: Readonly<Record<string, unknown>>
}
