import { asConfidence, asRecord, asText } from '../../json/loose-values.js'
import type { ColorMap, MaskClass } from './label-contents.js'

/** Gives the classes of a mask by index. */
export function parseColorMap(value: unknown): ColorMap {
  const classes = Object.entries(asRecord(value) ?? {}).flatMap(([index, entry]): [string, MaskClass][] => {
    const color = asRecord(entry)
    if (color === undefined) return []
    const className = asText(color['class-name'] ?? color['class_name'])
    const hex = asText(color['hex-color'] ?? color['hex_color'])
    return [[index, { className, color: hex, confidence: asConfidence(color['confidence']) }]]
  })
  // Not key by key: a class named `__proto__` would become the prototype.
  return Object.fromEntries(classes)
}
