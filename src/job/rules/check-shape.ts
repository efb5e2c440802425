import { countOf } from '../../errors/count-of.js'
import { formatValue } from '../../errors/format-value.js'
import type { Problem } from '../../errors/problem.js'
import { CREATE_LABELING_JOB } from '../request/constraints.generated.js'
import type { RequestDraft } from '../request/request.js'
import { FIELD_WORDS } from './field-words.js'
import { findShapeFaults, LARGEST_INTEGER, type ShapeFault, type ShapePath } from './find-shape-faults.js'
import { callOf } from './rule-reporter.js'

const TYPE_WORDS = { structure: 'an object', list: 'an array', string: 'a string', integer: 'a whole number' }

/** Checks a request against AWS's model, down to its last field; codes are the field's name and what is wrong. */
export function checkShape(request: RequestDraft): readonly Problem[] {
  const faults = findShapeFaults(request, CREATE_LABELING_JOB)
  return faults
    .filter((fault) => !isToldByAnother(fault, faults))
    .map((fault) => {
      const path = pathText(fault.path)
      return {
        code: codeOf(fault),
        severity: 'error',
        call: callOf(path),
        path: path || 'request',
        ...wordsOf(fault),
        source: "AWS's model of CreateLabelingJob",
      }
    })
}

// AWS's patterns limit the length once more, and what is not an ARN at all is short as well: one of the two is enough.
function isToldByAnother(fault: ShapeFault, faults: readonly ShapeFault[]): boolean {
  const beside = faults.filter((other) => other.path === fault.path && other !== fault)
  if (fault.kind === 'too-short') return fault.value !== '' && beside.some(({ kind }) => kind === 'pattern')
  if (fault.kind !== 'pattern') return false
  const unlimited = fault.pattern.replace(/\{(\d+),\d+\}/g, '{$1,}')
  return fault.value === ''
    ? beside.some(({ kind }) => kind === 'too-short')
    : beside.some(({ kind }) => kind === 'too-long') && new RegExp(unlimited, 'u').test(String(fault.value))
}

function codeOf({ kind, path }: ShapeFault): string {
  if (kind !== 'unknown') return `${kebab(nameOf(path))}-${kind}`
  return /kmskeyid$/i.test(nameOf(path)) ? 'key-misplaced' : 'unknown-field'
}

function wordsOf(fault: ShapeFault): Pick<Problem, 'what' | 'why' | 'fix'> {
  const { path, value } = fault
  const taken = (what: string, words: string) => ({ what, why: `AWS takes ${words}`, fix: `Give ${words}` })
  switch (fault.kind) {
    case 'missing':
      return { what: 'it is missing', why: 'AWS requires it', fix: `Give ${nameOf(path)}` }
    case 'unknown':
      return unknownWords(path, fault.known)
    case 'wrong-type':
      return taken(`it is ${typeName(value)}`, TYPE_WORDS[fault.expected])
    case 'range': {
      const { min, max } = fault
      const isOpen = max === LARGEST_INTEGER && Number(value) < min
      return taken(`it is ${value}`, isOpen ? `${min} or more` : `${min} to ${max}`)
    }
    case 'not-listed':
      return taken(`it is ${formatValue(value)}`, fault.allowed.join(' or '))
    case 'pattern':
      return taken(`it is ${formatValue(value)}`, FIELD_WORDS[nameOf(path)] ?? fault.pattern)
    case 'too-short':
    case 'too-long':
      return sizeWords(fault)
  }
}

function sizeWords({ kind, size, limit, unit }: Extract<ShapeFault, { readonly size: number }>) {
  const what = `it has ${countOf(size, unit)}`
  return kind === 'too-short'
    ? { what, why: `AWS takes ${limit} or more`, fix: `Give ${limit} or more, or leave the field out` }
    : { what, why: `AWS takes ${limit} at most`, fix: `Shorten it to ${countOf(limit, unit)}` }
}

function unknownWords(path: ShapePath, known: readonly string[]) {
  const near = known.find((name) => name.toLowerCase() === nameOf(path).toLowerCase())
  const parent = pathText(path.slice(0, -1)) || 'the request'
  return {
    what: 'CreateLabelingJob has no such field',
    why: near === undefined ? `${parent} has ${known.join(', ')}` : `its name is ${near}`,
    fix: near === undefined ? 'Leave it out, or update the library if AWS has added it' : `Write ${near}`,
  }
}

/** `['Tags', 0, 'Key']` becomes `Tags[0].Key`. */
function pathText(path: ShapePath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

/** The name of the innermost field. */
function nameOf(path: ShapePath): string {
  const names = path.filter((step) => typeof step === 'string')
  return names[names.length - 1] ?? 'request'
}

/** `TaskKeywords` becomes `task-keywords`: the field's own name, as codes have it. */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
}

function typeName(value: unknown): string {
  return typeof value === 'string' ? `the string ${formatValue(value)}` : formatValue(value)
}
