import { type Constraint, CREATE_LABELING_JOB } from '../../../src/job/request/constraints.generated.js'
import type { CreateLabelingJobRequest, RequestDraft } from '../../../src/job/request/request.js'
import { type Dice, diceOf } from './dice.js'
import { modelViolations, type Violation } from './model-violations.js'

/** A request with one broken constraint, and which. */
export interface BrokenRequest extends Violation {
  readonly request: RequestDraft
}

type Steps = readonly (string | number)[]

// Callers use one seed for the request and for its break; with the same dice the task would decide the field.
const SALT = 0x5bd1e995

/** A place in a request with the constraint that holds there. */
interface Place {
  readonly steps: Steps
  readonly value: unknown
  readonly constraint: Constraint
}

/**
 * Breaks exactly one constraint of AWS's model in a valid request, one and the same for a seed. Rules that AWS's
 * model does not know (the `-ref` suffix, the matching pair of Lambdas) may break along with it.
 */
export function breakOneConstraint(request: CreateLabelingJobRequest, seed: number): BrokenRequest {
  const dice = diceOf(seed ^ SALT)
  const places = placesIn({ steps: [], value: request, constraint: CREATE_LABELING_JOB })
  const fields = [...new Set(places.map(fieldOf))]
  for (let attempt = 0; attempt < 200; attempt++) {
    const field = dice.pick(fields)
    const place = dice.pick(places.filter((candidate) => fieldOf(candidate) === field))
    const change = dice.pick(changes(place, dice))
    const broken = structuredClone(request) as unknown as RequestDraft
    change(broken)
    const [violation, ...others] = modelViolations(broken)
    if (violation !== undefined && others.length === 0) return { request: broken, ...violation }
  }
  throw new Error(`Seed ${seed} breaks nothing.`)
}

// Fields are picked before places: fifty tags are not to be broken a hundred times as often as the one role.
function fieldOf({ steps }: Place): string {
  return steps.map((step) => (typeof step === 'number' ? '[]' : step)).join('.')
}

function placesIn(place: Place): Place[] {
  const { steps, value, constraint } = place
  if (constraint.type === 'structure')
    return [
      place,
      ...Object.entries(value as object).flatMap(([name, inner]) =>
        placesIn({
          steps: [...steps, name],
          value: inner,
          constraint: constraint.members[name] as Constraint,
        }),
      ),
    ]
  if (constraint.type === 'list')
    return [
      place,
      ...(value as unknown[]).flatMap((inner, index) =>
        placesIn({ steps: [...steps, index], value: inner, constraint: constraint.member }),
      ),
    ]
  return [place]
}

type Change = (request: RequestDraft) => void

function changes({ steps, value, constraint }: Place, dice: Dice): Change[] {
  const wrongType = set(steps, dice.pick(otherTypes(constraint)))
  switch (constraint.type) {
    case 'structure': {
      const structure = value as Record<string, unknown>
      return [
        ...(steps.length > 0 ? [wrongType] : []),
        ...constraint.required.map((name) => remove([...steps, name])),
        ...Object.keys(structure).map((name) => set([...steps, name.toLowerCase()], structure[name])),
        set([...steps, dice.pick(['Unknown', 'KmsKeyArn', 'VolumeKmsKeyId', 'toString'])], 'x'),
      ]
    }
    case 'list': {
      const items = value as unknown[]
      const tooMany = (constraint.max ?? 0) + 1
      return [
        wrongType,
        set(steps, []),
        set(
          steps,
          Array.from({ length: tooMany }, (_, index) => another(items[index % items.length], index)),
        ),
      ]
    }
    case 'integer':
      return [
        wrongType,
        ...[constraint.min, constraint.max].flatMap((end, index) =>
          end === undefined ? [] : [set(steps, end + (index === 0 ? -1 : 1))],
        ),
        set(steps, (value as number) + 0.5),
      ]
    case 'string':
      return [
        wrongType,
        ...otherTexts(value as string, constraint.max ?? 0, dice).map((text) => set(steps, text)),
      ]
  }
}

// Tags must differ in their keys, or a rule about doubled tags would speak as well.
function another(item: unknown, index: number): unknown {
  return typeof item === 'object' ? { ...item, Key: `more${index}` } : item
}

function otherTypes({ type }: Constraint): readonly unknown[] {
  const values = { structure: {}, list: ['x'], string: 'x', integer: 7, boolean: true }
  return Object.entries(values)
    .filter(([name]) => name !== type)
    .map(([, value]) => value)
}

/** Texts of which some are too long, some too short, some of other characters; the oracle says which. */
function otherTexts(text: string, max: number, dice: Dice): string[] {
  const tooLong = max + 1 - text.length
  const odd = dice.pick(['!', ' ', '\n', '_', '🚦', '\u0007', '\u2028', 'é', '%', '$', '#'])
  return [
    '',
    text + 'a'.repeat(Math.max(tooLong, 0)),
    `${text.slice(0, 1)}${'-'.repeat(Math.max(tooLong, 0))}${text.slice(1)}`,
    `${text}\n`,
    `${odd}${text}`,
    `${text}${odd}`,
    `${text.slice(0, 1)}${odd}${text.slice(1)}`,
    text.replace(/^(arn|s3|https)/, 'x$1'),
    text.replace(/:\d{12}:/, ':123:'),
    text.toUpperCase(),
  ]
}

function set(steps: Steps, value: unknown): Change {
  return (request) => {
    const [parent, last] = parentOf(request, steps)
    parent[last] = value
  }
}

function remove(steps: Steps): Change {
  return (request) => {
    const [parent, last] = parentOf(request, steps)
    delete parent[last]
  }
}

function parentOf(request: RequestDraft, steps: Steps): [Record<string | number, unknown>, string | number] {
  const last = steps.at(-1) as string | number
  const parent = steps
    .slice(0, -1)
    .reduce((at: unknown, step) => (at as Record<string | number, unknown>)[step], request)
  return [parent as Record<string | number, unknown>, last]
}
