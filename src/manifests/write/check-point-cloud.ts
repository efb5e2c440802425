import type { Problem } from '../../errors/problem.js'
import { asList, asRecord, type JsonRecord } from '../../json/loose-values.js'
import { isS3Uri, parseS3Uri } from '../../names/s3-uri.js'
import { broken, brokenBy } from './manifest-rules.js'

const FORMAT = /^(?:binary|text)\/xyz(?:i|rgb|irgb)?$/
const CAMERA = ['unix-timestamp', 'fx', 'fy', 'cx', 'cy'] as const
const LENS = ['k1', 'k2', 'k3', 'k4', 'p1', 'p2', 'skew'] as const

/** Gives the rules that the metadata of a frame breaks; `file` is the point cloud's, `path` leads to the metadata. */
export function checkPointCloudMetadata(
  metadata: JsonRecord,
  file: string,
  path: string,
): readonly Problem[] {
  const { format, prefix, images, 'ego-vehicle-pose': pose } = metadata
  return [
    ...(isNumber(metadata['unix-timestamp'])
      ? []
      : [brokenBy('frame-time', `${path}unix-timestamp`, metadata['unix-timestamp'])]),
    ...formatProblems(format, file, `${path}format`),
    ...(prefix === undefined || isPrefix(prefix) ? [] : [brokenBy('frame-prefix', `${path}prefix`, prefix)]),
    ...(pose === undefined ? [] : poseProblems(asRecord(pose) ?? {}, `${path}ego-vehicle-pose.`)),
    ...(images === undefined ? [] : imagesProblems(asList(images) ?? [undefined], `${path}images`)),
  ]
}

/** Tells whether a value is the `s3://` address of an object. */
export function isObjectAddress(value: unknown): value is string {
  return isS3Uri(value) && !/^$|\/$/.test(parseS3Uri(value).key)
}

/** Tells whether a value is an `s3://` address that other names can be appended to. */
export function isPrefix(value: unknown): boolean {
  return isS3Uri(value) && value.endsWith('/')
}

function formatProblems(format: unknown, file: string, path: string): readonly Problem[] {
  if (format === undefined) {
    return /\.(?:bin|txt)$/.test(file) ? [] : [broken('frame-format-unknown', path, 'it is missing')]
  }
  return typeof format === 'string' && FORMAT.test(format) ? [] : [brokenBy('frame-format', path, format)]
}

function imagesProblems(images: readonly unknown[], path: string): readonly Problem[] {
  const tooMany = images.length > 8 ? [broken('too-many-images', path, `it has ${images.length} items`)] : []
  return [
    ...tooMany,
    ...images.flatMap((image, index) => imageProblems(asRecord(image) ?? {}, `${path}[${index}].`)),
  ]
}

function imageProblems(image: JsonRecord, path: string): readonly Problem[] {
  const name = image['image-path']
  const model = image['camera-model']
  return [
    ...(typeof name === 'string' && name !== '' ? [] : [brokenBy('image-path', `${path}image-path`, name)]),
    ...CAMERA.flatMap((field) => numberProblems(image[field], `${path}${field}`)),
    ...LENS.flatMap((field) =>
      image[field] === undefined ? [] : numberProblems(image[field], `${path}${field}`),
    ),
    ...(model === undefined || model === 'pinhole' || model === 'fisheye'
      ? []
      : [brokenBy('camera-model', `${path}camera-model`, model)]),
    ...poseProblems(image, path),
  ]
}

function poseProblems(pose: JsonRecord, path: string): readonly Problem[] {
  const position = asRecord(pose['position']) ?? {}
  const heading = asRecord(pose['heading']) ?? {}
  return [
    ...['x', 'y', 'z'].flatMap((axis) => numberProblems(position[axis], `${path}position.${axis}`)),
    ...['qx', 'qy', 'qz', 'qw'].flatMap((part) => numberProblems(heading[part], `${path}heading.${part}`)),
  ]
}

function numberProblems(value: unknown, path: string): readonly Problem[] {
  return isNumber(value) ? [] : [brokenBy('not-a-number', path, value)]
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
