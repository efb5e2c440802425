import { formatValue, isPromise } from '../../errors/format-value.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import type { Problem } from '../../errors/problem.js'
import { isObject } from '../../json/json.js'

/** What a part of a configuration is read with: gives the value, or reports what is wrong and gives `undefined`. */
export type Read<Value> = (value: unknown, path: string, report: Report) => Value | undefined

/** Takes a problem of a configuration. */
export type Report = (code: ConfigCode, path: string, words: Pick<Problem, 'what' | 'why' | 'fix'>) => void

/** What may be wrong with the form of a configuration. */
type ConfigCode = 'config-missing' | 'config-unknown' | 'config-wrong-type' | 'config-wrong-value'

/** The members of a part. */
export type Members = Readonly<Record<string, Read<unknown>>>

export const text: Read<string> = (value, path, report) =>
  typeof value === 'string' ? value : wrongType(value, path, 'a text', report)

/** A whole number; environment variables are texts, so digits will do. */
export const count: Read<number> = (value, path, report) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value
  if (typeof value === 'string' && /^[0-9]{1,9}$/.test(value)) return Number(value)
  return wrongType(value, path, 'a whole number, or its digits', report)
}

/** A text that one of the constructors of names takes, such as `s3Uri()`. */
/* @__NO_SIDE_EFFECTS__ */
export function named<Value>(make: (value: string) => Value): Read<Value> {
  return (value, path, report) => {
    if (typeof value !== 'string') return wrongType(value, path, 'a text', report)
    try {
      return make(value)
    } catch (thrown) {
      if (!isLabelingJobError(thrown)) throw thrown
      const { why, fix } = thrown
      report('config-wrong-value', path, { what: `it is ${formatValue(value)}`, why, fix })
      return undefined
    }
  }
}

/** One of some texts. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<Value extends string>(values: readonly Value[]): Read<Value> {
  return (value, path, report) => {
    if (typeof value !== 'string') return wrongType(value, path, 'a text', report)
    if (values.includes(value as Value)) return value as Value
    report('config-wrong-value', path, {
      what: `it is ${formatValue(value)}`,
      why: 'there is no such choice',
      fix: `Give one of ${values.join(', ')}`,
    })
    return undefined
  }
}

/* @__NO_SIDE_EFFECTS__ */
export function listOf<Value>(read: Read<Value>): Read<readonly Value[]> {
  return (value, path, report) => {
    if (!Array.isArray(value)) return wrongType(value, path, 'a list', report)
    const items = value.map((item, index) => read(item, `${path}[${index}]`, report))
    return items.filter((item) => item !== undefined)
  }
}

/** Texts by name, whatever the names are. */
export const texts: Read<Readonly<Record<string, string>>> = (value, path, report) => {
  if (!isObject(value)) return wrongType(value, path, 'an object with texts', report)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const read = text(inner, pathTo(path, name), report)
      return read === undefined ? [] : [[name, read]]
    }),
  )
}

/** An object with the given members; with `short`, a text stands for the object with that member alone. */
/* @__NO_SIDE_EFFECTS__ */
export function fields(
  members: Members,
  { needed, short }: { readonly needed: readonly string[]; readonly short?: string },
): Read<Readonly<Record<string, unknown>>> {
  return (value, path, report) => {
    if (short !== undefined && typeof value === 'string') {
      const read = members[short]?.(value, path, report)
      return read === undefined ? {} : { [short]: read }
    }
    const expected = short === undefined ? 'an object' : `an object, or a text (its ${short})`
    if (!isObject(value) || isPromise(value)) return wrongType(value, path, expected, report)
    for (const name of needed) if (!Object.hasOwn(value, name)) missing(pathTo(path, name), report)
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        const read = Object.hasOwn(members, name) ? members[name] : undefined
        if (read === undefined) unknown(pathTo(path, name), Object.keys(members), report)
        const member = read?.(inner, pathTo(path, name), report)
        return member === undefined ? [] : [[name, member]]
      }),
    )
  }
}

export function missing(path: string, report: Report): void {
  report('config-missing', path, { what: 'it is missing', why: 'a job needs it', fix: 'Give it' })
}

export function unknown(path: string, known: readonly string[], report: Report): void {
  const fix = known.length === 0 ? 'Leave it out' : `Leave it out, or use ${known.join(', ')}`
  report('config-unknown', path, { what: 'it is there', why: 'a configuration has no such member here', fix })
}

export function wrongType(value: unknown, path: string, expected: string, report: Report): undefined {
  const what = Array.isArray(value) ? 'it is a list' : `it is ${formatValue(value)}`
  const isUnset = value === undefined
  report('config-wrong-type', path, {
    what,
    why: isUnset ? 'an unset variable would be passed over in silence' : `here stands ${expected}`,
    fix: isUnset ? 'Set it, or leave the member out' : `Give ${expected}`,
  })
  return undefined
}

/** Gives the path of a member; odd names are quoted. */
export function pathTo(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`
  return path === '' ? name : `${path}.${name}`
}
