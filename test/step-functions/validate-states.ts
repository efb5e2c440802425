import validate from 'asl-validator'
import type { State } from '../../src/step-functions/index.js'

/** What asl-validator has against states that follow one another in a machine, `S0`, `S1` and so on. */
export function findings(states: readonly State[]): readonly string[] {
  const chained = states.map((state, index) => {
    const { Next: _, End: __, ...rest } = state
    return [`S${index}`, state.Type === 'Choice' ? state : { ...rest, Next: `S${index + 1}` }]
  })
  const States = { ...Object.fromEntries(chained), [`S${states.length}`]: { Type: 'Succeed' } }
  // A copy, as the validator writes into what it is given. It takes an empty text for no text and for no expression.
  const machine = JSON.parse(JSON.stringify({ StartAt: 'S0', States }).replaceAll(':""', ':"-"'))
  const { isValid, errors } = validate(machine)
  return isValid ? [] : errors.map((error) => JSON.stringify(error))
}
