import { isDate, isFunction, isMilliseconds, isSignal, type OptionCheck } from './check-options.js'

/** The options of one call. */
export const CALL_CHECKS: Readonly<Record<string, OptionCheck>> = { signal: isSignal }

/** The options of whoever looks again and again. */
export const POLL_CHECKS: Readonly<Record<string, OptionCheck>> = {
  firstPause: isMilliseconds,
  longestPause: isMilliseconds,
  signal: isSignal,
}

/** The options of whoever waits. */
export const WAIT_CHECKS: Readonly<Record<string, OptionCheck>> = {
  ...POLL_CHECKS,
  maxWait: isMilliseconds,
  deadline: isDate,
  onProgress: isFunction,
}
