import type { Aws, CallOptions } from '../../aws/aws.js'
import { withSignal } from '../../aws/with-signal.js'
import type { CompleteJob } from '../../job/labeling-job.js'
import type { CreateLabelingJobRequest } from '../../job/request/request.js'
import type { ResolvedJob } from '../../job/resolved-job.js'
import { lookUpKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import type { KeyPurpose } from '../../names/kms-key.js'
import { isRoleArn } from '../../names/role-arn.js'
import { type KeyRequirement, keyRequirements } from '../requirements/key-requirements.js'
import type { Organization } from './organization.js'
import { type KeySources, readKey, withAliases, withTags } from './read-key.js'
import { type RoleSources, readRole } from './read-role.js'
import { type DeniedRead, makeReader, type Reader } from './reader.js'

/** Whoever runs this library. */
export interface Caller {
  /** A session's when under a role. */
  readonly arn: string
  readonly account: string
}

/** Everything a verdict is based on, as it was read. */
export interface PermissionSources {
  readonly region: string
  /** Whoever reads; `undefined` when AWS did not say. */
  readonly caller: Caller | undefined
  readonly role: RoleSources
  readonly keys: readonly KeySources[]
  readonly requirements: readonly KeyRequirement[]
  readonly denied: readonly DeniedRead[]
  readonly readAt: Date
  /** The latest moment the job is expected to run. */
  readonly runsUntil: Date
  readonly organization: Organization | 'none' | undefined
}

const THIRTY_DAYS = 2_592_000_000

/**
 * Reads all that decides whether the role of a job may use its keys, in at most three waves of parallel calls (one
 * more when a condition asks for tags or aliases of a key). What AWS refuses is noted.
 *
 * @throws LabelingJobError `key-…`, `invalid-job` when the job cannot be resolved.
 */
export async function readPermissions(
  job: CompleteJob | ResolvedJob,
  aws: Aws,
  given: CallOptions & { readonly runsUntil?: Date; readonly organization?: Organization | 'none' } = {},
): Promise<PermissionSources> {
  const reader = makeReader(withSignal(aws, given.signal, 'Cannot read the permissions'))
  const options: CallOptions = given.signal === undefined ? {} : { signal: given.signal }
  const readAt = aws.clock.now()
  const caller = reader.read('sts:GetCallerIdentity', {}, 'the identity of the caller')
  const account = caller.then((identity) => identity?.Account)
  // The promise is awaited below; until then a failure must not count as unhandled.
  account.catch(() => undefined)
  const looked = lookUpKeys(job, aws, options)
  const roleArn = 'request' in job ? job.request.RoleArn : job.roleArn
  const [identity, region, role, { keys, keySources }] = await Promise.all([
    caller,
    aws.region(),
    // Without a role there is nothing to resolve: the job's own error says so.
    isRoleArn(roleArn)
      ? readRole(roleArn, account, reader)
      : looked.then(({ request }) => readRole(request.RoleArn, account, reader)),
    looked.then(async ({ request, keys }) => ({ keys, keySources: await readKeys(request, keys, reader) })),
  ])
  const wanted = wantedKeyFacts([...role.identityPolicies, role.boundary])
  return {
    region,
    caller: callerOf(identity),
    role,
    keys: await Promise.all(
      // KMS tells tags and aliases in the account of the key only.
      keySources.map((key) =>
        key.key.account === identity?.Account ? withKeyFacts(key, wanted, readAt, reader) : key,
      ),
    ),
    requirements: keyRequirements(role.arn, arnsOf(keys)),
    // What the caller's own account refuses says nothing of a role of another.
    denied: reader.denied.filter(
      ({ permissionNeeded }) => role.account === identity?.Account || !permissionNeeded.startsWith('iam:'),
    ),
    readAt,
    runsUntil: given.runsUntil ?? new Date(readAt.getTime() + THIRTY_DAYS),
    organization: given.organization,
  }
}

function callerOf(
  identity: { readonly Arn?: string; readonly Account?: string } | undefined,
): Caller | undefined {
  const { Arn: arn, Account: account } = identity ?? {}
  return typeof arn === 'string' && typeof account === 'string' ? { arn, account } : undefined
}

interface LookedUpJob {
  readonly request: CreateLabelingJobRequest
  readonly keys: ResolvedJob['keys']
}

/** A verdict on what a key was some minutes ago is none, so that KMS is asked again. */
function lookUpKeys(job: CompleteJob | ResolvedJob, aws: Aws, options: CallOptions): Promise<LookedUpJob> {
  return 'request' in job ? lookUpAgain(job, aws, options) : job.resolve(aws, { fresh: true, ...options })
}

/** The request is the truth: what else a resolved job says of its keys may have been edited, or be old. */
async function lookUpAgain(
  { request, keys: known }: ResolvedJob,
  aws: Aws,
  options: CallOptions,
): Promise<LookedUpJob> {
  const output = request.OutputConfig?.KmsKeyId ?? undefined
  const volume = request.LabelingJobAlgorithmsConfig?.LabelingJobResourceConfig?.VolumeKmsKeyId ?? undefined
  const lookUp = async (name: string | undefined, purpose: KeyPurpose, fresh: boolean) => {
    if (name === undefined) return {}
    const key = await lookUpKey(String(name), aws, { purpose, fresh, ...options })
    const before = known?.[purpose]
    return { [purpose]: before?.arn === key.arn ? { ...key, given: before.given } : key }
  }
  const [ofOutput, ofVolume] = await Promise.all([
    lookUp(output, 'output', true),
    // One answer does for both purposes of a key.
    lookUp(volume, 'volume', volume !== output),
  ])
  return { request, keys: { ...ofOutput, ...ofVolume } }
}

function readKeys(
  { RoleArn }: CreateLabelingJobRequest,
  keys: ResolvedJob['keys'],
  reader: Reader,
): Promise<readonly KeySources[]> {
  const distinct = new Map<string, { key: ResolvedKey; purposes: KeyPurpose[] }>()
  for (const purpose of ['output', 'volume'] as const) {
    const key = keys[purpose]
    if (key === undefined) continue
    const known = distinct.get(key.arn)
    if (known === undefined) distinct.set(key.arn, { key, purposes: [purpose] })
    else known.purposes.push(purpose)
  }
  return Promise.all(
    [...distinct.values()].map(({ key, purposes }) => readKey(key, purposes, RoleArn, reader)),
  )
}

async function withKeyFacts(
  sources: KeySources,
  wanted: { readonly aliases: boolean; readonly tags: boolean },
  readAt: Date,
  reader: Reader,
): Promise<KeySources> {
  const [{ aliases, aliasDoubt }, { tags }] = await Promise.all([
    wanted.aliases ? withAliases(sources, readAt, reader) : sources,
    wanted.tags ? withTags(sources, reader) : sources,
  ])
  return { ...sources, ...(aliases && { aliases }), ...(aliasDoubt && { aliasDoubt }), ...(tags && { tags }) }
}

/** Only conditions of IAM policies see tags and aliases of a key. */
function wantedKeyFacts(policies: readonly unknown[]): { aliases: boolean; tags: boolean } {
  const text = JSON.stringify(policies)
  return { aliases: /kms:ResourceAliases/i.test(text), tags: /aws:ResourceTag/i.test(text) }
}

function arnsOf(keys: ResolvedJob['keys']): Readonly<Partial<Record<KeyPurpose, string>>> {
  return {
    ...(keys.output && { output: keys.output.arn }),
    ...(keys.volume && { volume: keys.volume.arn }),
  }
}
