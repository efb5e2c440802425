import type { LabelingJobError } from '../../errors/labeling-job-error.js'
import { parseArn, partitionOf } from '../../names/arn.js'
import type { RoleSources } from '../../permissions/read/read-role.js'
import { fixOf } from '../look/look.js'
import type { ReaderObstacle, SeenReader } from '../look/read-reader.js'
import { type Fault, failed, type MadeCheck, unknown } from '../report/check.js'

/**
 * Tells why nothing can be decided of whoever is to read the labels: they are not there, or cannot be looked up. Empty
 * when their policies decide. Pure.
 */
export function checkReader({ arn, found, obstacle }: SeenReader, region: string): readonly MadeCheck[] {
  if (obstacle !== undefined) return [checkOf(arn, obstacle, region)]
  if (found?.presence === 'not-found') return [absent(arn, found.name, found.account)]
  return found !== undefined && found.arn !== found.given ? [renamed(found)] : []
}

const ASK_ANOTHER = 'Give the ARN of a role or user as the option reader'

function checkOf(arn: string, obstacle: ReaderObstacle, region: string): MadeCheck {
  const { account = '', resource = '' } = parseArn(arn) ?? {}
  const [, name = ''] = resource.split('/')
  switch (obstacle.kind) {
    case 'caller-unknown':
      return notKnown(
        'the caller',
        `who calls is not known: ${whyOf(obstacle.error)}`,
        obstacle.error === undefined ? ASK_ANOTHER : fixOf(obstacle.error),
      )
    case 'neither-role-nor-user':
      return notKnown(
        arn,
        'it is neither a role nor a user, and only their policies can be read',
        ASK_ANOTHER,
      )
    case 'another-partition':
      return failed('reader-may-read', {
        what: `${arn}, which is to read the labels, is of the partition ${obstacle.partition}, and the job runs in ${region}, of ${partitionOf(region)}`,
        why: 'nobody is let into an account of another partition, whatever the policies say',
        fix: `Give the option reader a role or user of the partition ${partitionOf(region)}`,
        owner: 'you',
      })
    case 'session-elsewhere':
      return notKnown(
        arn,
        `it is a session of a role of account ${account}, and IAM shows roles to their own account alone, which asks here as ${obstacle.callerAccount}`,
        `Give the ARN of the role itself as the option reader, path included, or ask from account ${account}`,
      )
    case 'session-of-nobody':
      return absent(arn, name, account)
    case 'session-unread':
      return notKnown(
        arn,
        `the role ${name} behind the session cannot be read: ${whyOf(obstacle.error)}`,
        `Give the ARN of the role itself as the option reader, or ask as somebody of account ${account} who is allowed iam:GetRole`,
      )
  }
}

function whyOf(error: LabelingJobError | undefined): string {
  return error?.why ?? "AWS's answer is not whole"
}

function notKnown(who: string, why: string, fix: string): MadeCheck {
  const fault: Fault = { what: `whether ${who} may read the labels: not known`, why, fix, owner: 'you' }
  return unknown('reader-may-read', fault)
}

function absent(arn: string, name: string, account: string): MadeCheck {
  const kind = arn.includes(':user/') ? 'user' : 'role'
  const thing = arn.includes(':assumed-role/') ? 'session' : kind
  return failed('reader-may-read', {
    what:
      thing === 'session'
        ? `the session ${arn}, which is to read the labels, is of no role`
        : `the ${kind} ${arn}, which is to read the labels, does not exist`,
    why: `IAM has no ${kind} ${name} in account ${account}`,
    fix: `Correct the option reader, or create the ${kind}`,
    owner: 'you',
  })
}

function renamed({ given, arn, name }: RoleSources): MadeCheck {
  const kind = given.includes(':user/') ? 'user' : 'role'
  return failed('reader-may-read', {
    what: `there is no ${kind} ${given}, which is to read the labels`,
    why: `the ${kind} ${name} has the ARN ${arn}; the path is part of it`,
    fix: `Give the option reader as '${arn}'`,
    owner: 'you',
  })
}
