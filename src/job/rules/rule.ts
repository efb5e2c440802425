/** One row of the table of rules. */
export interface Rule {
  readonly warns?: true
  readonly why: string
  readonly fix: string
  readonly api?: string
  readonly guide?: string
  readonly source?: string
}
