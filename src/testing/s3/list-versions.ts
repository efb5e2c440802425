import type { ListObjectVersionsCommandInput } from '@aws-sdk/client-s3'
import type { ObjectStore } from '../world/object-store.js'
import type { StoredObject } from '../world/stored-object.js'
import type { Call, World } from '../world/world.js'
import { authorizeBucket, bucketNamed, listContext } from './bucket-access.js'
import { encoder, groupByDelimiter } from './listing.js'

export function listVersions(world: World, call: Call, input: ListObjectVersionsCommandInput) {
  const bucket = bucketNamed(world, input.Bucket)
  authorizeBucket(world, call, 's3:ListBucketVersions', bucket, listContext(input))
  const { Prefix: prefix = '', Delimiter: delimiter, KeyMarker: after } = input
  const size = Math.min(input.MaxKeys ?? 1_000, 1_000, world.pageSize)
  const encode = encoder(input.EncodingType)
  const { shown, groups, last } = groupByDelimiter(versionsFrom(bucket.objects, input), {
    prefix,
    delimiter,
    after,
    size,
  })
  const rows = shown.map(({ key, object, isLatest }) => ({
    object,
    row: {
      Key: encode(key),
      VersionId: object.versionId,
      IsLatest: isLatest,
      LastModified: object.lastModified,
    },
  }))
  const versions = rows.filter(({ object }) => !object.isDeleteMarker)
  const markers = rows.filter(({ object }) => object.isDeleteMarker)
  const lastShown = shown.at(-1)
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    ...(versions.length > 0 && {
      Versions: versions.map(({ row, object: { size: Size, etag: ETag, storageClass: StorageClass } }) => ({
        ...row,
        Size,
        ETag,
        StorageClass,
      })),
    }),
    ...(markers.length > 0 && { DeleteMarkers: markers.map(({ row }) => row) }),
    ...(groups.length > 0 && { CommonPrefixes: groups.map((group) => ({ Prefix: encode(group) })) }),
    IsTruncated: last !== undefined,
    ...(last !== undefined && {
      NextKeyMarker: encode(last),
      ...(lastShown?.key === last && { NextVersionIdMarker: lastShown.object.versionId }),
    }),
  }
}

interface ListedVersion {
  readonly key: string
  readonly object: StoredObject
  readonly isLatest: boolean
}

/** Every version from where the page before ended, each key's newest first. */
function* versionsFrom(
  objects: ObjectStore,
  { Prefix = '', KeyMarker, VersionIdMarker }: ListObjectVersionsCommandInput,
): Generator<ListedVersion> {
  const start =
    KeyMarker === undefined ? {} : VersionIdMarker === undefined ? { after: KeyMarker } : { at: KeyMarker }
  for (const { key, versions } of objects.from(Prefix, start)) {
    const seen =
      key === KeyMarker ? versions.findIndex(({ versionId }) => versionId === VersionIdMarker) + 1 : 0
    for (const [index, object] of versions.entries()) {
      if (index >= seen) yield { key, object, isLatest: index === 0 }
    }
  }
}
