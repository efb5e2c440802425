import type { KeyCode } from '../../keys/key-error.js'
import { isKeyError } from '../../keys/key-error.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { isKmsKeyArn, type KeyPurpose } from '../../names/kms-key.js'
import type { LookedUpKey } from './key-standing.js'

/** Something that an audit tells of a job. */
export interface Finding<Code extends string = FindingCode> {
  readonly code: Code
  readonly severity: 'error' | 'warning'
  /** What was found, with the real values. */
  readonly what: string
  readonly why: string
  readonly fix: string
}

/** The stable name of what an audit found. */
export type FindingCode =
  | `${KeyPurpose | 'objects'}-${'without-customer-key' | 'under-another-key' | 'unreadable'}`
  | KeyCode
  | 'another-account-key'
  | 'evidence-may-be-deleted'
  | 'job-not-ended'

const WHAT: Readonly<Record<KeyPurpose, string>> = {
  output: 'the output',
  volume: 'the storage volume of automated labeling',
}

/** Tells what is wrong with the key that a job declares for a purpose; pure. */
export function findFindings(
  purpose: KeyPurpose,
  lookedUp: LookedUpKey | undefined,
  expected: ResolvedKey | undefined,
): readonly Finding[] {
  const what = WHAT[purpose]
  const without: Finding = {
    code: `${purpose}-without-customer-key`,
    severity: 'error',
    what:
      lookedUp === undefined
        ? `the job names no key for ${what}`
        : `the job names ${lookedUp.key.given} for ${what}`,
    why: 'the data is under a key of AWS, whose policy nobody can change',
    fix: `Run the job again with a key of yours in ${purpose === 'output' ? '.output()' : '.autoLabeling()'}`,
  }
  if (lookedUp === undefined) return [without]
  const { key, because } = lookedUp
  if (key.standing === 'aws-managed') return [without]
  return [...standingFindings(purpose, key, because), ...expectedFindings(purpose, lookedUp, expected)]
}

function standingFindings(
  purpose: KeyPurpose,
  { given, standing }: LookedUpKey['key'],
  because: LookedUpKey['because'],
): readonly Finding[] {
  const what = `the job names ${given} for ${WHAT[purpose]}`
  if (standing === 'usable') return []
  if (standing === 'another-account') {
    return [
      {
        code: 'another-account-key',
        severity: 'warning',
        what,
        why: 'the key belongs to another account, which can take the data away by disabling it',
        fix: 'Check that this account is one of yours, and that the sharing is agreed',
      },
    ]
  }
  if (standing === 'unreadable' || because === undefined || !isKeyError(because)) {
    return [
      {
        code: `${purpose}-unreadable`,
        severity: 'warning',
        what,
        why: `whether it is a key of yours cannot be told: ${because?.why ?? 'it could not be looked up'}`,
        fix: because?.fix || 'Allow kms:DescribeKey on the key for the identity that audits',
      },
    ]
  }
  return [{ code: because.code, severity: 'error', what, why: because.why, fix: because.fix }]
}

function expectedFindings(
  purpose: KeyPurpose,
  { key: { given, arn }, because }: LookedUpKey,
  expected: ResolvedKey | undefined,
): readonly Finding[] {
  const named = arn ?? (isKmsKeyArn(given) ? given : undefined)
  if (expected === undefined || named === expected.arn) return []
  const meant = expected.given === expected.arn ? expected.arn : `${expected.given} (${expected.arn})`
  // Without its ARN the key may be the expected one; why it has none is told where the look-up failed.
  if (named === undefined)
    return because !== undefined
      ? []
      : [
          {
            code: `${purpose}-unreadable`,
            severity: 'warning',
            what: `the job names ${given} for ${WHAT[purpose]}`,
            why: `whether it stands for the expected key, ${meant}, cannot be told: an alias is shown in its own account alone`,
            fix: 'Ask its account for the key behind the alias, and name keys by their ARN in the next job',
          },
        ]
  return [
    {
      code: `${purpose}-under-another-key`,
      severity: 'error',
      what: `the job names ${given}${arn === undefined || arn === given ? '' : ` (${arn})`} for ${WHAT[purpose]}`,
      why: `the expected key is ${meant}`,
      fix: 'Run the job again with the expected key, or expect the one that was meant',
    },
  ]
}
