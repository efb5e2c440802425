import { formatValue } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall } from '../errors/refused-call.js'
import { deepFreeze } from '../json/deep-freeze.js'
import { refuseOddLanguage } from './refuse-options.js'
import type { QueryLanguage, State } from './state.js'
import { languageField } from './task-state.js'

/** The states to go on with, by how the job ended. */
export interface OutcomeStates {
  /** With labels; single objects may have failed. */
  readonly completed: string
  /** `Completed` at AWS, and not one object labeled: nobody worked, or all objects failed. */
  readonly withoutLabels: string
  readonly stopped: string
  /** Failed, and whatever cannot be told: an answer without a state or without counts. */
  readonly failed: string
}

const OUTCOMES = ['completed', 'withoutLabels', 'stopped', 'failed'] as const

/**
 * Makes the Choice behind `labelingTask()` that tells how a job ended. `Completed` at AWS is not success: a job can
 * complete without a single label. No page of AWS says what the state before gives; it is taken for the answer of
 * DescribeLabelingJob, and what does not look like one goes to `failed`.
 *
 * @throws LabelingJobError `refused-call` when a state is not named, or an option does not exist.
 *
 * @example
 * const outcome = outcomeChoice({ completed: 'Train', withoutLabels: 'Ask', stopped: 'Ask', failed: 'Failed' })
 */
export function outcomeChoice(
  next: OutcomeStates,
  options: { readonly queryLanguage?: QueryLanguage } = {},
): State {
  const call = { call: 'outcomeChoice', what: 'Cannot call outcomeChoice()' }
  refuseUnknownOptions(call, next, OUTCOMES)
  refuseUnknownOptions(call, options, ['queryLanguage'])
  const { queryLanguage = 'JSONata' } = options
  refuseOddLanguage('outcomeChoice', queryLanguage)
  const unnamed = OUTCOMES.find((outcome) => typeof next[outcome] !== 'string' || next[outcome] === '')
  if (unnamed !== undefined)
    throw refusedCall(
      'outcomeChoice',
      `${unnamed} is ${formatValue(next[unnamed])}: give the name of the state to go on with`,
    )
  return deepFreeze({
    Type: 'Choice',
    ...languageField(queryLanguage),
    Choices: queryLanguage === 'JSONata' ? jsonataChoices(next) : jsonPathChoices(next),
    Default: next.failed,
  })
}

function jsonataChoices({ completed, withoutLabels, stopped }: OutcomeStates): readonly object[] {
  const status = '$states.input.LabelingJobStatus'
  const labeled = '$states.input.LabelCounters.TotalLabeled'
  return [
    { Condition: `{% ${status} = 'Completed' and ${labeled} > 0 %}`, Next: completed },
    { Condition: `{% ${status} = 'Completed' and ${labeled} = 0 %}`, Next: withoutLabels },
    { Condition: `{% ${status} = 'Stopped' %}`, Next: stopped },
  ]
}

/** A path that leads nowhere ends a JSONPath execution, so each is asked for first. */
function jsonPathChoices({ completed, withoutLabels, stopped }: OutcomeStates): readonly object[] {
  const status = { Variable: '$.LabelingJobStatus' }
  const labeled = { Variable: '$.LabelCounters.TotalLabeled' }
  const isStatus = (text: string) => [
    { ...status, IsPresent: true },
    { ...status, StringEquals: text },
  ]
  const isCounted = [...isStatus('Completed'), { ...labeled, IsPresent: true }]
  return [
    { And: [...isCounted, { ...labeled, NumericGreaterThan: 0 }], Next: completed },
    { And: [...isCounted, { ...labeled, NumericEquals: 0 }], Next: withoutLabels },
    { And: isStatus('Stopped'), Next: stopped },
  ]
}
