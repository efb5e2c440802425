import { type Constraint, CREATE_LABELING_JOB } from '../../../src/job/request/constraints.generated.js'

/** What kind of constraint of AWS's model is broken. */
type BrokenConstraint = 'type' | 'range' | 'length' | 'pattern' | 'enum' | 'required' | 'unknown-member'

/** One broken constraint; `path` is written as in `HumanTaskConfig.TaskKeywords[2]`. */
export interface Violation {
  readonly path: string
  readonly constraint: BrokenConstraint
}

/** Lists every constraint of AWS's model that a request breaks: slow, plain, and on its own, as an oracle. */
export function modelViolations(
  value: unknown,
  constraint: Constraint = CREATE_LABELING_JOB,
  path = '',
): Violation[] {
  switch (constraint.type) {
    case 'structure': {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return [{ path, constraint: 'type' }]
      const at = (name: string) => (path === '' ? name : `${path}.${name}`)
      const missing = constraint.required.filter((name) => !Object.hasOwn(value, name))
      return [
        ...missing.map((name): Violation => ({ path: at(name), constraint: 'required' })),
        ...Object.entries(value).flatMap(([name, inner]) => {
          const member = Object.hasOwn(constraint.members, name) ? constraint.members[name] : undefined
          return member === undefined
            ? [{ path: at(name), constraint: 'unknown-member' } as const]
            : modelViolations(inner, member, at(name))
        }),
      ]
    }
    case 'list':
      if (!Array.isArray(value)) return [{ path, constraint: 'type' }]
      return [
        ...(outside(value.length, constraint) ? [{ path, constraint: 'length' } as const] : []),
        ...value.flatMap((item, index) => modelViolations(item, constraint.member, `${path}[${index}]`)),
      ]
    case 'integer':
      if (!Number.isSafeInteger(value)) return [{ path, constraint: 'type' }]
      return outside(value as number, constraint) ? [{ path, constraint: 'range' }] : []
    case 'string': {
      if (typeof value !== 'string') return [{ path, constraint: 'type' }]
      if (constraint.enum) return constraint.enum.includes(value) ? [] : [{ path, constraint: 'enum' }]
      const matches = constraint.pattern === undefined || regExpOf(constraint.pattern).test(value)
      return [
        ...(outside([...value].length, constraint) ? [{ path, constraint: 'length' } as const] : []),
        ...(matches ? [] : [{ path, constraint: 'pattern' } as const]),
      ]
    }
  }
}

function outside(size: number, { min = -Infinity, max = Infinity }: { min?: number; max?: number }): boolean {
  return size < min || size > max
}

const compiled = new Map<string, RegExp>()

function regExpOf(pattern: string): RegExp {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u')
  compiled.set(pattern, known)
  return known
}
