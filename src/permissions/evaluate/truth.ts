/** One of three truth values, in the order false < unknown < true. */
export type Truth = 0 | 1 | 2

export const FALSE = 0
export const UNKNOWN = 1
export const TRUE = 2

/** Gives the lesser of two truth values: certain only if both are. */
export function and(left: Truth, right: Truth): Truth {
  return left < right ? left : right
}

/** Gives the greater of two truth values: one certain truth is enough. */
export function or(left: Truth, right: Truth): Truth {
  return left > right ? left : right
}

/** Turns true into false and back; unknown stays unknown. */
export function not(truth: Truth): Truth {
  if (truth === UNKNOWN) return UNKNOWN
  return truth === TRUE ? FALSE : TRUE
}

/** Gives the value all members share, or unknown when they differ. */
export function agreed(truths: readonly Truth[]): Truth {
  const first = truths[0] ?? UNKNOWN
  return truths.every((truth) => truth === first) ? first : UNKNOWN
}
