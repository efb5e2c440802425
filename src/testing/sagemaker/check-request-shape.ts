import { countOf } from '../../errors/count-of.js'
import { CREATE_LABELING_JOB } from '../../job/request/constraints.generated.js'
import { findShapeFaults, type ShapeFault, type ShapePath } from '../../job/rules/find-shape-faults.js'
import { AwsFault } from '../world/aws-fault.js'

/** Refuses a CreateLabelingJob request that breaks AWS's model, naming every field in AWS's words. */
export function checkRequestShape(request: unknown): void {
  // Members that the model does not know go by unseen: the SDK does not send them.
  const faults = findShapeFaults(request, CREATE_LABELING_JOB).filter(({ kind }) => kind !== 'unknown')
  if (faults.length === 0) return
  const count = countOf(faults.length, 'validation error')
  throw new AwsFault('ValidationException', `${count} detected: ${faults.map(wordsOf).join('; ')}`)
}

function wordsOf(fault: ShapeFault): string {
  const { path, value } = fault
  const shown =
    (value ?? null) === null ? 'null' : `'${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}'`
  return `Value ${shown} at '${pathText(path)}' failed to satisfy constraint: Member must ${requirementOf(fault)}`
}

function requirementOf(fault: ShapeFault): string {
  switch (fault.kind) {
    case 'missing':
    case 'unknown':
      return 'not be null'
    case 'wrong-type':
      return `be ${fault.expected === 'integer' ? 'an' : 'a'} ${fault.expected}`
    case 'range': {
      const isBelow = Number(fault.value) < fault.min
      return `have value ${isBelow ? `greater than or equal to ${fault.min}` : `less than or equal to ${fault.max}`}`
    }
    case 'too-short':
      return `have length greater than or equal to ${fault.limit}`
    case 'too-long':
      return `have length less than or equal to ${fault.limit}`
    case 'pattern':
      return `satisfy regular expression pattern: ${withoutAnchors(fault.pattern)}`
    case 'not-listed':
      return `satisfy enum value set: [${fault.allowed.join(', ')}]`
  }
}

/** AWS begins each name with a small letter, and counts the members of a list from 1. */
function pathText(path: ShapePath): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `${step + 1}.member` : step.charAt(0).toLowerCase() + step.slice(1),
    )
    .join('.')
}

/** AWS prints its patterns without the anchors that our table adds. */
function withoutAnchors(pattern: string): string {
  return pattern.replace(/^\^\(\?:/, '').replace(/\)\$$/, '')
}
