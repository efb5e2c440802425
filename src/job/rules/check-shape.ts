import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { isObject, type Json } from '../../json/json.js'
import type { Constraint } from '../request/constraints.generated.js'
import { FIELD_WORDS } from './field-words.js'
import { callOf } from './rule-reporter.js'
import type { ShapeFault } from './rules.js'

const PATTERNS = new Map<string, RegExp>()

// AWS's pattern of an S3 address takes quadratic time on text that is far too long, and a text of that length is
// reported for its length already.
const LONGEST_MATCHED = 4096

// AWS's model knows integers of 32 bits.
const LARGEST_INTEGER = 2_147_483_647

/** Checks a value against AWS's model, down to its last field; codes are the field's name and what is wrong. */
export function checkShape(
  value: Json | undefined,
  constraint: Constraint,
  path: string,
  into: Problem[],
): void {
  const broken = (kind: ShapeFault, what: string, why: string, fix: string) =>
    into.push({
      code: `${kebab(path)}-${kind}`,
      severity: 'error',
      call: callOf(path),
      path: path || 'request',
      what,
      why,
      fix,
      source: "AWS's model of CreateLabelingJob",
    })
  const wrongType = (expected: string) =>
    broken('wrong-type', `it is ${typeName(value)}`, `AWS takes ${expected}`, `Give ${expected}`)

  if (constraint.type === 'structure') {
    if (!isObject(value)) return void wrongType('an object')
    for (const field of constraint.required) {
      if (value[field] === undefined || value[field] === null) {
        const at = join(path, field)
        into.push({
          code: `${kebab(at)}-missing`,
          severity: 'error',
          call: callOf(at),
          path: at,
          what: 'it is missing',
          why: 'AWS requires it',
          fix: `Give ${field}`,
          source: "AWS's model of CreateLabelingJob",
        })
      }
    }
    for (const [field, inner] of Object.entries(value)) {
      const member = Object.hasOwn(constraint.members, field) ? constraint.members[field] : undefined
      if (member !== undefined && inner !== undefined && inner !== null) {
        checkShape(inner, member, join(path, field), into)
      } else if (member === undefined) unknownField(field, Object.keys(constraint.members), path, into)
    }
    return
  }
  if (constraint.type === 'list') {
    if (!Array.isArray(value)) return void wrongType('a list')
    countWithin(value.length, constraint, 'items', broken)
    value.forEach((item, index) => {
      checkShape(item, constraint.member, `${path}[${index}]`, into)
    })
    return
  }
  if (constraint.type === 'integer') {
    if (typeof value !== 'number' || !Number.isInteger(value)) return void wrongType('a whole number')
    const { min = -LARGEST_INTEGER, max = LARGEST_INTEGER } = constraint
    if (value < min || value > max) {
      const range = max === LARGEST_INTEGER && value < min ? `${min} or more` : `${min} to ${max}`
      broken('range', `it is ${value}`, `AWS takes ${range}`, `Give ${range}`)
    }
    return
  }
  if (typeof value !== 'string') return void wrongType('a text')
  if (constraint.enum !== undefined && !constraint.enum.includes(value)) {
    const listed = constraint.enum.join(' or ')
    broken('not-listed', `it is ${formatValue(value)}`, `AWS takes ${listed}`, `Give ${listed}`)
  }
  countWithin(charactersOf(value), constraint, 'characters', broken)
  if (constraint.pattern === undefined || value.length > LONGEST_MATCHED) return
  if (!patternOf(constraint.pattern).test(value)) {
    const words = FIELD_WORDS[fieldOf(path)] ?? constraint.pattern
    broken('pattern', `it is ${formatValue(value)}`, `AWS takes ${words}`, `Give ${words}`)
  }
}

function countWithin(
  count: number,
  { min = 0, max = Infinity }: { readonly min?: number; readonly max?: number },
  unit: string,
  broken: (kind: ShapeFault, what: string, why: string, fix: string) => void,
): void {
  if (count < min)
    broken(
      'too-short',
      `it has ${count} ${unit}`,
      `AWS takes ${min} or more`,
      `Give ${min} or more, or leave the field out`,
    )
  if (count > max)
    broken('too-long', `it has ${count} ${unit}`, `AWS takes ${max} at most`, `Shorten it to ${max} ${unit}`)
}

function unknownField(field: string, known: readonly string[], path: string, into: Problem[]): void {
  const near = known.find((name) => name.toLowerCase() === field.toLowerCase())
  const at = join(path, field)
  into.push({
    code: /kmskeyid$/i.test(field) ? 'key-misplaced' : 'unknown-field',
    severity: 'error',
    call: callOf(at),
    path: at,
    what: 'CreateLabelingJob has no such field',
    why: near === undefined ? `${path || 'the request'} has ${known.join(', ')}` : `its name is ${near}`,
    fix: near === undefined ? 'Leave it out, or update the library if AWS has added it' : `Write ${near}`,
    source: "AWS's model of CreateLabelingJob",
  })
}

function patternOf(pattern: string): RegExp {
  const known = PATTERNS.get(pattern) ?? new RegExp(pattern, 'u')
  PATTERNS.set(pattern, known)
  return known
}

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`
}

/** `HumanTaskConfig.TaskKeywords[2]` becomes `task-keywords`: the field's own name, as codes have it. */
function kebab(path: string): string {
  return (fieldOf(path) || 'request').replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
}

function fieldOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '')
}

// AWS counts characters, not the halves of those outside the basic plane.
function charactersOf(text: string): number {
  return /[\ud800-\udbff]/.test(text) ? [...text].length : text.length
}

function typeName(value: Json | undefined): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? `the text ${formatValue(value)}` : `of type ${typeof value}`
}
