import type { Aws } from '../../aws/aws.js'
import { lookUpKey } from '../../keys/resolve-key.js'
import type { ResolvedKey } from '../../keys/resolved-key.js'
import { partitionOf } from '../../names/arn.js'
import type { ResourceSource } from '../../permissions/access/access-sources.js'
import { bucketsOf, customLambdasOf, jobAccesses } from '../../permissions/access/job-accesses.js'
import { type ResourcesToRead, readResources } from '../../permissions/access/read-resources.js'
import { simulateCaller } from '../../permissions/access/simulate-caller.js'
import type { CheckOptions } from '../../permissions/check/check-permissions.js'
import { readKey } from '../../permissions/read/read-key.js'
import { type RoleSources, readRole } from '../../permissions/read/read-role.js'
import { makeReader } from '../../permissions/read/reader.js'
import { accessRequest, s3Of } from './access-request.js'
import type { Address } from './address.js'
import { decideAsGiven, type SeenAccess } from './decide-as-given.js'
import { asLook, type Look } from './look.js'
import { isNoFunction, lookUpLambda } from './look-up-lambda.js'
import { readCaller } from './read-caller.js'
import { keyFromArn, readInputKeys, type UnusableKey } from './read-input-keys.js'
import { readJobKeys } from './read-job-keys.js'
import type { SeenManifest } from './read-manifest.js'
import { readReader, type SeenReader } from './read-reader.js'
import type { Subject } from './subject.js'

/** What decisions on everything but the job's keys gave, and the topics of the job. */
export interface SeenAccesses {
  readonly decided: readonly SeenAccess[]
  readonly role: RoleSources
  /** Whoever is to read the labels; absent when nobody is. */
  readonly reader: SeenReader | undefined
  /** The policies that decisions are based on. */
  readonly resources: readonly ResourceSource[]
  /** The ARNs of buckets and Lambdas that are not there. */
  readonly absent: readonly string[]
  readonly topics: readonly { readonly arn: string; readonly isAbsent: boolean }[]
  /** Keys that files or objects of the input are under, and that nobody can decrypt with or that could not be read. */
  readonly unusableKeys: readonly UnusableKey[]
  /** How S3 names keys that they are under, where it gives no ARN. */
  readonly namelessKeys: readonly string[]
  /** The key of the output topic, as it was looked up. */
  readonly topicKey: Look<ResolvedKey> | undefined
}

/** How accesses are read. */
export interface AccessOptions extends Pick<CheckOptions, 'runsUntil' | 'organization'> {
  readonly reader?: true | string
}

const THIRTY_DAYS = 30 * 24 * 3_600_000

/**
 * Decides what the role, the caller and whoever reads the labels may do with buckets, objects, their keys, Lambdas and
 * topics; `undefined` for a request without a role or a place to write.
 */
