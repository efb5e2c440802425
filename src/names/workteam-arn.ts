import type { Tagged } from 'type-fest'
import { type Checked, invalidName } from './name.js'

/** The shape of a work team's ARN. */
export type WorkteamArnText = `arn:${string}:sagemaker:${string}:${string}:workteam/${string}`

/** A work team's ARN that was checked. */
export type WorkteamArn = Tagged<WorkteamArnText, 'WorkteamArn'>

const PATTERN =
  /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:\d{12}:workteam\/(?:private-crowd|vendor-crowd|public-crowd)\/[^\s/]+$/

/**
 * Checks a work team's ARN: a literal when the program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text that is not the ARN of a work team.
 *
 * @example
 * const team = workteamArn(process.env['WORK_TEAM'] ?? '')
 */
export function workteamArn<Text extends string>(text: Checked<Text, WorkteamArnText>): WorkteamArn {
  if (!isWorkteamArn(text)) {
    throw invalidName(
      {
        kind: 'a work team ARN',
        received: text,
        expected:
          'arn:aws:sagemaker:<region>:<12 digits>:workteam/private-crowd/<team> (or vendor-crowd, public-crowd)',
      },
      'Copy the ARN of the team from the labeling workforces page',
    )
  }
  return text
}

/** Tells whether a value is a work team's ARN. */
function isWorkteamArn(value: unknown): value is WorkteamArn {
  return typeof value === 'string' && value.length <= 256 && PATTERN.test(value)
}
