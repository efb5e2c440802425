import { describe, expect, test } from 'vitest'
import { outcomeChoice } from '../../src/step-functions/index.js'
import { labelingWorld } from '../testing/sagemaker/labeling-world.js'
import { runMachine } from './run-machine.js'
import { findings } from './validate-states.js'

const NEXT = { completed: 'Completed', withoutLabels: 'WithoutLabels', stopped: 'Stopped', failed: 'Failed' }
const ON = { completed: 'S1', withoutLabels: 'S1', stopped: 'S1', failed: 'S1' }
const counted = (TotalLabeled: number) => ({ LabelCounters: { TotalLabeled } })

describe.each(['JSONata', 'JSONPath'] as const)(
  'a Choice in %s goes by the answer of AWS',
  (queryLanguage) => {
    test.each<[string, string, object]>([
      ['Completed', 'labels', { LabelingJobStatus: 'Completed', ...counted(3) }],
      ['WithoutLabels', 'no labels', { LabelingJobStatus: 'Completed', ...counted(0) }],
      ['Failed', 'no counts', { LabelingJobStatus: 'Completed' }],
      ['Stopped', 'a stopped job', { LabelingJobStatus: 'Stopped', ...counted(1) }],
      ['Failed', 'a failed job', { LabelingJobStatus: 'Failed', ...counted(1) }],
      ['Failed', 'an error', { Error: 'States.TaskFailed', Cause: '{}' }],
      ['Failed', 'an answer of another form', { LabelingJobArn: 'arn' }],
    ])('to %s with %s', async (outcome, _, answer) => {
      const ends = Object.fromEntries(Object.values(NEXT).map((name) => [name, { Type: 'Succeed' }]))
      const machine = { StartAt: 'Tell', States: { Tell: outcomeChoice(NEXT, { queryLanguage }), ...ends } }

      expect((await runMachine(machine, answer, labelingWorld().cloud)).path).toEqual(['Tell', outcome])
    })
  },
)

test.each(['JSONata', 'JSONPath'] as const)('a Choice in %s is valid', (queryLanguage) => {
  expect(findings([outcomeChoice(ON, { queryLanguage })])).toEqual([])
})

test('conditions are what stands in the machine', () => {
  expect(outcomeChoice(NEXT)).toEqual({
    Type: 'Choice',
    QueryLanguage: 'JSONata',
    Choices: [
      {
        Condition:
          "{% $states.input.LabelingJobStatus = 'Completed' and $states.input.LabelCounters.TotalLabeled > 0 %}",
        Next: 'Completed',
      },
      {
        Condition:
          "{% $states.input.LabelingJobStatus = 'Completed' and $states.input.LabelCounters.TotalLabeled = 0 %}",
        Next: 'WithoutLabels',
      },
      { Condition: "{% $states.input.LabelingJobStatus = 'Stopped' %}", Next: 'Stopped' },
    ],
    Default: 'Failed',
  })
})

test.each([
  [{ ...NEXT, failed: undefined }, {}, 'failed is undefined: give the name of the state'],
  [{ ...NEXT, done: 'x' }, {}, 'it has no option "done"'],
  [NEXT, { queryLanguage: 'jsonata' }, 'queryLanguage is "jsonata"'],
  [NEXT, { language: 'JSONata' }, 'it has no option "language"'],
])('an outcome without a state is refused: %o %o', (next, options, why) => {
  expect(() => outcomeChoice(next as never, options as never)).toThrow(why)
})
