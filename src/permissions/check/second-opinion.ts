import type { CheckedDecision } from './decide-requirements.js'

/** The decisions as a second opinion leaves them. */
export interface SecondOpinion {
  readonly decisions: readonly CheckedDecision[]
  /** Why there is none, in words; the decisions are as they were then. */
  readonly skipped?: string
}
