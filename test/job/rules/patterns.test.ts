import { isSafe } from 'redos-detector'
import { describe, expect, test } from 'vitest'
import { type Constraint, CREATE_LABELING_JOB } from '../../../src/job/request/constraints.generated.js'
import { FIELD_WORDS } from '../../../src/job/rules/field-words.js'
import { findProblems } from '../../../src/job/rules/find-problems.js'
import type { JsonObject } from '../../../src/json/json.js'

/** Every pattern of AWS's model with the names of the fields that have it. */
function patternsOf(constraint: Constraint, field = ''): [pattern: string, field: string][] {
  if (constraint.type === 'structure')
    return Object.entries(constraint.members).flatMap(([name, member]) => patternsOf(member, name))
  if (constraint.type === 'list') return patternsOf(constraint.member, field)
  return constraint.type === 'string' && constraint.pattern ? [[constraint.pattern, field]] : []
}

const PATTERNS = patternsOf(CREATE_LABELING_JOB)
// Both have two ways to read a slash. Only text that is short enough is matched against them.
const SLOW = ['LabelCategoryConfigS3Uri', 'ManifestS3Uri', 'RoleArn', 'S3OutputPath', 'UiTemplateS3Uri']

describe("the patterns of AWS's model", () => {
  test('take linear time, but for addresses and roles', () => {
    const slow = PATTERNS.filter(([pattern]) => !isSafe(new RegExp(pattern, 'u')).safe)

    expect(slow.map(([, field]) => field).sort()).toEqual(SLOW)
  })

  test('are all said in words', () => {
    const fields = new Set(PATTERNS.map(([, field]) => field))

    expect(Object.keys(FIELD_WORDS).sort()).toEqual([...fields].sort())
  })
})

describe('an address', () => {
  const outputCodes = (uri: string) =>
    findProblems({ OutputConfig: { S3OutputPath: uri } } as JsonObject, 'us-east-1')
      .filter(({ path }) => path === 'OutputConfig.S3OutputPath')
      .map(({ code }) => code)

  test.each([
    ['of 1,024 characters is fine', `s3://b/${'a'.repeat(1017)}`, []],
    ['of 1,025 characters is too long', `s3://b/${'a'.repeat(1018)}`, ['s3-output-path-too-long']],
    [
      'that is too long and has a line break says both',
      `s3://b/${'a'.repeat(1018)}\n`,
      ['s3-output-path-too-long', 's3-output-path-pattern'],
    ],
    [
      'far beyond the limit is not matched at all',
      `s3://${'a'.repeat(100_000)}/\n`,
      ['s3-output-path-too-long'],
    ],
  ])('%s', (_what, uri, codes) => {
    expect(outputCodes(uri)).toEqual(codes)
  })
})

describe('a text', () => {
  test.each([
    ['🚦', 255, []],
    ['🚦', 256, ['task-description-too-long']],
    ['é', 255, []],
  ])('of %s is counted in characters: %i', (character, count, codes) => {
    const request = { HumanTaskConfig: { TaskDescription: character.repeat(count) } }

    const found = findProblems(request, 'us-east-1').filter(({ path }) => path.endsWith('.TaskDescription'))

    expect(found.map(({ code }) => code)).toEqual(codes)
  })

  test('that breaks a pattern is told what the pattern says, not the pattern', () => {
    const [problem] = findProblems({ LabelingJobName: 'street_signs' }, 'us-east-1')

    expect(problem).toEqual({
      code: 'labeling-job-name-pattern',
      severity: 'error',
      call: 'named',
      path: 'LabelingJobName',
      what: 'it is "street_signs"',
      why: 'AWS takes letters, digits and hyphens, with a letter or a digit at both ends',
      fix: 'Give letters, digits and hyphens, with a letter or a digit at both ends',
      source: "AWS's model of CreateLabelingJob",
    })
  })
})
