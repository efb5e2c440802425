import type { UnknownReason } from './decision.js'

/** Receives the reasons for an unknown answer; left out while only the answer is wanted. */
export type Note = (reason: UnknownReason) => void
