import { AwsFault } from '../world/aws-fault.js'
import type { Operations, World } from '../world/world.js'
import { sourceOf } from './copy-source.js'

/** The parts of a call by which its caller says whose buckets it means. */
interface OwnedBuckets {
  readonly Bucket?: string
  readonly ExpectedBucketOwner?: string
  readonly CopySource?: string
  readonly ExpectedSourceBucketOwner?: string
}

/** Makes calls refuse buckets of another account than the one that is expected (S3 user guide, "Verifying bucket ownership"). */
export function withExpectedOwner(operations: Operations): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, carryOut]) => [
      name,
      (world, call, input) => {
        const { Bucket, ExpectedBucketOwner, CopySource, ExpectedSourceBucketOwner } = input as OwnedBuckets
        refuseOther(world, Bucket, ExpectedBucketOwner)
        if (ExpectedSourceBucketOwner !== undefined)
          refuseOther(world, sourceOf(CopySource).Bucket, ExpectedSourceBucketOwner)
        return carryOut(world, call, input)
      },
    ]),
  )
}

function refuseOther(world: World, bucket: string | undefined, owner: string | undefined): void {
  const account = world.buckets.get(bucket ?? '')?.account
  if (owner !== undefined && account !== undefined && account !== owner)
    throw new AwsFault('AccessDenied', 'Access Denied', 403)
}
