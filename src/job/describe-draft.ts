import { printable } from '../errors/printable.js'
import { isObject } from '../json/json.js'
import { compileRequest } from './request/compile-request.js'
import { keysOfRequest } from './request/declared-keys.js'
import type { Draft } from './request/draft.js'

/** Says in a few lines what has been said of a job so far, and what it still needs. */
export function describeDraft(draft: Draft, missing: readonly string[]): string {
  const { base, task, input, stream, output, workers, autoLabeling, chain, patches } = draft
  // What would be sent, and every task is there in this region.
  const keys = keysOfRequest(compileRequest(draft, 'us-east-1'))
  const under = (key: string | undefined) => `under ${key ?? 'a key of AWS'}`
  const lines: readonly (readonly [label: string, value: unknown])[] = [
    ['task', task?.name],
    ['chain', chain && `from ${chain.job}`],
    ['input', input?.manifest],
    ['stream', stream?.topic],
    ['output', output && `${output.uri} ${under(keys.output)}`],
    ['role', givenField(draft, 'role', 'RoleArn')],
    ['workers', workers?.team],
    ['volume', autoLabeling && keys.isAutomated && `automated labeling, ${under(keys.volume)}`],
    ['request', base && `read in, with ${Object.keys(base).join(', ')}`],
    ['raw', patches && [...new Set(patches.flatMap(Object.keys))].join(', ')],
    ['missing', missing.length > 0 ? missing.join(', ') : undefined],
  ]
  return [
    `labeling job ${printable(givenField(draft, 'name', 'LabelingJobName') ?? '(no name yet)')}`,
    ...lines.flatMap(([label, value]) =>
      value === undefined || value === false ? [] : [`  ${label.padEnd(8)} ${printable(String(value))}`],
    ),
  ].join('\n')
}

/** Gives a field of the draft, a patch counting most and the request that was read in least. */
export function givenField(draft: Draft, part: 'name' | 'role', field: string): string | undefined {
  const patched = [...(draft.patches ?? [])].reverse().map((patch) => patch[field])
  const sources = [...patched, draft[part], isObject(draft.base) ? draft.base[field] : undefined]
  const value = sources.find((source) => source !== undefined)
  return typeof value === 'string' ? value : undefined
}
