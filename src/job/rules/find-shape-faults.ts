import { isObject } from '../../json/json.js'
import type { Constraint, ListConstraint, StringConstraint } from '../request/constraints.generated.js'

/** Where in a value: names of members and indexes of items, from the outside in. */
export type ShapePath = readonly (string | number)[]

/** One place where a value is not as AWS's model has it. Words are made by those who tell it. */
export type ShapeFault = { readonly path: ShapePath; readonly value: unknown } & (
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  | { readonly kind: 'wrong-type'; readonly expected: Constraint['type'] }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'too-short' | 'too-long'
      readonly size: number
      readonly limit: number
      readonly unit: 'item' | 'character'
    }
  | { readonly kind: 'not-listed'; readonly allowed: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: string }
)

/** The largest whole number that AWS's model knows: integers have 32 bits. */
export const LARGEST_INTEGER = 2_147_483_647

// AWS's pattern of an S3 URI takes quadratic time on a string that is far too long, and one of that length is a fault
// for its length already.
const LONGEST_MATCHED = 4096

const PATTERNS = new Map<string, RegExp>()

/** Finds everything in which a value differs from AWS's model, down to its last field, in the model's order. */
export function findShapeFaults(value: unknown, constraint: Constraint): readonly ShapeFault[] {
  return faultsOf(value, constraint, [])
}

function faultsOf(value: unknown, constraint: Constraint, path: ShapePath): readonly ShapeFault[] {
  const wrongType = () => [{ kind: 'wrong-type', path, value, expected: constraint.type }] as const
  switch (constraint.type) {
    case 'structure': {
      if (!isObject(value)) return wrongType()
      const known = Object.keys(constraint.members)
      return [
        ...Object.entries(constraint.members).flatMap(([name, member]) => {
          const inner = value[name]
          if (inner !== undefined && inner !== null) return faultsOf(inner, member, [...path, name])
          return constraint.required.includes(name)
            ? [{ kind: 'missing', path: [...path, name], value: inner } as const]
            : []
        }),
        ...Object.entries(value)
          .filter(([name]) => !known.includes(name))
          .map(([name, inner]) => ({ kind: 'unknown', path: [...path, name], value: inner, known }) as const),
      ]
    }
    case 'list':
      if (!Array.isArray(value)) return wrongType()
      return [
        ...sizeFaults(value, value.length, 'item', constraint, path),
        ...value.flatMap((item, index) => faultsOf(item, constraint.member, [...path, index])),
      ]
    case 'string':
      return typeof value === 'string' ? stringFaults(value, constraint, path) : wrongType()
    case 'integer': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType()
      const { min = -LARGEST_INTEGER, max = LARGEST_INTEGER } = constraint
      return value < min || value > max ? [{ kind: 'range', path, value, min, max }] : []
    }
  }
}

function stringFaults(value: string, constraint: StringConstraint, path: ShapePath): readonly ShapeFault[] {
  const { pattern, enum: allowed } = constraint
  const faults = [...sizeFaults(value, charactersOf(value), 'character', constraint, path)]
  if (pattern !== undefined && value.length <= LONGEST_MATCHED && !patternOf(pattern).test(value))
    faults.push({ kind: 'pattern', path, value, pattern })
  if (allowed !== undefined && !allowed.includes(value))
    faults.push({ kind: 'not-listed', path, value, allowed })
  return faults
}

function sizeFaults(
  value: unknown,
  size: number,
  unit: 'item' | 'character',
  { min = 0, max = Infinity }: ListConstraint | StringConstraint,
  path: ShapePath,
): readonly ShapeFault[] {
  if (size < min) return [{ kind: 'too-short', path, value, size, limit: min, unit }]
  return size > max ? [{ kind: 'too-long', path, value, size, limit: max, unit }] : []
}

function patternOf(pattern: string): RegExp {
  const known = PATTERNS.get(pattern) ?? new RegExp(pattern, 'u')
  PATTERNS.set(pattern, known)
  return known
}

// AWS counts characters, not the halves of those outside the basic plane.
function charactersOf(text: string): number {
  return /[\ud800-\udbff]/.test(text) ? [...text].length : text.length
}
