import type { Aws, RequestOptions } from '../../aws/aws.js'
import type { AwsCallName, AwsCalls } from '../../aws/calls.js'
import { isRead, keepAnswers, shareReads } from '../../aws/share-reads.js'
import { joinBytes } from '../../manifests/read/join-bytes.js'

type ObjectAnswer = AwsCalls['s3:GetObject']['output']

/** What was read of an object, and whether it can be read from there again. */
interface ReadObject {
  readonly answer: ObjectAnswer
  readonly isWhole: boolean
}

const ANSWERS = 1_000
// Most heads are of objects that no other job has: enough that those of pages and label files stay.
const HEADS = 256
// A worker page has 128,000 characters at most; manifests that are as short pass through, and go first.
const SMALL = 256 * 1024
const SMALL_OBJECTS = 32

/**
 * Gives the same connection, on which what many jobs have in common (a role, keys, buckets, a team, the page and the label
 * category file) is read once, however many jobs there are: answers are remembered by call and input, up to a number of
 * them. What is of one job alone is read each time, and so are long objects.
 */
export function shareAmongJobs(aws: Aws): Aws {
  const heads = shareReads(aws, { isShared: (call) => call === 's3:HeadObject', most: HEADS })
  const shared = shareReads(heads, { isShared: isOfMany, most: ANSWERS })
  const objects = keepAnswers<ReadObject>(SMALL_OBJECTS, ({ isWhole }) => isWhole)
  const getObject = async (input: AwsCalls['s3:GetObject']['input'], options?: RequestOptions) => {
    let isOwn = false
    const { answer, isWhole } = await objects(JSON.stringify(input), () => {
      isOwn = true
      return aws.call('s3:GetObject', input, options).then(readSmall)
    })
    return isOwn || isWhole ? answer : aws.call('s3:GetObject', input, options)
  }
  const call = (name: AwsCallName, input: never, options?: RequestOptions) =>
    name === 's3:GetObject' ? getObject(input, options) : shared.call(name, input, options)
  return { ...shared, with: (change) => shareAmongJobs(aws.with(change)), call: call as Aws['call'] }
}

function isOfMany(call: AwsCallName): boolean {
  // A description is of one job, and heads have a memory of their own.
  if (call === 'sagemaker:DescribeLabelingJob' || call === 's3:HeadObject') return false
  return isRead(call) || call === 'iam:SimulatePrincipalPolicy'
}

/** Reads a short object to its end, so that it can be read from memory by whoever else wants it. */
async function readSmall(answer: ObjectAnswer): Promise<ReadObject> {
  const { Body: body, ContentLength: length } = answer
  if (body === undefined || length === undefined || length > SMALL) return { answer, isWhole: false }
  const parts: Uint8Array[] = []
  let failure: { readonly thrown: unknown } | undefined
  try {
    for await (const part of body) parts.push(part)
  } catch (thrown) {
    failure = { thrown }
  }
  const bytes = joinBytes(parts)
  const again = {
    async *[Symbol.asyncIterator]() {
      yield bytes
      // Whoever reads says what was being read when the connection broke.
      if (failure !== undefined) throw failure.thrown
    },
    transformToString: async () => new TextDecoder().decode(bytes),
  }
  return {
    answer: { ...answer, Body: again },
    isWhole: failure === undefined && bytes.length === length,
  }
}
