import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { ResolvedJob } from '../../job/resolved-job.js'
import type { KmsKeyArn } from '../../names/kms-key.js'
import { isRoleArn } from '../../names/role-arn.js'
import { questionFor } from '../../permissions/check/decide-requirements.js'
import { callPathsIn } from '../../permissions/decide/call-paths.js'
import { decidePermission } from '../../permissions/decide/decide-permission.js'
import type { Decision } from '../../permissions/decide/decision.js'
import { readPermissions } from '../../permissions/read/read-permissions.js'
import type { Owner } from '../../show/owner.js'
import { askPatiently } from '../declared/ask-patiently.js'
import type { FinishedJob } from './finished-job.js'
import type { PlannedReader } from './reencryption-plan.js'

/** Who is known to read the files of a job, and what could not be found out. */
export interface FoundReaders {
  readonly readers: readonly PlannedReader[]
  readonly warnings: readonly string[]
}

/**
 * Finds the roles that read the output of a job, its own and that of its final model, and decides whether they may decrypt
 * with a key. What may not be read makes a verdict `unknown`.
 */
export async function findReaders(
  job: FinishedJob,
  keyArn: KmsKeyArn,
  aws: Aws,
  options: CallOptions,
): Promise<FoundReaders> {
  const model = await findModelRole(job, aws, options)
  const roles = [job.description.RoleArn, model.roleArn].filter(isRoleArn)
  const readers = await Promise.all(
    [...new Set(roles)].map((roleArn) => decideReader(roleArn, keyArn, aws, options)),
  )
  const why =
    model.why === undefined ? [] : [`Which role runs the final model of the job is not known: ${model.why}.`]
  return { readers, warnings: [...why, OTHERS] }
}

const OTHERS =
  'Whoever else reads these files needs kms:Decrypt on the key as well: jobs that go on from the manifest, training, Lambdas, Rekognition Custom Labels, Comprehend, people. AWS keeps no list of them.'

async function findModelRole(
  { description }: FinishedJob,
  aws: Aws,
  options: CallOptions,
): Promise<{ readonly roleArn?: string | undefined; readonly why?: string }> {
  const arn = description.LabelingJobOutput?.FinalActiveLearningModelArn ?? ''
  const [, ModelName] = /:model\/([^/]+)$/.exec(arn) ?? []
  if (ModelName === undefined) return {}
  try {
    const { ExecutionRoleArn: roleArn } = await askPatiently(aws, options, (request) =>
      aws.call('sagemaker:DescribeModel', { ModelName }, request),
    )
    return { roleArn }
  } catch (thrown) {
    if (!isAwsError(thrown) || thrown.code === 'network' || thrown.code === 'credentials') throw thrown
    return { why: thrown.why }
  }
}

async function decideReader(
  roleArn: string,
  keyArn: KmsKeyArn,
  aws: Aws,
  options: CallOptions,
): Promise<PlannedReader> {
  // The permissions of a job are read; of this one, what is asked about is known, and no more is looked at.
  const request = { RoleArn: roleArn, OutputConfig: { KmsKeyId: keyArn } }
  const job = { request, keys: {} } as unknown as ResolvedJob
  const sources = await readPermissions(job, aws, options)
  const question = questionFor({ action: 'kms:Decrypt', keyArn, purposes: ['output'] }, sources)
  // S3 decrypts in the name of whoever reads.
  const paths = callPathsIn(sources.region).filter(({ name }) => name === 'via-s3')
  const decision = decidePermission({ ...question, paths })
  return Object.freeze({ who: roleArn, owner: ownerOf(decision), verdict: decision.verdict })
}

/** A key policy that names the role is enough in one account; a Deny is mended where it stands. */
function ownerOf({ verdict, missingIn, evidence, unknownBecause }: Decision): Owner {
  if (verdict === 'missing') return missingIn.includes('key-policy') ? 'key' : 'role'
  const policies =
    verdict === 'denied'
      ? evidence.filter(({ effect }) => effect === 'Deny').map(({ policy }) => policy)
      : unknownBecause.map((reason) => ('policy' in reason ? String(reason.policy) : ''))
  return policies.length > 0 &&
    policies.every((policy) => /^(?:inline|managed|boundary|identity)/.test(policy))
    ? 'role'
    : 'key'
}
