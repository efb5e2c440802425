import { countOf } from '../../errors/count-of.js'
import { isKeyError, type KeyCode } from '../../keys/key-error.js'
import { lookUpKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { parseArn } from '../../names/arn.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import type { CheckedDecision } from '../../permissions/check/decide-requirements.js'
import {
  bySameWords,
  decidedBy,
  namedActions,
  whatIsNeeded,
} from '../../permissions/check/describe-decision.js'
import type { PermissionReport } from '../../permissions/check/permission-report.js'
import type { Owner } from '../../show/owner.js'
import { asLook, type Look, notSeen } from '../look/look.js'
import { readCaller } from '../look/read-caller.js'
import type { Subject } from '../look/subject.js'
import { failed, type MadeCheck, passed, unknown, warning } from '../report/check.js'

const PATHS: Readonly<Record<KeyPurpose, string>> = {
  output: 'OutputConfig.KmsKeyId',
  volume: 'LabelingJobAlgorithmsConfig.LabelingJobResourceConfig.VolumeKmsKeyId',
}

/** Looks whether the keys that a job names can be used at all. */
export async function checkKeys(subject: Subject): Promise<readonly MadeCheck[]> {
  const named = (['output', 'volume'] as const).flatMap((purpose) => {
    const name = subject.text(PATHS[purpose])
    return name === undefined ? [] : [{ purpose, name }]
  })
  if (named.length === 0)
    return [passed('keys-usable', 'the job names no key: it writes under aws/s3, a key of AWS')]
  const options = { fresh: true, ...(subject.signal && { signal: subject.signal }) }
  return Promise.all(
    named.map(async ({ purpose, name }) => {
      const looked = await asLook(() => lookUpKey(name, subject.aws, { purpose, ...options }))
      const other = isRefused(looked.error) ? await otherAccountOf(name, subject) : undefined
      return other === undefined ? usability(purpose, name, looked) : ofOther(subject, purpose, name, other)
    }),
  )
}

function isRefused(error: unknown): boolean {
  return isKeyError(error) && error.code === 'key-access-denied'
}

/** The account that a key is of, when that is certainly not the caller's. */
async function otherAccountOf(name: string, subject: Subject): Promise<string | undefined> {
  const account = parseArn(name)?.account
  const own = (await readCaller(subject)).found?.account
  return account === undefined || own === undefined || account === own ? undefined : account
}

function ofOther(subject: Subject, purpose: KeyPurpose, name: string, account: string): MadeCheck {
  const role = subject.text('RoleArn') ?? 'the execution role'
  return unknown('keys-usable', {
    what: `the ${purpose} key ${name}: not known`,
    why: `it is a key of account ${account}, and kms:DescribeKey is not allowed for the caller in ${subject.region}`,
    fix: `Have the owner of the key, in account ${account}, allow both the caller and ${role} in the key policy; each needs an Allow in its own IAM policies as well`,
    owner: 'key',
  })
}

/** What whoever owns the key has to do; the rest is a matter of the name. */
const OF_KEY: readonly KeyCode[] = ['key-disabled', 'key-pending-deletion', 'key-not-ready']

function usability(purpose: KeyPurpose, name: string, { found, error }: Look<ResolvedKey>): MadeCheck {
  if (found !== undefined)
    return passed('keys-usable', `the ${purpose} key ${keyName(found)} is enabled, and encrypts data`)
  if (!isKeyError(error) || error.code === 'key-access-denied')
    return notSeen('keys-usable', `the ${purpose} key ${name}`, error)
  const { code, why, fix } = error
  return failed('keys-usable', {
    what: `the ${purpose} key ${name} cannot be used`,
    why,
    fix,
    owner: OF_KEY.includes(code) ? 'key' : 'you',
  })
}

/**
 * Tells what the role may do with the keys, a check for each key.
 *
 * @param byReading What the report says without policies that were given: what differs hangs on them.
 */
export function checkKeyPermissions(
  { found: report, error }: Look<PermissionReport>,
  byReading: PermissionReport | undefined = report,
): readonly MadeCheck[] {
  if (error !== undefined)
    return isKeyError(error) || error.code === 'invalid-name'
      ? [
          unknown('keys-allowed', {
            what: 'what the role may do with the keys: not known',
            why: whyNotLookedAt(error),
            fix: isRefused(error)
              ? 'Put the check of the key right first'
              : 'Put the checks that failed right first',
            owner: 'you',
          }),
        ]
      : [notSeen('keys-allowed', 'what the role may do with the keys', error)]
  if (report.problems.some(({ code }) => code === 'role-not-found'))
    return [
      unknown('keys-allowed', {
        what: 'what the role may do with the keys: not known',
        why: 'not looked at, since the role does not exist',
        fix: 'Put the role right first',
        owner: 'you',
      }),
    ]
  const expiring = report.problems.filter(({ code }) => code.startsWith('key-'))
  return [
    ...expiring.map(({ what, why, fix }) => warning('keys-usable', { what, why, fix, owner: 'key' })),
    ...(report.keys.length === 0 ? [passed('keys-allowed', 'the job names no key to ask for')] : []),
    ...withHints(
      report.keys.map((key) =>
        hangsOnGiven(key.arn, report, byReading)
          ? asGiven(permissionsOn(key, report))
          : permissionsOn(key, report),
      ),
      report.hints,
    ),
  ]
}

/** Hints are about all keys at once: they are told where the first is not passed. */
function withHints(checks: readonly MadeCheck[], hints: readonly string[]): readonly MadeCheck[] {
  const first = checks.find(({ status }) => status !== 'passed')
  return checks.map((check) =>
    check === first ? { ...check, why: [check.why ?? '', ...hints].join('; ') } : check,
  )
}

function hangsOnGiven(arn: string, report: PermissionReport, byReading = report): boolean {
  return report.decisions.some(
    ({ keyArn, verdict }, index) => keyArn === arn && verdict !== byReading.decisions[index]?.verdict,
  )
}

function asGiven(check: MadeCheck): MadeCheck {
  return { ...check, what: `${check.what}, with the key policy as given`, assumes: ['given'] }
}

function whyNotLookedAt(error: unknown): string {
  if (isRefused(error)) return 'not looked at, since the key could not be looked up'
  return isKeyError(error)
    ? 'not looked at, since the key cannot be used'
    : 'not looked at, since the request names no role'
}

function permissionsOn(key: PermissionReport['keys'][number], report: PermissionReport): MadeCheck {
  const ofKey = report.decisions.filter(({ keyArn }) => keyArn === key.arn)
  const notAllowed = ofKey.filter(({ verdict }) => verdict !== 'allowed')
  const name = `the ${key.purposes.join(' and ')} key ${keyName(key)}`
  if (notAllowed.length === 0)
    return passed('keys-allowed', `the role may use ${name}: ${countOf(ofKey.length, 'action')} allowed`)
  const essential = notAllowed.filter(({ requirement }) => requirement.essential)
  const worst = essential.filter(({ verdict }) => verdict !== 'unknown')
  const shown = [worst, essential, notAllowed].find(({ length }) => length > 0) as readonly CheckedDecision[]
  const make = worst.length > 0 ? failed : essential.length > 0 ? unknown : warning
  const verdicts = [...new Set(shown.map(({ verdict }) => verdict))].join(' or ')
  return make('keys-allowed', {
    what: `the role on ${name}: ${namedActions(shown, ofKey)} ${verdicts}`,
    why: `${essential.length === 0 ? 'no known call depends on it, and the guide lists it: ' : ''}${saidOf(shown, ofKey, decidedBy)}`,
    fix: `Needed: ${saidOf(shown, ofKey, whatIsNeeded)}`,
    owner: ownerOf(shown[0] as CheckedDecision),
  })
}

/** Says of decisions what the report on permissions says of them, once where it is the same. */
function saidOf(
  decisions: readonly CheckedDecision[],
  ofKey: readonly CheckedDecision[],
  words: (decision: CheckedDecision) => string,
): string {
  return [...bySameWords(decisions, words)]
    .map(([said, of]) => (of.length === decisions.length ? said : `${said} (${namedActions(of, ofKey)})`))
    .join('; ')
}

/** Who can change what the verdict hangs on. */
function ownerOf({ verdict, evidence, missingIn, delegatesToIam }: CheckedDecision): Owner {
  if (verdict === 'unknown') return 'you'
  if (verdict === 'denied') {
    const { policy = '' } = evidence.find(({ effect, certain }) => effect === 'Deny' && certain) ?? {}
    return policy.startsWith('key-policy') ? 'key' : 'role'
  }
  return missingIn.includes('key-policy') && !delegatesToIam ? 'key' : 'role'
}

/** Names a key as the job does, with its ARN. */
function keyName({ given, arn }: { readonly given: string; readonly arn: string }): string {
  return given === arn ? arn : `${given} (${arn})`
}
