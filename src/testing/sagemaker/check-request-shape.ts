import {
  type Constraint,
  CREATE_LABELING_JOB,
  type IntegerConstraint,
  type ListConstraint,
  type StringConstraint,
  type StructureConstraint,
} from '../../job/request/constraints.generated.js'
import { AwsFault } from '../world/aws-fault.js'

/** Refuses a CreateLabelingJob request that breaks AWS's model, naming every field in AWS's words. */
export function checkRequestShape(request: unknown): void {
  const broken = structure(CREATE_LABELING_JOB, request, '')
  if (broken.length === 0) return
  const count = broken.length === 1 ? '1 validation error' : `${broken.length} validation errors`
  throw new AwsFault('ValidationException', `${count} detected: ${broken.join('; ')}`)
}

function check(constraint: Constraint, value: unknown, path: string): readonly string[] {
  switch (constraint.type) {
    case 'structure':
      return structure(constraint, value, path)
    case 'list':
      return list(constraint, value, path)
    case 'string':
      return string(constraint, value, path)
    case 'integer':
      return integer(constraint, value, path)
  }
}

/** Members that the model does not know go by unseen: the SDK does not send them. */
function structure(constraint: StructureConstraint, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [failed(value, path, 'Member must be a structure')]
  }
  const record = value as Readonly<Record<string, unknown>>
  return Object.entries(constraint.members).flatMap(([name, member]) => {
    const memberPath = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`
    const given = record[name]
    if (given !== undefined && given !== null) return check(member, given, memberPath)
    return constraint.required.includes(name) ? [failed(null, memberPath, 'Member must not be null')] : []
  })
}

function list({ min = 0, max, member }: ListConstraint, value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) return [failed(value, path, 'Member must be a list')]
  return [
    ...limits(value.length, min, max, value, path, 'length'),
    ...value.flatMap((item, index) => check(member, item, `${path}.${index + 1}.member`)),
  ]
}

function string(constraint: StringConstraint, value: unknown, path: string): readonly string[] {
  if (typeof value !== 'string') return [failed(value, path, 'Member must be a string')]
  const { min = 0, max, pattern, enum: allowed } = constraint
  return [
    ...limits([...value].length, min, max, value, path, 'length'),
    ...(pattern === undefined || new RegExp(pattern, 'u').test(value)
      ? []
      : [failed(value, path, `Member must satisfy regular expression pattern: ${plain(pattern)}`)]),
    ...(allowed === undefined || allowed.includes(value)
      ? []
      : [failed(value, path, `Member must satisfy enum value set: [${allowed.join(', ')}]`)]),
  ]
}

function integer({ min, max }: IntegerConstraint, value: unknown, path: string): readonly string[] {
  if (!Number.isInteger(value)) return [failed(value, path, 'Member must be an integer')]
  return limits(value as number, min, max, value, path, 'value')
}

function limits(
  size: number,
  min: number | undefined,
  max: number | undefined,
  value: unknown,
  path: string,
  what: 'length' | 'value',
): readonly string[] {
  return [
    ...(min !== undefined && size < min
      ? [failed(value, path, `Member must have ${what} greater than or equal to ${min}`)]
      : []),
    ...(max !== undefined && size > max
      ? [failed(value, path, `Member must have ${what} less than or equal to ${max}`)]
      : []),
  ]
}

function failed(value: unknown, path: string, constraint: string): string {
  const shown =
    value === null ? 'null' : `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`
}

/** AWS prints its patterns without the anchors that our table adds. */
function plain(pattern: string): string {
  return pattern.replace(/^\^\(\?:/, '').replace(/\)\$$/, '')
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
