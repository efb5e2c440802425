import { asConfidence, asRecord, asText } from '../../json/loose-values.js'
import type { ColorMap, MaskClass } from './label-contents.js'

/** Gives the classes of a mask by index. */
export function parseColorMap(value: unknown): ColorMap {
  const classes: Record<string, MaskClass> = {}
  for (const [index, entry] of Object.entries(asRecord(value) ?? {})) {
    const color = asRecord(entry)
    if (color === undefined) continue
    classes[index] = {
      className: asText(color['class-name'] ?? color['class_name']),
      color: asText(color['hex-color'] ?? color['hex_color']),
      confidence: asConfidence(color['confidence']),
    }
  }
  return classes
}
