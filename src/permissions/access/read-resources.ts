import type { Aws, CallOptions } from '../../aws/aws.js'
import { isAwsError } from '../../aws/aws-error.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { withSignal } from '../../aws/with-signal.js'
import { isLabelingJobError } from '../../errors/labeling-job-error.js'
import { parseArn } from '../../names/arn.js'
import { makeReader, type Reader } from '../read/reader.js'
import type { ResourceSource, ResourceSources } from './access-sources.js'

/** Which policies to read, by ARN. */
export interface ResourcesToRead {
  readonly buckets: readonly string[]
  readonly lambdas: readonly string[]
  readonly topics: readonly string[]
}

/**
 * Reads the policies of buckets, Lambdas and topics, each once and all at the same time. What AWS refuses is noted.
 * Needs `s3:GetBucketPolicy`, `lambda:GetPolicy`, `sns:GetTopicAttributes`.
 */
export async function readResources(
  { buckets, lambdas, topics }: ResourcesToRead,
  aws: Aws,
  options: CallOptions = {},
): Promise<ResourceSources> {
  const bound = withSignal(aws, options.signal, 'Cannot read the policies')
  const reader = makeReader(bound)
  const caller = buckets.length === 0 ? Promise.resolve(undefined) : readAccount(reader)
  const resources = await Promise.all([
    ...buckets.map((arn) => readBucket(arn, caller, reader)),
    ...lambdas.map((arn) => readLambda(arn, reader)),
    ...topics.map((arn) => readTopic(arn, reader)),
  ])
  return { resources, denied: reader.denied }
}

async function readAccount(reader: Reader): Promise<string | undefined> {
  return (await reader.read('sts:GetCallerIdentity', {}, 'the identity of the caller'))?.Account
}

// Whoever is of another account than the bucket gets a 405, and a bucket of another region answers with a redirect.
const FOREIGN = ['MethodNotAllowed', '405']
const ELSEWHERE = [...FOREIGN, 'PermanentRedirect', 'AuthorizationHeaderMalformed', '301', '400']

/** S3 shows a bucket policy to callers of the account of the bucket only, so that an answer tells whose it is. */
async function readBucket(
  arn: string,
  callerAccount: Promise<string | undefined>,
  reader: Reader,
): Promise<ResourceSource> {
  const name = arn.slice(arn.lastIndexOf(':') + 1)
  const [account, found] = await Promise.all([
    callerAccount,
    readOr(
      reader,
      's3:GetBucketPolicy',
      { Bucket: name },
      `the policy of the bucket ${name}`,
      { NoSuchBucketPolicy: 'none', NoSuchBucket: 'not-found' },
      ELSEWHERE,
    ),
  ])
  const owner = account === undefined ? {} : { account }
  if (found === 'none') return { arn, presence: 'found', policy: null, ...owner }
  if (found === 'not-found') return { arn, presence: 'not-found', policy: null }
  if (typeof found === 'object' && typeof found.Policy === 'string')
    return { arn, presence: 'found', policy: found.Policy, ...owner }
  return { arn, presence: 'unreadable', policy: 'UNREADABLE' }
}

/** Lambda says of a function without a policy what it says of one that there is not. */
async function readLambda(arn: string, reader: Reader): Promise<ResourceSource> {
  const account = accountOf(arn)
  const found = await readOr(
    reader,
    'lambda:GetPolicy',
    { FunctionName: arn },
    `the policy of the Lambda function ${arn}`,
    { ResourceNotFoundException: 'none' },
  )
  if (found === 'none') return { arn, presence: 'unreadable', policy: null, ...account }
  if (typeof found === 'object' && typeof found.Policy === 'string')
    return { arn, presence: 'found', policy: found.Policy, ...account }
  return { arn, presence: 'unreadable', policy: 'UNREADABLE', ...account }
}

async function readTopic(arn: string, reader: Reader): Promise<ResourceSource> {
  const account = accountOf(arn)
  const source = `the attributes of the topic ${arn}`
  const found = await readOr(reader, 'sns:GetTopicAttributes', { TopicArn: arn }, source, {
    NotFound: 'not-found',
    NotFoundException: 'not-found',
  })
  if (found === 'not-found') return { arn, presence: 'not-found', policy: null, ...account }
  if (typeof found !== 'object') return { arn, presence: 'unreadable', policy: 'UNREADABLE', ...account }
  const { Policy: policy, KmsMasterKeyId: keyId } = found.Attributes ?? {}
  if (policy === undefined) reader.noteNotWhole('sns:GetTopicAttributes', source)
  return {
    arn,
    presence: 'found',
    policy: policy ?? 'UNREADABLE',
    ...account,
    ...(keyId !== undefined && keyId !== '' && { keyId }),
  }
}

function accountOf(arn: string): { readonly account?: string } {
  const account = parseArn(arn)?.account
  return account ? { account } : {}
}

/** Reads, and takes some of AWS's errors for answers; a client that is not installed refuses like AWS. */
async function readOr<Name extends AwsCallName, Answer extends string>(
  reader: Reader,
  name: Name,
  input: AwsCalls[Name]['input'],
  source: string,
  answers: Readonly<Record<string, Answer>>,
  alsoDenied: readonly string[] = [],
): Promise<AwsCalls[Name]['output'] | Answer | undefined> {
  try {
    return await reader.read(name, input, source, alsoDenied)
  } catch (thrown) {
    if (isLabelingJobError(thrown, 'client-missing')) {
      reader.noteDenied(name, source, thrown.why)
      return undefined
    }
    const answer = isAwsError(thrown) ? answers[thrown.data.awsError] : undefined
    if (answer === undefined) throw thrown
    return answer
  }
}
