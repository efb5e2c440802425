import type { Tagged } from 'type-fest'
import { invalidName } from './name.js'

/** A labeling job's name that was checked: 1 to 63 letters, digits and inner hyphens. */
export type JobName = Tagged<string, 'JobName'>

// The pattern AWS prints, `[a-zA-Z0-9](-*[a-zA-Z0-9])*`, says: letters, digits, hyphens; no hyphen first or last.
const PATTERN = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/

/**
 * Checks a labeling job's name. AWS compares names without regard to case, and never frees one.
 *
 * @throws LabelingJobError `invalid-name` for a name that is empty, too long, or has other characters.
 */
export function jobName(text: string): JobName {
  if (!isJobName(text)) {
    throw invalidName(
      { kind: 'a labeling job name', received: text, expected: '1 to 63 letters, digits and hyphens' },
      'Start and end with a letter or digit, and use hyphens instead of underscores, dots and spaces',
    )
  }
  return text
}

/** Tells whether a value is a labeling job's name. */
export function isJobName(value: unknown): value is JobName {
  return typeof value === 'string' && PATTERN.test(value)
}