export async function readAccesses(
  subject: Subject,
  manifest: Promise<Look<SeenManifest> | undefined>,
  options: AccessOptions,
): Promise<SeenAccesses | undefined> {
  const reader = makeReader(subject.given.aws)
  const keyArns = await readJobKeys(subject)
  const request = accessRequest(subject, keyArns)
  if (request === undefined) return undefined
  const { region, aws } = subject
  const caller = readCaller(subject)
  const account = caller.then(({ found }) => found?.account)
  const sample = manifest.then((look) => [
    ...(look?.found?.sample ?? []).map(({ at }) => at),
    ...(look?.found?.sequences ?? []).flatMap((sequence) => sequence.sample),
    ...(look?.found?.images.sample ?? []),
    ...(look?.found?.labelFiles.sample ?? []),
  ])
  const topicArns = [
    request.InputConfig.DataSource.SnsDataSource?.SnsTopicArn,
    request.OutputConfig.SnsTopicArn,
  ].filter((arn) => arn !== undefined)
  const resources = readPolicies(aws, {
    buckets: bucketsOf(request).map(bucketArn(region)),
    lambdas: customLambdasOf(request),
    topics: [...new Set(topicArns)],
  })
  const absentLambdas = readAbsentLambdas(subject, customLambdasOf(request))
  const topicKey = resources.then((read) => readTopicKey(subject, read, request.OutputConfig.SnsTopicArn))
  // Each is awaited below, unless another ends it all before.
  for (const started of [caller, account, sample, resources, topicKey, absentLambdas])
    started.catch(() => undefined)
  const [role, seenReader, named, ofObjects, { inputKeys, unusableKeys, namelessKeys }, keyOfTopic] =
    await Promise.all([
      readRole(request.RoleArn, account, reader),
      options.reader === undefined ? undefined : readReader(options.reader, { subject, caller, reader }),
      resources,
      sample.then((objects) => readObjectBuckets(subject, bucketsOf(request), objects)),
      readInputKeys(subject, sample, reader),
      topicKey,
    ])
  const topicKeys =
    keyOfTopic?.found === undefined ? [] : [await readKey(keyOfTopic.found, [], role.arn, reader)]
  const readingRole = seenReader?.found
  const outputKeys =
    keyArns.output === undefined || readingRole === undefined
      ? []
      : [await readKey(keyFromArn(keyArns.output), [], readingRole.arn, reader)]
  const accesses = jobAccesses(request, {
    region,
    objects: (await sample).map(s3Of),
    inputKeyArns: inputKeys.map(({ key }) => key.arn),
    topicKeyArn: keyOfTopic?.found?.arn,
    reader: readingRole !== undefined,
  })
  const readAt = aws.clock.now()
  const decided = decideAsGiven(
    accesses.filter(({ who }) => who !== 'caller'),
    {
      region,
      role,
      ...(readingRole !== undefined && { reader: readingRole }),
      resources: [...named, ...ofObjects],
      keys: [...inputKeys, ...topicKeys],
      readerKeys: outputKeys,
      readAt,
      runsUntil: options.runsUntil ?? new Date(readAt.getTime() + THIRTY_DAYS),
      organization: options.organization,
    },
    subject.given,
  )
  const ofCaller = accesses.filter(({ who }) => who === 'caller')
  return {
    decided: [...decided, ...(await simulateCaller(ofCaller, (await caller).found, aws))],
    role,
    reader: seenReader,
    resources: subject.given.withBuckets([...named, ...ofObjects]),
    absent: [
      ...[...named, ...ofObjects].flatMap(({ arn, presence }) => (presence === 'not-found' ? [arn] : [])),
      ...(await absentLambdas),
    ],
    topics: [...new Set(topicArns)].map((arn) => ({
      arn,
      isAbsent: named.some((one) => one.arn === arn && one.presence === 'not-found'),
    })),
    unusableKeys,
    namelessKeys,
    topicKey: keyOfTopic,
  }
}

async function readObjectBuckets(
  { aws, region }: Subject,
  named: readonly string[],
  objects: readonly Address[],
): Promise<readonly ResourceSource[]> {
  const others = [...new Set(objects.map(({ bucket }) => bucket))].filter((bucket) => !named.includes(bucket))
  const buckets = others.map(bucketArn(region))
  return readPolicies(aws, { buckets, lambdas: [], topics: [] })
}

/** Lambda says of a function without a policy what it says of one that there is not, so that it is asked otherwise. */
async function readAbsentLambdas(subject: Subject, arns: readonly string[]): Promise<readonly string[]> {
  const looks = await Promise.all(arns.map((arn) => lookUpLambda(subject, arn)))
  return arns.filter((_, index) => isNoFunction(looks[index]?.error))
}

/** Each by itself: what cannot be read is not known, and a decision that hangs on it says so. */
async function readPolicies(aws: Aws, wanted: ResourcesToRead): Promise<readonly ResourceSource[]> {
  const none: ResourcesToRead = { buckets: [], lambdas: [], topics: [] }
  const each = (Object.keys(none) as (keyof ResourcesToRead)[]).flatMap((kind) =>
    wanted[kind].map((arn) => asLook(() => readResources({ ...none, [kind]: [arn] }, aws))),
  )
  return (await Promise.all(each)).flatMap(({ found }) => found?.resources ?? [])
}

async function readTopicKey(
  { aws }: Subject,
  resources: readonly ResourceSource[],
  topic: string | undefined,
): Promise<Look<ResolvedKey> | undefined> {
  const name = resources.find(({ arn }) => arn === topic)?.keyId
  return name === undefined ? undefined : asLook(() => lookUpKey(name, aws))
}

function bucketArn(region: string): (name: string) => string {
  return (name) => `arn:${partitionOf(region)}:s3:::${name}`
}
