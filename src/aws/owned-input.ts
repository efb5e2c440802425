import { statusOf } from './object-obstacle.js'

/** A call to S3 that says whose its buckets have to be. */
export interface OwnedInput {
  readonly input: object
  /** S3 refuses a bucket of another account like one that is closed, so it is said what was asked for. */
  what(what: string, refusal: unknown): string
}

/** Adds to a call to S3 the account that its buckets have to be of; what the call says itself stands. */
export function ownedInput(
  owner: string | ((bucket: string) => string | undefined),
  input: { readonly Bucket?: string; readonly CopySource?: string },
): OwnedInput {
  const ownerOf = (bucket = '') => (typeof owner === 'string' ? owner : owner(bucket))
  const { Bucket, CopySource } = input
  const own = ownerOf(Bucket)
  const source = CopySource && ownerOf(CopySource.replace(/^\//, '').split('/')[0])
  const owned = {
    ...(own !== undefined && { ExpectedBucketOwner: own }),
    ...(source !== undefined && { ExpectedSourceBucketOwner: source }),
    ...input,
  }
  const { ExpectedBucketOwner: told } = owned as { readonly ExpectedBucketOwner?: string }
  return {
    input: owned,
    what: (what, refusal) =>
      told === undefined || statusOf({ name: '', message: '', cause: refusal }) !== 403
        ? what
        : `${what} (its bucket has to be of account ${told})`,
  }
}
