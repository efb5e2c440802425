import type { ListObjectsV2CommandInput } from '@aws-sdk/client-s3'
import { AwsFault } from '../world/aws-fault.js'
import type { Call, World } from '../world/world.js'
import { authorizeBucket, bucketNamed, listContext } from './bucket-access.js'
import { encoder, groupByDelimiter } from './listing.js'

export function listObjects(world: World, call: Call, input: ListObjectsV2CommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  authorizeBucket(world, call, 's3:ListBucket', bucket, listContext(input))
  const { Prefix: prefix = '', Delimiter: delimiter, ContinuationToken: token } = input
  const after = token === undefined ? input.StartAfter : keyIn(token)
  const size = Math.min(input.MaxKeys ?? 1_000, 1_000, world.pageSize)
  const encode = encoder(input.EncodingType)
  const found = bucket.objects.from(prefix, after === undefined ? {} : { after })
  const { shown, groups, last } = groupByDelimiter(
    filter(found, ({ versions }) => versions[0]?.isDeleteMarker === false),
    { prefix, delimiter, after, size },
  )
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(delimiter !== undefined && { Delimiter: encode(delimiter) }),
    ...(input.StartAfter !== undefined && { StartAfter: encode(input.StartAfter) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    KeyCount: shown.length + groups.length,
    Contents: shown.map(({ key, versions: [object] }) => ({
      Key: encode(key),
      Size: object?.size,
      ETag: object?.etag,
      LastModified: object?.lastModified,
      StorageClass: object?.storageClass,
    })),
    ...(groups.length > 0 && { CommonPrefixes: groups.map((group) => ({ Prefix: encode(group) })) }),
    IsTruncated: last !== undefined,
    ...(last !== undefined && { NextContinuationToken: `from-${Buffer.from(last).toString('base64url')}` }),
  }
}

function keyIn(token: string): string {
  const [, encoded] = /^from-([\w-]+)$/.exec(token) ?? []
  if (encoded === undefined) {
    throw new AwsFault('InvalidArgument', 'The continuation token provided is incorrect')
  }
  return Buffer.from(encoded, 'base64url').toString()
}

function* filter<Item>(items: Iterable<Item>, keep: (item: Item) => boolean): Generator<Item> {
  for (const item of items) if (keep(item)) yield item
}
