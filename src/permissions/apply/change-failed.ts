import type { UndoEntry } from './applied-plan.js'

/** Why a change was not made, or did not last. */
export type ChangeFailure =
  | { readonly kind: 'stale'; readonly found: string | null }
  | { readonly kind: 'lost'; readonly found: string | null }
  | { readonly kind: 'aws'; readonly cause: unknown }

/** Thrown inside only: `applyPlan` alone knows what was done before, and makes the user's error of it. */
export class ChangeFailed extends Error {
  readonly failure: ChangeFailure
  /** What takes the change back, when it may have been written. */
  readonly undo: UndoEntry | undefined

  constructor(failure: ChangeFailure, undo?: UndoEntry) {
    super('a change failed')
    this.failure = failure
    this.undo = undo
  }
}
