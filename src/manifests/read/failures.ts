import type { Line } from './label.js'

/** Objects that failed for the same reason. */
export interface FailureGroup {
  /** AWS's words, with S3 addresses and ids left out so that equal failures fall together. */
  readonly reason: string
  readonly count: number
  /** The lines of the first 100 objects. */
  readonly lineNumbers: readonly number[]
  /** One line for people. */
  toString(): string
}

/** Groups the failed objects of a manifest by reason, the most frequent first; give it what `readLabels` yields. */
export async function failures(
  labels: AsyncIterable<Line> | Iterable<Line>,
): Promise<readonly FailureGroup[]> {
  const groups = new Map<string, { count: number; lineNumbers: number[] }>()
  for await (const label of labels) {
    if (label.status !== 'failed') continue
    const reason = label.reason === undefined ? NO_REASON : withoutNames(label.reason)
    const group = groups.get(reason) ?? { count: 0, lineNumbers: [] }
    groups.set(reason, group)
    group.count += 1
    if (group.lineNumbers.length < 100) group.lineNumbers.push(label.lineNumber)
  }
  return [...groups]
    .map(([reason, group]) =>
      Object.freeze({ reason, ...group, toString: () => `${group.count} × ${reason}` }),
    )
    .sort((one, other) => other.count - one.count)
}

const NO_REASON = 'no reason given'

function withoutNames(reason: string): string {
  return reason
    .replaceAll(/s3:\/\/[^\s"',;)]+/g, 's3://…')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
}
