import { countOf } from '../../errors/count-of.js'
import { isKeyError } from '../../keys/key-error.js'
import { parseArn } from '../../names/arn.js'
import type { AccessPurpose, DecidedAccess } from '../../permissions/access/access.js'
import { accessForms } from '../../permissions/access/access-forms.js'
import { describeAccess, isAllowedAsDocumented } from '../../permissions/access/describe-access.js'
import { speaksAgainst } from '../../permissions/access/simulate-caller.js'
import { bySameWords } from '../../permissions/check/describe-decision.js'
import type { SeenAccess } from '../look/decide-as-given.js'
import { notSeen } from '../look/look.js'
import type { SeenAccesses } from '../look/read-accesses.js'
import type { UnusableKey } from '../look/read-input-keys.js'
import type { Subject } from '../look/subject.js'
import {
  type Assumption,
  type CheckCode,
  type CheckSubject,
  failed,
  type MadeCheck,
  passed,
  unknown,
  warning,
} from '../report/check.js'
import { checkReader } from './check-reader.js'
import { findDenial, policiesFor } from './find-denial.js'

const PLACES: Readonly<Record<AccessPurpose, readonly [code: CheckCode, about: CheckSubject]>> = {
  bucket: ['bucket-allowed', 'output'],
  manifest: ['bucket-allowed', 'input'],
  'input-object': ['bucket-allowed', 'input'],
  'input-key': ['bucket-allowed', 'input'],
  'label-categories': ['bucket-allowed', 'page'],
  template: ['bucket-allowed', 'page'],
  output: ['bucket-allowed', 'output'],
  lambda: ['lambda-allowed', 'workers'],
  topic: ['topic-usable', 'output'],
  'topic-key': ['topic-usable', 'output'],
  'input-topic': ['topic-usable', 'input'],
  queue: ['topic-usable', 'input'],
  'pass-role': ['caller-may-pass-role', 'caller'],
  'create-job': ['caller-may-create', 'caller'],
  'read-labels': ['reader-may-read', 'caller'],
}

/** Tells what role, caller and reader may do with buckets, Lambdas, topics and the job itself. Pure. */
export function checkAccesses(subject: Subject, seen: SeenAccesses | undefined): readonly MadeCheck[] {
  if (seen === undefined)
    return [
      notAsked('the request has no role, or no place to write', 'Put the rules that are broken right first'),
    ]
  const isWithoutRole = seen.role.presence === 'not-found'
  const ofReader = seen.reader === undefined ? [] : checkReader(seen.reader, subject.region)
  // That a bucket is not there is told by itself.
  const decided = seen.decided.filter(
    ({ access: { who, resourceArn } }) =>
      !(isWithoutRole && who === 'role') &&
      !(ofReader.length > 0 && who === 'reader') &&
      !seen.absent.some((arn) => resourceArn === arn || resourceArn.startsWith(`${arn}/`)),
  )
  const byPlace = bySameWords(decided, (decided) => placeOf(decided).join(' '))
  const absent = isWithoutRole
    ? [notAsked('not looked at, since the role does not exist', 'Put the role right first')]
    : []
  return [
    ...absent,
    ...ofReader,
    ...topics(subject, seen),
    ...seen.unusableKeys.map(inputKeyCheck),
    ...seen.namelessKeys.map(namelessKeyCheck),
    ...[...byPlace.values()].flatMap((of) => checksOf(of, seen)),
  ]
}

/** Files and objects stay under the key that they were put under, whatever becomes of it. */
function inputKeyCheck({ arn, error }: UnusableKey): MadeCheck {
  const what = `the key ${arn}, under which files or objects of the input are`
  return isKeyError(error)
    ? failed('keys-usable', {
        what: `${what}, cannot be used`,
        why: error.why,
        fix: `${error.fix}, or write them anew under another key`,
        owner: 'key',
      })
    : notSeen('bucket-allowed', what, error, 'input')
}

/** AWS documents the header as an id, and answers with an ARN: what else it may be, nobody can be asked about. */
function namelessKeyCheck(name: string): MadeCheck {
  return unknown('bucket-allowed', {
    about: 'input',
    what: 'what the role may do with a key that files or objects of the input are under: not known',
    why: name === '' ? 'S3 does not name the key' : `S3 names the key ${name}, which is no ARN`,
    fix: 'Look up the key, and whether the role may kms:Decrypt with it',
    owner: 'you',
  })
}

function notAsked(why: string, fix: string): MadeCheck {
  const what = 'what the role may do with buckets: not known'
  return unknown('bucket-allowed', { what, why, fix, owner: 'you' })
}

/** A role that is handed on by itself is no matter of the caller. */
function placeOf({ access }: DecidedAccess): readonly [CheckCode, CheckSubject] {
  const [code, about] = PLACES[access.purpose]
  return [code, code === 'caller-may-pass-role' && access.who === 'role' ? 'role' : about]
}

