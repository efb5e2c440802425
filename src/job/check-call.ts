import { formatValue, isPromise } from '../errors/format-value.js'
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js'
import { refusedCall, refuseNoSignal } from '../errors/refused-call.js'
import { isObject } from '../json/json.js'
import { isKmsKey, type KeyPurpose, type KmsKey, keyFor } from '../names/kms-key.js'
import { TASK_TABLE, type TaskName } from '../tasks/task-table.js'
import { REFUSALS } from './refusals.js'
import type { DeclaredKey } from './request/draft.js'

/**
 * Reads what a call that takes a key was given: a key and options, options alone, or nothing. A key that is undefined is
 * an unset variable, whatever stands beside it. Options alone may say that a key of AWS is meant.
 *
 * @throws LabelingJobError `refused-call` for an undefined key, options that do not exist, and a key among the options.
 */
export function readKeyAndOptions<Options extends object>(
  call: string,
  purpose: KeyPurpose,
  given: readonly [keyOrOptions?: unknown, options?: Options],
  ...known: readonly string[]
): { readonly key?: DeclaredKey; readonly options: Options } {
  const [first, second = {} as Options] = given
  if (given.length > 0 && first === undefined) throw refusedCall(`.${call}`, REFUSALS.undefinedKey)
  const isKeyless = given.length === 0 || (isObject(first) && !isKmsKey(first))
  if (!isKeyless) {
    refuseUnknown(call, second, ...known)
    return { key: purposedKey(purpose, first), options: second }
  }
  const options = (first ?? {}) as Options & { readonly key?: unknown }
  if (Object.keys(second).length > 0) throw refusedCall(`.${call}`, 'it was given options twice')
  refuseUnknown(call, options, ...known, 'key')
  if (!Object.hasOwn(options, 'key')) return { options }
  if (options.key === 'aws-managed') return { key: options.key, options }
  throw refusedCall(
    `.${call}`,
    options.key === undefined
      ? REFUSALS.undefinedKey
      : `its option key is ${formatValue(options.key)}: give a key before the options, or 'aws-managed' here`,
  )
}

/** Gives a key the purpose of the call; a key that was made for the other one is refused, as the compiler does. */
function purposedKey(purpose: KeyPurpose, key: unknown): KmsKey<KeyPurpose> {
  if (!isKmsKey(key)) return keyFor(purpose, key)
  if (key.purpose === purpose) return keyFor(purpose, key.name)
  throw purpose === 'output'
    ? refusedCall('.output', REFUSALS.volumeKeyAsOutput)
    : refusedCall('.autoLabeling', REFUSALS.outputKeyAsVolume)
}

/** Refuses what is no plain object where names and their texts are expected. */
export function refuseNoObject(call: string, value: unknown): void {
  if (!isObject(value) || isPromise(value))
    throw refusedCall(`.${call}`, `it was given ${formatValue(value)}: give a plain object`)
}

export function refuseUnknown(call: string, options: object, ...known: readonly string[]): void {
  refuseUnknownOptions({ call, what: `Cannot call .${call}()` }, options, known)
  const unset = Object.entries(options).find(([, value]) => value === null)
  if (unset !== undefined) throw refusedCall(`.${call}`, `${unset[0]} ${REFUSALS.nullOption}`)
}

/** Refuses options of `.create()` that do not exist: a misspelt one would create where it should attach. */
export function refuseOddCreate(options: object, ...more: readonly string[]): void {
  refuseUnknown('create', options, 'ifExists', 'signal', ...more)
  const { ifExists, signal } = options as { readonly ifExists?: unknown; readonly signal?: unknown }
  refuseNoSignal('.create', signal)
  if (ifExists === undefined || ifExists === 'refuse' || ifExists === 'attach') return
  throw refusedCall('.create', `ifExists is ${formatValue(ifExists)}: give 'refuse' or 'attach'`)
}

export function refuseAttribute(call: string, task: TaskName, name: string): void {
  const rule = TASK_TABLE[task].attribute
  const endsInRef = name.endsWith('-ref')
  if (rule === 'ref' && !endsInRef) throw refusedCall(`.${call}`, `${task} ${REFUSALS.needsRef}`)
  if (rule === 'plain' && endsInRef) throw refusedCall(`.${call}`, `${task} ${REFUSALS.forbidsRef}`)
}
