import type { Tagged } from 'type-fest'
import { type Checked, invalidName } from './name.js'

/** The shape of a role's ARN. */
export type RoleArnText = `arn:${string}:iam::${string}:role/${string}`

/** A role's ARN that was checked, path included (`role/service-role/GtExec`). */
export type RoleArn = Tagged<RoleArnText, 'RoleArn'>

/** The parts of a role's ARN. */
export interface RoleParts {
  readonly partition: string
  readonly account: string
  /** `/` or `/service-role/`. */
  readonly path: string
  readonly name: string
}

const PATTERN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/((?:[\w+=,.@-]+\/)*)([\w+=,.@-]+)$/

/**
 * Checks a role's ARN: a literal when the program compiles, a plain `string` when it runs.
 *
 * @throws LabelingJobError `invalid-name` for text that is not the ARN of a role; a role's name and a session's ARN are not.
 *
 * @example
 * const role = roleArn(process.env['LABELING_ROLE'] ?? '')
 */
export function roleArn<Text extends string>(text: Checked<Text, RoleArnText>): RoleArn {
  if (!isRoleArn(text)) {
    throw invalidName(
      { kind: 'a role ARN', received: text, expected: 'arn:aws:iam::<12 digits>:role/<path and name>' },
      'Copy the ARN from IAM, with its path; a role name or a session ARN (assumed-role) is no role ARN',
    )
  }
  return text
}

/** Tells whether a value is a role's ARN. */
export function isRoleArn(value: unknown): value is RoleArn {
  return typeof value === 'string' && value.length <= 2048 && PATTERN.test(value)
}

/**
 * Splits a role's ARN into its parts.
 *
 * @throws LabelingJobError `invalid-name` for text that is not the ARN of a role.
 */
export function parseRoleArn(arn: string): RoleParts {
  const [, partition = '', account = '', path = '', name = ''] = PATTERN.exec(roleArn(arn)) ?? []
  return { partition, account, path: `/${path}`, name }
}