function checksOf(decided: readonly SeenAccess[], seen: SeenAccesses): readonly MadeCheck[] {
  const [code, about] = placeOf(decided[0] as DecidedAccess)
  const notAllowed = decided.filter(({ decision }) => decision.verdict !== 'allowed')
  if (notAllowed.length === 0) {
    const given = asGiven(decided)
    return [{ ...passed(code, `${summary(decided)}${given.words}`, about), ...assuming([...given.assumes]) }]
  }
  // Twenty objects that the same statement denies are one thing to tell.
  const groups = bySameWords(notAllowed, (one) => {
    const { why, owner } = describeAccess(one)
    return [
      bucketOf(one.access.resourceArn),
      one.decision.verdict,
      one.decision.verdict !== 'unknown' && isListedOnly(one),
      why,
      owner,
    ].join(' ')
  })
  return [...groups.values()].map((group) => {
    const [first, ...others] = group as [SeenAccess, ...SeenAccess[]]
    const { what, why, fix, owner } = describeAccess(first)
    const make = makerOf(group)
    const given = asGiven(group)
    const more = others.map(({ access }) => access.action).filter((action) => action !== first.access.action)
    const also = [...new Set(more)].join(', ')
    const same = others.length - more.length
    const help = accessForms(group, policiesFor(first.access, seen))
    const denial = findDenial(first, seen)
    return make(code, {
      about,
      what: `${[what, also && `and ${also}`, same > 0 && `and on ${countOf(same, 'other')} like it`]
        .filter(Boolean)
        .join(', ')}${given.words}`,
      why: `${group.every(isListedOnly) ? 'no known call depends on it, and the guide lists it: ' : ''}${why}${denial === undefined ? '' : `, under the condition ${denial.under}`}`,
      fix: denial?.fix ?? fix,
      owner,
      ...(help !== undefined && { help }),
      ...(denial?.own !== undefined && { own: denial.own }),
      ...assuming([
        ...(make === warning && group.some(isAllowedAsDocumented) ? (['documented'] as const) : []),
        ...given.assumes,
      ]),
      ...(first.access.who === 'caller' && speaksAgainst(first) && { against: true }),
    })
  })
}

/** Which decisions hang on policies that were given, in words. */
function asGiven(decided: readonly SeenAccess[]): {
  readonly words: string
  readonly assumes: readonly 'given'[]
} {
  const arns = [...new Set(decided.flatMap(({ hangsOn }) => hangsOn ?? []))]
  return arns.length === 0
    ? { words: '', assumes: [] }
    : { words: `, with the policy of ${arns.map(bucketOf).join(', ')} as given`, assumes: ['given'] }
}

function assuming(assumes: readonly Assumption[]): Pick<MadeCheck, 'assumes'> {
  return assumes.length === 0 ? {} : { assumes }
}

function makerOf(group: readonly DecidedAccess[]): typeof failed {
  if (group.every((one) => isListedOnly(one) || isAllowedAsDocumented(one))) return warning
  return group[0]?.decision.verdict === 'unknown' ? unknown : failed
}

/** The guide lists these, and no call that is known depends on them. */
const LISTED_ONLY = ['s3:ListBucket', 's3:GetBucketLocation', 's3:AbortMultipartUpload']

function isListedOnly({ access }: DecidedAccess): boolean {
  return LISTED_ONLY.includes(access.action)
}

function summary(decided: readonly DecidedAccess[]): string {
  const [{ access }] = decided as [DecidedAccess]
  const actions = [...new Set(decided.map((one) => one.access.action))].join(', ')
  const subjects = { role: 'the role', caller: 'the caller', reader: 'whoever reads the labels' }
  const things = [...new Set(decided.map((one) => bucketOf(one.access.resourceArn)))]
  return `${subjects[access.who]} may ${actions} on ${things.slice(0, 3).join(', ')}${things.length > 3 ? ` and ${things.length - 3} more` : ''}`
}

/** Objects go by their bucket. */
function bucketOf(arn: string): string {
  const { service, resource = arn } = parseArn(arn) ?? {}
  return service === 's3' ? (resource.split('/')[0] as string) : arn
}

function topics({ region }: Subject, { topics: seen, topicKey }: SeenAccesses): readonly MadeCheck[] {
  const absent = seen.flatMap(({ arn, isAbsent }) => {
    const place = parseArn(arn)?.region
    if (place !== undefined && place !== region)
      return [
        failed('topic-usable', {
          what: `the topic ${arn} is in ${place}, and the job runs in ${region}`,
          why: 'the topics of a job must be in its region',
          fix: `Use a topic in ${region}`,
          owner: 'you',
        }),
      ]
    if (!isAbsent) return []
    return [
      failed('topic-usable', {
        what: `there is no topic ${arn}`,
        why: 'the job listens there, or publishes its labels',
        fix: 'Correct the ARN, or make the topic',
        owner: 'you',
      }),
    ]
  })
  const { error } = topicKey ?? {}
  if (error === undefined) return absent
  const { why, fix } = error
  const isManaged = isKeyError(error) && error.code === 'key-aws-managed'
  return [
    ...absent,
    (isManaged ? failed : unknown)('topic-usable', {
      what: isManaged
        ? 'the output topic is encrypted with alias/aws/sns, a key of AWS'
        : 'the key of the output topic: not known',
      why: isManaged ? 'AWS says not to use it here: nobody can let the role use it' : why,
      fix: isManaged ? 'Encrypt the topic with a customer managed key that the role may use' : fix,
      owner: isManaged ? 'topic' : 'you',
    }),
  ]
}
