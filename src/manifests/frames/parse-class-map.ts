import { asRecord, asText, EMPTY_RECORD, type JsonRecord } from '../../json/loose-values.js'
import type { ClassMap } from './shapes.js'

/** Gives the class map as the line has it: `class-map`, or `class_map` as 3D object detection spells it. */
export function rawClassMap(metadata: JsonRecord): JsonRecord {
  return asRecord(metadata['class-map'] ?? metadata['class_map']) ?? EMPTY_RECORD
}

/** Gives the names of classes by id. */
export function parseClassMap(metadata: JsonRecord): ClassMap {
  const names = Object.entries(rawClassMap(metadata)).filter(([, name]) => typeof name === 'string')
  return Object.fromEntries(names) as ClassMap
}

/** Gives the name of a class, or `undefined` for an id that the map does not have. */
export function classNameOf(id: number | undefined, names: JsonRecord): string | undefined {
  return id === undefined ? undefined : asText(names[id])
}
