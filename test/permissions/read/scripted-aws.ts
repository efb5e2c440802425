import type { Aws } from '../../../src/aws/aws.js'

/** What a call is answered with, by its input; `undefined` leaves it to the account. */
export type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>

/** A connection some of whose calls are answered by a script, and a log of those. */
export function scripted(
  aws: Aws,
  answers: Answers,
): { readonly aws: Aws; readonly asked: (readonly [string, unknown])[] } {
  const asked: (readonly [string, unknown])[] = []
  const wrap = (inner: Aws): Aws => ({
    region: () => inner.region(),
    clock: inner.clock,
    identity: (service) => inner.identity(service),
    with: (change) => wrap(inner.with(change)),
    call: (name, input, options) => {
      const answer = answers[name]?.(input as never)
      if (answer === undefined) return inner.call(name, input, options)
      asked.push([name, input])
      return Promise.resolve(answer as never)
    },
  })
  return { aws: wrap(aws), asked }
}
