import { asList, asRecord, type JsonRecord } from '../../json/loose-values.js'
import { isPrefix } from './check-point-cloud.js'

/**
 * Gives the addresses of the camera images of a point cloud's frame, of those that have a path.
 *
 * @param below Where they lie if the frame itself does not say: the prefix of its sequence.
 */
export function cameraImagesOf(frame: JsonRecord, below?: unknown): readonly string[] {
  const prefix = frame['prefix'] ?? below
  if (!isPrefix(prefix)) return []
  return (asList(frame['images']) ?? []).flatMap((image) => {
    const path = asRecord(image)?.['image-path']
    return typeof path === 'string' && path !== '' ? [`${prefix}${path}`] : []
  })
}
