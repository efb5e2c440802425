/** Objects that failed for the same reason. */
export interface FailureGroup {
  /** AWS's words, with S3 addresses and ids left out so that equal failures fall together. */
  readonly reason: string
  readonly count: number
  /** The lines of the first 100 objects. */
  readonly lineNumbers: readonly number[]
}

/** Groups failed objects by reason. */
export interface FailureGroups {
  add(reason: string | undefined, lineNumber: number): void
  /** Gives the groups, the most frequent first. */
  end(): readonly FailureGroup[]
}

/** Starts to group failures. */
export function groupFailures(): FailureGroups {
  const groups = new Map<string, { count: number; lineNumbers: number[] }>()
  return {
    add(words, lineNumber) {
      const reason = words === undefined ? NO_REASON : withoutNames(words)
      const group = groups.get(reason) ?? { count: 0, lineNumbers: [] }
      groups.set(reason, group)
      group.count += 1
      if (group.lineNumbers.length < LISTED) group.lineNumbers.push(lineNumber)
    },
    end: () =>
      [...groups]
        .map(([reason, group]) => Object.freeze({ reason, ...group }))
        .sort((left, right) => right.count - left.count),
  }
}

const NO_REASON = 'no reason given'
const LISTED = 100

function withoutNames(reason: string): string {
  return reason
    .replaceAll(/s3:\/\/[^\s"',;)]+/g, 's3://…')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
}
