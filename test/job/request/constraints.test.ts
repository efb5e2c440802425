import * as sdk from '@aws-sdk/client-sagemaker'
import { describe, expect, test } from 'vitest'
import { type Constraint, CREATE_LABELING_JOB } from '../../../src/job/request/constraints.generated.js'

/** Every value below the given one, with its path. */
function leaves(constraint: Constraint, path = ''): [string, Constraint][] {
  if (constraint.type === 'structure')
    return Object.entries(constraint.members).flatMap(([name, member]) =>
      leaves(member, path === '' ? name : `${path}.${name}`),
    )
  if (constraint.type === 'list') return leaves(constraint.member, `${path}[]`)
  return [[path, constraint]]
}

const all = leaves(CREATE_LABELING_JOB)
const patternOf = (path: string) => {
  const [, found] = all.find(([at]) => at === path) ?? []
  return new RegExp((found as { pattern: string }).pattern, 'u')
}

describe('the constraints of CreateLabelingJob', () => {
  test('name the members that the installed SDK sends, required ones first', () => {
    const differing: string[] = []
    const compare = (constraint: Constraint, schema: unknown, path: string): void => {
      const known = resolved(schema)
      if (constraint.type === 'list') compare(constraint.member, known.member, `${path}[]`)
      if (constraint.type !== 'structure') return
      const members = known.members ?? []
      const required = members.slice(0, known.required)
      if (
        [...members].sort().join() !== Object.keys(constraint.members).sort().join() ||
        [...required].sort().join() !== [...constraint.required].sort().join()
      )
        differing.push(path)
      for (const [name, member] of Object.entries(constraint.members))
        compare(member, known.schemas?.[members.indexOf(name)], `${path}.${name}`)
    }

    compare(CREATE_LABELING_JOB, sdk.CreateLabelingJobRequest$, 'CreateLabelingJobRequest')

    expect(differing).toEqual([])
  })

  test('list the values that the installed SDK lists', () => {
    const enums = all.flatMap(([path, constraint]) => ('enum' in constraint ? [[path, constraint.enum]] : []))

    expect(enums).toEqual([
      ['InputConfig.DataAttributes.ContentClassifiers[]', Object.values(sdk.ContentClassifier).reverse()],
    ])
  })

  test('limit every text and number', () => {
    const numbers = Object.fromEntries(
      all.flatMap(([path, limit]) => (limit.type === 'integer' ? [[path, [limit.min, limit.max]]] : [])),
    )
    const unlimited = all.filter(
      ([, limit]) => limit.type === 'string' && !limit.enum && (limit.max === undefined || !limit.pattern),
    )

    expect(unlimited).toEqual([])
    expect(numbers).toEqual({
      'StoppingConditions.MaxHumanLabeledObjectCount': [1, undefined],
      'StoppingConditions.MaxPercentageOfInputDatasetLabeled': [1, 100],
      'HumanTaskConfig.NumberOfHumanWorkersPerDataObject': [1, 9],
      'HumanTaskConfig.TaskTimeLimitInSeconds': [30, undefined],
      'HumanTaskConfig.TaskAvailabilityLifetimeInSeconds': [60, undefined],
      'HumanTaskConfig.MaxConcurrentTaskCount': [1, 5000],
      'HumanTaskConfig.PublicWorkforceTaskPrice.AmountInUsd.Dollars': [0, 2],
      'HumanTaskConfig.PublicWorkforceTaskPrice.AmountInUsd.Cents': [0, 99],
      'HumanTaskConfig.PublicWorkforceTaskPrice.AmountInUsd.TenthFractionsOfACent': [0, 9],
    })
  })

  test('have patterns that are anchored and compile with the flag u', () => {
    const patterns = all.flatMap(([, limit]) => ('pattern' in limit && limit.pattern ? [limit.pattern] : []))

    const broken = patterns.filter((text) => !text.startsWith('^(?:') || !text.endsWith(')$'))

    expect(patterns).toHaveLength(24)
    expect(broken).toEqual([])
    expect(() => patterns.map((text) => new RegExp(text, 'u'))).not.toThrow()
  })

  test.each([
    ['LabelingJobName', 'street-signs-2', 'street_signs'],
    ['LabelingJobName', 'a--b', 'signs-'],
    ['LabelAttributeName', 'signs-ref', '$signs'],
    ['OutputConfig.S3OutputPath', 's3://acme-gt', 'acme-gt/out'],
    ['OutputConfig.KmsKeyId', '', 'key id'],
    ['RoleArn', 'arn:aws:iam::111122223333:role/service-role/Gt', 'arn:aws:iam::1:role/Gt'],
    ['HumanTaskConfig.TaskKeywords[]', 'street signs', 'street-signs'],
    ['HumanTaskConfig.TaskTitle', 'Schilder einrahmen – 标志', 'Box signs 🚦'],
    ['HumanTaskConfig.TaskDescription', 'One box a sign', 'One box\na sign'],
    ['Tags[].Key', 'kosten:stelle/ü', 'what?'],
  ])('let %s be "%s" and not "%s"', (path, good, bad) => {
    const pattern = patternOf(path)

    expect([pattern.test(good), pattern.test(bad)]).toEqual([true, false])
  })
})

interface Resolved {
  readonly members?: readonly string[]
  readonly schemas?: readonly unknown[]
  readonly required?: number
  readonly member?: unknown
}

// The SDK keeps a structure as [3, namespace, name, traits, members, schemas, required count] and a list as
// [1, namespace, name, traits, schema]; a reference is a function; 64 + x is a list of the simple type x.
function resolved(schema: unknown): Resolved {
  const value = typeof schema === 'function' ? schema() : schema
  if (!Array.isArray(value)) return {}
  if (value[0] === 3) return { members: value[4], schemas: value[5], required: value[6] ?? 0 }
  return { member: value[4] }
}
