/** What was being waited for when the wait ended. */
export interface WaitErrorData {
  /** Names of labeling jobs; they run on. */
  readonly waitingFor: readonly string[]
}
